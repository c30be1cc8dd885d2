"""Piecewise-linear networks, computed exactly.

The names below are the public interface; names that are not listed may change.  They are loaded
when first used, so that ``import exactpwl`` stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # the same names for type checkers, which do not follow __getattr__
    from exactpwl import animate as animate
    from exactpwl import certificate as certificate
    from exactpwl import checks as checks
    from exactpwl import construct as construct
    from exactpwl import explore as explore
    from exactpwl import gallery as gallery
    from exactpwl import linearmaps as linearmaps
    from exactpwl import plot as plot
    from exactpwl import proving as proving
    from exactpwl import questions as questions
    from exactpwl import report as report
    from exactpwl import tables as tables
    from exactpwl import theory as theory
    from exactpwl import verification as verification
    from exactpwl import vnnlib as vnnlib
    from exactpwl.activation import Activation as Activation
    from exactpwl.affine import AffineMap as AffineMap
    from exactpwl.bounds import architecture_bounds as architecture_bounds
    from exactpwl.bounds import network_bounds as network_bounds
    from exactpwl.checks import CheckResult as CheckResult
    from exactpwl.checks import Report as Report
    from exactpwl.checks import check as check
    from exactpwl.complex import PolyhedralComplex as PolyhedralComplex
    from exactpwl.convolution import Convolution as Convolution
    from exactpwl.data.cells import PointRegion as PointRegion
    from exactpwl.data.cells import region_of_point as region_of_point
    from exactpwl.data.decision import decision_distances as decision_distances
    from exactpwl.data.places import Occupancy as Occupancy
    from exactpwl.data.places import occupancy as occupancy
    from exactpwl.data.tally import RegionOccupancy as RegionOccupancy
    from exactpwl.data.tally import region_occupancy as region_occupancy
    from exactpwl.decisions import DecisionComparison as DecisionComparison
    from exactpwl.decisions import compare_decisions as compare_decisions
    from exactpwl.domain import Domain as Domain
    from exactpwl.engine.events import Listener as Listener
    from exactpwl.engine.powerset import powerset_patterns as powerset_patterns
    from exactpwl.enumeration import regions as regions
    from exactpwl.errors import ExactPWLError as ExactPWLError
    from exactpwl.farkas import FarkasCertificate as FarkasCertificate
    from exactpwl.feasible import feasible_counts as feasible_counts
    from exactpwl.growth import layer_counts as layer_counts
    from exactpwl.growth import regions_along_lines as regions_along_lines
    from exactpwl.io import load_points as load_points
    from exactpwl.layer import Layer as Layer
    from exactpwl.local_maps import LocalInequality as LocalInequality
    from exactpwl.maximum import Maximum as Maximum
    from exactpwl.network import Kink as Kink
    from exactpwl.network import Network as Network
    from exactpwl.pattern import Pattern as Pattern
    from exactpwl.pattern_cell import PatternPolyhedron as PatternPolyhedron
    from exactpwl.pattern_cell import pattern_polyhedron as pattern_polyhedron
    from exactpwl.pattern_census import Census as Census
    from exactpwl.pattern_census import census as census
    from exactpwl.piecewise import PiecewiseFunction as PiecewiseFunction
    from exactpwl.plot import save_top_down as save_top_down
    from exactpwl.plot import top_down as top_down
    from exactpwl.plot import top_down_pieces as top_down_pieces
    from exactpwl.polyhedron import Polyhedron as Polyhedron
    from exactpwl.pooling import AveragePool as AveragePool
    from exactpwl.pooling import MaxPool as MaxPool
    from exactpwl.proving import prove as prove
    from exactpwl.redundancy import removals as removals
    from exactpwl.redundancy import without_redundant_neurons as without_redundant_neurons
    from exactpwl.region import Region as Region
    from exactpwl.ring_signs import sign_on_ring as sign_on_ring
    from exactpwl.sparse import SparseLayer as SparseLayer
    from exactpwl.summary import count as count
    from exactpwl.symbolic import as_piecewise as as_piecewise
    from exactpwl.verification import verify as verify

__version__ = "0.1.0"

_PUBLIC = {
    "Activation": "exactpwl.activation",
    "AffineMap": "exactpwl.affine",
    "AveragePool": "exactpwl.pooling",
    "Census": "exactpwl.pattern_census",
    "CheckResult": "exactpwl.checks",
    "Convolution": "exactpwl.convolution",
    "DecisionComparison": "exactpwl.decisions",
    "Domain": "exactpwl.domain",
    "ExactPWLError": "exactpwl.errors",
    "FarkasCertificate": "exactpwl.farkas",
    "Kink": "exactpwl.network",
    "Layer": "exactpwl.layer",
    "Listener": "exactpwl.engine.events",
    "LocalInequality": "exactpwl.local_maps",
    "MaxPool": "exactpwl.pooling",
    "Maximum": "exactpwl.maximum",
    "Network": "exactpwl.network",
    "Occupancy": "exactpwl.data.places",
    "Pattern": "exactpwl.pattern",
    "PatternPolyhedron": "exactpwl.pattern_cell",
    "PiecewiseFunction": "exactpwl.piecewise",
    "PointRegion": "exactpwl.data.cells",
    "PolyhedralComplex": "exactpwl.complex",
    "Polyhedron": "exactpwl.polyhedron",
    "Region": "exactpwl.region",
    "RegionOccupancy": "exactpwl.data.tally",
    "Report": "exactpwl.checks",
    "SparseLayer": "exactpwl.sparse",
    "architecture_bounds": "exactpwl.bounds",
    "as_piecewise": "exactpwl.symbolic",
    "census": "exactpwl.pattern_census",
    "check": "exactpwl.checks",
    "compare_decisions": "exactpwl.decisions",
    "count": "exactpwl.summary",
    "decision_distances": "exactpwl.data.decision",
    "feasible_counts": "exactpwl.feasible",
    "layer_counts": "exactpwl.growth",
    "load_points": "exactpwl.io",
    "network_bounds": "exactpwl.bounds",
    "occupancy": "exactpwl.data.places",
    "pattern_polyhedron": "exactpwl.pattern_cell",
    "powerset_patterns": "exactpwl.engine.powerset",
    "prove": "exactpwl.proving",
    "region_occupancy": "exactpwl.data.tally",
    "region_of_point": "exactpwl.data.cells",
    "regions": "exactpwl.enumeration",
    "regions_along_lines": "exactpwl.growth",
    "removals": "exactpwl.redundancy",
    "save_top_down": "exactpwl.plot",
    "sign_on_ring": "exactpwl.ring_signs",
    "top_down": "exactpwl.plot",
    "top_down_pieces": "exactpwl.plot",
    "verify": "exactpwl.verification",
    "without_redundant_neurons": "exactpwl.redundancy",
}

_ROOMS = (
    "animate",
    "certificate",
    "checks",
    "construct",
    "explore",
    "gallery",
    "linearmaps",
    "plot",
    "proving",
    "questions",
    "report",
    "tables",
    "theory",
    "verification",
    "vnnlib",
)
"""Packages that are used by their own name, such as ``exactpwl.gallery.get("rings")``."""

__all__ = ["__version__", *sorted({*_PUBLIC, *_ROOMS})]


if not TYPE_CHECKING:  # so that a type checker finds a misspelt name

    def __getattr__(name: str) -> Any:
        if name in _ROOMS:
            return import_module(f"exactpwl.{name}")
        if name not in _PUBLIC:
            raise AttributeError(f"module 'exactpwl' has no attribute {name!r}")
        return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return __all__
