"""How far a point is from the decision boundary, exactly, over the whole domain.

With one output the boundary is {f = value}.  On each region it is a polyhedron
(`exactpwl.levelsets`), so it is a union of finitely many, and the distance to it is the least of
those to its pieces; each is found exactly (`exactpwl.nearest`).  A region on which the output is
the value everywhere belongs to it, whole.

With several outputs the class is the largest one, j at x, and the boundary is where j is no longer
larger than all others.  On the way from x to the nearest such point y, a segment in the domain,
which is convex, f_j - f_k falls to 0 or below for some k, so it is 0 somewhere on the way: the
distance is the least, over k, of that to {f_j = f_k}.  Where two outputs are largest it is 0.

Not every piece is looked at: a box around it is nearer than it, so a piece whose box is not nearer
than a point found already is passed over.  All of this is rational, and no float decides.

The boundary is that inside the closed domain of the complex: beyond the domain nothing is known.

This is for many points of one complex.  `exactpwl.questions.robustness` is for one point: it needs
no complex, so it serves many inputs, and it tells where another class only ties from where it wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.data.places import as_points
from exactpwl.nearest import Norm, nearest_point, size
from exactpwl.rationals import RationalLike

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.levelsets import LevelPiece

__all__ = ["DecisionDistance", "decision_distances"]

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class DecisionDistance:
    """The distance of a point to the decision boundary.

    Attributes
    ----------
    linf, l1 : Fraction
        In the l-infinity and the l1 norm.
    l2_squared : Fraction
        The square of the distance in the l2 norm.
    nearest_linf, nearest_l1, nearest_l2 : tuple of Fraction
        A point of the boundary that is so near, in each norm.
    """

    linf: Fraction
    l1: Fraction
    l2_squared: Fraction
    nearest_linf: Point
    nearest_l1: Point
    nearest_l2: Point


class _Piece(NamedTuple):
    """A piece of the boundary with the box around it: None where it has no end."""

    vertices: tuple[Point, ...]
    rays: tuple[tuple[int, ...], ...]
    lines: tuple[tuple[int, ...], ...]
    low: tuple[Fraction | None, ...]
    high: tuple[Fraction | None, ...]


def decision_distances(
    complex_: PolyhedralComplex,
    points: Iterable[Iterable[RationalLike]],
    *,
    value: RationalLike = 0,
    functional: Sequence[RationalLike] | None = None,
) -> tuple[DecisionDistance | None, ...]:
    """Return how far each point is from the decision boundary, in three norms.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Over any domain.
    points : sequence of points
    value : rational
        The boundary is {f = value} where one output, or a functional, decides.
    functional : sequence of rationals, optional
        A coefficient for each output.  Left out, one output decides by its sign, and of several
        the largest decides.

    Returns
    -------
    tuple of DecisionDistance or None
        Exact.  None for points outside the domain, and where there is no boundary in the domain.

    Raises
    ------
    DimensionError
        If a point has not d coordinates, or the functional does not fit the outputs.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> corner, = decision_distances(regions(gallery.get("xor")), [(1, 1)])
    >>> print(corner.linf, corner.l1, corner.l2_squared)
    3/4 3/2 9/8
    """
    made = as_points(points, complex_.dimension)
    boundaries = _Boundaries(complex_, value, functional)
    return tuple(
        _least(point, boundaries.of(point)) if complex_.domain.contains(point) else None
        for point in made
    )


class _Boundaries:
    """The pieces of the boundary that matter for a point; each level set is computed once."""

    def __init__(
        self,
        complex_: PolyhedralComplex,
        value: RationalLike,
        functional: Sequence[RationalLike] | None,
    ) -> None:
        self.complex = complex_
        self.value = value
        self.functional = functional
        self.outputs = complex_.network.output_dimension
        self._known: dict[tuple[int, int], list[_Piece]] = {}
        self._single: list[_Piece] | None = None
        if functional is not None or self.outputs == 1:
            self._single = [_with_box(p) for p in complex_.level_set(value, functional)]

    def of(self, point: Point) -> list[_Piece]:
        if self._single is not None:
            return self._single
        outputs = self.complex.network(point)
        largest = max(range(self.outputs), key=outputs.__getitem__)
        others = [k for k in range(self.outputs) if k != largest]
        return [piece for k in others for piece in self._between(largest, k)]

    def _between(self, first: int, second: int) -> list[_Piece]:
        key = (min(first, second), max(first, second))
        if key not in self._known:
            difference = [int(k == key[0]) - int(k == key[1]) for k in range(self.outputs)]
            self._known[key] = [_with_box(p) for p in self.complex.level_set(0, difference)]
        return self._known[key]


def _with_box(piece: LevelPiece) -> _Piece:
    low: list[Fraction | None] = []
    high: list[Fraction | None] = []
    vertices, rays = piece.vertices, piece.rays
    for i, column in enumerate(zip(*vertices, strict=True)):
        open_ended = any(line[i] for line in piece.lines)
        low.append(None if open_ended or any(r[i] < 0 for r in rays) else min(column))
        high.append(None if open_ended or any(r[i] > 0 for r in rays) else max(column))
    return _Piece(vertices, rays, piece.lines, tuple(low), tuple(high))


def _least(point: Point, pieces: Sequence[_Piece]) -> DecisionDistance | None:
    if not pieces:
        return None
    gaps = [(_gap(point, piece), piece) for piece in pieces]
    gaps.sort(key=lambda pair: size(pair[0], "l2"))
    (a, at_a), (b, at_b), (c, at_c) = (_nearest(point, gaps, norm) for norm in ("linf", "l1", "l2"))
    return DecisionDistance(a, b, c, at_a, at_b, at_c)


def _gap(point: Point, piece: _Piece) -> list[Fraction]:
    """Return, for each coordinate, how far a point is outside the box around a piece."""
    nothing = Fraction(0)
    return [
        max(
            nothing if low is None else low - x,
            nothing if high is None else x - high,
            nothing,
        )
        for x, low, high in zip(point, piece.low, piece.high, strict=True)
    ]


def _nearest(
    point: Point, gaps: Sequence[tuple[list[Fraction], _Piece]], norm: Norm
) -> tuple[Fraction, Point]:
    best: tuple[Fraction, Point] | None = None
    for gap, piece in gaps:
        if best is not None and size(gap, norm) >= best[0]:
            continue
        found = nearest_point(point, piece.vertices, piece.rays, piece.lines, norm)
        distance = size([a - b for a, b in zip(found, point, strict=True)], norm)
        if best is None or distance < best[0]:
            best = distance, found
    assert best is not None
    return best
