"""The sign of a network on a whole disc or annulus of the plane, exactly.

Data sets of discs and rings are favourites for pictures, and a network is called good at them if it
is right at some thousand points.  It can be proved right at all of them: a ring
{inner <= |x - c| <= outer} is connected, so f has one sign on it iff f has that sign at one of its
points and the level set {f = 0} misses it.  The level set is a union of segments, rays and, where f
vanishes on a region, polygons.  Each of them is connected, so the distances of its points from c
fill an interval, and it misses the ring iff that interval misses [inner, outer].

Squares of distances are rational, so nothing is rounded.  The least one is taken at a vertex or at
the foot of a perpendicular, the greatest one at a vertex, if there is any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from exactpwl.errors import DimensionError, DomainError, OptionError
from exactpwl.inequality import as_point, dot
from exactpwl.levelsets import LevelPiece, height_above
from exactpwl.rationals import RationalLike, as_fraction, format_fraction

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["sign_on_ring", "squared_distances"]

Point = tuple[Fraction, ...]


def sign_on_ring(
    complex_: PolyhedralComplex,
    centre: Sequence[RationalLike],
    inner: RationalLike,
    outer: RationalLike,
    value: RationalLike = 0,
    functional: Sequence[RationalLike] | None = None,
) -> int | None:
    """Return the sign of functional . f - value on a whole ring, or None if it has several there.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with two inputs.
    centre : two rationals
    inner, outer : rationals, 0 <= inner <= outer, outer > 0
        Radii; both circles belong to the ring.  With ``inner = 0`` it is a disc.
    value : rational
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.

    Returns
    -------
    int or None
        1 or -1; None where the value is taken on the ring.

    Raises
    ------
    DimensionError
        If there are not two inputs, or the functional does not fit the outputs.
    OptionError
        If the radii are none of a ring.
    DomainError
        If the ring reaches the boundary of the domain.

    Examples
    --------
    The bundled network is right on the whole disc and on the whole annulus around it:

    >>> from exactpwl import gallery, regions
    >>> disc = regions(gallery.get("disc"))
    >>> sign_on_ring(disc, (0, 0), 0, "1/2"), sign_on_ring(disc, (0, 0), "3/4", 1)
    (1, -1)
    >>> sign_on_ring(disc, (0, 0), "1/2", "3/4") is None
    True
    """
    if complex_.dimension != 2:
        raise DimensionError(f"two inputs are required for a ring, got {complex_.dimension}")
    middle = as_point(centre, 2)
    low, high = as_fraction(inner), as_fraction(outer)
    if not 0 <= low <= high or high == 0:
        shown = ", ".join(map(format_fraction, (low, high)))
        raise OptionError(f"radii 0 <= inner <= outer with outer > 0 are required, got {shown}")
    _require_inside(complex_, middle, high)
    for piece in complex_.level_set(value, functional):
        least, greatest = squared_distances(piece, middle)
        if least <= high**2 and (greatest is None or greatest >= low**2):
            return None
    height = height_above(complex_.network, value, functional)
    (there,) = height(complex_.network((middle[0] + high, middle[1])))
    return 1 if there > 0 else -1


def squared_distances(
    piece: LevelPiece, centre: Sequence[RationalLike]
) -> tuple[Fraction, Fraction | None]:
    """Return the least and the greatest squared distance of the points of a piece from a point.

    Parameters
    ----------
    piece : LevelPiece
        Of a network with two inputs.
    centre : two rationals

    Returns
    -------
    Fraction, Fraction or None
        The greatest is None where the piece is unbounded.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> piece = regions(gallery.get("xor")).level_set()[0]
    >>> piece.vertices, squared_distances(piece, (0, 0))
    (((Fraction(0, 1), Fraction(-1, 2)),), (Fraction(1, 8), None))
    """
    middle = as_point(centre, 2)
    corners = [_minus(vertex, middle) for vertex in piece.vertices]
    squares = [dot(corner, corner) for corner in corners]
    greatest = None if piece.rays or piece.lines else max(squares)
    if piece.dimension == 2 and _surrounds_origin(corners, _ways(piece)):
        return Fraction(0), greatest
    feet = [_foot(a, _minus(b, a), bounded=True) for a, b in combinations(corners, 2)]
    feet += [_foot(a, way, bounded=False) for a in corners for way in _ways(piece)]
    return min([*squares, *(dot(foot, foot) for foot in feet)]), greatest


def _ways(piece: LevelPiece) -> list[Point]:
    """Return the directions in which a piece is unbounded; a line is two of them."""
    lines = [tuple(sign * c for c in line) for line in piece.lines for sign in (1, -1)]
    return [tuple(map(Fraction, way)) for way in (*piece.rays, *lines)]


def _minus(a: Sequence[Fraction], b: Sequence[Fraction]) -> Point:
    return tuple(x - y for x, y in zip(a, b, strict=True))


def _foot(start: Point, way: Point, *, bounded: bool) -> Point:
    """Return the point nearest to the origin among start + s way, 0 <= s (<= 1 if bounded)."""
    s = max(Fraction(0), -dot(start, way) / dot(way, way))
    if bounded:
        s = min(s, Fraction(1))
    return tuple(a + s * w for a, w in zip(start, way, strict=True))


def _surrounds_origin(corners: list[Point], ways: list[Point]) -> bool:
    """Whether the origin is in a convex set of full dimension: no side has it strictly outside."""
    return not any(
        all(_turn(side, _minus(c, start)) >= 0 for c in corners)
        and all(_turn(side, w) >= 0 for w in ways)
        and _turn(side, tuple(-x for x in start)) < 0
        for start, side in _sides(corners, ways)
    )


def _sides(corners: list[Point], ways: list[Point]) -> Iterator[tuple[Point, Point]]:
    for start in corners:
        for side in (*(_minus(c, start) for c in corners if c != start), *ways):
            yield start, side
            yield start, tuple(-x for x in side)


def _turn(a: Point, b: Point) -> Fraction:
    return a[0] * b[1] - a[1] * b[0]


def _require_inside(complex_: PolyhedralComplex, centre: Point, radius: Fraction) -> None:
    for normal, offset in complex_.domain.rows:
        distance = dot(normal, centre) + offset
        if distance <= 0 or distance**2 <= radius**2 * dot(normal, normal):
            raise DomainError(
                f"the ring of radius {format_fraction(radius)} must lie inside the domain, "
                f"{complex_.domain}; compute the regions of a larger one"
            )
