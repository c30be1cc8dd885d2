"""The two descriptions of a polyhedron: inequalities, and vertices with rays and lines.

Minkowski and Weyl: a polyhedron is conv(vertices) + cone(rays) + span(lines).  The double
description method (Motzkin et al. 1953, in cddlib) goes from one to the other, here in rational
arithmetic.  Where there are lines, vertices and rays are only determined up to them; they are
taken 0 in the pivot columns of the lines' reduced echelon form, which makes them unique: equal
polyhedra have equal generators.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.cddlib import to_generators, to_inequalities
from exactpwl.errors import CertificateError, DomainError
from exactpwl.formula import format_inequality
from exactpwl.inequality import Row, dot, primitive_row
from exactpwl.rationals import RationalLike, as_fractions, clear_denominators, primitive

__all__ = ["Generators", "generators", "inequalities_of"]

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class Generators:
    """Minkowski and Weyl's other description: conv(vertices) + cone(rays) + span(lines).

    Vertices are rational points; rays and lines primitive integer vectors; all are sorted.  The
    lines are in reduced echelon form, and vertices and rays are 0 in their pivot columns, so that
    equal polyhedra have equal generators.
    """

    vertices: tuple[Point, ...]
    rays: tuple[tuple[int, ...], ...]
    lines: tuple[tuple[int, ...], ...]

    @property
    def is_empty(self) -> bool:
        """Whether the polyhedron has no point."""
        return not self.vertices

    @property
    def is_bounded(self) -> bool:
        """Whether there is no direction to infinity."""
        return not self.rays and not self.lines


def generators(rows: Sequence[Row], dimension: int) -> Generators:
    """Return vertices, rays and lines of a polyhedron; none of an empty one.

    Parameters
    ----------
    rows : sequence of (normal, offset)
    dimension : int

    Returns
    -------
    Generators
        Each one checked to satisfy the inequalities.

    Examples
    --------
    >>> generators([((1, 0), 0), ((0, 2), -1)], 2)
    Generators(vertices=((Fraction(0, 1), Fraction(1, 2)),), rays=((0, 1), (1, 0)), lines=())
    """
    if any(offset < 0 and not any(normal) for normal, offset in rows):
        return Generators((), (), ())
    origin = (Fraction(0),) * dimension
    proper = list(dict.fromkeys(primitive_row(row) for row in rows if any(row[0])))
    if not proper:
        units = tuple(tuple(int(i == j) for j in range(dimension)) for i in range(dimension))
        return Generators((origin,), (), tuple(sorted(units)))
    points, rays, lines = _sorted_out(*to_generators([[b, *a] for a, b in proper]))
    if not points and not any(offset for _, offset in proper):
        points = [origin]
    result = _normal_form(points, rays, lines) if points else Generators((), (), ())
    _check_generators(result, rows)
    return result


def inequalities_of(
    vertices: Iterable[Sequence[RationalLike]],
    rays: Iterable[Sequence[RationalLike]],
    lines: Iterable[Sequence[RationalLike]],
    dimension: int,
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Return irredundant inequalities and independent equations of a polyhedron.

    Parameters
    ----------
    vertices, rays, lines : iterables of points, directions, directions of R^dimension
        They may be redundant.
    dimension : int

    Returns
    -------
    (inequalities, equations) : pair of tuples of rows
        In primitive integers, sorted.  No generator at all gives the one row ``-1 >= 0``.

    Raises
    ------
    DomainError
        If there are directions without a point.

    Examples
    --------
    >>> inequalities_of([(0, 0), (1, 0)], [], [], 2)
    ((((-1, 0), 1), ((1, 0), 0)), (((0, 1), 0),))
    """
    apexes = [[Fraction(1), *as_fractions(v)] for v in vertices]
    directions = [[Fraction(0), *as_fractions(r)] for r in rays]
    spanning = [[Fraction(0), *as_fractions(u)] for u in lines]
    if not apexes:
        if directions or spanning:
            raise DomainError("directions need at least one point to start from, got none")
        return (((0,) * dimension, -1),), ()
    if not dimension:
        return (), ()
    array = [*apexes, *directions, *spanning]
    first_line = len(array) - len(spanning)
    found, equal = to_inequalities(array, range(first_line, len(array)))
    rows = [primitive_row((tuple(normal), offset)) for offset, *normal in found]
    inequalities = sorted(r for i, r in enumerate(rows) if i not in equal and any(r[0]))
    return tuple(inequalities), tuple(sorted(rows[i] for i in equal))


def _check_generators(result: Generators, rows: Sequence[Row]) -> None:
    for normal, offset in rows:
        if (
            any(dot(normal, v) + offset < 0 for v in result.vertices)
            or any(dot(normal, r) < 0 for r in result.rays)
            or any(dot(normal, u) for u in result.lines)
        ):
            raise CertificateError(f"a generator violates {format_inequality(normal, offset)}")


def _sorted_out(
    array: Sequence[Sequence[Fraction]], both_ways: frozenset[int]
) -> tuple[list[Point], list[Point], list[Point]]:
    points, rays, lines = [], [], []
    for i, (t, *x) in enumerate(array):
        if i in both_ways:
            lines.append(tuple(x))
        elif t:
            points.append(tuple(c / t for c in x))
        else:
            rays.append(tuple(x))
    return points, rays, lines


def _normal_form(
    points: Iterable[Point], rays: Iterable[Point], lines: Iterable[Point]
) -> Generators:
    basis = _echelon(lines)
    reduced = (_reduce(ray, basis) for ray in rays)
    return Generators(
        tuple(sorted(_reduce(point, basis) for point in points)),
        tuple(sorted(_direction(ray) for ray in reduced)),
        tuple(sorted(_direction(line) for _, line in basis)),
    )


def _direction(vector: Sequence[Fraction]) -> tuple[int, ...]:
    return primitive(clear_denominators(vector)[0])


def _echelon(vectors: Iterable[Point]) -> list[tuple[int, Point]]:
    """Return the reduced echelon basis of the span, each vector with its pivot column."""
    basis: list[tuple[int, Point]] = []
    for vector in vectors:
        rest = _reduce(vector, basis)
        pivot = next((j for j, c in enumerate(rest) if c), None)
        if pivot is None:
            continue
        monic = tuple(c / rest[pivot] for c in rest)
        basis = [(j, _reduce(old, [(pivot, monic)])) for j, old in basis] + [(pivot, monic)]
    return basis


def _reduce(vector: Point, basis: Iterable[tuple[int, Point]]) -> Point:
    for pivot, line in basis:
        factor = vector[pivot]
        if factor:
            vector = tuple(c - factor * u for c, u in zip(vector, line, strict=True))
    return vector
