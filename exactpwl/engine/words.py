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
    "bits_of",
    "count",
    "get",
    "grouped",
    "hashed",
    "integers",
    "lexicographic_order",
    "lowest",
    "mask_of",
    "pack_columns",
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


def pack_columns(bits: npt.NDArray[np.bool_], width: int) -> Words:
    """Return columns of truth values as rows of `width` words each.

    Examples
    --------
    >>> pack_columns(np.array([[True, False], [True, True]]), 1)
    array([[3],
           [2]], dtype=uint64)
    """
    packed = np.packbits(bits, axis=0, bitorder="little")
    padded = np.zeros((bits.shape[1], 8 * width), dtype=np.uint8)
    padded[:, : len(packed)] = packed.T
    return padded.view("<u8").astype(np.uint64, copy=False)


def bits_of(words: Words, size: int) -> tuple[Ints, Ints]:
    """Return the row and the place of each bit, row by row; `size` is the number of places.

    Where masks are long and hold few bits, words without any are passed over.

    Examples
    --------
    >>> bits_of(np.array([[1], [3]], dtype=np.uint64), 2)
    (array([0, 1, 1]), array([0, 0, 1]))
    >>> bits_of(np.array([[0, 4, 0]], dtype=np.uint64), 130)
    (array([0]), array([66]))
    """
    width = words.shape[1]
    if width == 1:
        flat = unpack(words, size).ravel().nonzero()[0]
        row, place = np.divmod(flat, max(1, size))
        return row, place
    some = words.ravel().nonzero()[0]
    flat = unpack(words.ravel()[some][:, np.newaxis], 64).ravel().nonzero()[0]
    word = some[flat >> 6]
    return word // width, (word % width << 6) + (flat & 63)


def mask_of(row: Ints, place: Ints, shape: tuple[int, ...]) -> Words:
    """Return the masks with the given bits, which come row by row; the inverse of `bits_of`.

    Examples
    --------
    >>> mask_of(np.array([0, 1, 1]), np.array([0, 0, 1]), (2, 1))
    array([[1],
           [3]], dtype=uint64)
    """
    found = np.zeros(shape, dtype=np.uint64)
    if len(row):
        word = row * shape[1] + (place >> 6)
        begins = np.concatenate([[0], np.flatnonzero(word[1:] != word[:-1]) + 1])
        flags = ONE << (place & 63).astype(np.uint64)
        found.ravel()[word[begins]] = np.bitwise_or.reduceat(flags, begins)
    return found


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
    """Return a 64-bit hash of each row, of shape (n,); `salt` is a number or one for each row.

    Masks of cells differ in few bits, so each word is multiplied twice: after one multiplication
    the highest bits of one word could be made good by a few bits of the next.
    """
    found: Any = salt
    for column in range(words.shape[1]):
        found = (found ^ words[:, column]) * np.uint64(0x9E3779B97F4A7C15)
        found = (found ^ (found >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
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
    first = begins.nonzero()[0]
    ends = np.empty_like(first)
    ends[:-1] = first[1:]
    ends[-1:] = len(keys)
    return order, first, ends - first


def lexicographic_order(words: Words) -> Ints:
    """Return the order that sorts masks as texts of 0 and 1, bit 0 first; no two may be equal.

    Examples
    --------
    >>> lexicographic_order(np.array([[2], [1], [0]], dtype=np.uint64))
    array([2, 0, 1])
    """
    data = np.ascontiguousarray(words.astype("<u8", copy=False)).view(np.uint8)
    keys = _BITS_REVERSED[data].view(">u8").astype(np.uint64)
    rank: Any = np.zeros(len(words), dtype=np.int64)
    for column in range(keys.shape[1]):
        inner = _ranks(keys[:, column])
        rank = _ranks(rank * (int(inner.max(initial=0)) + 1) + inner)
        if int(rank.max(initial=0)) + 1 == len(words):
            break
    order: Ints = np.argsort(rank)
    return order


_BITS_REVERSED = np.array([int(f"{byte:08b}"[::-1], 2) for byte in range(256)], dtype=np.uint8)


def _ranks(keys: npt.NDArray[Any]) -> Ints:
    """Return for each key how many different ones are smaller."""
    order, _, sizes = grouped(keys)
    found = np.empty(len(keys), dtype=np.int64)
    found[order] = np.repeat(np.arange(len(sizes)), sizes)
    return found
