"""The characteristic polynomial of a rational hyperplane arrangement, and Zaslavsky's counts.

The kinks of a first layer are hyperplanes ``normal . x + offset = 0``, and its regions are those
of the arrangement.  Zaslavsky's theorem counts them without looking at a single one: with the
characteristic polynomial ``chi(t) = sum of mu(F) t^dim(F)`` over the flats F (all non-empty
intersections, the whole space included), an arrangement of rank r in R^d has ``(-1)^d chi(-1)``
regions, of which ``(-1)^r chi(1)`` are relatively bounded: bounded, up to the lineality space.

Deletion and restriction would compute chi in three lines, and take exponential time.  Here the
flats are built rank by rank, each once:

* A flat is known by the set of hyperplanes that contain it, a bit mask.  It carries its *traces*:
  the other hyperplanes cut with it, as primitive integer rows in one variable fewer for each rank.
  Equal traces are one flat of the next rank; a trace without variables is a parallel hyperplane.
* The Moebius function needs the rank below only.  The flats that contain G are a geometric
  lattice, so Weisner's theorem holds there: for any hyperplane a through G, ``mu(G)`` is minus the
  sum of ``mu(F)`` over the flats F one rank below with G in F, but F not in a.  (The defining
  recursion would sum over *all* flats around G.)

The work is the number of flats times that of hyperplanes: 20 generic planes of R^3 have 1351
flats, the 31 hyperplanes of the resonance arrangement of R^5 have 1788.

References
----------
T. Zaslavsky, Facing up to arrangements, Memoirs AMS 154, 1975.
L. Weisner, Abstract theory of inversion of finite series, Trans. AMS 38, 1935.
R. P. Stanley, An introduction to hyperplane arrangements, IAS/Park City 13, 2007, lectures 1-3.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import comb

from exactpwl.errors import DimensionError, TooLargeError
from exactpwl.linear import rank
from exactpwl.rationals import RationalLike, as_fractions, clear_denominators, primitive

__all__ = ["FLAT_LIMIT", "Arrangement"]

FLAT_LIMIT = 1_000_000
"""An arrangement with more flats than this is refused; this many take half a minute."""

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
            If there are more than `FLAT_LIMIT` flats.
        """
        coefficients = [0] * (self.dimension + 1)
        for codimension, level in enumerate(self._flats()):
            coefficients[self.dimension - codimension] = sum(flat.mobius for flat in level.values())
        return tuple(coefficients)

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
            As for `characteristic_polynomial`.
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

    def _flats(self) -> Iterator[dict[int, _Flat]]:
        """Yield the flats of rank 0, 1, ..., each level as a map from mask to flat."""
        everything = {row: 1 << index for index, row in enumerate(self.hyperplanes)}
        level = {0: _Flat(1, everything, None)}
        count = 1
        yield level
        for _ in range(self.rank):
            covers: dict[int, _Flat] = {}
            for mask, flat in level.items():
                _add_covers(covers, mask, flat)
                if count + len(covers) > FLAT_LIMIT:
                    raise TooLargeError(self._too_large())
            level = covers
            count += len(level)
            yield level

    def _too_large(self) -> str:
        return (
            f"an arrangement of at most {FLAT_LIMIT} flats is required, but the "
            f"{len(self.hyperplanes)} hyperplanes in dimension {self.dimension} have more; "
            "take fewer hyperplanes or a section of lower dimension"
        )

    def _restrictions(self) -> Iterator[Arrangement]:
        """Yield, for every flat, the arrangement that the other hyperplanes cut in it."""
        for codimension, level in enumerate(self._flats()):
            for flat in level.values():
                yield Arrangement(self.dimension - codimension, tuple(flat.traces()))


@dataclass
class _Flat:
    """A flat: its Moebius number, and its traces as those of a flat above cut by one of them."""

    mobius: int
    above: Mapping[Row, int]
    cut: Row | None

    def traces(self) -> Mapping[Row, int]:
        """Map each hyperplane of the flat that others cut in it to the mask of those others."""
        return self.above if self.cut is None else _restrict(self.above, self.cut)


def _add_covers(covers: dict[int, _Flat], mask: int, flat: _Flat) -> None:
    """Add the flats of the next rank in `flat`, and its share of their numbers (Weisner)."""
    traces = flat.traces()
    for row, bits in traces.items():
        cover = mask | bits
        least = cover & -cover
        found = covers.get(cover)
        if found is None:
            found = covers[cover] = _Flat(0, traces, row)
        if not mask & least:
            found.mobius -= flat.mobius


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
