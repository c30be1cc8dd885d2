"""Branches that end early, made by hand: outputs up to errors, in fractions and true units.

The engine's own bounds are integers over scales; here a pre-activation is what it is, and only
where the format speaks of the checker's integers (the multipliers of a bound are for the function
in them, and so is the grid of the slopes) the `sizes` say what 1 is.  Each end comes from a linear
program, or from the box alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm
from typing import Any

import handmade as by_hand
from handmade import Function, Lines

from exactpwl.inequality import Row
from exactpwl.polyhedron import Polyhedron

GRID = 256
Ceiling = Callable[[tuple[int, int, int], Function, int], Fraction]
"""What a function is at most: for an end of a neuron of a layer; and what 1 is in the integers."""


@dataclass(frozen=True)
class Enclosure:
    """The outputs, each up to an error; and the first layer that is open."""

    outputs: list[Function]
    errors: list[Fraction]
    first: int
    bent: list[list[bool]]
    """By layer from `first` on, which neurons have breakpoints."""


def sizes(net: dict[str, Any]) -> list[tuple[int, int]]:
    """Return for each layer what 1 is before its activation, and how many times that after it."""
    found, size = [], 1
    for data in net["layers"]:
        numbers = [Fraction(w) for row in data["weight"] for w in row]
        size *= lcm(
            *(x.denominator for x in [*numbers, *(Fraction(b) * size for b in data["bias"])])
        )
        factor = 1
        for kind in data["kinds"]:
            activation = data["activations"][kind]
            for i in range(len(activation["slopes"])):
                slope, shift = by_hand.piece(activation, i)
                factor = lcm(factor, slope.denominator, (shift * size).denominator)
        found.append((size, factor))
        size *= factor
    return found


def enclose(net: dict[str, Any], sides: dict[str, bool], ceiling: Ceiling) -> Enclosure:
    """Return the outputs on a cell where the kinks of `sides` are decided."""
    d = net["inputs"]
    functions: list[Function] = [tuple(Fraction(i == j) for j in range(d + 1)) for i in range(d)]
    number = 0
    while not (answer := by_hand.layer_after(number, net["layers"][number], functions, sides))[0]:
        functions, number = answer[1], number + 1
    first, errors, unit, bent = number, [Fraction(0)] * len(functions), 1, []
    for number, (size, factor) in list(enumerate(sizes(net)))[first:]:
        data = net["layers"][number]
        functions = by_hand.before(data, functions)
        weights = [[abs(Fraction(w)) for w in row] for row in data["weight"]]
        errors = [
            sum((w * e for w, e in zip(row, errors, strict=True)), Fraction(0)) for row in weights
        ]
        lines = []
        bent.append([])
        for n, (z, error) in enumerate(zip(functions, errors, strict=True)):
            activation = data["activations"][data["kinds"][n]]
            bent[-1].append(bool(activation["breakpoints"]))
            ends = None
            if bent[-1][-1]:
                opposite = tuple(-x for x in z)
                low = -ceiling((number, n, 0), opposite, size * unit) - error
                ends = low, ceiling((number, n, 1), z, size * unit) + error
            slope, shift, radius = line(activation, ends, GRID * factor)
            moved = (*(slope * x for x in z[:-1]), slope * z[-1] + shift)
            lines.append((moved, abs(slope) * error + radius))
        after = size * factor * unit
        unit *= lcm(*((after * x).denominator for moved, e in lines for x in (*moved, e)))
        functions, errors = [moved for moved, _ in lines], [e for _, e in lines]
    return Enclosure(functions, errors, first, bent)


def line(
    activation: dict[str, Any], ends: tuple[Fraction, Fraction] | None, grid: int
) -> tuple[Fraction, Fraction, Fraction]:
    """Return slope, shift and radius: between the ends the activation is slope z + shift +- radius.

    The slope of the chord between the ends, if there is a breakpoint between them, on the grid.
    """
    breakpoints = [Fraction(c) for c in activation["breakpoints"]]
    if ends is None:
        return (*by_hand.piece(activation, 0), Fraction(0))
    low, high = ends
    inner = [c for c in breakpoints if low < c < high]
    if not inner:
        return (*by_hand.piece(activation, sum(c < high for c in breakpoints)), Fraction(0))

    def at(z: Fraction) -> Fraction:
        slope, shift = by_hand.piece(activation, sum(c < z for c in breakpoints))
        return slope * z + shift

    slope = Fraction(floor(grid * (at(high) - at(low)) / (high - low) + Fraction(1, 2)), grid)
    shifts = [at(z) - slope * z for z in (low, high, *inner)]
    return slope, (max(shifts) + min(shifts)) / 2, (max(shifts) - min(shifts)) / 2


def greatest(rows: dict[str, Row], function: Function) -> Fraction:
    """Return the greatest value of a function on a bounded cell, from its vertices."""
    vertices = Polyhedron(len(function) - 1, tuple(rows.values())).generators.vertices
    return max(at_point(function, x) for x in vertices)


def at_point(function: Function, point: Sequence[Fraction]) -> Fraction:
    return sum((w * x for w, x in zip(function[:-1], point, strict=True)), Fraction(function[-1]))


def shown(rows: dict[str, Row], function: Function, size: int) -> dict[str, str]:
    """Return multipliers that show that a function is at most its greatest value on a cell."""
    top = greatest(rows, function)
    less = (*function[:-1], function[-1] - top)
    told = by_hand.refuted(rows, [(less, True)])
    assert told is not None
    row = by_hand.row_of(less)
    times = next((r / w for r, w in zip([*row[0], row[1]], less, strict=True) if w), Fraction(1))
    return {**told, "own": by_hand.text(Fraction(told["own"]) * times / size)}


def on_box(box: list[list[str]], function: Function) -> Fraction:
    """Return the greatest value on a box, whose rows are x_i - low and high - x_i in turns."""
    total = Fraction(function[-1])
    for i, w in enumerate(function[:-1]):
        low, high = box[2 * i], box[2 * i + 1]
        total += w * (Fraction(high[-1]) if w > 0 else -Fraction(low[-1]))
    return total


def bounded_property(
    nets: list[Any],
    domain: list[list[str]],
    clauses: list[list[dict[str, Any]]],
    *,
    box_only: bool = False,
    deep: int = 0,
) -> Lines:
    """Return the certificate of a property whose branches end where bounds are good enough.

    With bounds from the box alone each has the multipliers {"own": "1"}.  No branch ends before so
    many kinks are decided on it as `deep` says.
    """

    def close(rows: dict[str, Row], sides: dict[str, bool]) -> list[Any] | None:
        if len(sides) < deep:
            return None
        told: dict[tuple[int, int, int], dict[str, str]] = {}

        def ceiling(place: tuple[int, int, int], function: Function, size: int) -> Fraction:
            told[place] = {"own": "1"} if box_only else shown(rows, function, size)
            return on_box(domain, function) if box_only else greatest(rows, function)

        found = enclose(nets[0], sides, ceiling)
        proofs = [by_hand.refuted(rows, asked(clause, found)) for clause in clauses]
        bounds = [
            [[told[layer, n, 0], told[layer, n, 1]] if bent else [] for n, bent in enumerate(each)]
            for layer, each in enumerate(found.bent, found.first)
        ]
        return None if None in proofs else [proofs, bounds]

    def proofs_of(cell: by_hand.Cell) -> list[Any]:
        return [by_hand.refuted(cell.rows, by_hand.negations(c, cell)) for c in clauses]

    claim = {"kind": "property", "holds": True, "property": clauses}
    return by_hand.finished(nets, domain, claim, proofs_of, close)


def asked(clause: list[dict[str, Any]], found: Enclosure) -> list[tuple[Function, bool]]:
    """Return what is to be refuted of a clause where outputs are known up to errors."""
    told = []
    for each in clause:
        *linear, constant = by_hand.excess(each, found.outputs)
        constant += sum(
            (abs(Fraction(c)) * e for c, e in zip(each["coefficients"], found.errors, strict=True)),
            Fraction(0),
        )
        told.append(((*linear, constant), not each["strict"]))
    return told
