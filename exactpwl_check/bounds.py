"""Outputs on a cell whose neurons are not all decided, up to errors: so a branch is closed early.

On a cell a function is at most what it is with positive multiples of rows added, and of that sum
the greatest value on the box that the domain's own rows give is read off (Lagrangian duality: any
multipliers will do).  So the pre-activation of a neuron stays between two numbers, and there its
activation stays between two parallel lines: the output is one affine function up to an error.  The
next layer adds up errors, and its neurons get their own bounds.
"""

from fractions import Fraction
from operator import mul
from typing import Any

from exactpwl_check.network import affine, integers
from exactpwl_check.proof import Cell
from exactpwl_check.reading import Vector, items, require


def most(cell: Cell, function: Vector, multipliers: Any) -> Fraction:
    """Return what a function is at most: rows are added, the sum is taken on the box."""
    numbers, (*linear, number) = cell.total(multipliers, {"own": function})
    ends = [(i, c > 0) for i, c in enumerate(linear) if c]
    require(cell.box.keys() >= set(ends), "a variable is left that the domain does not bound")
    corner = sum((linear[i] * cell.box[i, high] for i, high in ends), Fraction(number))
    return Fraction(corner, numbers["own"])


def enclose(cell: Cell, bounds: Any) -> tuple[list[Vector], Vector, int]:
    """Return the outputs up to errors, and the 1 of both, from each later neuron's bounds."""
    front, layers = cell.fronts[0], cell.networks[0].layers
    vectors, errors, unit = front.vectors, [0] * len(front.vectors), 1
    listed = items(bounds, len(layers) - front.layer)
    for number, proofs in enumerate(listed, front.layer):
        layer = layers[number]
        if number > front.layer:
            vectors = affine(layer.matrix, vectors, [unit * x for x in cell.one])
            errors = [sum(map(mul, map(abs, row), errors)) for row in layer.matrix]
        proofs = items(proofs, len(vectors))
        neurons = zip(vectors, errors, layer.kinks, layer.pieces, proofs, strict=True)
        table, factor = integers([between(cell, unit, *neuron) for neuron in neurons])
        vectors, errors, unit = [z for *z, _ in table], [e for *_, e in table], unit * factor
    return vectors, errors, unit


def between(
    cell: Cell, unit: int, z: Vector, error: int, kinks: list[Vector], pieces: Vector, bounds: Any
) -> list[Fraction]:
    """Return w, w_0, r: the neuron's output is w.x + w_0 up to r, where z is in its bounds."""
    signs = (-1, 1) if kinks else ()
    known = zip(signs, items(bounds, len(signs)), strict=True)
    ends = [s * (most(cell, [s * x for x in z], y) + error) for s, y in known] or [Fraction(0)] * 2
    bends = [Fraction(-c * unit, m) for m, c in kinks]
    points = [*(p for p in bends if ends[0] < p < ends[1]), *ends]
    sides = [2 * sum(bend < point for bend in bends) for point in points]
    values = [pieces[i] * p + pieces[i + 1] * unit for i, p in zip(sides, points, strict=True)]
    slope = Fraction(pieces[sides[-1]])
    if len(points) > 2:
        chord = Fraction(values[-1] - values[-2], ends[1] - ends[0])
        slope = Fraction((512 * chord + 1) // 2, 256)
    shifts = [value - slope * p for value, p in zip(values, points, strict=True)]
    middle, radius = (Fraction(max(shifts) + sign * min(shifts), 2) for sign in (1, -1))
    return [*(slope * x for x in z[:-1]), slope * z[-1] + middle, abs(slope) * error + radius]
