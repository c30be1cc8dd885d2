"""Bit masks as rows of 64-bit words, for arrays of cells at a time.

A Python integer holds a mask of any length; a numpy array needs a fixed number of words a row.  Bit
k of a mask is bit k % 64 of word k // 64.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "Ints",
    "Words",
    "any_bit",
    "count",
    "get",
    "grouped",
    "hashed",
    "integers",
    "lowest",
    "pack",
    "places",
    "put",
    "scrambled",
    "unpack",
    "words_of",
]

Words = npt.NDArray[np.uint64]
"""Masks, one a row."""

Ints = npt.NDArray[np.int64]

ONE = np.uint64(1)


def words_of(masks: Sequence[int], width: int) -> Words:
    """Return Python masks as rows of `width` words.

    Examples
    --------
    >>> words_of([1 << 64 | 5], 2)
    array([[5, 1]], dtype=uint64)
    """
    data = b"".join(mask.to_bytes(8 * width, "little") for mask in masks)
    return np.frombuffer(data, dtype="<u8").reshape(len(masks), width).astype(np.uint64)


def integers(words: Words) -> list[int]:
    """Return rows of words as Python masks.

    Examples
    --------
    >>> integers(words_of([1 << 64 | 5], 2)) == [1 << 64 | 5]
    True
    """
    width = 8 * words.shape[1]
    data = words.astype("<u8", copy=False).tobytes()
    return [int.from_bytes(data[i : i + width], "little") for i in range(0, len(data), width)]


def pack(bits: npt.NDArray[np.bool_], width: int) -> Words:
    """Return rows of truth values as `width` words each.

    Examples
    --------
    >>> pack(np.array([[True, False, True]]), 1)
    array([[5]], dtype=uint64)
    """
    packed = np.packbits(bits, axis=1, bitorder="little")
    padded = np.zeros((len(bits), 8 * width), dtype=np.uint8)
    padded[:, : packed.shape[1]] = packed
    return padded.view("<u8").astype(np.uint64, copy=False)


def unpack(words: Words, size: int) -> npt.NDArray[np.bool_]:
    """Return the first `size` bits of each row.

    Examples
    --------
    >>> unpack(np.array([[5]], dtype=np.uint64), 4)
    array([[ True, False,  True, False]])
    """
    data = np.ascontiguousarray(words.astype("<u8", copy=False)).view(np.uint8)
    short = data[:, : -(-size // 8)]
    return np.unpackbits(short, axis=1, count=size, bitorder="little").view(bool)


def places(bits: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return the row and the column of each truth value that is true, row by row.

    Examples
    --------
    >>> places(np.array([[True, False], [True, True]]))
    (array([0, 1, 1]), array([0, 0, 1]))
    """
    flat = bits.ravel().nonzero()[0]
    row, column = np.divmod(flat, max(1, bits.shape[1]))
    return row, column


def count(words: Words) -> Ints:
    """Return the number of bits in each row."""
    bits = np.bitwise_count(words)
    total: Ints = bits[:, 0].astype(np.int64)
    for column in range(1, words.shape[1]):
        total += bits[:, column]
    return total


def any_bit(words: Words) -> npt.NDArray[np.bool_]:
    """Return which rows are not empty."""
    union = words[:, 0]
    for column in range(1, words.shape[1]):
        union = union | words[:, column]
    found: npt.NDArray[np.bool_] = union != 0
    return found


def lowest(words: Words) -> Ints:
    """Return the place of the lowest bit in each row; no row may be empty.

    Examples
    --------
    >>> lowest(np.array([[0, 8], [6, 0]], dtype=np.uint64))
    array([67,  1])
    """
    place = (words != 0).argmax(axis=1)
    word = words[np.arange(len(words)), place]
    below = (word & (~word + ONE)) - ONE
    found: Ints = place * 64 + np.bitwise_count(below).astype(np.int64)
    return found


def get(words: Words, bit: Ints) -> npt.NDArray[np.bool_]:
    """Return one bit of each row."""
    word = words[np.arange(len(words)), bit >> 6]
    found: npt.NDArray[np.bool_] = (word >> (bit & 63).astype(np.uint64) & ONE).astype(bool)
    return found


def put(words: Words, bit: Ints, *, on: bool = True) -> None:
    """Set one bit of each row, in place; clear it if not `on`."""
    rows: Any = np.arange(len(words))
    flag = ONE << (bit & 63).astype(np.uint64)
    if on:
        words[rows, bit >> 6] |= flag
    else:
        words[rows, bit >> 6] &= ~flag


def hashed(words: Words, salt: Any) -> Words:
    """Return a 64-bit hash of each row, of shape (n,); `salt` is a number or one for each row."""
    found: Any = salt
    for column in range(words.shape[1]):
        found = (found ^ words[:, column]) * np.uint64(0x9E3779B97F4A7C15)
        found = found ^ (found >> np.uint64(32))
    result: Words = np.asarray(found, dtype=np.uint64)
    return result


def scrambled(numbers: Ints, seed: np.uint64) -> Words:
    """Return random-looking 64-bit numbers, different for different numbers.

    They may be added: sums of them are as good as random (splitmix64, Steele et al. 2014).
    """
    found: Any = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + seed
    found = (found ^ (found >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    found = (found ^ (found >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    result: Words = np.asarray(found ^ (found >> np.uint64(31)))
    return result


def grouped(keys: npt.NDArray[Any]) -> tuple[Ints, Ints, Ints]:
    """Sort keys, and tell where equal ones are.

    Returns
    -------
    order : (n,)
        Indices that sort the keys; equal ones in any order.
    first : (g,)
        Where in that order each group of equal keys begins.
    sizes : (g,)

    Examples
    --------
    >>> grouped(np.array([7, 3, 7]))[1:]
    (array([0, 1]), array([1, 2]))
    """
    order = np.argsort(keys)
    ordered = keys[order]
    begins = np.empty(len(keys), dtype=bool)
    begins[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    first = np.flatnonzero(begins)
    return order, first, np.diff(first, append=len(keys))
