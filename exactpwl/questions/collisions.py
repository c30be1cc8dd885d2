"""Two cells, an affine map on each: is there x in one and y in the other, x != y, with one image?

Cells are closed polyhedra in R^d, the maps f_i and f_j go to R^m and have rank d.  Then
f_i(x) = f_j(y) gives x by y: d independent rows of f_i are inverted, x = g(y) with g affine, and
the other m - d rows are equations in y.  So the pairs with one image are described by

    T = {y in C_j : g(y) in C_i, and the equations},

a polyhedron in d variables, not 2d.  Points that both cells have in common are in T, and g fixes
them where the function is continuous.  What is asked is whether g fixes all of T; g is affine, so
that is decided at the generators of T (double description method).

Most pairs need no such generators.  Where a facet of C_i, pulled back by g, is <= 0 on all of C_j,
T lies in the face of C_j on which it is 0; if g fixes that face's generators, no pair is left.
That is one product of small integer matrices, and it settles nearly all neighbours of a map that is
injective: the facet is the one between the images.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import fmpz_mat

from exactpwl.generators import generators
from exactpwl.inequality import Row, dot, opposite
from exactpwl.linear import rank
from exactpwl.region import Region
from exactpwl.stages import IntMatrix, integer_map

__all__ = ["Chart", "collision"]

Point = tuple[Fraction, ...]
Vector = tuple[int, ...]


class Chart:
    """A region with its affine map in integers, made ready to be inverted.

    Parameters
    ----------
    region : Region
        The rank of its affine map is the number of inputs.
    """

    def __init__(self, region: Region) -> None:
        self.region = region
        *rows, last = integer_map(region.affine_map)
        self.rows: IntMatrix = tuple(rows)
        self.scale = last[-1]

    @cached_property
    def matrix(self) -> fmpz_mat:
        """The map's linear part, times a positive number: m rows of d integers."""
        return fmpz_mat([list(row[:-1]) for row in self.rows])

    @cached_property
    def facets(self) -> fmpz_mat:
        """The facets, one row (normal, offset) each, those on the domain's boundary among them."""
        found = [[*f.inequality.normal, f.inequality.offset] for f in self.region.facets]
        return fmpz_mat(found) if found else fmpz_mat(0, self.size + 1)

    @property
    def size(self) -> int:
        """The number d of inputs."""
        return len(self.rows[0]) - 1

    @cached_property
    def vectors(self) -> tuple[Vector, ...]:
        """Generators of the region as a cone: vertices, directions, and lines both ways."""
        lines = [(*line, 0) for line in self.region.lines]
        back = [tuple(-c for c in line) for line in lines]
        return (*self.region.generators, *lines, *back)

    @cached_property
    def columns(self) -> fmpz_mat:
        """Those as the columns of a matrix."""
        return fmpz_mat([list(vector) for vector in self.vectors]).transpose()

    @cached_property
    def basis(self) -> tuple[int, ...]:
        """The first d linearly independent rows of the map."""
        chosen: list[int] = []
        for i in range(len(self.rows)):
            if rank(self.rows[k][:-1] for k in (*chosen, i)) > len(chosen):
                chosen.append(i)
        return tuple(chosen)

    @cached_property
    def inverse(self) -> tuple[fmpz_mat, int]:
        """The inverse of the map's basis rows, without their constants, and its denominator."""
        square = fmpz_mat([list(self.rows[k][:-1]) for k in self.basis])
        inverse: Any = square.inv()
        numerator, denominator = inverse.numer_denom()
        return numerator, int(denominator)

    def preimage(self, image: Point) -> Point | None:
        """Return the point of the closed region with a given image, if there is one."""
        inverse, denominator = self.inverse
        right = [self.scale * image[k] - self.rows[k][-1] for k in self.basis]
        rows = [[int(entry) for entry in row] for row in inverse.tolist()]
        x = tuple(dot(row, right) / denominator for row in rows)
        inside = all(facet.inequality.at(x) >= 0 for facet in self.region.facets)
        return x if inside and self.region.affine_map(x) == image else None

    def pulled(self, other: Chart) -> fmpz_mat:
        """Return x as a function g of y, from one image: d + 1 homogeneous rows in integers.

        The last row is (0, ..., 0, c) with c > 0: g(y) is the first d rows divided by c.
        """
        inverse, denominator = self.inverse
        right = [
            [self.scale * entry for entry in other.rows[k][:-1]]
            + [self.scale * other.rows[k][-1] - other.scale * self.rows[k][-1]]
            for k in self.basis
        ]
        product = [list(row) for row in (inverse * fmpz_mat(right)).tolist()]
        common = denominator * other.scale
        sign = 1 if common > 0 else -1
        rows = [[sign * entry for entry in row] for row in product]
        return fmpz_mat([*rows, [0] * self.size + [sign * common]])

    def separates(self, other: Chart, pulled: fmpz_mat) -> bool:
        """Return whether one facet, pulled back, shows that no two points have one image."""
        heights = (self.facets * pulled * other.columns).tolist()
        fixed = _fixed(other, pulled)
        for row in heights:
            if all(h <= 0 for h in row):
                touched = [k for k, h in enumerate(row) if h == 0]
                if all(fixed[k] for k in touched) or not any(other.vectors[k][-1] for k in touched):
                    return True
        return False

    def equations(self, other: Chart, pulled: fmpz_mat) -> list[Row]:
        """Return what the rows that were not inverted say of y, as rows that vanish."""
        rest = [k for k in range(len(self.rows)) if k not in self.basis]
        found: list[Row] = []
        common = int(pulled[self.size, self.size])
        for k in rest:
            left = (fmpz_mat([list(self.rows[k])]) * pulled).tolist()[0]
            row = [
                int(other.scale * a - common * self.scale * b)
                for a, b in zip(left, other.rows[k], strict=True)
            ]
            found.append((tuple(row[:-1]), row[-1]))
        return found


def _fixed(chart: Chart, pulled: fmpz_mat) -> list[bool]:
    """Return for each vector of a chart whether g fixes it: g(v) is a multiple of it by c."""
    common = pulled[chart.size, chart.size]
    images = (pulled * chart.columns).transpose().tolist()
    return [
        all(a == common * b for a, b in zip(image, vector, strict=True))
        for image, vector in zip(images, chart.vectors, strict=True)
    ]


def collision(first: Chart, second: Chart) -> tuple[Point, Point] | None:
    """Return x in the first region and y in the second, x != y, with the same image; None if none.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> left, right = map(Chart, regions(gallery.get("abs"), [(-2, 1)]).regions)
    >>> collision(left, right)
    ((Fraction(-1, 1),), (Fraction(1, 1),))
    """
    pulled = first.pulled(second)
    if first.separates(second, pulled) or second.separates(first, second.pulled(first)):
        return None
    equations = first.equations(second, pulled)
    rows = [
        *_rows(second.facets),
        *_rows(first.facets * pulled),
        *equations,
        *map(opposite, equations),
    ]
    found = generators(rows, first.size)
    for start in found.vertices:
        steps = [start, *(_sum(start, way) for way in (*found.rays, *found.lines))]
        for y in steps:
            x = _image(pulled, y)
            if x != y:
                return x, y
    return None


def _rows(matrix: fmpz_mat) -> list[Row]:
    return [(tuple(map(int, row[:-1])), int(row[-1])) for row in matrix.tolist()]


def _sum(point: Point, direction: Sequence[int]) -> Point:
    return tuple(c + u for c, u in zip(point, direction, strict=True))


def _image(pulled: fmpz_mat, y: Point) -> Point:
    """Return g(y)."""
    *rows, last = [[int(entry) for entry in row] for row in pulled.tolist()]
    return tuple(dot(row, (*y, 1)) / last[-1] for row in rows)
