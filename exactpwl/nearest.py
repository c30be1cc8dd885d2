"""The point of a polyhedron that is nearest to a given one, exactly, in three norms.

The polyhedron is given by generators: conv(vertices) + cone(rays) + span(lines).

*l2.*  Wolfe's algorithm for the nearest point of a polytope, with rays beside the vertices (a line
is two rays).  A set S of independent generators is kept, with y the point of their affine hull
(affine in the vertices, linear in the rays) nearest to x, a combination with positive weights.  A
generator along which the distance falls enters S; then the way from y to the new nearest point is
gone until a weight becomes 0, and that generator leaves.  The distance falls with each round, so no
set comes back, and in rational arithmetic the end is reached after finitely many: no generator
leads nearer, which is the condition of optimality, (y - x) . (v - y) >= 0 for every vertex v and
(y - x) . r >= 0 for every ray r.

*l-infinity and l1.*  Along a line the distance is convex and piecewise linear, with kinks where a
coordinate of the difference is 0 or two are equal in size: so on a segment, ray or line the nearest
point is one of finitely many.  In general an exact linear program finds it: minimise t (or the sum
of t_i) over the weights of the generators, with |y - x| bounded by t (by t_i) coordinatewise.

References
----------
P. Wolfe, Finding the nearest point in a polytope, Math. Programming 11 (1976).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Literal

from flint import fmpq, fmpq_mat

from exactpwl.cddlib import maximize
from exactpwl.errors import DomainError
from exactpwl.inequality import dot

__all__ = ["Norm", "nearest_point", "size"]

Norm = Literal["linf", "l1", "l2"]
Point = tuple[Fraction, ...]
Vector = Sequence[Fraction | int]


def size(vector: Vector, norm: Norm) -> Fraction:
    """Return the l-infinity or l1 norm of a vector, or the *square* of its l2 norm.

    Examples
    --------
    >>> [int(size((3, -4), norm)) for norm in ("linf", "l1", "l2")]
    [4, 7, 25]
    """
    if norm == "l2":
        return dot(vector, vector)
    sizes = [Fraction(max(entry, -entry)) for entry in vector]
    return max(sizes) if norm == "linf" else sum(sizes, Fraction(0))


def nearest_point(
    x: Sequence[Fraction],
    vertices: Sequence[Sequence[Fraction]],
    rays: Sequence[Vector] = (),
    lines: Sequence[Vector] = (),
    norm: Norm = "l2",
) -> Point:
    """Return a point of conv(vertices) + cone(rays) + span(lines) that is nearest to x.

    Parameters
    ----------
    x : d fractions
    vertices : one or more points
    rays, lines : directions
    norm : {"linf", "l1", "l2"}

    Returns
    -------
    tuple of Fraction
        In l2 it is the only one; in the others one of possibly many.

    Raises
    ------
    DomainError
        If there is no vertex: the polyhedron is empty.

    Examples
    --------
    >>> half = [(Fraction(0), Fraction(0)), (Fraction(2), Fraction(1))]
    >>> x = (Fraction(0), Fraction(1))
    >>> for norm in ("linf", "l1", "l2"):
    ...     print(norm, *nearest_point(x, half, norm=norm))
    linf 2/3 1/3
    l1 0 0
    l2 2/5 1/5
    """
    if not vertices:
        raise DomainError("a polyhedron with points is required: there is no vertex")
    if len(vertices) == 1 and not rays and not lines:
        return tuple(vertices[0])
    if norm == "l2":
        return _by_active_sets(x, vertices, [*rays, *lines, *map(_opposite, lines)])
    if len(vertices) + len(rays) + len(lines) == 2:
        return _on_a_line(x, vertices, rays, lines, norm)
    return _by_program(x, vertices, [*rays, *lines, *map(_opposite, lines)], norm)


def _opposite(vector: Vector) -> Vector:
    return [-c for c in vector]


def _minus(a: Vector, b: Vector) -> list[Fraction]:
    return [Fraction(p - q) for p, q in zip(a, b, strict=True)]


def _moved(start: Vector, step: Fraction, direction: Vector) -> Point:
    return tuple(Fraction(p + step * c) for p, c in zip(start, direction, strict=True))


def _on_a_line(
    x: Vector,
    vertices: Sequence[Vector],
    rays: Sequence[Vector],
    lines: Sequence[Vector],
    norm: Norm,
) -> Point:
    start = vertices[0]
    direction = _minus(vertices[1], start) if len(vertices) == 2 else [*rays, *lines][0]
    steps = set(_kinks(_minus(start, x), direction))
    if not lines:
        steps = {step for step in steps if step > 0} | {Fraction(0)}
    if len(vertices) == 2:
        steps = {step for step in steps if step < 1} | {Fraction(1)}
    points = [_moved(start, step, direction) for step in sorted(steps)]
    return min(points, key=lambda point: size(_minus(point, x), norm))


def _kinks(offset: Sequence[Fraction], direction: Vector) -> Iterator[Fraction]:
    """Yield s where a coordinate of offset + s direction is 0, or two are equal in size."""
    for a, u in zip(offset, direction, strict=True):
        if u:
            yield -a / u
    for (a, u), (b, v) in combinations(zip(offset, direction, strict=True), 2):
        for sign in (1, -1):
            if u != sign * v:
                yield -(a - sign * b) / (u - sign * v)


def _by_program(
    x: Vector, vertices: Sequence[Vector], directions: Sequence[Vector], norm: Norm
) -> Point:
    """Minimise over weights and bounds: variables are the weights, then t or one t a coordinate."""
    generators = [*vertices, *directions]
    weights, bounds = len(generators), 1 if norm == "linf" else len(x)
    width = weights + bounds
    rows: list[list[Fraction | int]] = []
    for k in range(weights):
        rows.append([0, *(int(k == j) for j in range(width))])
    total = [int(k < len(vertices)) for k in range(width)]
    rows += [[-1, *total], [1, *(-entry for entry in total)]]
    for i, coordinate in enumerate(x):
        place = weights + (0 if norm == "linf" else i)
        bound = [int(k == place) for k in range(weights, width)]
        along = [g[i] for g in generators]
        rows.append([-coordinate, *along, *bound])
        rows.append([coordinate, *(-c for c in along), *bound])
    best = maximize(rows, [0, *[0] * weights, *[-1] * bounds])
    return _combination(generators, best.point[:weights])


def _combination(generators: Sequence[Vector], weights: Sequence[Fraction]) -> Point:
    return tuple(dot(weights, column) for column in zip(*generators, strict=True))


def _by_active_sets(x: Vector, vertices: Sequence[Vector], directions: Sequence[Vector]) -> Point:
    generators, points = [*vertices, *directions], len(vertices)
    start = min(range(points), key=lambda k: size(_minus(vertices[k], x), "l2"))
    weights = {start: Fraction(1)}
    while True:
        y = _combination([generators[k] for k in weights], list(weights.values()))
        entering = _leading_nearer(_minus(y, x), y, generators, points)
        if entering is None:
            return y
        weights[entering] = Fraction(0)
        weights = _settled(weights, x, generators, points)


def _leading_nearer(
    gap: Vector, y: Vector, generators: Sequence[Vector], points: int
) -> int | None:
    height = dot(gap, y)
    slopes = [dot(gap, g) - (height if k < points else 0) for k, g in enumerate(generators)]
    steepest = min(range(len(slopes)), key=slopes.__getitem__)
    return steepest if slopes[steepest] < 0 else None


def _settled(
    weights: dict[int, Fraction], x: Vector, generators: Sequence[Vector], points: int
) -> dict[int, Fraction]:
    """Go towards the nearest point of the affine hull; whoever's weight becomes 0 leaves."""
    while True:
        wanted = _nearest_of_hull(list(weights), x, generators, points)
        if all(w > 0 for w in wanted.values()):
            return wanted
        step = min(
            (weights[k] / (weights[k] - w) for k, w in wanted.items() if w <= 0 < weights[k]),
            default=Fraction(0),
        )
        moved = {k: (1 - step) * weights[k] + step * wanted[k] for k in weights}
        weights = {k: w for k, w in moved.items() if w > 0}


def _nearest_of_hull(
    chosen: Sequence[int], x: Vector, generators: Sequence[Vector], points: int
) -> dict[int, Fraction]:
    """Return the weights, of any sign, of the nearest point in the hull of independent ones."""
    base = next(k for k in chosen if k < points)
    others = [k for k in chosen if k != base]
    if not others:
        return {base: Fraction(1)}
    origin = generators[base]
    ways = [_minus(generators[k], origin) if k < points else generators[k] for k in others]
    gram = [[_fmpq(dot(u, v)) for v in ways] for u in ways]
    target = _minus(x, origin)
    solved = fmpq_mat(gram).solve(fmpq_mat([[_fmpq(dot(u, target))] for u in ways]))
    found = {k: Fraction(int(solved[i, 0].p), int(solved[i, 0].q)) for i, k in enumerate(others)}
    found[base] = 1 - sum((w for k, w in found.items() if k < points), Fraction(0))
    return found


def _fmpq(number: Fraction) -> fmpq:
    return fmpq(number.numerator, number.denominator)
