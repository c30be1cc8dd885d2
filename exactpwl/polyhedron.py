"""Polyhedra given by rational inequalities, exactly.

The engine does not need them: they serve single patterns, domains, functions that are given by
pieces, and the second opinion on the engine.  A `Polyhedron` only remembers its inequalities; what
is asked of it is computed once and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from exactpwl.cddlib import canonicalize
from exactpwl.errors import CertificateError, DimensionError, DomainError
from exactpwl.feasibility import Feasibility, Status, feasibility, feasible
from exactpwl.formula import format_inequality
from exactpwl.generators import Generators, generators, inequalities_of
from exactpwl.inequality import Row, as_point, opposite, primitive_row, value
from exactpwl.rationals import RationalLike, as_fraction, as_fractions

__all__ = [
    "CanonicalForm",
    "Feasibility",
    "Generators",
    "Polyhedron",
    "Row",
    "Status",
    "canonical",
    "feasibility",
    "feasible",
    "generators",
    "inequalities_of",
]


@dataclass(frozen=True)
class CanonicalForm:
    """What is needed of a system, by the indices of its rows.

    Attributes
    ----------
    irredundant : tuple of int
        The inequalities that define facets, one for each facet (the first of equal ones).
    equations : tuple of int
        All inequalities that vanish on the whole polyhedron.
    basis : tuple of int
        Independent ones among `equations`; they define the affine hull.
    """

    irredundant: tuple[int, ...]
    equations: tuple[int, ...]
    basis: tuple[int, ...]


def canonical(rows: Sequence[Row], dimension: int) -> CanonicalForm:
    """Return the facets and the implicit equations of a polyhedron that has points.

    Parameters
    ----------
    rows : sequence of (normal, offset)
    dimension : int

    Returns
    -------
    CanonicalForm

    Raises
    ------
    DomainError
        If there is no point: such a system has no canonical form.

    Examples
    --------
    >>> canonical([((1,), 0), ((1,), 1), ((2,), 0)], 1)
    CanonicalForm(irredundant=(0,), equations=(), basis=())
    """
    status = feasibility(rows, dimension).status
    if status == "empty":
        raise DomainError("a polyhedron with points is required: these inequalities have none")
    first: dict[tuple[tuple[int, ...], int], int] = {}
    for i, row in enumerate(rows):
        if any(row[0]):
            first.setdefault(primitive_row(row), i)
    if not first:
        return CanonicalForm((), (), ())
    implicit, kept = canonicalize([[offset, *normal] for normal, offset in first])
    if bool(implicit) != (status == "thin"):
        raise CertificateError(f"a {status} polyhedron cannot have {len(implicit)} equations")
    indices = list(first.values())
    vanishing = {row for k, row in enumerate(first) if k in implicit}
    return CanonicalForm(
        tuple(indices[k] for k in kept if k not in implicit),
        tuple(i for i, row in enumerate(rows) if primitive_row(row) in vanishing),
        tuple(indices[k] for k in kept if k in implicit),
    )


@dataclass(frozen=True)
class Polyhedron:
    """The closed set ``{x in R^dimension : normal . x + offset >= 0 for every row}``.

    Parameters
    ----------
    dimension : int
    rows : iterable of (normal, offset)
        Anything that spells rationals; kept exactly, unscaled.

    Raises
    ------
    DimensionError
        If a normal has not `dimension` entries.

    Examples
    --------
    >>> triangle = Polyhedron(2, (((1, 0), 0), ((0, 1), 0), ((-1, -1), 1)))
    >>> triangle.status, triangle.contains((0, "1/2")), triangle.contains((0, 0), strict=True)
    ('full', True, False)
    >>> triangle.intersect([((1, 1), -1)]).affine_dimension
    1
    """

    dimension: int
    rows: tuple[Row, ...] = ()

    def __post_init__(self) -> None:
        rows = tuple((as_fractions(normal), as_fraction(offset)) for normal, offset in self.rows)
        for i, (normal, _) in enumerate(rows):
            if len(normal) != self.dimension:
                raise DimensionError(
                    f"row {i}: a normal with {self.dimension} entries is required, "
                    f"got {len(normal)}"
                )
        object.__setattr__(self, "rows", rows)

    @classmethod
    def from_generators(
        cls,
        vertices: Iterable[Sequence[RationalLike]],
        rays: Iterable[Sequence[RationalLike]],
        lines: Iterable[Sequence[RationalLike]],
        dimension: int,
    ) -> Polyhedron:
        """Make conv(vertices) + cone(rays) + span(lines); an equation becomes two rows."""
        rows, equations = inequalities_of(vertices, rays, lines, dimension)
        return cls(dimension, (*rows, *equations, *map(opposite, equations)))

    @cached_property
    def feasibility(self) -> Feasibility:
        """Full, thin or empty, with a point or a certificate."""
        return feasibility(self.rows, self.dimension)

    @cached_property
    def canonical(self) -> CanonicalForm:
        """The facets and the implicit equations; a `DomainError` if there is no point."""
        return canonical(self.rows, self.dimension)

    @cached_property
    def generators(self) -> Generators:
        """Vertices, rays and lines."""
        return generators(self.rows, self.dimension)

    @property
    def status(self) -> Status:
        """``full``, ``thin`` or ``empty``."""
        return self.feasibility.status

    @property
    def is_bounded(self) -> bool:
        """Whether there is no direction to infinity; the empty set is bounded."""
        return self.generators.is_bounded

    @property
    def affine_dimension(self) -> int:
        """The dimension of the affine hull; -1 for the empty set."""
        if self.status == "empty":
            return -1
        return self.dimension - len(self.canonical.basis)

    def contains(self, x: Sequence[RationalLike], *, strict: bool = False) -> bool:
        """Whether a point satisfies every inequality; with `strict`, lies in the interior.

        Raises
        ------
        DimensionError
            If `x` has not d coordinates.
        """
        point = as_point(x, self.dimension)
        if not strict:
            return all(value(row, point) >= 0 for row in self.rows)
        return all(value(row, point) > 0 if any(row[0]) else row[1] >= 0 for row in self.rows)

    def intersect(self, rows: Iterable[Row]) -> Polyhedron:
        """Return the polyhedron that satisfies `rows` as well."""
        return Polyhedron(self.dimension, (*self.rows, *rows))

    def __str__(self) -> str:
        listed = ", ".join(format_inequality(*primitive_row(row)) for row in self.rows)
        return f"{{{listed}}}" if listed else f"R^{self.dimension}"
