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
    "count",
    "get",
    "integers",
    "lowest",
    "pack",
    "put",
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


def pack(bits: npt.NDArray[np.bool_]) -> Words:
    """Return rows of truth values as words.

    Examples
    --------
    >>> pack(np.array([[True, False, True]]))
    array([[5]], dtype=uint64)
    """
    rows, size = bits.shape
    padded = np.zeros((rows, -(-size // 64) * 64), dtype=bool)
    padded[:, :size] = bits
    packed = np.packbits(padded, axis=1, bitorder="little")
    return packed.view("<u8").astype(np.uint64, copy=False)


def unpack(words: Words) -> npt.NDArray[np.bool_]:
    """Return the bits of each row, 64 a word."""
    contiguous = np.ascontiguousarray(words.astype("<u8", copy=False))
    return np.unpackbits(contiguous.view(np.uint8), axis=1, bitorder="little").view(bool)


def count(words: Words) -> Ints:
    """Return the number of bits in each row."""
    total: Ints = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    return total


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
