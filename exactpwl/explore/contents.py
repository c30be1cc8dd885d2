"""What an atlas to explore contains: exact data as one JSON value.

A page that shows 20,000 regions must not repeat itself.  So what follows from something else is
left out and computed by the page, in integers without bounds: the inequality of a facet from its
generators, an area from the vertices, which neurons differ from two patterns, the difference of two
affine maps.  What is written are the results of the enumeration: generators as homogeneous integer
vectors, for each region its pattern, its facets in turn with the kinks behind each, and its affine
map.  Integers are texts, because JSON readers round numbers; equal maps are written once.

The schema is described in ``docs/explore.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any

from exactpwl.collector import collector_paused
from exactpwl.errors import FigureError, NetworkError
from exactpwl.explore.border import all_generators, border
from exactpwl.formula import variable_names
from exactpwl.naming import neuron_names
from exactpwl.pattern_census import MOST_LISTED, census
from exactpwl.rationals import as_fraction, format_fraction
from exactpwl.summary import count
from exactpwl.tables.empty_patterns import with_stars

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.network import Kink, Network
    from exactpwl.plot.window import Bounds
    from exactpwl.region import Region

__all__ = ["CONTENTS_FORMAT", "atlas_contents", "require_line_or_plane"]

CONTENTS_FORMAT = "exactpwl-explore/1"
"""The value of ``format``."""


@collector_paused()
def atlas_contents(complex_: PolyhedralComplex, window: Any = None) -> dict[str, Any]:
    """Return the contents of an atlas to explore, ready for JSON.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with one or two inputs.
    window : Domain that is a box, or a pair (low, high) of rationals for each input, optional
        What is seen first; by default the domain if it is a box, else a box around all vertices.

    Raises
    ------
    FigureError
        If there are more inputs, or the window is no box.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> found = atlas_contents(regions(gallery.get("tent"), [(0, 1)]))
    >>> found["generators"], found["regions"][0]["pattern"], found["regions"][0]["sides"][1]
    (['0 1', '1 2', '1 1'], '10', [1, 0, 1, [1], []])
    """
    require_line_or_plane(complex_.network.input_dimension)
    numbers: dict[tuple[tuple[int, ...], ...], int] = {}
    maps = [numbers.setdefault(matrix, len(numbers)) for matrix in complex_.integer_maps]
    linear = _places(complex_.linear_regions)
    closed = _places(complex_.closed_linear_regions)
    kinks = {kink: i for i, kink in enumerate(complex_.network.kinks)}
    return {
        "format": CONTENTS_FORMAT,
        "network": _network(complex_.network),
        "domain": str(complex_.domain),
        "window": [list(map(format_fraction, ends)) for ends in _window(complex_, window)],
        "counts": count(complex_) | {"closed_linear_regions": len(complex_.closed_linear_regions)},
        "lines": complex_.lineality,
        "generators": [_texts(generator) for generator in all_generators(complex_)],
        "maps": [_texts((*chain(*rows), scale[-1])) for *rows, scale in numbers],
        "regions": [
            _region(region, kinks) | {"map": maps[i], "linear": linear[i], "closed": closed[i]}
            for i, region in enumerate(complex_.regions)
        ],
        "empty": _empty(complex_),
    }


def require_line_or_plane(inputs: int) -> None:
    """Raise a `FigureError` for a network whose regions are not on a line or in a plane.

    Examples
    --------
    >>> require_line_or_plane(3)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    exactpwl.errors.FigureError: an atlas to explore needs 1 or 2 inputs, got 3: take a section ...
    """
    if inputs > 2:
        origin = ", ".join("0" * inputs)
        axes = ", ".join(
            f"({', '.join(str(int(i == j)) for j in range(inputs))})" for i in range(2)
        )
        along = axes.replace("(", "--along ").replace(")", "").replace(", --", " --")
        raise FigureError(
            f"an atlas to explore needs 1 or 2 inputs, got {inputs}: take a section of the "
            f"network, a plane through its inputs, such as network.section(({origin}), [{axes}]), "
            f"on the command line {along.replace(', ', ',')}"
        )


def _window(complex_: PolyhedralComplex, window: Any) -> Bounds:
    from exactpwl.domain import Domain
    from exactpwl.plot.window import as_window, default_window

    if window is None:
        return default_window(complex_)
    if complex_.dimension == 2:
        return as_window(window)
    box = window if isinstance(window, Domain) else Domain.box(window)
    bounds = box.as_box()
    if bounds is None or len(bounds) != 1:
        raise FigureError(f"a window of the line is one pair (low, high), low < high; got {box}")
    return bounds


def _network(network: Network) -> dict[str, Any]:
    outputs = network.output_dimension
    stages = [stage.layer for stage in network.stages.stages]
    place = {layer: stage for stage, layer in enumerate(stages)}
    return {
        "name": network.name or "network",
        "architecture": network.architecture,
        "sha256": network.sha256,
        "inputs": list(variable_names(network.input_dimension)),
        "outputs": ["f"] if outputs == 1 else [f"f{i}" for i in range(1, outputs + 1)],
        "layers": [{"layer": i, "neurons": neuron_names(network, i)} for i in stages],
        "kinks": [[place[k.layer], k.neuron, k.breakpoint] for k in network.kinks],
        "kink_names": [_kink_name(network, kink) for kink in network.kinks],
    }


def _kink_name(network: Network, kink: Kink) -> str:
    """Return a neuron's name, with the breakpoint where that is not 0."""
    name = neuron_names(network, kink.layer)[kink.neuron]
    try:
        activation = network.layers[kink.layer].activations[kink.neuron]
    except NetworkError:  # a layer without activations has other kinks than breakpoints
        return f"{name}, kink {kink.breakpoint}"
    at = activation.breakpoints[kink.breakpoint]
    return f"{name} = {format_fraction(at)}" if at else name


def _region(region: Region, kinks: dict[Any, int]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "pattern": str(region.pattern),
        "generators": list(region.complex.generator_ids[region.index]),
        "sides": [
            [
                start,
                end,
                -1 if facet.neighbour is None else facet.neighbour,
                [kinks[kink] for kink in facet.inequality.kinks],
                list(facet.inequality.domain_rows),
            ]
            for start, end, facet in border(region)
        ],
    }
    vanishing = [i for i, sign in enumerate(chain(*region.signs)) if not sign]
    return found | {"vanishing": vanishing} if vanishing else found


def _places(groups: Iterable[Iterable[int]]) -> dict[int, int]:
    return {member: number for number, group in enumerate(groups) for member in group}


def _empty(complex_: PolyhedralComplex) -> dict[str, Any]:
    """Return the patterns without a point, each with its proof; of a large network their number."""
    total = math.prod(chain(*complex_.network.pieces))
    if total > MOST_LISTED:
        return {"total": str(total), "blocks": None}
    found = census(complex_.network, complex_.domain)
    blocks = [block for block in found.blocks if block.status == "empty"]
    return {
        "total": str(total),
        "counts": found.counts,
        "blocks": [
            {
                "pattern": with_stars(block, found.pieces),
                "count": block.count,
                "proof": block.certificate.sentence(),
                "latex": block.certificate.latex(),
                "rows": [
                    _texts((*map(as_fraction, normal), as_fraction(offset)))
                    for normal, offset in block.certificate.rows
                ],
            }
            for block in blocks
            if block.certificate is not None
        ],
    }


def _texts(numbers: Iterable[Any]) -> str:
    return " ".join(map(format_fraction, numbers))
