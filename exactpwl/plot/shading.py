"""Fills: each patch in the colours of its exact affine function, or in one flat colour.

Gouraud shading interpolates colours linearly inside a triangle, which is right only where the
colour map is linear.  So each patch is first cut, exactly, along level lines of its function, into
bands between neighbouring nodes of the colour map; the bands are cut into triangles.  Then colours
are those of the function everywhere, continuous where it is, and a kink is seen as a kink.

The shading is rasterised in PDF and SVG (there is no gradient of that kind in SVG, and lines and
text stay vectors); flat colours are rasterised only where there are many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import Colormap
from matplotlib.tri import Triangulation

from exactpwl.plot.clip import Polygon, as_points, cut_polygon
from exactpwl.plot.patches import Height, Patch
from exactpwl.plot.scale import Scale
from exactpwl.plot.style import TINTS
from exactpwl.plot.view import View

__all__ = ["adjacent_colours", "bands", "fill", "paint", "shade"]

_BANDS = 48
_MANY = 2000


def bands(polygon: Polygon, height: Height, levels: Sequence[Fraction]) -> Iterator[Polygon]:
    """Yield the parts of a polygon between neighbouring levels, from low to high.

    Parameters
    ----------
    polygon : vertices in order
    height : the function
    levels : increasing

    Examples
    --------
    >>> square = ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1))
    >>> list(bands(square, Height((1, 0, 0), 1), [Fraction(1, 2)]))[0]
    ((0, 0, 1), (1, 0, 2), (1, 2, 2), (0, 1, 1))
    """
    values = [height.at(vertex) for vertex in polygon]
    low, high = min(values), max(values)
    for level in levels:
        if low < level < high:
            above = height.above(level)
            yield cut_polygon(polygon, tuple(-entry for entry in above))
            polygon = cut_polygon(polygon, above)
    yield polygon


def shade(ax: Axes, view: View, colormap: Colormap, scale: Scale) -> Any:
    """Fill the patches with the colours of their functions; return what a colour bar needs."""
    levels = scale.levels(_BANDS)
    points: list[tuple[float, float]] = []
    values: list[float] = []
    triangles: list[tuple[int, int, int]] = []
    for patch in view.patches:
        height = view.heights[patch.cell]
        for band in bands(patch.polygon, height, levels):
            start = len(points)
            points += [(float(x), float(y)) for x, y in as_points(band)]
            values += [float(height.at(vertex)) for vertex in band]
            triangles += [(start, i, i + 1) for i in range(start + 1, len(points) - 1)]
    x, y = np.array(points).T
    return ax.tripcolor(
        Triangulation(x, y, triangles),
        np.array(values),
        shading="gouraud",
        cmap=colormap,
        norm=scale.norm(),
        rasterized=True,
        zorder=1,
    )


def paint(ax: Axes, shown: Sequence[Patch], colours: Mapping[int, int]) -> PolyCollection:
    """Fill each patch with the flat colour whose number its cell has."""
    return fill(ax, shown, [TINTS[colours[patch.cell] % len(TINTS)] for patch in shown])


def fill(ax: Axes, shown: Sequence[Patch], colours: Sequence[Any]) -> PolyCollection:
    """Fill each patch with a flat colour."""
    filled = PolyCollection(
        [[(float(x), float(y)) for x, y in as_points(patch.polygon)] for patch in shown],
        facecolors=colours,
        edgecolors="face",
        linewidths=0.4,
        rasterized=len(shown) > _MANY,
        zorder=1,
    )
    ax.add_collection(filled, autolim=False)
    return filled


def adjacent_colours(
    groups: Sequence[Sequence[int]], adjacent: Sequence[tuple[int, int]]
) -> dict[int, int]:
    """Return a colour number for each cell: one a group, different for adjacent groups.

    The smallest-last order colours a planar graph with at most six colours (Matula & Beck 1983).

    Examples
    --------
    >>> adjacent_colours([(0, 1), (2,)], [(0, 1), (1, 2)])
    {0: 1, 1: 1, 2: 0}
    """
    import networkx

    group_of = {cell: number for number, group in enumerate(groups) for cell in group}
    graph: Any = networkx.Graph()
    graph.add_nodes_from(range(len(groups)))
    links = ((group_of[a], group_of[b]) for a, b in adjacent)
    graph.add_edges_from((a, b) for a, b in links if a != b)
    colour = networkx.greedy_color(graph, strategy="smallest_last")
    return {cell: colour[group] for cell, group in group_of.items()}
