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
from pathlib import Path
from typing import Any

from exactpwl.affine import AffineMap, embedding
from exactpwl.errors import DomainError
from exactpwl.inequality import IntegerRow, as_point, primitive_row, value
from exactpwl.rationals import RationalLike, as_fraction, as_fractions, format_fraction

__all__ = ["Domain", "DomainLike", "as_domain"]


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
    rows: tuple[IntegerRow, ...] = ()

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
                    "a box needs low < high in every coordinate, got "
                    f"{_interval(low, high)} for coordinate {i}: a flat box has no regions; "
                    "widen it, or use a section"
                )
            pairs.append((low, high))
        dimension = len(pairs)
        rows = []
        for i, (low, high) in enumerate(pairs):
            unit = tuple(int(i == j) for j in range(dimension))
            rows += [primitive_row((unit, -low)), primitive_row((tuple(-u for u in unit), high))]
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
        rows: list[IntegerRow] = []
        for i, (normal, bound) in enumerate(zip(a, b, strict=True)):
            if len(normal) != dimension:
                raise DomainError(
                    f"domain row {i}: {dimension} coefficients are required, got {len(normal)}"
                )
            coefficients = tuple(-c for c in as_fractions(normal))
            if any(coefficients):
                rows.append(primitive_row((coefficients, as_fraction(bound))))
            elif as_fraction(bound) < 0:
                raise DomainError(f"domain row {i} reads 0 <= {bound}: the domain is empty")
        return cls(dimension, tuple(dict.fromkeys(rows)))

    @classmethod
    def load(cls, path: str | Path) -> Domain:
        """Read a domain from a ``.json`` file; see docs/domain-format.md.

        Raises
        ------
        FormatError
            If the file cannot be read or is no domain; a row is named.
        """
        from exactpwl.io import load_domain

        return load_domain(path)

    @property
    def is_whole_space(self) -> bool:
        """Whether there is no row."""
        return not self.rows

    def contains(self, x: Iterable[RationalLike], *, strict: bool = False) -> bool:
        """Return whether `x` is in the domain, or in its interior if `strict`.

        Raises
        ------
        DimensionError
            If `x` has not d coordinates.
        """
        point = as_point(x, self.dimension)
        values = (value(row, point) for row in self.rows)
        return all(v > 0 if strict else v >= 0 for v in values)

    def intersect(self, other: DomainLike) -> Domain:
        """Return the intersection with another domain, or with a box given as pairs (low, high).

        Raises
        ------
        DomainError
            If it is of another dimension.
        """
        made = as_domain(other, self.dimension)
        return Domain(self.dimension, tuple(dict.fromkeys(self.rows + made.rows)))

    def preimage(self, embedding: AffineMap) -> Domain:
        """Return {s : embedding(s) in the domain}.

        Raises
        ------
        DomainError
            If a row becomes false without variables: the image misses the domain.
        """
        rows: list[IntegerRow] = []
        for normal, offset in self.rows:
            pulled = AffineMap.of([normal], [offset]) @ embedding
            (coefficients,), (constant,) = pulled.weight, pulled.bias
            if any(coefficients):
                rows.append(primitive_row((coefficients, constant)))
            elif constant <= 0:
                raise DomainError("the affine subspace misses the interior of the domain")
        return Domain(embedding.input_dimension, tuple(dict.fromkeys(rows)))

    def section(
        self, point: Sequence[RationalLike], directions: Sequence[Sequence[RationalLike]]
    ) -> Domain:
        """Return {s : point + sum s_i directions_i in the domain}.

        Raises
        ------
        DimensionError
            If point or directions do not fit the dimension, or the directions are dependent.
        DomainError
            If the subspace misses the interior of the domain.

        Examples
        --------
        >>> print(Domain.box([(0, 1), (0, 1), (0, 1)]).section((0, 0, "1/2"), [(1, 2, 0)]))
        a polyhedron of R^1 with 3 inequalities
        """
        return self.preimage(embedding(as_point(point, self.dimension), directions))

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
            return "the box " + " x ".join(_interval(low, high) for low, high in box)
        rows = "1 inequality" if len(self.rows) == 1 else f"{len(self.rows)} inequalities"
        return f"a polyhedron of R^{self.dimension} with {rows}"


def _interval(low: Fraction, high: Fraction) -> str:
    return f"[{format_fraction(low)}, {format_fraction(high)}]"


DomainLike = Domain | Iterable[tuple[RationalLike, RationalLike]] | None
"""A domain; or a box, as pairs (low, high); or None for the whole space."""


def as_domain(domain: DomainLike, dimension: int) -> Domain:
    """Return a domain of the given dimension: None is the whole space, pairs are a box.

    Raises
    ------
    DomainError
        If the dimensions differ.

    Examples
    --------
    >>> print(as_domain([(0, "1/2")], 1), as_domain(None, 3), sep="; ")
    the box [0, 1/2]; R^3
    """
    if domain is None:
        return Domain.whole(dimension)
    made = domain if isinstance(domain, Domain) else Domain.box(domain)
    if made.dimension != dimension:
        raise DomainError(
            f"the network has {dimension} inputs, so a domain of R^{dimension} is required; "
            f"got one of R^{made.dimension}: {made}"
        )
    return made
