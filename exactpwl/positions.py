"""Where the generators of a complex lie: above, on or below each kink, by one forward pass each.

A generator belongs to many regions, and to all of them the network says the same: activations are
continuous, so it does not matter which of two pieces is taken where they meet, and a direction is
evaluated by the recession function.  So one exact forward pass for each generator tells the signs
of all kinks at all corners of all regions.  The passes are made many at a time: one product of
integer matrices a layer.

On the relative interior of a face an affine function that has no two opposite signs at the face's
generators has their common sign, and is zero iff it is zero at all of them.  So the signs on every
face follow from these masks, without another evaluation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from flint import fmpz_mat

from exactpwl.maximum import pairs
from exactpwl.stage import MaxStage

if TYPE_CHECKING:
    from exactpwl.stages import Stage, Stages

__all__ = ["PatternMasks", "Position", "positions"]

AT_A_TIME = 1024
"""Vectors in one matrix: bounds the memory."""


class Position(NamedTuple):
    """The kinks that a generator is above and below, as masks in the order of `Network.kinks`."""

    above: int
    below: int


def positions(stages: Stages, vectors: Sequence[Sequence[int]]) -> Iterator[Position]:
    """Yield the position of each homogeneous vector (x, t), t >= 0.

    Examples
    --------
    >>> from exactpwl import Network
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> list(positions(xor.stages, [(0, 0, 1), (-1, -1, 0)]))
    [Position(above=1, below=0), Position(above=0, below=3)]
    """
    for start in range(0, len(vectors), AT_A_TIME):
        yield from _together(stages, vectors[start : start + AT_A_TIME])


def _together(stages: Stages, vectors: Sequence[Sequence[int]]) -> Iterator[Position]:
    above: list[list[bool]] = []
    below: list[list[bool]] = []
    hidden = fmpz_mat([list(column) for column in zip(*vectors, strict=True)])
    for stage in stages.stages:
        pre = stage.lift(hidden).tolist()
        first = len(above)
        for values in stage.kink_values(pre):
            over = [value > 0 for value in values]
            above.append(over)
            below.append([bool(value) and not up for value, up in zip(values, over, strict=True)])
        hidden = _acted(stage, pre, above[first:])
    return map(Position, _masks(above, len(vectors)), _masks(below, len(vectors)))


def _acted(stage: Stage, pre: Sequence[Sequence[Any]], above: Sequence[Sequence[bool]]) -> Any:
    """Return the layer's values at all vectors, given which kinks each is above."""
    if isinstance(stage, MaxStage):
        return _largest(stage, pre)
    kinks: list[list[Sequence[bool]]] = [[] for _ in range(stage.width)]
    for (neuron, _, _), row in zip(stage.kinks, above, strict=True):
        kinks[neuron].append(row)
    rows = []
    for values, slopes, shifts, own in zip(
        pre, stage.slopes, stage.intercepts, kinks, strict=False
    ):
        if slopes == (0, 1) and not any(shifts):
            rows.append([z if on else 0 for z, on in zip(values, own[0], strict=True)])
            continue
        pieces = [sum(on) for on in zip(*own, strict=True)] or [0] * len(values)
        rows.append(
            [slopes[k] * z + shifts[k] * t for k, z, t in zip(pieces, values, pre[-1], strict=True)]
        )
    rows.append([stage.denominator * t for t in pre[-1]])
    return fmpz_mat(rows)


def _largest(stage: MaxStage, pre: Sequence[Sequence[Any]]) -> Any:
    columns = ([pre[i] for i in group] for group in stage.members)
    rows = [[max(values) for values in zip(*column, strict=True)] for column in columns]
    return fmpz_mat([*rows, list(pre[-1])])


def _masks(rows: Sequence[Sequence[bool]], count: int) -> list[int]:
    """Return the columns of a table of bits as integers, the first row lowest."""
    table = np.array(rows, dtype=np.uint8).reshape(len(rows), count)
    packed = np.packbits(table, axis=0, bitorder="little")
    return [int.from_bytes(column.tobytes(), "little") for column in packed.T]


class PatternMasks:
    """Tells the kinks that a pattern calls above, as a mask in the order of `Network.kinks`.

    About a pair of arguments of a maximum it says nothing if a third one is largest: `silent`.

    Examples
    --------
    >>> from exactpwl import Network
    >>> network = Network([([[1], [1]], [0, "-1/2"], "relu")])
    >>> PatternMasks(network.stages)(((0, 1),))
    2
    """

    def __init__(self, stages: Stages) -> None:
        sides = [
            _sides(stage, count)
            for stage in reversed(stages.stages)
            for count in reversed(stage.piece_counts)
        ]
        self._above = _digits(sides, 1)
        self._silent = _digits(sides, 0)

    def __call__(self, pattern: Sequence[Sequence[int]]) -> int:
        """Return the mask of a pattern."""
        return self._mask(self._above, pattern)

    def silent(self, pattern: Sequence[Sequence[int]]) -> int:
        """Return the mask of the kinks about which a pattern says nothing."""
        return self._mask(self._silent, pattern)

    def _mask(self, texts: Sequence[Sequence[str]], pattern: Sequence[Sequence[int]]) -> int:
        pieces = [piece for layer in reversed(pattern) for piece in reversed(layer)]
        text = "".join([t[piece] for t, piece in zip(texts, pieces, strict=True)])
        return int(text or "0", 2)


def _sides(stage: Stage, count: int) -> list[list[int]]:
    """Return for each piece of a neuron its sides of the neuron's kinks, the last kink first."""
    if stage.takes_maxima:
        return [
            [(piece == j) - (piece == i) for i, j in reversed(pairs(count))]
            for piece in range(count)
        ]
    return [[-1] * (count - 1 - piece) + [1] * piece for piece in range(count)]


def _digits(sides: Sequence[Sequence[Sequence[int]]], sign: int) -> list[list[str]]:
    return [["".join("01"[s == sign] for s in one) for one in pieces] for pieces in sides]
