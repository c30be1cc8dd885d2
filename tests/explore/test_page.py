"""The page is one file that loads nothing, and its parts are in order."""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from pathlib import Path

import pytest

from exactpwl import gallery, regions
from exactpwl.errors import FigureError, FormatError
from exactpwl.explore import save_atlas
from exactpwl.explore.contents import atlas_contents
from exactpwl.explore.page import MODULES, contents_of_page, html_page, joined_modules
from exactpwl.explore.palette import palette

ROOM = Path(str(files("exactpwl.explore")))
ASSETS = ROOM / "assets"
LONGEST = 500


@pytest.fixture(scope="module")
def page() -> str:
    return html_page(atlas_contents(regions(gallery.get("xor"))), palette())


def test_the_contents_come_back(page: str) -> None:
    assert contents_of_page(page) == atlas_contents(regions(gallery.get("xor")))


def test_another_page_has_no_contents() -> None:
    with pytest.raises(ValueError, match="this one has no contents"):
        contents_of_page("<!doctype html><p>hello")


def test_the_same_complex_gives_the_same_bytes(tmp_path: Path) -> None:
    first = save_atlas(regions(gallery.get("xor")), tmp_path / "a.html")
    second = save_atlas(regions(gallery.get("xor")), tmp_path / "b.html")
    assert first.read_bytes() == second.read_bytes()


def test_the_policy_allows_what_is_there_and_nothing_else(page: str) -> None:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', page)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    parts = re.findall(
        r"<(?:style|script|script type=\"module\")>(.*?)</(?:style|script)>", page, re.S
    )
    digests = [base64.b64encode(hashlib.sha256(p.encode()).digest()).decode() for p in parts]
    assert len(digests) == 3
    assert re.findall(r"'sha256-(.*?)'", policy) == [digests[1], digests[2], digests[0]]


def test_nothing_is_loaded(page: str) -> None:
    assert re.findall(r'(?:src|href)="(.*?)"', page) == ["data:,"]
    assert "@import" not in page
    assert "url(" not in page
    own = "".join(path.read_text(encoding="utf-8") for path in ASSETS.iterdir())
    assert not re.findall(r"https?://|fetch\(|XMLHttpRequest|WebSocket|eval\(|innerHTML", own)


def test_a_name_is_only_text() -> None:
    contents = atlas_contents(regions(gallery.get("xor")))
    contents["network"]["name"] = "</script><script>alert(1)</script>"
    page = html_page(contents, palette())
    assert "alert(1)</script>" not in page
    assert "&lt;/script&gt;&lt;script&gt;alert(1)" in page


def test_every_script_is_used_and_comes_after_what_it_imports() -> None:
    assert {f"{name}.js" for name in MODULES} == {path.name for path in ASSETS.glob("*.js")}
    for place, name in enumerate(MODULES):
        source = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
        imported = re.findall(r'^import .*?from "\./(\w+)\.js";$', source, re.M | re.S)
        assert set(imported) <= set(MODULES[:place]), name
        assert len(re.findall(r"^import\b", source, re.M)) == len(imported), name


def test_what_is_imported_is_exported() -> None:
    for name in MODULES:
        source = (ASSETS / f"{name}.js").read_text(encoding="utf-8")
        for wanted, other in re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.js";$', source, re.M):
            there = (ASSETS / f"{other}.js").read_text(encoding="utf-8")
            for item in filter(None, map(str.strip, wanted.split(","))):
                assert re.search(rf"^export (async )?(function|class|const) {item}\b", there, re.M)
                assert len(re.findall(rf"\b{item}\b", source)) > 1, f"{name} does not use {item}"


def test_the_joined_scripts_import_nothing() -> None:
    joined = joined_modules()
    assert not re.findall(r"^(?:import|export)\b", joined, re.M)
    assert joined.count("modules.exact = ") == 1
    assert "</script" not in joined


@pytest.mark.parametrize("path", sorted(ASSETS.iterdir()), ids=lambda path: path.name)
def test_every_part_is_short_and_says_what_it_is_for(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= LONGEST
    start = {".js": "// ", ".css": "/* ", ".html": "<!doctype html>"}[path.suffix]
    assert lines[0].startswith(start)


def test_the_library_comes_with_its_licence() -> None:
    licence = (ROOM / "vendor" / "LICENSE.three.txt").read_text(encoding="utf-8")
    assert "The MIT License" in licence
    assert "three.js authors" in licence
    program = (ROOM / "vendor" / "three.min.js").read_text(encoding="utf-8")
    assert program.startswith("var THREE=")
    assert "</script" not in program


def test_the_palette_has_the_colours_of_the_figures() -> None:
    from exactpwl.plot import style

    colours = palette()
    assert colours["light"]["ink"] == style.INK
    assert colours["light"]["tints"] == list(style.TINTS)
    assert colours["light"]["diverging"][8] == "#f7f6f2"
    assert set(colours["light"]) == set(colours["dark"])


def test_the_page_of_the_documentation_names_every_key_and_member() -> None:
    text = (ROOM.parents[1] / "docs" / "explore.md").read_text(encoding="utf-8")
    source = (ASSETS / "keys.js").read_text(encoding="utf-8")
    keys = re.findall(r'\[\s*\["(.*?)"', source)
    assert len(keys) > 20
    for key in keys:
        assert f"`{key.encode().decode('unicode_escape') if key.isascii() else key}`" in text, key
    contents = atlas_contents(regions(gallery.get("xor")))
    for member in (*contents, *contents["network"], *contents["regions"][0], *contents["empty"]):
        assert f"`{member}`" in text, member


def test_only_html_is_written(tmp_path: Path) -> None:
    complex_ = regions(gallery.get("xor"))
    with pytest.raises(FigureError, match=r"is written to a file \.html, got \.svg"):
        save_atlas(complex_, tmp_path / "xor.svg")
    with pytest.raises(FormatError, match="cannot be written"):
        save_atlas(complex_, tmp_path / "nowhere" / "xor.html")
