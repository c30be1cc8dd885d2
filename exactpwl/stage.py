"""A layer with kinks as a homogeneous integer map and integer pieces; see `exactpwl.stages`.

A stage knows its kinks and what they say.  A *kink* of a neuron is a breakpoint of its activation.
In a stage of maxima (`MaxStage`) it is a pair of arguments, and all else follows: the value of the
kink (i, j) is argument j minus argument i, a piece is the place of the largest argument, and about
a pair without the largest one a piece says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import mul
from typing import TYPE_CHECKING, Any

from flint import fmpz_mat

from exactpwl.maximum import Maximum, pairs
from exactpwl.rationals import clear_denominators

if TYPE_CHECKING:
    from exactpwl.activation import Activation

__all__ = ["IntMatrix", "MaxStage", "Stage", "max_stage", "pointwise_stage"]

IntMatrix = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Stage:
    """One layer with kinks, linear layers before it composed in.

    Attributes
    ----------
    layer : int
        The layer's index in the network.
    rows : (n + 1) rows of (m + 1) ints
        The homogeneous affine map; the last row is (0, ..., 0, scale).
    kinks : tuple of (neuron, p, q)
        Breakpoints p/q, neuron by neuron and from left to right.
    slopes, intercepts : per neuron, per piece, ints over `denominator`
    """

    layer: int
    rows: IntMatrix
    kinks: tuple[tuple[int, int, int], ...]
    slopes: IntMatrix
    intercepts: IntMatrix
    denominator: int

    @property
    def width(self) -> int:
        """The number of neurons."""
        return len(self.slopes)

    @property
    def takes_maxima(self) -> bool:
        """Whether the neurons are maxima; see `exactpwl.max_stage`."""
        return False

    @property
    def piece_counts(self) -> tuple[int, ...]:
        """The number of pieces of each neuron."""
        return tuple(map(len, self.slopes))

    @property
    def weight_count(self) -> int:
        """The number of entries of the map, its last row left out."""
        return self.width * len(self.rows[0])

    @cached_property
    def matrix(self) -> Any:
        """The rows as a flint matrix."""
        return fmpz_mat([list(row) for row in self.rows])

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if key != "matrix"}

    def lift(self, hidden: Any) -> Any:
        """Return the pre-activations, as functions or values: the stage's matrix times `hidden`."""
        return self.matrix * hidden

    def act(self, pre: Sequence[Sequence[Any]], pieces: Sequence[int]) -> Any:
        """Apply the given pieces to the rows of pre-activations (the last row is the scale)."""
        scale = pre[-1]
        rows = []
        for i, piece in enumerate(pieces):
            slope, intercept = self.slopes[i][piece], self.intercepts[i][piece]
            if intercept:
                rows.append([slope * z + intercept * t for z, t in zip(pre[i], scale, strict=True)])
            elif slope == 1:
                rows.append(list(pre[i]))
            else:
                rows.append([slope * z for z in pre[i]])
        rows.append([self.denominator * t for t in scale])
        return fmpz_mat(rows)

    def kink_row(self, pre: Sequence[Sequence[Any]], kink: int) -> tuple[int, ...]:
        """Return the integer function that is positive above the kink."""
        neuron, p, q = self.kinks[kink]
        if not p:
            return tuple(map(int, pre[neuron]))
        return tuple(int(q * z - p * t) for z, t in zip(pre[neuron], pre[-1], strict=True))

    def kink_values(self, pre: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Yield for each kink its values, given the pre-activations' rows of values."""
        for neuron, p, q in self.kinks:
            values = pre[neuron]
            if p:
                values = [q * v - p * t for v, t in zip(values, pre[-1], strict=True)]
            yield values

    @cached_property
    def bends(self) -> tuple[int, ...]:
        """For each kink its place among those of its neuron."""
        counts = [0] * self.width
        found = []
        for neuron, _, _ in self.kinks:
            found.append(counts[neuron])
            counts[neuron] += 1
        return tuple(found)

    def side(self, kink: int, pieces: Sequence[int]) -> int:
        """Return +1 if the neuron's piece is above the kink, -1 if below, 0 if it does not say."""
        return 1 if self.bends[kink] < pieces[self.kinks[kink][0]] else -1

    def sides(self, pieces: Sequence[int]) -> tuple[int, ...]:
        """Return `side` for each kink."""
        signs: list[int] = []
        for piece, count in zip(pieces, self.piece_counts, strict=True):
            signs += [1] * piece + [-1] * (count - 1 - piece)
        return tuple(signs)

    def pieces_that_agree(self, signs: Sequence[int]) -> list[tuple[int, ...]]:
        """Return each neuron's pieces whose closures hold a point, given its side of each kink."""
        low, high = [0] * self.width, [0] * self.width
        for (neuron, _, _), sign in zip(self.kinks, signs, strict=True):
            low[neuron] += sign > 0
            high[neuron] += sign >= 0
        return [tuple(range(a, b + 1)) for a, b in zip(low, high, strict=True)]

    def pieces_of(self, above: int) -> tuple[int, ...]:
        """Return each neuron's piece from the bit mask of the kinks that it is above."""
        pieces = [0] * self.width
        for bit, (neuron, _, _) in enumerate(self.kinks):
            if above >> bit & 1:
                pieces[neuron] += 1
        return tuple(pieces)

    def absorb(self, rows: IntMatrix, pieces: Sequence[int]) -> list[list[Any]]:
        """Return the rows of a map of what leaves the stage as rows of a map of what it acts on."""
        slopes = [row[piece] for row, piece in zip(self.slopes, pieces, strict=True)]
        intercepts = [row[piece] for row, piece in zip(self.intercepts, pieces, strict=True)]
        return [
            [
                *(w * slope for w, slope in zip(row, slopes, strict=False)),
                row[-1] * self.denominator + sum(map(mul, row, intercepts)),
            ]
            for row in rows
        ]


def pointwise_stage(index: int, rows: IntMatrix, activations: Sequence[Activation]) -> Stage:
    """Return the stage of an affine map, given in homogeneous rows, and activations."""
    distinct = {id(a): a for a in activations}
    numbers = [v for a in distinct.values() for piece in a.pieces for v in piece]
    scaled, denominator = clear_denominators(numbers)
    pairs = iter(zip(scaled[::2], scaled[1::2], strict=True))
    pieces = {key: [next(pairs) for _ in a.pieces] for key, a in distinct.items()}
    slopes = {key: tuple(slope for slope, _ in p) for key, p in pieces.items()}
    intercepts = {key: tuple(intercept for _, intercept in p) for key, p in pieces.items()}
    breaks = {
        key: [(c.numerator, c.denominator) for c in a.breakpoints] for key, a in distinct.items()
    }
    return Stage(
        layer=index,
        rows=rows,
        kinks=tuple((i, *c) for i, a in enumerate(activations) for c in breaks[id(a)]),
        slopes=tuple(slopes[id(a)] for a in activations),
        intercepts=tuple(intercepts[id(a)] for a in activations),
        denominator=denominator,
    )


@dataclass(frozen=True)
class MaxStage(Stage):
    """A layer of maxima; `rows` is the map to all their arguments, empty where it is the identity.

    Attributes
    ----------
    kinks : tuple of (neuron, i, j)
        Pairs of arguments i < j, by their places in the group, in the order of
        `exactpwl.maximum.pairs`.
    members : per neuron the rows of its arguments
    inputs : int
        The number of rows that arguments are taken from.
    """

    members: tuple[tuple[int, ...], ...] = ()
    inputs: int = 0

    @property
    def width(self) -> int:
        """The number of maxima."""
        return len(self.members)

    @property
    def takes_maxima(self) -> bool:
        """True."""
        return True

    @property
    def piece_counts(self) -> tuple[int, ...]:
        """The number of arguments of each maximum."""
        return tuple(map(len, self.members))

    @property
    def weight_count(self) -> int:
        """The number of arguments, and the entries of the map to them."""
        return sum(map(len, self.members)) + sum(map(len, self.rows))

    def lift(self, hidden: Any) -> Any:
        """Return all arguments, as functions or values."""
        return self.matrix * hidden if self.rows else hidden

    def act(self, pre: Sequence[Sequence[Any]], pieces: Sequence[int]) -> Any:
        """Return the rows of the arguments that are largest."""
        rows = [pre[group[piece]] for group, piece in zip(self.members, pieces, strict=True)]
        return fmpz_mat([list(row) for row in (*rows, pre[-1])])

    def kink_row(self, pre: Sequence[Sequence[Any]], kink: int) -> tuple[int, ...]:
        """Return argument j minus argument i."""
        low, high = self._rows(kink)
        return tuple(int(b - a) for a, b in zip(pre[low], pre[high], strict=True))

    def kink_values(self, pre: Sequence[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        """Yield argument j minus argument i for each kink."""
        for kink in range(len(self.kinks)):
            low, high = self._rows(kink)
            yield [b - a for a, b in zip(pre[low], pre[high], strict=True)]

    def _rows(self, kink: int) -> tuple[int, int]:
        neuron, i, j = self.kinks[kink]
        group = self.members[neuron]
        return group[i], group[j]

    @cached_property
    def first_kinks(self) -> tuple[int, ...]:
        """For each maximum the number of its first kink."""
        found, count = [], 0
        for group in self.members:
            found.append(count)
            count += len(group) * (len(group) - 1) // 2
        return tuple(found)

    def rivals(self, neuron: int, piece: int) -> Iterator[tuple[int, bool]]:
        """Yield the kinks of one argument with the others, and whether it is ahead above them."""
        for k, (i, j) in enumerate(pairs(len(self.members[neuron])), self.first_kinks[neuron]):
            if piece in (i, j):
                yield k, piece == j

    def side(self, kink: int, pieces: Sequence[int]) -> int:
        """Return +1 if the largest argument is the kink's second, -1 its first, 0 another one."""
        neuron, i, j = self.kinks[kink]
        piece = pieces[neuron]
        return (piece == j) - (piece == i)

    def sides(self, pieces: Sequence[int]) -> tuple[int, ...]:
        """Return `side` for each kink."""
        return tuple(self.side(kink, pieces) for kink in range(len(self.kinks)))

    def pieces_of(self, above: int) -> tuple[int, ...]:
        """Return each maximum's piece: the argument that leads all before it, and none after."""
        return tuple(
            next(
                piece
                for piece in range(len(group))
                if all(bool(above >> k & 1) == ahead for k, ahead in self.rivals(neuron, piece))
            )
            for neuron, group in enumerate(self.members)
        )

    def pieces_that_agree(self, signs: Sequence[int]) -> list[tuple[int, ...]]:
        """Return for each maximum the arguments that no other one exceeds."""
        return [
            tuple(
                piece
                for piece in range(len(group))
                if all(
                    (signs[k] if ahead else -signs[k]) >= 0
                    for k, ahead in self.rivals(neuron, piece)
                )
            )
            for neuron, group in enumerate(self.members)
        ]

    def absorb(self, rows: IntMatrix, pieces: Sequence[int]) -> list[list[Any]]:
        """Return the rows of a map of what leaves the stage as rows of a map of its arguments."""
        found = []
        for row in rows:
            spread = [0] * (self.inputs + 1)
            for weight, group, piece in zip(row, self.members, pieces, strict=False):
                spread[group[piece]] += weight
            spread[-1] = row[-1]
            found.append(spread)
        return found


def max_stage(index: int, rows: IntMatrix, layer: Maximum) -> MaxStage:
    """Return the stage of maxima over the homogeneous rows of an affine map, none for identity."""
    groups = enumerate(layer.members)
    kinks = tuple((n, i, j) for n, group in groups for i, j in pairs(len(group)))
    return MaxStage(index, rows, kinks, (), (), 1, layer.members, layer.input_dimension)
