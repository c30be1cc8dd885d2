"""Domains: where the network is subdivided.

A domain is the whole space, a box, or any full-dimensional rational polyhedron.  It is closed and
read as open: its own boundary is no kink, no neighbour lies behind it, and boundary faces are not
counted.  Rows are kept as primitive integers ``normal . x + offset >= 0``.  Whether a domain is
empty or flat is found, exactly, when it is first cut out (`exactpwl.engine.start`), and refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exactpwl.affine import AffineMap
from exactpwl.errors import DomainError
from exactpwl.rationals import (
    RationalLike,
    as_fraction,
    as_fractions,
    clear_denominators,
    format_fraction,
    primitive,
)

__all__ = ["Domain", "Row"]

Row = tuple[tuple[int, ...], int]
"""``(normal, offset)`` for the inequality ``normal . x + offset >= 0``, primitive integers."""


@dataclass(frozen=True)
class Domain:
    """A closed rational polyhedron of R^d, given by inequalities.

    Use `whole`, `box` or `polyhedron` to make one.

    Examples
    --------
    >>> square = Domain.box([(-1, 1), (-1, 1)])
    >>> square.contains(("1/2", 1)), square.contains(("1/2", 1), strict=True)
    (True, False)
    >>> print(square)
    the box [-1, 1] x [-1, 1]
    """

    dimension: int
    rows: tuple[Row, ...] = ()

    @classmethod
    def whole(cls, dimension: int) -> Domain:
        """Return R^d."""
        return cls(dimension)

    @classmethod
    def box(cls, bounds: Iterable[tuple[RationalLike, RationalLike]]) -> Domain:
        """Return the box with a pair (low, high) for each coordinate.

        Raises
        ------
        DomainError
            If a low end is not below its high end.
        """
        pairs = []
        for i, pair in enumerate(bounds):
            low, high = as_fractions(pair)
            if low >= high:
                raise DomainError(
                    f"a box needs low < high in every coordinate, got [{low}, {high}] "
                    f"for coordinate {i}: a flat box has no regions; widen it, or use a section"
                )
            pairs.append((low, high))
        dimension = len(pairs)
        rows = []
        for i, (low, high) in enumerate(pairs):
            unit = [Fraction(i == j) for j in range(dimension)]
            rows += [_row(unit, -low), _row([-u for u in unit], high)]
        return cls(dimension, tuple(rows))

    @classmethod
    def polyhedron(
        cls, a: Sequence[Sequence[RationalLike]], b: Sequence[RationalLike], *, dimension: int = 0
    ) -> Domain:
        """Return {x : a x <= b}; rows without variables that hold are dropped.

        Parameters
        ----------
        a : m rows of d rationals
        b : m rationals
        dimension : int, optional
            Needed only where there are no rows.

        Raises
        ------
        DomainError
            If rows are ragged, or a row without variables fails.
        """
        if len(a) != len(b):
            raise DomainError(f"as many bounds as rows are required, got {len(b)} and {len(a)}")
        dimension = dimension or (len(a[0]) if len(a) else 0)
        rows: list[Row] = []
        for i, (normal, bound) in enumerate(zip(a, b, strict=True)):
            if len(normal) != dimension:
                raise DomainError(
                    f"domain row {i}: {dimension} coefficients are required, got {len(normal)}"
                )
            coefficients = [-c for c in as_fractions(normal)]
            if any(coefficients):
                rows.append(_row(coefficients, as_fraction(bound)))
            elif as_fraction(bound) < 0:
                raise DomainError(f"domain row {i} reads 0 <= {bound}: the domain is empty")
        return cls(dimension, tuple(dict.fromkeys(rows)))

    @property
    def is_whole_space(self) -> bool:
        """Whether there is no row."""
        return not self.rows

    def contains(self, x: Iterable[RationalLike], *, strict: bool = False) -> bool:
        """Return whether `x` is in the domain, or in its interior if `strict`."""
        point = as_fractions(x)
        values = (
            sum((n * c for n, c in zip(normal, point, strict=True)), Fraction(offset))
            for normal, offset in self.rows
        )
        return all(v > 0 if strict else v >= 0 for v in values)

    def intersect(self, other: Domain) -> Domain:
        """Return the intersection with another domain of the same dimension."""
        if self.dimension != other.dimension:
            raise DomainError(
                f"domains of one dimension are required, got {self.dimension} and {other.dimension}"
            )
        return Domain(self.dimension, tuple(dict.fromkeys(self.rows + other.rows)))

    def preimage(self, embedding: AffineMap) -> Domain:
        """Return {s : embedding(s) in the domain}.

        Raises
        ------
        DomainError
            If a row becomes false without variables: the image misses the domain.
        """
        rows: list[Row] = []
        for normal, offset in self.rows:
            pulled = AffineMap.of([normal], [offset]) @ embedding
            (coefficients,), (constant,) = pulled.weight, pulled.bias
            if any(coefficients):
                rows.append(_row(list(coefficients), constant))
            elif constant < 0 or constant == 0:
                raise DomainError("the affine subspace misses the interior of the domain")
        return Domain(embedding.input_dimension, tuple(dict.fromkeys(rows)))

    def as_box(self) -> tuple[tuple[Fraction, Fraction], ...] | None:
        """Return the bounds if the rows are exactly those of a box, else None."""
        bounds: list[dict[bool, Fraction]] = [{} for _ in range(self.dimension)]
        for normal, offset in self.rows:
            used = [i for i, n in enumerate(normal) if n]
            if len(used) != 1 or (normal[used[0]] > 0) in bounds[used[0]]:
                return None
            bounds[used[0]][normal[used[0]] > 0] = Fraction(-offset, normal[used[0]])
        if not self.rows or any(len(pair) != 2 for pair in bounds):
            return None
        return tuple((pair[True], pair[False]) for pair in bounds)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: rows a . x <= b."""
        rows = [
            {
                "a": [format_fraction(Fraction(-n)) for n in normal],
                "b": format_fraction(Fraction(b)),
            }
            for normal, b in self.rows
        ]
        return {"format": "exactpwl-domain/1", "dimension": self.dimension, "rows": rows}

    def __str__(self) -> str:
        if self.is_whole_space:
            return f"R^{self.dimension}"
        box = self.as_box()
        if box is not None:
            return "the box " + " x ".join(f"[{low}, {high}]" for low, high in box)
        return f"a polyhedron of R^{self.dimension} with {len(self.rows)} inequalities"


def _row(normal: Sequence[Fraction], offset: Fraction) -> Row:
    integers, _ = clear_denominators([*normal, offset])
    *coefficients, constant = primitive(integers)
    return tuple(coefficients), constant
