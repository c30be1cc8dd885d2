"""Piecewise-linear networks, computed exactly.

The names below are the public interface; names that are not listed may change.  They are loaded
when first used, so that ``import exactpwl`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "Activation": "exactpwl.activation",
    "AffineMap": "exactpwl.affine",
    "Census": "exactpwl.pattern_census",
    "CheckResult": "exactpwl.checks",
    "Domain": "exactpwl.domain",
    "ExactPWLError": "exactpwl.errors",
    "FarkasCertificate": "exactpwl.farkas",
    "Kink": "exactpwl.network",
    "Layer": "exactpwl.layer",
    "Listener": "exactpwl.engine.events",
    "Network": "exactpwl.network",
    "Pattern": "exactpwl.pattern",
    "PatternPolyhedron": "exactpwl.pattern_cell",
    "PiecewiseFunction": "exactpwl.piecewise",
    "PolyhedralComplex": "exactpwl.complex",
    "Polyhedron": "exactpwl.polyhedron",
    "Region": "exactpwl.region",
    "Report": "exactpwl.checks",
    "as_piecewise": "exactpwl.symbolic",
    "census": "exactpwl.pattern_census",
    "check": "exactpwl.checks",
    "count": "exactpwl.summary",
    "pattern_polyhedron": "exactpwl.pattern_cell",
    "powerset_patterns": "exactpwl.engine.powerset",
    "regions": "exactpwl.enumeration",
    "save_top_down": "exactpwl.plot",
    "top_down": "exactpwl.plot",
    "top_down_pieces": "exactpwl.plot",
}

_ROOMS = ("checks", "gallery", "plot", "tables", "theory")
"""Packages that are used by their own name, such as ``exactpwl.gallery.get("rings")``."""

__all__ = ["__version__", *sorted({*_PUBLIC, *_ROOMS})]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return import_module(f"exactpwl.{name}")
    if name not in _PUBLIC:
        raise AttributeError(f"module 'exactpwl' has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return __all__
