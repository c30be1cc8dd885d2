"""The gallery of figures: each script draws, and the page shows what the scripts tell."""

import ast
import importlib.util
import runpy
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gallery_tool", ROOT / "tools" / "gallery.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["gallery_tool"] = module
    spec.loader.exec_module(module)
    return module


TOOL = load_tool()


def is_slow(name: str) -> bool:
    tree = ast.parse((TOOL.GALLERY / f"{name}.py").read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.Assign) and ast.unparse(node) == "SLOW = True" for node in tree.body
    )


def marked(name: str) -> object:
    return pytest.param(name, marks=pytest.mark.slow) if is_slow(name) else name


@pytest.mark.parametrize("name", [marked(name) for name in TOOL.scripts()])
def test_a_script_draws(name: str) -> None:
    drawn = runpy.run_path(str(TOOL.GALLERY / f"{name}.py"))["draw"]()
    axes = drawn if isinstance(drawn, tuple) else (drawn,)
    assert any(ax.collections or ax.lines or ax.patches or ax.images for ax in axes)


@pytest.mark.parametrize("name", TOOL.scripts())
def test_a_script_says_what_it_shows(name: str) -> None:
    title, _, text = TOOL.docstring(name).partition("\n\n")
    assert "\n" not in title
    assert len(text.split("\n\n")) >= 2, "what the source showed, and what is added"


@pytest.mark.parametrize("name", TOOL.scripts())
def test_a_picture_is_small(name: str) -> None:
    path = TOOL.GALLERY / TOOL.picture(name)
    assert path.stat().st_size < 600_000


def test_the_page_is_that_of_the_scripts() -> None:
    assert TOOL.PAGE.read_text(encoding="utf-8") == TOOL.page()
