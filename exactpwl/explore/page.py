"""How the page is put together: one file, and nothing that it asks the network for.

The scripts are ES modules, each readable by itself.  A browser does not load a module from a file
next to a page that was opened from a disk, so all are put into one: each becomes a function that
returns what it exports, called in an order in which everything imported is there already.  The data
are compressed (zlib) and written in base64: patterns and digits shrink to a third.

The page may not load anything.  Its policy allows the scripts and the styles that are in it, by
their SHA-256, and nothing else: no other script, no request, no form.

References
----------
W3C, *Content Security Policy Level 3*; WHATWG, *Compression*.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from collections.abc import Mapping
from importlib.resources import files
from string import Template
from typing import Any

__all__ = ["MODULES", "contents_of_page", "html_page"]

MODULES = (
    "exact",
    "atlas",
    "groups",
    "locate",
    "latex",
    "colours",
    "paints",
    "raster",
    "view",
    "marks",
    "plan",
    "graph",
    "surface",
    "elements",
    "region_panel",
    "compare_panel",
    "empty_panel",
    "about_panel",
    "keys",
    "controls",
    "main",
)
"""The scripts, in the order in which each may use those before it."""

_ASSETS = files("exactpwl.explore") / "assets"
_VENDOR = files("exactpwl.explore") / "vendor"
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)
_DATA = re.compile(r'<script id="contents"[^>]*>([A-Za-z0-9+/=]*)</script>')


def html_page(contents: Mapping[str, Any], palette: Mapping[str, Any]) -> str:
    """Return the page of an atlas.

    Parameters
    ----------
    contents : mapping
        From `atlas_contents`.
    palette : mapping
        The colours, from `exactpwl.explore.palette`.
    """
    style = _ASSETS.joinpath("style.css").read_text(encoding="utf-8")
    library = _VENDOR.joinpath("three.min.js").read_text(encoding="utf-8")
    program = f"const PALETTE = {json.dumps(palette)};\n{joined_modules()}"
    network = contents["network"]
    return Template(_ASSETS.joinpath("page.html").read_text(encoding="utf-8")).substitute(
        policy=_policy([library, program], style),
        title=html.escape(f"{network['name']}: {network['architecture']}"),
        name=html.escape(network["name"]),
        architecture=html.escape(network["architecture"].replace("->", "→")),
        example="1/3, -2" if len(network["inputs"]) == 2 else "1/3",
        style=style,
        library=library,
        contents=_packed(contents),
        program=program,
    )


def joined_modules() -> str:
    """Return all scripts as one."""
    return "\n".join(["const modules = {};", *map(_module, MODULES)])


def contents_of_page(page: str) -> Any:
    """Return what a page contains: the value that was given to `html_page`.

    Raises
    ------
    ValueError
        If the text is no such page.
    """
    found = _DATA.search(page)
    if found is None:
        raise ValueError("the page of an atlas to explore is required; this one has no contents")
    return json.loads(zlib.decompress(base64.b64decode(found[1])))


def _module(name: str) -> str:
    source = _ASSETS.joinpath(f"{name}.js").read_text(encoding="utf-8")
    body = _EXPORT.sub(r"\1 \2", _IMPORT.sub(r"const \1 = modules.\2;", source))
    exported = ", ".join(kind_and_name[1] for kind_and_name in _EXPORT.findall(source))
    return f"modules.{name} = (() => {{\n{body}return {{ {exported} }};\n}})();"


def _packed(contents: Mapping[str, Any]) -> str:
    text = json.dumps(contents, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def _policy(scripts: list[str], style: str) -> str:
    allowed = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
