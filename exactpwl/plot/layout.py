"""Where the regions stand when the adjacency graph is drawn: by position, or by its spectrum.

*By position*, with two inputs, a region stands at the centre of mass of what the window shows of
it, and an edge goes through the middle of the visible part of the facet that it stands for.  Cells
are convex, so an edge stays inside its two regions: the drawing is plane, no edge meets another.
With one input a region stands on the graph of the function; with three and more at an inner point,
in the plane of the two longest axes of all these points (principal components), a little tilted
towards the third, so that regular arrangements do not hide behind themselves.

*By its spectrum* the place is that of the eigenvectors of the second and third smallest eigenvalue
of the Laplacian D - A (Hall 1970): neighbours are pulled together, whatever the geometry.
Eigenvectors are unique up to sign, and where an eigenvalue is multiple up to a rotation; they are
turned towards the places by position, so the same complex gives the same drawing.

Places are floats: they are for the eye.  Which regions there are, which are adjacent, and in two
dimensions what of them is visible, is decided exactly before.

References
----------
K. M. Hall, An r-dimensional quadratic placement algorithm, Management Science 17, 1970, 219-229,
doi:10.1287/mnsc.17.3.219.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from exactpwl.errors import FigureError
from exactpwl.plot.clip import as_points, centroid, clip_edge
from exactpwl.plot.patches import functional
from exactpwl.plot.view import complex_view
from exactpwl.plot.window import Bounds, frame
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["ON_THE_GRAPH", "MOST_SPECTRAL", "Layout", "by_position", "by_spectrum", "laplacian"]

MOST_SPECTRAL = 3000
"""Regions of which all eigenvectors are computed."""

ON_THE_GRAPH = "on the graph of the output"
"""What the caption says of a layout with one input."""

_EQUAL = 1e-7  # eigenvalues nearer than this, as a part of the largest, are drawn as one

_TILT = (0.31, 0.23)  # where the third axis points

Place = tuple[float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Layout:
    """A drawing of an adjacency graph.

    Attributes
    ----------
    places : for each region that is shown, by its index, where it stands
    paths : for each adjacency that is shown (two regions), the points of its line
    points : for each region that is shown, an exact point of it
    window : the window, where the places are points of the plane
    notes : phrases for the caption
    """

    places: dict[int, Place]
    paths: dict[tuple[int, int], list[Place]]
    points: dict[int, tuple[Fraction, ...]]
    window: Bounds | None = None
    notes: tuple[str, ...] = ()


def by_position(
    complex_: PolyhedralComplex, window: Any = None, output: int | Sequence[RationalLike] = 0
) -> Layout:
    """Return the layout by position.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> cross = regions(gallery.get("l1_annulus"), [(-4, 4), (-4, 4)])
    >>> layout = by_position(cross)
    >>> len(layout.places) == len(cross), len(layout.paths) == len(cross.adjacencies)
    (True, True)
    """
    if complex_.dimension == 2:
        return _in_the_plane(complex_, window)
    if window is not None:
        raise FigureError(
            f"a window is for 2 inputs, got a complex with {complex_.dimension}: restrict it to "
            "a box, complex.restrict(box)"
        )
    points = {region.index: region.interior_point for region in complex_.regions}
    if complex_.dimension == 1:
        return _on_the_graph(complex_, points, output)
    seen = _principal(np.array([[float(c) for c in p] for p in points.values()]))
    note = "at inner points, seen in the plane of their longest axes"
    return _straight(complex_, points, seen, (note,))


def by_spectrum(complex_: PolyhedralComplex) -> Layout:
    """Return the spectral layout.

    Raises
    ------
    FigureError
        If there are more than `MOST_SPECTRAL` regions.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> tent = regions(gallery.get("tent"))
    >>> [round(x, 2) for x, _ in by_spectrum(tent).places.values()]
    [-0.71, 0.0, 0.71]
    """
    count = len(complex_)
    if count > MOST_SPECTRAL:
        raise FigureError(
            f"the spectral layout takes at most {MOST_SPECTRAL} regions, got {count}: "
            "restrict the complex to a box, or draw it by position"
        )
    points = {region.index: region.interior_point for region in complex_.regions}
    inner = np.array([[float(c) for c in p] for p in points.values()])
    towards = inner if complex_.dimension <= 2 else _principal(inner)
    values, vectors = np.linalg.eigh(laplacian(complex_))
    places = _facing(values, vectors, _columns(towards))
    shown = " and ".join(f"{value:.4g}" for value in values[1:3])
    notes = (f"placed by the Laplacian's eigenvectors of {shown}",) if count > 1 else ()
    return _straight(complex_, points, places, notes)


def laplacian(complex_: PolyhedralComplex) -> Floats:
    """Return the Laplacian of the adjacency graph: degrees on the diagonal, -1 for an edge.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> laplacian(regions(gallery.get("xor"))).tolist()
    [[1.0, -1.0, 0.0], [-1.0, 2.0, -1.0], [0.0, -1.0, 1.0]]
    """
    found = np.zeros((len(complex_), len(complex_)))
    for first, second in complex_.adjacency_array.tolist():
        found[first, second] = found[second, first] = -1.0
    np.fill_diagonal(found, -found.sum(axis=1))
    return found


def _in_the_plane(complex_: PolyhedralComplex, window: Any) -> Layout:
    view = complex_view(complex_, window)
    points: dict[int, tuple[Fraction, ...]] = {}
    for patch in view.patches:
        points[patch.cell] = centroid(patch.polygon)
    places = {cell: (float(x), float(y)) for cell, (x, y) in points.items()}
    sides = frame(view.window)
    paths = {}
    for first, second, ids in complex_.adjacencies:
        ends = [complex_.generators[i] for i in ids]
        ends.sort(key=lambda vector: not vector[-1])
        visible = clip_edge(ends, complex_.lines, sides)
        if visible:
            (x, y), (u, v) = as_points(visible)
            middle = (float((x + u) / 2), float((y + v) / 2))
            paths[first, second] = [places[first], middle, places[second]]
    return Layout(places, paths, points, view.window, ("at the centre of what is seen of each",))


def _on_the_graph(
    complex_: PolyhedralComplex,
    points: dict[int, tuple[Fraction, ...]],
    output: int | Sequence[RationalLike],
) -> Layout:
    weights = functional(output, complex_.network.output_dimension)

    def place(region: int, point: tuple[Fraction, ...]) -> Place:
        values = complex_.affine_maps[region](point)
        value = sum((w * v for w, v in zip(weights, values, strict=True)), Fraction(0))
        return float(point[0]), float(value)

    places = {i: place(i, point) for i, point in points.items()}
    paths = {
        (a, b): [places[a], place(a, complex_.points(ids)[0]), places[b]]
        for a, b, ids in complex_.adjacencies
    }
    return Layout(places, paths, points, None, (ON_THE_GRAPH,))


def _straight(
    complex_: PolyhedralComplex,
    points: dict[int, tuple[Fraction, ...]],
    seen: Floats,
    notes: tuple[str, ...],
) -> Layout:
    places = {i: (float(x), float(y)) for i, (x, y) in zip(points, seen, strict=True)}
    pairs = complex_.adjacency_array.tolist()
    return Layout(places, {(a, b): [places[a], places[b]] for a, b in pairs}, points, None, notes)


def _columns(points: Floats, wanted: int = 2) -> Floats:
    return np.hstack([points, np.zeros((len(points), wanted))])[:, :wanted]


def _principal(points: Floats) -> Floats:
    """Return points along the axes of largest variance, the largest entry of each positive."""
    middle = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(middle, full_matrices=False)
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    along = middle @ (axes * np.where(largest < 0, -1.0, 1.0)).T
    found: Floats = _columns(along, 3) @ np.array([(1.0, 0.0), (0.0, 1.0), _TILT])
    return found


def _facing(values: Floats, vectors: Floats, towards: Floats) -> Floats:
    """Return two columns of the eigenvectors after the first, turned towards given places."""
    middle = towards - towards.mean(axis=0)
    found: list[Floats] = []
    start = 1
    while len(found) < 2 and start < len(values):
        stop = start + 1
        while stop < len(values) and values[stop] - values[start] < _EQUAL * values[-1]:
            stop += 1
        block = vectors[:, start:stop]
        found += _turned(block, middle, 2 - len(found))
        start = stop
    return _columns(np.array(found).T if found else np.zeros((len(values), 0)))


def _turned(block: Floats, towards: Floats, wanted: int) -> list[Floats]:
    """Return up to so many orthonormal vectors of a span, nearest to given columns."""
    if block.shape[1] == 1:
        along = block[:, 0] @ towards
        leading = along[np.abs(along).argmax()]
        return [block[:, 0] * (-1.0 if leading < 0 else 1.0)]
    basis, sizes, axes = np.linalg.svd(block.T @ towards, full_matrices=True)
    if wanted == 1 or sizes[1] <= 1e-9 * max(sizes[0], 1e-300):
        chosen = basis[:, :wanted]
        signs = np.where((towards @ axes[0]) @ (block @ chosen[:, 0]) < 0, -1.0, 1.0)
        return list((block @ chosen * signs).T)
    return list((block @ (basis[:, :2] @ axes)).T)
