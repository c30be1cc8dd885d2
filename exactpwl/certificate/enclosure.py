"""Outputs up to errors on a cell whose neurons are not all decided, in integers, with the proof.

The computation is the checker's own (`exactpwl_check.bounds`), so that both find the same numbers:
each later neuron's pre-activation is bounded on the cell, its activation then lies between two
parallel lines, and errors add up through the next matrix.

A function f is bounded above by Lagrangian duality: for any multipliers y >= 0 of rows that are
>= 0 on the cell, f <= f + sum of y row, whose greatest value on the domain's box is read off.  The
best multipliers are those of the vertex at which f is greatest; as any others are valid, they are
found in floats and cut to a few digits.  Where the domain is no box they must make the sum constant
and are found exactly, by peeling.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd
from operator import mul
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
from flint import fmpz_mat

from exactpwl.certificate.claims import Inequality
from exactpwl.certificate.integer_layers import IntegerLayer, over_one_denominator
from exactpwl.certificate.peeling import peeled
from exactpwl.certificate.screening import Screened
from exactpwl.domain import Domain
from exactpwl.engine.cell import Cell, Vector, dot
from exactpwl.geometry import members
from exactpwl.network import Kink
from exactpwl.rationals import primitive

__all__ = [
    "Bounder",
    "Bounding",
    "Bounds",
    "Box",
    "Ceiling",
    "Enclosure",
    "Ends",
    "box_of",
    "enclosed",
]

Floats = npt.NDArray[np.float64]
Multipliers = Mapping[str | Kink, int | Fraction]
Bounds = list[list[list[Multipliers]]]
"""By layer from the first open one on, by neuron: multipliers for its low and its high end."""


class Box(NamedTuple):
    """The low end (i, False) and the high end (i, True) of each input, as integers over `unit`."""

    ends: Mapping[tuple[int, bool], int]
    unit: int

    def most(self, function: Sequence[int]) -> Fraction:
        """Return the greatest value of a function w.x + w_0."""
        *linear, number = function
        total = sum(c * self.ends[i, c > 0] for i, c in enumerate(linear) if c)
        return Fraction(total + number * self.unit, self.unit)

    def corner(self, function: Sequence[int]) -> Vector:
        """Return a corner (x, t) at which a function has it."""
        return (*(self.ends[i, c > 0] for i, c in enumerate(function[:-1])), self.unit)


class Ceiling(NamedTuple):
    """What a function is at most on a cell, and multipliers that show it."""

    value: Fraction
    multipliers: Multipliers


Ends = tuple[Ceiling | None, Ceiling | None]
"""What is known of -z and of z for a pre-activation z, by the rows of the neuron's own kinks."""

DIGITS = 12
"""Bits to which a multiplier is taken, of what it does to the bound."""


def box_of(domain: Domain) -> Box | None:
    """Return the ends that single rows of a domain give, or None if some input has not both.

    Examples
    --------
    >>> box_of(Domain.box([(0, "1/2")]))
    Box(ends={(0, False): 0, (0, True): 1}, unit=2)
    """
    box: dict[tuple[int, bool], Fraction] = {}
    for normal, offset in domain.rows:
        places = [i for i, c in enumerate(normal) if c]
        if len(places) == 1:
            (i,) = places
            box[i, normal[i] < 0] = Fraction(-offset, normal[i])
    if len(box) < 2 * domain.dimension:
        return None
    (ends,), unit = over_one_denominator([list(box.values())])
    return Box(dict(zip(box, ends, strict=True)), unit)


class Bounder:
    """Bounds of functions on one cell.

    Parameters
    ----------
    cell : Cell
    rows : mapping
        For each bit of the cell's masks the function that is >= 0 on it.
    names : mapping
        For each bit the row's name.
    box : Box or None
    """

    def __init__(
        self,
        cell: Cell,
        rows: Mapping[int, Vector],
        names: Mapping[int, str | Kink],
        box: Box | None,
    ) -> None:
        self.cell, self.rows, self.names, self.box = cell, rows, names, box
        self._solved: dict[int, tuple[list[int], Floats, Floats]] = {}

    @cached_property
    def vertices(self) -> Floats:
        """The vertices in floats, with 1 in the last place."""
        return np.array([[c / g[-1] for c in g] for g in self.cell.generators])

    def loosely(self, function: Sequence[int]) -> Ceiling | None:
        """Return what a function is at most on the whole box, if the domain is one."""
        return None if self.box is None else Ceiling(self.box.most(function), {"own": 1})

    def extent(self, functions: Floats) -> tuple[Floats, Floats]:
        """Return the least and the greatest values of functions, in floats."""
        values = functions @ self.vertices.T
        return values.min(axis=1), values.max(axis=1)

    def most(self, function: Sequence[int], size: int, guess: Floats) -> Ceiling:
        """Return what a function is at most, with multipliers that show it.

        Parameters
        ----------
        function : d + 1 ints
        size : int
            What 1 is in the function.
        guess : d + 1 floats
            About the function over `size`.
        """
        if self.box is None:
            return self._exactly(function)
        weights, fineness = self._multipliers(guess)
        if not weights or not 0 < fineness < math.inf:
            return Ceiling(self.box.most(function), {"own": 1})
        length = size.bit_length()
        shift = length + math.frexp(fineness)[1] - DIGITS
        mantissa = math.ldexp(float(Fraction(size, 1 << length)), length - shift)
        counts = {bit: count for bit, y in weights.items() if (count := round(y * mantissa))}
        named = {self.names[bit]: count for bit, count in counts.items()}
        own = Fraction(1, 1 << shift) if shift > 0 else Fraction(1 << -shift)
        return Ceiling(self._corner(function, own, counts), {"own": own, **named})

    def _corner(
        self, function: Sequence[int], own: Fraction, counts: Mapping[int, int]
    ) -> Fraction:
        """Return the greatest value, on the box, of a function with rows added."""
        assert self.box is not None
        total = [own.numerator * c for c in function]
        for bit, count in counts.items():
            times = own.denominator * count
            total = [a + times * c for a, c in zip(total, self.rows[bit], strict=True)]
        return self.box.most(total) / own.numerator

    def _multipliers(self, guess: Floats) -> tuple[dict[int, float], float]:
        """Return multipliers of rows that are tight where a function is greatest.

        And what change of them changes the bound by about as much as the function varies: a row is
        measured by how much it varies itself.
        """
        values = self.vertices @ guess
        vertex = int(values.argmax())
        if vertex not in self._solved:
            bits = [1 << i for i in members(self.cell.tight[vertex]) if i]
            table = np.array([[float(c) for c in self.rows[bit][:-1]] for bit in bits])
            sizes = np.abs(table) @ np.ptp(self.vertices, axis=0)[:-1]
            self._solved[vertex] = bits, sizes, np.linalg.pinv((table / sizes[:, np.newaxis]).T)
        bits, sizes, inverse = self._solved[vertex]
        weights = -(inverse @ guess[:-1]) / sizes
        kept = [i for i, bit in enumerate(bits) if weights[i] > 0 and bit not in self.outer]
        widest = max((float(sizes[i]) for i in kept), default=1.0)
        return {bits[i]: float(weights[i]) for i in kept}, float(np.ptp(values)) / widest

    @cached_property
    def outer(self) -> frozenset[int]:
        """The bits of the domain's rows: its box stands for them."""
        return frozenset(bit for bit, name in self.names.items() if isinstance(name, str))

    def _exactly(self, function: Sequence[int]) -> Ceiling:
        values = [Fraction(dot(tuple(function), g), g[-1]) for g in self.cell.generators]
        top = max(values)
        slack = [-top.denominator * c for c in function]
        slack[-1] += top.numerator
        own, taken, _ = peeled(tuple(slack), self.cell.generators, self.cell.tight, self.rows)
        named = {self.names[bit]: count for bit, count in taken.items()}
        return Ceiling(top, {"own": own * top.denominator, **named})


class Bounding(Protocol):
    """What bounds functions on a cell."""

    def extent(self, functions: Floats) -> tuple[Floats, Floats]:
        """Return the least and the greatest values of functions, in floats."""

    def loosely(self, function: Sequence[int]) -> Ceiling | None:
        """Return what a function is at most on a box around the cell, if there is one."""

    def most(self, function: Sequence[int], size: int, guess: Floats) -> Ceiling:
        """Return what a function is at most on the cell, with multipliers that show it."""


class Enclosure(NamedTuple):
    """The outputs as functions w.x + w_0, each up to an error, what 1 is in both, and the proof."""

    outputs: list[list[int]]
    errors: list[int]
    unit: int
    bounds: Bounds

    def excess(self, inequality: Inequality, scale: int) -> tuple[Vector, Fraction]:
        """Return how far the left side of an inequality is above the right one, at most.

        A function in coprime integers, and what it is to be multiplied by; `scale` is that of the
        outputs.
        """
        numbers = [*inequality.coefficients, *(c * scale for c in inequality.inputs)]
        (c,), common = over_one_denominator([[*numbers, inequality.bound * scale]])
        size = len(self.outputs)
        found = [sum(map(mul, c, column)) for column in zip(*self.outputs, strict=True)]
        for i, slope in enumerate(c[size:-1]):
            found[i] += slope * self.unit
        found[-1] += -c[-1] * self.unit + sum(map(mul, map(abs, c[:size]), self.errors))
        function = primitive(found)
        return function, Fraction(gcd(*found), common * scale * self.unit)


def enclosed(
    layers: Sequence[IntegerLayer],
    first: int,
    functions: Sequence[Sequence[int]],
    known: Sequence[Ends],
    guesses: Screened,
    bounder: Bounding,
) -> Enclosure:
    """Return the outputs up to errors on a cell.

    Parameters
    ----------
    layers : sequence of IntegerLayer
    first : int
        The layer whose pre-activations are the `functions`, over its scale.
    known : for each of its neurons multipliers that need not be looked for
    guesses : Screened
    bounder : Bounding
    """
    vectors, errors, unit = [list(f) for f in functions], [0] * len(functions), 1
    bounds: Bounds = []
    for number, layer in enumerate(layers[first:]):
        if number:
            vectors, errors = _lifted(layer, vectors, errors, unit)
        told: list[list[Multipliers]] = []
        lines: list[list[Any]] = []
        for n, (z, error) in enumerate(zip(vectors, errors, strict=True)):
            neuron = _Neuron(z, error, [unit * b for b in layer.bends[n]], layer.pieces[n], unit)
            ends, proofs = [Fraction(0)] * 2, list[Multipliers]()
            if neuron.bends:
                near = known[n] if number == 0 else (None, None)
                size, guess = layer.scale * unit, guesses.functions[number][n]
                ends, proofs = neuron.ends(size, guess, near, bounder)
            told.append(proofs)
            lines.append(neuron.between(*ends))
        bounds.append(told)
        table, factor = over_one_denominator(lines)
        vectors, errors = [row[:-1] for row in table], [row[-1] for row in table]
        unit *= factor
    return Enclosure(vectors, errors, unit, bounds)


def _lifted(
    layer: IntegerLayer, vectors: Sequence[Sequence[int]], errors: Sequence[int], unit: int
) -> tuple[list[list[int]], list[int]]:
    """Return the pre-activations of a layer, and their errors."""
    one = [0] * (len(vectors[0]) - 1) + [unit]
    sizes = [[abs(w) for w in row[:-1]] for row in layer.matrix]
    made = (fmpz_mat(layer.matrix) * fmpz_mat([*map(list, vectors), one])).tolist()
    added = (fmpz_mat(sizes) * fmpz_mat([[e] for e in errors])).tolist()
    return [[int(c) for c in row] for row in made], [int(e) for (e,) in added]


@dataclass(frozen=True)
class _Neuron:
    """A pre-activation z up to an error, and its activation: bends and pieces s z + v unit."""

    z: Sequence[int]
    error: int
    bends: Sequence[Fraction]
    pieces: Sequence[int]
    unit: int

    def ends(
        self, size: int, guess: Floats, known: Ends, bounder: Bounding
    ) -> tuple[list[Fraction], list[Multipliers]]:
        """Return the low and the high end of z, and multipliers for both.

        First the end that is nearer to a bend: where it leaves none on its side, the other end may
        be loose.
        """
        low, high = bounder.extent(guess[np.newaxis])
        nearer = int(low[0] + high[0] < 2 * float(self.bends[0] / size))
        found: dict[int, tuple[Fraction, Multipliers]] = {}
        loose = False
        for side in (nearer, 1 - nearer):
            sign = (-1, 1)[side]
            function = [sign * c for c in self.z]
            ceiling = known[side] or (bounder.loosely(function) if loose else None)
            ceiling = ceiling or bounder.most(function, size, sign * guess)
            end = sign * (ceiling.value + self.error)
            found[side] = end, ceiling.multipliers
            loose = end <= self.bends[0] if side else end >= self.bends[-1]
        return [found[side][0] for side in (0, 1)], [found[side][1] for side in (0, 1)]

    def between(self, low: Fraction, high: Fraction) -> list[Any]:
        """Return w, w_0 and r: between the ends the activation is w.x + w_0 up to r."""
        points = [*(p for p in self.bends if low < p < high), low, high]
        sides = [2 * sum(bend < point for bend in self.bends) for point in points]
        if len(points) == 2:
            piece, value = self.pieces[sides[-1] : sides[-1] + 2]
            return [*self._times(piece, value * self.unit), abs(piece) * self.error]
        values = [
            self.pieces[i] * p + self.pieces[i + 1] * self.unit
            for i, p in zip(sides, points, strict=True)
        ]
        chord = (values[-1] - values[-2]) / (high - low)
        slope = Fraction((512 * chord + 1) // 2, 256)
        shifts = [value - slope * p for value, p in zip(values, points, strict=True)]
        top, bottom = max(shifts), min(shifts)
        return [
            *self._times(slope, (top + bottom) / 2),
            abs(slope) * self.error + (top - bottom) / 2,
        ]

    def _times(self, slope: int | Fraction, shift: int | Fraction) -> list[Any]:
        return [*(slope * c for c in self.z[:-1]), slope * self.z[-1] + shift]
