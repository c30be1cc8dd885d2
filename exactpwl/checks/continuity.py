"""Continuity: two neighbours' affine maps agree on the affine hull of their common facet.

Regions that meet at all are joined by a chain of facets around their common face, so agreement on
facets makes the whole function continuous.  Two affine maps agree on the affine hull of
conv(vertices) + cone(rays) + span(lines) iff they agree at the vertices, and their linear parts
agree on the rays and the lines.  So finitely many exact evaluations decide, and one that fails is a
point of the facet where the jump can be seen.

Pieces that are given by inequalities alone, and need not meet face to face, are compared by
`exactpwl.piecewise`; here the generators are there already.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.checks.effort import Effort, NotApplicableError
from exactpwl.checks.named import Finding, named
from exactpwl.checks.shape import at, region_text
from exactpwl.rationals import clear_denominators, format_point

if TYPE_CHECKING:
    from exactpwl.complex import Adjacency, PolyhedralComplex

__all__ = ["Jump", "check_continuity", "first_jump"]

Point = tuple[Fraction, ...]


class Jump(NamedTuple):
    """A point where two affine maps differ, and their values there."""

    point: Point
    first: Point
    second: Point

    @property
    def size(self) -> Point:
        """The second value less the first."""
        return tuple(b - a for a, b in zip(self.first, self.second, strict=True))


def first_jump(
    first: AffineMap, second: AffineMap, generators: Sequence[Sequence[int]]
) -> Jump | None:
    """Return a point of a polyhedron where two affine maps differ, or None if they agree on it.

    Parameters
    ----------
    first, second : AffineMap
        Of the same shape.
    generators : sequence of homogeneous vectors (x, t)
        Vertices (t > 0, at least one), rays and lines (t = 0), in integers.

    Examples
    --------
    The two maps agree at (0, 0), but not along the first axis:

    >>> f, g = AffineMap.of([[1, 0]], [0]), AffineMap.of([[2, 0]], [0])
    >>> jump = first_jump(f, g, [(0, 0, 1), (0, 1, 0), (3, 0, 0)])
    >>> jump.point, jump.size
    ((Fraction(3, 1), Fraction(0, 1)), (Fraction(3, 1),))
    """
    if first == second:
        return None
    difference = second - first
    rows = [
        clear_denominators((*row, constant))[0]
        for row, constant in zip(difference.weight, difference.bias, strict=True)
    ]
    wrong = next((g for g in generators if any(at(row, g) for row in rows)), None)
    if wrong is None:
        return None
    *x, t = next(g for g in generators if g[-1])
    *u, s = wrong
    point = (
        tuple(Fraction(c, s) for c in u)
        if s
        else tuple(Fraction(c, t) + b for c, b in zip(x, u, strict=True))
    )
    return Jump(point, first(point), second(point))


@named(
    "continuity",
    "the affine maps of two neighbours agree at every vertex and along every ray and line of their "
    "common facet, so f is continuous",
)
def check_continuity(complex_: PolyhedralComplex, effort: Effort) -> Finding:
    """Check that the affine maps agree across every facet.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> print(check_continuity(regions(gallery.get("xor"))).evidence)
    all 2 facets
    """
    if not complex_.adjacencies:
        raise NotApplicableError("no two regions share a facet")
    pairs = complex_.adjacencies
    generators = sum(len(pair.generators) for pair in pairs) / len(pairs)
    entries = complex_.dimension * complex_.network.output_dimension
    sample = effort.sample(pairs, 1e-6 * (40 + entries * (10 + generators)))
    checked, failure = effort.first_failure(
        "continuity",
        sample.items,
        lambda pair: _fault(complex_, pair),
        lambda pair: f"facet between {_between(complex_, pair)}",
    )
    return Finding(checked, sample.count("facets"), failure)


def _fault(complex_: PolyhedralComplex, pair: Adjacency) -> str | None:
    if _agree(complex_, pair):
        return None
    jump = first_jump(
        complex_.affine_maps[pair.first],
        complex_.affine_maps[pair.second],
        [complex_.generators[i] for i in pair.generators] + [(*u, 0) for u in complex_.lines],
    )
    if jump is None:
        return None
    return (
        f"regions {_between(complex_, pair)} share a facet through {format_point(jump.point)}, "
        f"where their maps have the values {format_point(jump.first)} and "
        f"{format_point(jump.second)}: a jump of {format_point(jump.size)}"
    )


def _agree(complex_: PolyhedralComplex, pair: Adjacency) -> bool:
    """Return whether two neighbours' maps agree on their facet, in integers."""
    first, second = complex_.integer_maps[pair.first], complex_.integer_maps[pair.second]
    if first == second:
        return True
    if len(first) != len(second):
        return False
    s, t = first[-1][-1], second[-1][-1]
    vectors = [complex_.generators[i] for i in pair.generators]
    vectors += [(*line, 0) for line in complex_.lines]
    for row, other in zip(first[:-1], second[:-1], strict=True):
        difference = [t * a - s * b for a, b in zip(row, other, strict=True)]
        if any(at(difference, vector) for vector in vectors):
            return False
    return True


def _between(complex_: PolyhedralComplex, pair: Adjacency) -> str:
    return f"{region_text(complex_, pair.first)} and {region_text(complex_, pair.second)}"
