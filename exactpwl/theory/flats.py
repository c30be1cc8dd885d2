"""Flats of a central arrangement, many at a time: what each one is covered by.

A flat F is an intersection of hyperplanes; here a bit mask of the hyperplanes that contain it, and
a *kernel*, a basis of F modulo a prime.  The other hyperplanes cut F in traces, ``normal . basis``:
one matrix product for thousands of flats.  Hyperplanes with proportional traces cut the same flat
of the next rank, a *cover* of F.  So the covers are found by dividing each trace by its first
entry that is not zero, and sorting.

Proportional is exact where the products of the rows' lengths, which bound the minors (Hadamard),
are below the prime.  Elsewhere, too, what differs modulo p differs; hyperplanes that agree are
given to flint, which knows the rank of their integer rows, and are told apart if need be.  That is
little work in general position, where hardly any agree.

A trace of up to three entries is packed into one number, a longer one is hashed, and neighbours in
the sorted order are then compared entry by entry.  If a hash or the prime fails (a normal vanishes
modulo p on a flat that its hyperplane does not contain), `UnluckyPrimeError` asks for another one.

References
----------
R. P. Stanley, An introduction to hyperplane arrangements, IAS/Park City 13, 2007, lecture 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from exactpwl.linear import rank
from exactpwl.theory.finite_field import FIELD_BITS, Field, Ints

__all__ = [
    "Covers",
    "Kernels",
    "Masks",
    "Normals",
    "UnluckyPrimeError",
    "covers",
    "members",
    "restricted",
]

Masks = NDArray[np.uint64]
"""Shape (flats, words): bit i of word w stands for hyperplane 64 w + i."""

Kernels = NDArray[np.int32]
"""Shape (flats, s, r): the rows of each matrix are a basis of the flat, modulo the prime."""

WORD = 64
PACKED = 3
"""Traces of as many entries fit one integer, beside the number of their hyperplane."""


class UnluckyPrimeError(ArithmeticError):
    """Something vanishes modulo the prime that is not zero; another prime will do."""


@dataclass(frozen=True)
class Normals:
    """The normals of m different hyperplanes through 0 that span R^r, and a prime to work with.

    Attributes
    ----------
    integers : m rows of r ints, none a multiple of another
    field : Field
    """

    integers: tuple[tuple[int, ...], ...]
    field: Field

    @property
    def count(self) -> int:
        """The number m of hyperplanes."""
        return len(self.integers)

    @property
    def rank(self) -> int:
        """The dimension r of the space."""
        return len(self.integers[0])

    @cached_property
    def reduced(self) -> Ints:
        """The normals modulo the prime, shape (m, r)."""
        prime = self.field.prime
        return np.array([[v % prime for v in row] for row in self.integers], dtype=np.int64)

    @cached_property
    def certain(self) -> bool:
        """Whether every minor is below the prime (Hadamard), so that zero modulo p is zero."""
        squares = sorted(sum(v * v for v in row) for row in self.integers)
        return prod(squares[-self.rank :]) < self.field.prime**2

    @cached_property
    def bits(self) -> Masks:
        """The mask of each hyperplane alone."""
        index = np.arange(self.count)
        bits = np.zeros((self.count, -(-self.count // WORD)), dtype=np.uint64)
        bits[index, index // WORD] = np.uint64(1) << (index % WORD).astype(np.uint64)
        return bits


class Covers(NamedTuple):
    """The covers of some flats, as runs of hyperplanes with proportional traces.

    Attributes
    ----------
    order : (flats, m) array
        The hyperplanes, those of one cover side by side and in rising order.
    starts : (runs,) array
        Where runs begin in the flattened `order`; those of hyperplanes through a flat included.
    chosen : indices of the runs that are covers
    parents, first, added : (covers,) arrays
        The flat, the least new hyperplane, and how many are new.
    """

    order: Ints
    starts: Ints
    chosen: Ints
    parents: Ints
    first: Ints
    added: Ints

    def only(self, kept: Any) -> Covers:
        """Return the covers for which `kept` is true."""
        some = (values[kept] for values in self[2:])
        return Covers(self.order, self.starts, *some)

    def masks(self, normals: Normals, flats: Masks) -> Masks:
        """Return the masks of the covers."""
        words = [
            np.bitwise_or.reduceat(bits[self.order].ravel(), self.starts)[self.chosen]
            for bits in normals.bits.T
        ]
        return np.column_stack(words) | flats[self.parents]


def members(masks: Masks, count: int) -> NDArray[np.bool_]:
    """Return which of the hyperplanes contain each flat, shape (flats, m)."""
    octets = np.ascontiguousarray(masks).astype("<u8", copy=False).view(np.uint8)
    return np.unpackbits(octets, axis=1, bitorder="little", count=count).astype(bool)


def restricted(normals: Normals, kernels: Kernels, cuts: Ints) -> Kernels:
    """Return the kernels of flats cut by one hyperplane each; it must not contain the flat.

    Parameters
    ----------
    normals : Normals
    kernels : (flats, s, r) array
    cuts : (flats,) array of hyperplanes

    Returns
    -------
    (flats, s - 1, r) array
    """
    reduced = normals.field.reduced
    each = np.arange(len(cuts))
    values = reduced(np.einsum("nsr,nr->ns", kernels, normals.reduced[cuts], dtype=np.int64))
    pivots = (values != 0).argmax(axis=1)
    factors = reduced(values * normals.field.inverses[values[each, pivots]][:, None])
    table = reduced(kernels - factors[:, :, None] * kernels[each, pivots][:, None, :])
    size = kernels.shape[1]
    others = np.array([[j for j in range(size) if j != pivot] for pivot in range(size)])
    found: Kernels = table[each[:, None], others[pivots]].astype(np.int32)
    return found


def covers(normals: Normals, masks: Masks, kernels: Kernels) -> Covers:
    """Return the covers of flats of one rank, which is at most r - 2.

    Parameters
    ----------
    normals : Normals
    masks : (flats, words) array
    kernels : (flats, s, r) array

    Raises
    ------
    UnluckyPrimeError
        If the prime, or a hash, does not tell different hyperplanes apart.
    """
    flats, size, _ = kernels.shape
    traces = normals.field.product(kernels.reshape(flats * size, -1), normals.reduced.T)
    scaled, inside = _scaled(normals.field, traces.reshape(flats, size, -1))
    if (inside.sum(axis=1) != np.bitwise_count(masks).sum(axis=1)).any():
        raise UnluckyPrimeError
    order, fresh = _sorted_runs(scaled)
    if not normals.certain:
        _tell_apart(normals, inside, order, fresh)
    starts = np.flatnonzero(fresh)
    first = order.ravel()[starts]
    added = np.diff(np.append(starts, order.size))
    parents = starts // normals.count
    chosen = np.flatnonzero(~inside[parents, first])
    return Covers(order, starts, chosen, parents[chosen], first[chosen], added[chosen])


def _scaled(field: Field, traces: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Divide each trace by its first entry that is not zero, and say which are zero."""
    lead = traces[:, 0]
    for entries in traces.transpose(1, 0, 2)[1:]:
        lead = np.where(lead == 0, entries, lead)
    return field.reduced(traces * field.inverses[lead][:, None, :]), lead == 0


def _sorted_runs(scaled: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Sort the hyperplanes of each flat by their traces, and say where a new trace begins."""
    _, size, count = scaled.shape
    low = np.uint64(count.bit_length())
    codes = np.einsum("nsm,s->nm", scaled.astype(np.uint64), _multipliers(size))
    codes = codes << low if size <= PACKED else codes >> low << low
    codes |= np.arange(count, dtype=np.uint64)
    codes.sort(axis=1)
    order = (codes & ((np.uint64(1) << low) - np.uint64(1))).astype(np.int64)
    fresh = np.ones(codes.shape, dtype=bool)
    fresh[:, 1:] = (codes[:, 1:] ^ codes[:, :-1]) >> low != 0
    if size > PACKED:
        flat, place = np.nonzero(~fresh)
        one, other = order[flat, place - 1], order[flat, place]
        if (scaled[flat, :, one] != scaled[flat, :, other]).any():
            raise UnluckyPrimeError
    return order, fresh


def _multipliers(size: int) -> Masks:
    """Return digits of places for a short trace, where they lose nothing, else of a hash."""
    if size <= PACKED:
        return np.array([1 << FIELD_BITS * (size - 1 - j) for j in range(size)], dtype=np.uint64)
    random = np.random.default_rng(size)
    return random.integers(0, 1 << 63, size, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


def _tell_apart(
    normals: Normals, inside: NDArray[np.bool_], order: Ints, fresh: NDArray[np.bool_]
) -> None:
    """Split, in place, the runs whose traces agree modulo the prime only."""
    ends = np.append(fresh[:, 1:], np.ones((len(fresh), 1), dtype=bool), axis=1)
    for flat, start in zip(*np.nonzero(fresh & ~ends), strict=True):
        if inside[flat, order[flat, start]]:
            continue
        stop = start + 1 + int(ends[flat, start + 1 :].argmax()) + 1
        run = order[flat, start:stop].tolist()
        through = [normals.integers[h] for h in np.flatnonzero(inside[flat])]
        place = start
        for part in _exact_parts(normals.integers, through, run):
            fresh[flat, place] = True
            order[flat, place : place + len(part)] = part
            place += len(part)


def _exact_parts(
    rows: Sequence[Sequence[int]], through: list[tuple[int, ...]], run: list[int]
) -> Iterator[list[int]]:
    """Yield the hyperplanes of a run, by the covers that they cut the flat in."""
    above = rank(through) + 1
    while run:
        if rank([*through, *(rows[h] for h in run)]) == above:
            yield run
            return
        part = [h for h in run if rank([*through, rows[run[0]], rows[h]]) == above]
        yield part
        run = [h for h in run if h not in part]
