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
from fractions import Fraction
from functools import cached_property
from operator import mul
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.certificate.claims import Inequality
from exactpwl.certificate.integer_layers import IntegerLayer, over_one_denominator
from exactpwl.certificate.peeling import peeled
from exactpwl.certificate.screening import Screened
from exactpwl.domain import Domain
from exactpwl.engine.cell import Cell, Vector, dot
from exactpwl.geometry import members
from exactpwl.network import Kink
from exactpwl.rationals import primitive

__all__ = ["Bounder", "Bounds", "Ceiling", "Enclosure", "Ends", "box_of", "enclosed"]

Floats = npt.NDArray[np.float64]
Multipliers = Mapping[str | Kink, int | Fraction]
Bounds = list[list[list[Multipliers]]]
"""By layer from the first open one on, by neuron: multipliers for its low and its high end."""

Box = Mapping[tuple[int, bool], Fraction]
"""The low end (i, False) and the high end (i, True) of each input."""


class Ceiling(NamedTuple):
    """What a function is at most on a cell, and multipliers that show it."""

    value: Fraction
    multipliers: Multipliers


Ends = tuple[Ceiling | None, Ceiling | None]
"""What is known of -z and of z for a pre-activation z, by the rows of the neuron's own kinks."""

DIGITS = 12
"""Bits of a multiplier."""


def box_of(domain: Domain) -> Box | None:
    """Return the ends that single rows of a domain give, or None if some input has not both.

    Examples
    --------
    >>> box_of(Domain.box([(0, "1/2")]))
    {(0, False): Fraction(0, 1), (0, True): Fraction(1, 2)}
    """
    box: dict[tuple[int, bool], Fraction] = {}
    for normal, offset in domain.rows:
        places = [i for i, c in enumerate(normal) if c]
        if len(places) == 1:
            (i,) = places
            box[i, normal[i] < 0] = Fraction(-offset, normal[i])
    return box if len(box) == 2 * domain.dimension else None


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
        self._solved: dict[int, tuple[list[int], Floats]] = {}

    @cached_property
    def vertices(self) -> Floats:
        """The vertices in floats, with 1 in the last place."""
        return np.array([[c / g[-1] for c in g] for g in self.cell.generators])

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
        bits, weights = self._multipliers(guess)
        largest = max(weights, default=0.0)
        if not 0 < largest < math.inf:
            return Ceiling(self._corner(function, Fraction(1), {}), {"own": 1})
        length = size.bit_length()
        shift = length + math.frexp(largest)[1] - DIGITS
        mantissa = math.ldexp(float(Fraction(size, 1 << length)), length - shift)
        counts = {bit: round(y * mantissa) for bit, y in zip(bits, weights, strict=True)}
        named = {self.names[bit]: count for bit, count in counts.items() if count}
        own = Fraction(1, 1 << shift) if shift > 0 else Fraction(1 << -shift)
        return Ceiling(self._corner(function, own, counts), {"own": own, **named})

    def _corner(
        self, function: Sequence[int], own: Fraction, counts: Mapping[int, int]
    ) -> Fraction:
        """Return the greatest value, on the box, of a function with rows added."""
        assert self.box is not None
        total = [own.numerator * c for c in function]
        for bit, count in counts.items():
            if count:
                times = own.denominator * count
                total = [a + times * c for a, c in zip(total, self.rows[bit], strict=True)]
        *linear, number = total
        ends = (c * self.box[i, c > 0] for i, c in enumerate(linear) if c)
        return sum(ends, Fraction(number)) / own.numerator

    def _multipliers(self, guess: Floats) -> tuple[list[int], list[float]]:
        """Return rows that are tight where a function is greatest, and their multipliers."""
        vertex = int((self.vertices @ guess).argmax())
        if vertex not in self._solved:
            tight = self.cell.tight[vertex]
            bits = [1 << i for i in members(tight) if i]
            table = np.array([[float(c) for c in self.rows[bit][:-1]] for bit in bits])
            self._solved[vertex] = bits, np.linalg.pinv(table.T)
        bits, inverse = self._solved[vertex]
        weights = np.maximum(-(inverse @ guess[:-1]), 0.0)
        kept = [(b, float(y)) for b, y in zip(bits, weights, strict=True) if b not in self.outer]
        return [b for b, _ in kept], [y for _, y in kept]

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


class Enclosure(NamedTuple):
    """The outputs as functions w.x + w_0, each up to an error, what 1 is in both, and the proof."""

    outputs: list[list[int]]
    errors: list[int]
    unit: int
    bounds: Bounds

    def slack(self, inequality: Inequality, scale: int) -> Vector:
        """Return a function below the right side of an inequality less its left one.

        `scale` is that of the outputs.
        """
        numbers = [*inequality.coefficients, *(c * scale for c in inequality.inputs)]
        ((*c,),), _ = over_one_denominator([[*numbers, inequality.bound * scale]])
        size, dimension = len(self.outputs), len(self.outputs[0]) - 1
        found = [-sum(map(mul, c, column)) for column in zip(*self.outputs, strict=True)]
        for i in range(dimension):
            found[i] -= c[size + i] * self.unit
        found[-1] += c[-1] * self.unit - sum(map(mul, map(abs, c[:size]), self.errors))
        return primitive(found)


def enclosed(
    layers: Sequence[IntegerLayer],
    first: int,
    functions: Sequence[Sequence[int]],
    known: Sequence[Ends],
    guesses: Screened,
    bounder: Bounder,
) -> Enclosure:
    """Return the outputs up to errors on a cell.

    Parameters
    ----------
    layers : sequence of IntegerLayer
    first : int
        The layer whose pre-activations are the `functions`, over its scale.
    known : for each of its neurons multipliers that need not be looked for
    guesses : Screened
    bounder : Bounder
    """
    vectors, errors, unit = [list(f) for f in functions], [0] * len(functions), 1
    bounds: Bounds = []
    for number in range(first, len(layers)):
        layer = layers[number]
        if number > first:
            vectors = [_combined(row, vectors, unit) for row in layer.matrix]
            errors = [
                sum(abs(w) * e for w, e in zip(row, errors, strict=False)) for row in layer.matrix
            ]
        told: list[list[Multipliers]] = []
        lines = []
        for n, (z, error) in enumerate(zip(vectors, errors, strict=True)):
            ends, proofs = [Fraction(0)] * 2, list[Multipliers]()
            if layer.bends[n]:
                guess = guesses.functions[number - first][n]
                ends_known = known[n] if number == first else (None, None)
                ends, proofs = _ends(z, error, layer.scale * unit, guess, ends_known, bounder)
            told.append(proofs)
            lines.append(_between(z, error, ends, layer.bends[n], layer.pieces[n], unit))
        bounds.append(told)
        table, factor = over_one_denominator(lines)
        vectors, errors, unit = (
            [row[:-1] for row in table],
            [row[-1] for row in table],
            unit * factor,
        )
    return Enclosure(vectors, errors, unit, bounds)


def _combined(row: Sequence[int], vectors: Sequence[Sequence[int]], unit: int) -> list[int]:
    found = [0] * len(vectors[0])
    for weight, vector in zip(row, vectors, strict=False):
        if weight:
            found = [a + weight * c for a, c in zip(found, vector, strict=True)]
    found[-1] += row[-1] * unit
    return found


def _ends(
    z: Sequence[int], error: int, size: int, guess: Floats, known: Ends, bounder: Bounder
) -> tuple[list[Fraction], list[Multipliers]]:
    """Return the low and the high end of a pre-activation, and multipliers for both."""
    ends, proofs = [], []
    for sign, found in zip((-1, 1), known, strict=True):
        ceiling = found or bounder.most([sign * c for c in z], size, sign * guess)
        ends.append(sign * (ceiling.value + error))
        proofs.append(ceiling.multipliers)
    return ends, proofs


def _between(
    z: Sequence[int],
    error: int,
    ends: Sequence[Fraction],
    bends: Sequence[Fraction],
    pieces: Sequence[int],
    unit: int,
) -> list[Fraction]:
    """Return w, w_0 and r: between the ends the activation is w.x + w_0 up to r."""
    scaled = [bend * unit for bend in bends]
    points = [*(p for p in scaled if ends[0] < p < ends[1]), *ends]
    sides = [2 * sum(bend < point for bend in scaled) for point in points]
    values = [pieces[i] * p + pieces[i + 1] * unit for i, p in zip(sides, points, strict=True)]
    slope = Fraction(pieces[sides[-1]])
    if len(points) > 2:
        chord = (values[-1] - values[-2]) / (ends[1] - ends[0])
        slope = Fraction(round(256 * chord), 256)
    shifts = [value - slope * p for value, p in zip(values, points, strict=True)]
    middle, half = (max(shifts) + min(shifts)) / 2, (max(shifts) - min(shifts)) / 2
    return [*(slope * x for x in z[:-1]), slope * z[-1] + middle, abs(slope) * error + half]
