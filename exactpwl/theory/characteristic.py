"""Characteristic polynomials, rank by rank, with one flat for all that a symmetry maps to it.

The characteristic polynomial of a central arrangement of rank r is ``sum of w_k t^(r - k)``, and
w_k, up to sign the k-th Whitney number of the first kind, is the sum of the Moebius numbers mu(F)
of the flats F of rank k.  Deletion and restriction would walk through all sets of hyperplanes
without a broken circuit: |w_0| + ... + |w_r| of them, as many as there are regions.  Here flats of
a rank are kept, each once, and send their numbers to the flats of the next rank that cover them.

*Weisner's theorem* (1935) says how: for any hyperplane a through G, mu(G) is minus the sum of mu(F)
over the flats F that G covers and that are not in a.  Two choices of a are used here.

* The least hyperplane through G.  Then F only sends to covers with a new least hyperplane; those
  that have the least one of all send nothing.  This is deletion and restriction, with all
  restrictions to the same flat done at once.
* All hyperplanes through G in turn, and the average: with |G| for their number,
  ``|G| mu(G) = - sum of (|G| - |F|) mu(F)`` over the flats F that G covers.  This has the same form
  for all flats of an orbit of the arrangement's symmetries (`exactpwl.theory.symmetry`), so one of
  them can carry the sum of mu over all.  The sum may be divided among several: that a form is not
  quite canonical costs time, never truth.  Even many orbits need little: the 127 hyperplanes of the
  resonance arrangement of R^7 have 4.7 million flats of rank 5, in less than 800 classes.

The last two ranks need no flats.  F sends to each of its covers by their sizes alone, which gives
w_(r-1) from the flats of rank r - 2; and chi(1) = 0 gives w_r.

An affine arrangement A has the regions of its *cone*, the central arrangement of its homogeneous
rows and the hyperplane at infinity, by pairs: chi_cone(t) = (t - 1) chi_A(t).

References
----------
L. Weisner, Abstract theory of inversion of finite series, Trans. AMS 38, 1935.
T. Brysiewicz, H. Eble, L. Kuehne, Computing characteristic polynomials of hyperplane arrangements
with symmetries, Discrete Comput. Geom. 70, 2023, arXiv:2105.14542.
R. P. Stanley, An introduction to hyperplane arrangements, IAS/Park City 13, 2007, lectures 1-3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb, lcm
from typing import Any, NamedTuple

import numpy as np

from exactpwl.errors import TooLargeError
from exactpwl.theory import finite_field
from exactpwl.theory.canonical import CanonicalForm
from exactpwl.theory.finite_field import Ints
from exactpwl.theory.flats import (
    Covers,
    Kernels,
    Masks,
    Normals,
    UnluckyPrimeError,
    covers,
    members,
    restricted,
)
from exactpwl.theory.symmetry import symmetries

__all__ = ["FLAT_LIMIT", "Progress", "scaled", "whitney_numbers"]

FLAT_LIMIT = 5_000_000
"""An arrangement with more flats of one rank than this, up to its symmetries, is refused."""

KERNEL_LIMIT = 1 << 28
"""So is one whose flats of one rank have kernels of more numbers together: they take a gigabyte."""

FEW_FLATS = 2_000
"""Where there cannot be more of a rank, nobody looks for symmetries."""

SMALL_GROUP = 24
"""A group of fewer symmetries saves less than the average over all hyperplanes costs."""

CHUNK = 1 << 21
"""Numbers in the traces that are computed at a time."""

PENDING = 1 << 20
"""Covers that wait to be merged."""

Progress = Callable[[float], None]
"""Hears of shares of the work, which add up to 1."""


def scaled(progress: Progress, part: float) -> Progress:
    """Return what hears of shares of a part of the work."""
    return lambda share: progress(share * part)


def whitney_numbers(
    rows: Sequence[Sequence[int]], progress: Progress = lambda _: None
) -> tuple[int, ...]:
    """Return w_0, ..., w_r of a central arrangement of rank r.

    Parameters
    ----------
    rows : m rows of r ints
        Normals that span R^r, none a multiple of another; assumed and not checked.
    progress : callable, optional
        Is told of shares of the work.

    Returns
    -------
    tuple of int
        The characteristic polynomial is ``sum of w_k t^(r - k)``.

    Raises
    ------
    TooLargeError
        If there are too many flats of a rank up to r - 2, up to symmetry: more than `FLAT_LIMIT`,
        or in high dimension, where each takes more memory, fewer.

    Examples
    --------
    Three lines through a point, and the three planes of the coordinates:

    >>> whitney_numbers([(1, 0), (0, 1), (1, 1)])
    (1, -3, 2)
    >>> whitney_numbers([(1, 0, 0), (0, 1, 0), (0, 0, 1)])
    (1, -3, 3, -1)
    """
    integers = tuple(map(tuple, rows))
    if len(integers) <= 1 or len(integers[0]) <= 2:
        progress(1.0)
        return _of_rank_two(len(integers))
    for prime in finite_field.primes():
        try:
            return _by_rank(Normals(integers, finite_field.field(prime)), progress)
        except UnluckyPrimeError:
            continue
    raise AssertionError("no minor but zero has all primes below 2^20 as factors")


def _of_rank_two(count: int) -> tuple[int, ...]:
    return (1, -count, count - 1)[: min(count, 2) + 1]


@dataclass(frozen=True)
class _Level:
    """Flats of one rank, and the sum of mu over the flats that each one stands for.

    The sums are `weights` over `denominator`.
    """

    masks: Masks
    kernels: Kernels
    weights: Any
    denominator: int

    def total(self) -> Fraction:
        return Fraction(int(self.weights.sum()), self.denominator)


def _by_rank(normals: Normals, progress: Progress) -> tuple[int, ...]:
    rank = normals.rank
    forms = _forms(normals)
    level = _Level(
        np.zeros((1, normals.bits.shape[1]), dtype=np.uint64),
        np.eye(rank, dtype=np.int32)[None],
        np.array([1], dtype=object),
        1,
    )
    numbers = [Fraction(1)]
    for step in range(rank - 2):
        part = 0.5 ** (rank - 2 - step)
        level = _next_level(normals, forms, level, scaled(progress, part))
        numbers.append(level.total())
    numbers.append(_last_sum(normals, forms, level))
    progress(0.5 ** (rank - 2))
    numbers.append(-sum(numbers, Fraction(0)))
    return tuple(map(int, numbers))


def _forms(normals: Normals) -> CanonicalForm | None:
    """Return the canonical forms under the symmetries, if there are enough to be worth it."""
    if comb(normals.count, normals.rank - 2) <= FEW_FLATS:
        return None
    chain = symmetries(normals)
    return CanonicalForm(chain) if chain is not None and chain.order >= SMALL_GROUP else None


def _next_level(
    normals: Normals, forms: CanonicalForm | None, level: _Level, progress: Progress
) -> _Level:
    """Return the flats of the next rank with what those of `level` send to them."""
    _, size, rank = level.kernels.shape
    limit = min(FLAT_LIMIT, KERNEL_LIMIT // ((size - 1) * rank))
    merged = _Merged(forms, limit, _too_large(normals, limit, rank - size + 1))
    for chunk in _chunks(normals, level):
        masks = level.masks[chunk]
        found = _receivers(normals, forms, masks, level.kernels[chunk])
        shares = -level.weights[chunk][found.parents]
        if forms is not None:
            shares = shares * found.added.astype(object)
        merged.add(
            _Sent(found.masks(normals, masks), shares, found.parents + chunk.start, found.first)
        )
        progress(len(masks) / len(level.masks))
    sent = merged.result()
    weights, denominator = sent.shares, level.denominator
    if forms is not None:
        through = np.bitwise_count(sent.masks).sum(axis=1).tolist()
        multiple = lcm(*through)
        weights = weights * np.array([multiple // size for size in through], dtype=object)
        denominator *= multiple
    pieces = 1 + len(sent.masks) * size * rank // CHUNK
    origins = zip(
        np.array_split(sent.parents, pieces), np.array_split(sent.first, pieces), strict=True
    )
    kernels = [restricted(normals, level.kernels[flats], cuts) for flats, cuts in origins]
    return _Level(sent.masks, np.concatenate(kernels), weights, denominator)


def _last_sum(normals: Normals, forms: CanonicalForm | None, level: _Level) -> Fraction:
    """Return w_(r-1), what the flats of rank r - 2 send to all those of rank r - 1 together."""
    total = Fraction(0)
    for chunk in _chunks(normals, level):
        masks = level.masks[chunk]
        weights = level.weights[chunk]
        found = _receivers(normals, forms, masks, level.kernels[chunk])
        if forms is None:
            counts = np.bincount(found.parents, minlength=len(masks))
            total -= int(weights @ counts.astype(object))
            continue
        through = np.bitwise_count(masks).sum(axis=1)[found.parents] + found.added
        for size in np.unique(through):
            of_size = found.only(through == size)
            added = np.bincount(of_size.parents, of_size.added, len(masks)).astype(np.int64)
            total -= Fraction(int(weights @ added.astype(object)), int(size))
    return total / level.denominator


def _receivers(
    normals: Normals, forms: CanonicalForm | None, masks: Masks, kernels: Kernels
) -> Covers:
    """Return the covers to which the flats send: all, or those with a new least hyperplane."""
    found = covers(normals, masks, kernels)
    if forms is not None:
        return found
    through = members(masks, normals.count)
    least = np.where(through.any(axis=1), through.argmax(axis=1), normals.count)
    return found.only(found.first < least[found.parents])


def _chunks(normals: Normals, level: _Level) -> Iterator[slice]:
    size = max(1, CHUNK // (normals.count * level.kernels.shape[1]))
    for start in range(0, len(level.masks), size):
        yield slice(start, start + size)


class _Sent(NamedTuple):
    """What flats receive: the sum, and one flat and hyperplane that give it (for the kernel)."""

    masks: Masks
    shares: Any
    parents: Ints
    first: Ints

    def taken(self, places: Ints, shares: Any) -> _Sent:
        return _Sent(self.masks[places], shares, self.parents[places], self.first[places])


class _Merged:
    """Gathers what is sent to equal flats, or to flats with the same canonical form."""

    def __init__(self, forms: CanonicalForm | None, limit: int, refusal: str) -> None:
        self._limit = limit
        self._refusal = refusal
        self._forms = forms
        self._parts: list[tuple[Masks, _Sent]] = []
        self._pending = 0
        self._count = 0

    def add(self, sent: _Sent) -> None:
        keys, sent = _summed(sent.masks, sent)
        if self._forms is not None:
            keys, sent = _summed(self._forms(sent.masks), sent)
        self._parts.append((keys, sent))
        self._pending += len(keys)
        if self._pending > min(PENDING, self._limit) + self._count:
            self.result()

    def result(self) -> _Sent:
        keys = np.concatenate([keys for keys, _ in self._parts])
        columns = zip(*(sent for _, sent in self._parts), strict=True)
        self._parts = [_summed(keys, _Sent(*map(np.concatenate, columns)))]
        self._count, self._pending = len(self._parts[0][0]), 0
        if self._count > self._limit:
            raise TooLargeError(self._refusal)
        return self._parts[0][1]


def _summed(keys: Masks, sent: _Sent) -> tuple[Masks, _Sent]:
    """Add the shares of equal keys."""
    order = np.lexsort(keys.T)
    keys = keys[order]
    fresh = np.ones(len(keys), dtype=bool)
    fresh[1:] = (keys[1:] != keys[:-1]).any(axis=1)
    starts = np.flatnonzero(fresh)
    return keys[starts], sent.taken(order[starts], np.add.reduceat(sent.shares[order], starts))


def _too_large(normals: Normals, limit: int, rank: int) -> str:
    return (
        f"an arrangement of at most {limit} flats of rank {rank}, up to symmetry, is required, but "
        f"the {normals.count} hyperplanes through a point of rank {normals.rank} have more; "
        "take fewer hyperplanes or a section of lower dimension"
    )
