"""Rational hyperplane arrangements, and Zaslavsky's counts of their regions and faces.

The kinks of a first layer are hyperplanes ``normal . x + offset = 0``, and its regions are those
of the arrangement.  Zaslavsky's theorem counts them without looking at a single one: with the
characteristic polynomial ``chi(t) = sum of mu(F) t^dim(F)`` over the flats F (all non-empty
intersections, the whole space included), an arrangement of rank r in R^d has ``(-1)^d chi(-1)``
regions, of which ``(-1)^r chi(1)`` are relatively bounded: bounded, up to the lineality space.

Where the normals span a direct sum, the arrangement is a product, and so is chi: 100 independent
hyperplanes are 100 factors t - 1.  The polynomial of a factor comes from a central arrangement
(`exactpwl.theory.characteristic`).  If the hyperplanes have a common point, it is theirs.  If not,
it is that of the *cone*, in one dimension more: the homogeneous rows, and the hyperplane at
infinity; chi of the cone is ``(t - 1) chi(t)``.  Either way only the rank counts: directions along
which nothing changes are left out first.

A face of dimension k is a region of the arrangement that the other hyperplanes cut in a flat of
dimension k, so the f-vector takes a polynomial for each flat.  Here each flat is known by the set
of hyperplanes that contain it, a bit mask, and carries its *traces*: the other hyperplanes cut with
it, as primitive integer rows in one variable fewer for each rank.  Equal traces are one flat of the
next rank; a trace without variables is a parallel hyperplane.

References
----------
T. Zaslavsky, Facing up to arrangements, Memoirs AMS 154, 1975.
R. P. Stanley, An introduction to hyperplane arrangements, IAS/Park City 13, 2007, lectures 1-3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import comb
from typing import Any

from flint import fmpz_mat

from exactpwl.errors import DimensionError, TooLargeError
from exactpwl.linear import rank
from exactpwl.rationals import RationalLike, as_fractions, clear_denominators, primitive
from exactpwl.theory.characteristic import Progress, scaled, whitney_numbers

__all__ = ["RESTRICTION_LIMIT", "Arrangement"]

RESTRICTION_LIMIT = 100_000
"""The faces of an arrangement with more flats than this are not counted: each flat takes a
polynomial of its own, so this many take minutes."""

Row = tuple[int, ...]


@dataclass(frozen=True)
class Arrangement:
    """A finite set of hyperplanes in R^d; build one with `from_rows`.

    Parameters
    ----------
    dimension : int
        The dimension d of the space, at least 0.
    hyperplanes : tuple of tuple of int
        Distinct rows ``(normal, offset)`` of length d + 1: primitive, the first non-zero entry of
        the normal positive.  This form is assumed and not checked; `from_rows` makes it.

    Examples
    --------
    Three lines through a point, one of them given twice, and a fourth line:

    >>> lines = Arrangement.from_rows([[1, 0], [0, 1], [1, 1], ["-1/2", "-1/2"], [1, 2]],
    ...                               [0, 0, 0, 0, 1])
    >>> lines.characteristic_polynomial
    (5, -4, 1)
    >>> lines.regions, lines.bounded_regions, lines.f_vector
    (10, 2, (4, 13, 10))
    """

    dimension: int
    hyperplanes: tuple[Row, ...]

    @classmethod
    def from_rows(
        cls,
        normals: Iterable[Sequence[RationalLike]],
        offsets: Iterable[RationalLike],
        dimension: int | None = None,
    ) -> Arrangement:
        """Return the arrangement of the hyperplanes ``normal . x + offset = 0``.

        Parameters
        ----------
        normals : rows of d rational numbers
            A zero normal is no hyperplane and is dropped, whatever its offset.
        offsets : one rational number a row
        dimension : int, optional
            d; needed only where there are no rows.

        Returns
        -------
        Arrangement
            With each hyperplane once, in the order of the first row that gives it.

        Raises
        ------
        DimensionError
            If rows have different lengths, offsets are too many or too few, or there are no rows
            and no dimension.
        """
        rows = [as_fractions(normal) for normal in normals]
        constants = as_fractions(offsets)
        if dimension is None and not rows:
            raise DimensionError("without hyperplanes the dimension is required: dimension=d")
        size = len(rows[0]) if dimension is None else dimension
        for index, row in enumerate(rows):
            if len(row) != size:
                raise DimensionError(f"normal {index}: {size} entries are required, got {len(row)}")
        if len(constants) != len(rows):
            raise DimensionError(
                f"one offset a normal is required: {len(rows)} normals, {len(constants)} offsets"
            )
        integer = (
            clear_denominators((*row, constant))[0]
            for row, constant in zip(rows, constants, strict=True)
        )
        distinct = dict.fromkeys(_canonical(row) for row in integer if any(row[:-1]))
        return cls(size, tuple(distinct))

    @cached_property
    def rank(self) -> int:
        """The dimension of the span of the normals."""
        return rank([row[:-1] for row in self.hyperplanes])

    @cached_property
    def characteristic_polynomial(self) -> tuple[int, ...]:
        """The coefficients of 1, t, ..., t^d.

        Raises
        ------
        TooLargeError
            If there are more than `exactpwl.theory.FLAT_LIMIT` flats of a rank, up to symmetry.
        """
        return self._polynomial(lambda _: None)

    def prepare(self, progress: Progress) -> None:
        """Compute the characteristic polynomial now, and tell of shares of the work meanwhile.

        Parameters
        ----------
        progress : callable
            Hears of shares, which add up to 1.

        Raises
        ------
        TooLargeError
            As for `characteristic_polynomial`.
        """
        self.__dict__["characteristic_polynomial"] = self._polynomial(progress)

    def _polynomial(self, progress: Progress) -> tuple[int, ...]:
        polynomial = [1]
        for part in _components(self.hyperplanes):
            share = len(part) / len(self.hyperplanes)
            polynomial = _product(polynomial, _connected_polynomial(part, scaled(progress, share)))
        return (0,) * (self.dimension - self.rank) + tuple(polynomial)

    @property
    def regions(self) -> int:
        """The number of connected components of the complement (Zaslavsky's theorem)."""
        return sum(abs(coefficient) for coefficient in self.characteristic_polynomial)

    @property
    def relatively_bounded_regions(self) -> int:
        """The number of regions that are bounded modulo the lineality space (Zaslavsky)."""
        return abs(sum(self.characteristic_polynomial))

    @property
    def bounded_regions(self) -> int:
        """The number of bounded regions; 0 where the normals do not span the space."""
        return self.relatively_bounded_regions if self.rank == self.dimension else 0

    @cached_property
    def f_vector(self) -> tuple[int, ...]:
        """The number of faces of each dimension 0, ..., d: the regions of every flat's traces.

        Raises
        ------
        TooLargeError
            If there are more than `RESTRICTION_LIMIT` flats, or as for
            `characteristic_polynomial`.
        """
        counts = [0] * (self.dimension + 1)
        for restriction in self._restrictions():
            counts[restriction.dimension] += restriction.regions
        return tuple(counts)

    @cached_property
    def bounded_f_vector(self) -> tuple[int, ...]:
        """The number of bounded faces of each dimension 0, ..., d."""
        counts = [0] * (self.dimension + 1)
        for restriction in self._restrictions():
            counts[restriction.dimension] += restriction.bounded_regions
        return tuple(counts)

    @cached_property
    def is_generic(self) -> bool:
        """Whether any k hyperplanes meet in codimension k, for k <= d, and not at all for k > d.

        The coefficient of t^(d-k) counts, up to sign, the k-sets with an intersection of
        codimension k and no broken circuit (Whitney; Stanley, theorem 4.12).  So it is C(m, k) for
        all k <= d iff no set of at most d hyperplanes is dependent or disjoint, or holds a broken
        circuit; then no d + 1 hyperplanes meet either, since they would hold a circuit.
        """
        count = len(self.hyperplanes)
        generic = [(-1) ** k * comb(count, k) for k in range(self.dimension, -1, -1)]
        return self.characteristic_polynomial == tuple(generic)

    @property
    def is_central(self) -> bool:
        """Whether all hyperplanes have a point in common."""
        return rank(self.hyperplanes) == self.rank

    def _restrictions(self) -> Iterator[Arrangement]:
        """Yield, for every flat, the arrangement that the other hyperplanes cut in it."""
        level = {0: {row: 1 << index for index, row in enumerate(self.hyperplanes)}}
        count = 0
        for codimension in range(self.rank + 1):
            count += len(level)
            if count > RESTRICTION_LIMIT:
                raise TooLargeError(self._too_large())
            for traces in level.values():
                yield Arrangement(self.dimension - codimension, tuple(traces))
            level = _covers(level)

    def _too_large(self) -> str:
        return (
            f"an arrangement of at most {RESTRICTION_LIMIT} flats is required to count its faces, "
            f"but the {len(self.hyperplanes)} hyperplanes in dimension {self.dimension} have more; "
            "take fewer hyperplanes or a section of lower dimension"
        )


def _components(hyperplanes: Sequence[Row]) -> list[list[Row]]:
    """Split the hyperplanes where the space of their normals is a direct sum.

    The normals that a basis needs for one of them are in one part with it; nothing else is.
    """
    normals = [row[:-1] for row in hyperplanes]
    found = rank(normals)
    if found == len(hyperplanes):
        return [[row] for row in hyperplanes]
    table: Any = fmpz_mat([list(row) for row in zip(*_essential(normals), strict=True)]).rref()[0]
    parts: list[set[int]] = []
    for row in table.tolist():
        part = {column for column, entry in enumerate(row) if entry}
        met = [other for other in parts if other & part]
        parts = [other for other in parts if not other & part] + [part.union(*met)]
    return [[hyperplanes[index] for index in sorted(part)] for part in parts]


def _connected_polynomial(hyperplanes: Sequence[Row], progress: Progress) -> tuple[int, ...]:
    """Return the polynomial's coefficients from 1 up, without lineality."""
    normals = [row[:-1] for row in hyperplanes]
    if rank(normals) == rank(hyperplanes):
        return whitney_numbers(_essential(normals), progress)[::-1]
    infinity = (0,) * (len(hyperplanes[0]) - 1) + (1,)
    cone = whitney_numbers(_essential([*hyperplanes, infinity]), progress)
    return tuple(accumulate(cone[:-1]))[::-1]  # divided by t - 1


def _product(a: Sequence[int], b: Sequence[int]) -> list[int]:
    product = [0] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            product[i + j] += x * y
    return product


def _essential(rows: Sequence[Row]) -> list[Row]:
    """Leave out the coordinates that depend linearly on those before them."""
    size = rank(rows)
    columns: list[tuple[int, ...]] = []
    for column in zip(*rows, strict=True):
        if len(columns) < size and rank([*columns, column]) > len(columns):
            columns.append(column)
    return [primitive(row) for row in zip(*columns, strict=True)]


def _covers(level: Mapping[int, Mapping[Row, int]]) -> dict[int, dict[Row, int]]:
    """Return the flats of the next rank: by the mask of their hyperplanes, the traces in them."""
    covers: dict[int, dict[Row, int]] = {}
    for mask, traces in level.items():
        for row, bits in traces.items():
            if mask | bits not in covers:
                covers[mask | bits] = _restrict(traces, row)
    return covers


def _restrict(traces: Mapping[Row, int], cut: Row) -> dict[Row, int]:
    """Eliminate one variable by ``cut = 0`` from all other rows, and merge those that agree."""
    pivot = next(index for index, entry in enumerate(cut) if entry)
    scale = cut[pivot]
    restricted: dict[Row, int] = {}
    for row, bits in traces.items():
        if row == cut:
            continue
        factor = row[pivot]
        image = [scale * a - factor * b for a, b in zip(row, cut, strict=True)]
        del image[pivot]
        if any(image[:-1]):
            key = _canonical(image)
            restricted[key] = restricted.get(key, 0) | bits
    return restricted


def _canonical(row: Sequence[int]) -> Row:
    """Return the primitive multiple of a row whose first non-zero entry is positive."""
    reduced = primitive(row)
    leading = next(entry for entry in reduced if entry)
    return reduced if leading > 0 else tuple(-entry for entry in reduced)
