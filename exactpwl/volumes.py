r"""Exact volumes of all regions, each face of the complex measured once.

The volume of a polytope is that of the cones over its facets from one of its vertices v (Lasserre
1983; Cohen & Hickey 1979).  A facet F belongs to two regions, a face of codimension k to 2^k where
the complex is generic, so what is known of a face is kept for all of them.  To share it, all faces
are measured in the same coordinates: a face of dimension k by the volume of its shadow on the first
k coordinates, after a shear that puts no face upright.  A cone over F with apex v then has, in the
next coordinate, the volume of F's shadow times the height of v over the hyperplane of F.  Shears
keep volumes.

Everything is an integer.  With vertices x/t, the volume of a face times k! and times the product T
of its t's is one, the *size* N, because it is a sum of determinants times products of t's.  Let
r . (x, t) = 0 be the hyperplane of F in the first k coordinates.  Then::

    N = sum over facets F without v of  N_F |r . v| / |r_k|  *  T / (T_F t_v)

and the first factor is an integer as well, so the division leaves no remainder.  Where it does, or
a shadow is flat, the face is none of a polytope, or the shear was unlucky: then the region is
triangulated by itself (`exactpwl.geometry.volume`).  One division by T d! comes last.

A triangulation of each region would have some 165 simplices in five dimensions, each a determinant
with a denominator of its own.

References
----------
J. B. Lasserre, An analytical expression and an algorithm for the volume of a convex polyhedron in
R^n, J. Optim. Theory Appl. 39 (1983).
B. Büeler, A. Enge, K. Fukuda, Exact volume computation for polytopes: a practical study, 2000.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial, prod
from operator import mul
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from flint import fmpz

from exactpwl.geometry import chosen, facets_of_face, hyperplane, is_simple, volume

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Volumes"]

ZERO = fmpz(0)
LARGEST_SHEAR = 1 << 12
"""Larger entries make an upright face less likely, and numbers longer."""

Key = tuple[int, ...]
Point = tuple[Any, ...]
"""A vertex (x, t) in entries of flint, after the shear."""
Points = tuple[Point, ...]


class Measured(NamedTuple):
    """What is known of a face of dimension k.

    Attributes
    ----------
    size : fmpz
        k! times the volume of its shadow on the first k coordinates, times `scale`.
    scale : fmpz
        The product of the t's of its vertices.
    base : tuple of points
        Vertices of the face that span it, k + 1 of them.
    row : tuple of fmpz
        The hyperplane of its shadow on the first k + 1 coordinates, as a row for (x, t).
    """

    size: Any
    scale: Any
    base: Points
    row: tuple[Any, ...]


class UprightError(ArithmeticError):
    """A face has a flat shadow, or is none of a polytope.  It stays in this room."""


class Volumes:
    """The volumes of the bounded regions of a complex, each computed when it is first asked for.

    Parameters
    ----------
    complex_ : PolyhedralComplex

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> volumes = Volumes(regions(gallery.get("xor"), [(-1, 1), (-1, 1)]))
    >>> [volumes[i] for i in range(3)]
    [Fraction(1, 2), Fraction(3, 2), Fraction(2, 1)]
    """

    def __init__(self, complex_: PolyhedralComplex) -> None:
        self.complex = complex_
        self.dimension = complex_.dimension
        self._points: dict[int, Point] = {}
        self.faces: dict[Key, Measured] = {}
        random = Random(0)
        self._shear = [
            [1, *(random.randint(0, LARGEST_SHEAR) for _ in range(row + 1, self.dimension))]
            for row in range(self.dimension)
        ]

    def __getitem__(self, region: int) -> Fraction:
        """Return the exact volume of a bounded region."""
        cell = self.complex.cells[region]
        if self.dimension > 1:
            try:
                size, scale = _Shadows(self, region).whole()
            except UprightError:
                pass
            else:
                return Fraction(int(size), int(scale) * factorial(self.dimension))
        return volume(cell.generators, cell.tight)

    def point(self, generator: int) -> Point:
        """Return a generator (x, t) after the shear."""
        found = self._points.get(generator)
        if found is None:
            *x, t = map(fmpz, self.complex.generators[generator])
            moved = [sum(map(mul, row, x[i:])) for i, row in enumerate(self._shear)]
            found = self._points[generator] = (*moved, t)
        return found


class _Shadows:
    """The faces of one region."""

    def __init__(self, volumes: Volumes, region: int) -> None:
        complex_ = volumes.complex
        self.dimension = volumes.dimension
        self.known = volumes.faces
        self.ids = complex_.generator_ids[region]
        self.points = [volumes.point(i) for i in self.ids]
        self.facets = complex_.facet_masks[region]
        self.simple = is_simple(self.facets, len(self.ids), self.dimension)

    def whole(self) -> tuple[Any, Any]:
        """Return the region's size and scale."""
        size, scale, _ = self._size(self.dimension, (1 << len(self.ids)) - 1)
        return size, scale

    def _size(self, level: int, face: int) -> tuple[Any, Any, Points]:
        """Return size, scale and base of a face of some dimension, 2 or more."""
        points = chosen(self.points, face)
        scale = prod([point[-1] for point in points])
        if level == 2:
            return self._polygon(face, points, scale), scale, points[:3]
        apex = points[0]
        t = apex[-1]
        shadow = (*apex[:level], t)
        size = ZERO
        for part in self._away(face):
            below = self._measured(level - 1, part)
            over, left = divmod(below.size * sum(map(mul, below.row, shadow)), below.row[-2])
            if left:
                raise UprightError
            size += abs(over) * (scale // (below.scale * t))
        return size, scale, (apex, *below.base)

    def _polygon(self, face: int, points: Points, scale: Any) -> Any:
        """Return the size of a polygon, by triangles around its first vertex."""
        if len(points) == 3:
            return abs(_determinant(*points))
        apex = points[0]
        size = ZERO
        for edge in self._away(face):
            one, other = chosen(self.points, edge)
            others = scale // (apex[-1] * one[-1] * other[-1])
            size += abs(_determinant(apex, one, other)) * others
        return size

    def _away(self, face: int) -> list[int]:
        """Return the facets of a face that do not contain its first vertex."""
        apex = face & -face
        parts = facets_of_face(face, self.facets, simple=self.simple)
        return [part for part in parts if not part & apex]

    def _measured(self, level: int, face: int) -> Measured:
        """Return what is known of a face, with its hyperplane."""
        key = chosen(self.ids, face)
        found = self.known.get(key)
        if found is None:
            size, scale, base = self._size(level, face)
            row = hyperplane([[*point[: level + 1], point[-1]] for point in base])
            if row is None or not row[-2]:
                raise UprightError
            found = self.known[key] = Measured(size, scale, base, row)
        return found


def _determinant(u: Point, v: Point, w: Point) -> Any:
    """Return the determinant of three points' shadows on the plane."""
    return (
        u[0] * (v[1] * w[-1] - v[-1] * w[1])
        - u[1] * (v[0] * w[-1] - v[-1] * w[0])
        + u[-1] * (v[0] * w[1] - v[1] * w[0])
    )
