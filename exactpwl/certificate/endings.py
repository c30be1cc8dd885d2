"""How branches of a property's tree end, and what two walks over it share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import neg
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.certificate.claims import Clause, Inequality
from exactpwl.certificate.enclosure import Bounds, Ceiling, Ends
from exactpwl.certificate.integer_layers import integer_layers
from exactpwl.certificate.screening import FloatLayer, float_layers
from exactpwl.certificate.steps import Refutation
from exactpwl.engine.cell import Vector
from exactpwl.engine.view import StageView
from exactpwl.feasibility import feasible
from exactpwl.inequality import Row
from exactpwl.network import Kink, Network
from exactpwl.rationals import primitive

__all__ = ["Closed", "Failure", "Question", "own_name", "together"]

Point = tuple[Fraction, ...]
Floats = npt.NDArray[np.float64]


class Closed(NamedTuple):
    """A branch ends: for each clause multipliers, for outputs that are exact or within bounds."""

    witness: Vector
    proofs: list[Refutation]
    bounds: Bounds | None
    share: float


class Failure(NamedTuple):
    """A point of the closed domain at which some clause has no inequality that holds."""

    point: Point


def own_name(place: int) -> str:
    """Return the name of an inequality's negation among the rows.

    Examples
    --------
    >>> own_name(0), own_name(1)
    ('own', 'own1')
    """
    return f"own{place or ''}"


def together(
    slacks: Sequence[Vector], clause: Clause, rows: dict[str | Kink, Vector]
) -> Refutation | Failure:
    """Return multipliers that refute all inequalities at once, or a point at which none holds.

    Parameters
    ----------
    slacks : for each inequality of the clause its right side less its left one, over (x, t)
    clause : Clause
    rows : by name, functions that are >= 0 on the cell and define it
    """
    known: list[Row] = [(row[:-1], row[-1]) for row in rows.values()]
    known += [(tuple(map(neg, slack[:-1])), -slack[-1]) for slack in slacks]
    strict = [False] * len(rows) + [not inequality.strict for inequality in clause]
    answer = feasible(known, strict, len(slacks[0]) - 1)
    if answer.multipliers is None:
        assert answer.point is not None
        return Failure(answer.point)
    names = [*rows, *map(own_name, range(len(clause)))]
    used = [(names[i], y) for i, y in answer.multipliers if y]
    common = lcm(*(y.denominator for _, y in used))
    return {name: int(y * common) for name, y in used}


class Question:
    """A network and what is asked of it, in integers and in floats."""

    def __init__(self, network: Network, clauses: Sequence[Clause]) -> None:
        self.network, self.clauses = network, clauses
        self.layers, self.scale = integer_layers(network)

    @cached_property
    def float_layers(self) -> tuple[FloatLayer, ...]:
        """The network in floats."""
        return float_layers(self.network)

    @cached_property
    def atoms(self) -> list[list[tuple[Floats, Floats, float]]]:
        """The clauses in floats."""
        return [[_floats(inequality) for inequality in clause] for clause in self.clauses]

    def holds_at(self, point: Point) -> bool:
        """Return whether every clause holds at a point, exactly."""
        outputs = self.network(point)
        return all(any(i.holds(outputs, point) for i in clause) for clause in self.clauses)

    def functions(self, view: StageView) -> list[list[int]]:
        """Return the pre-activations of a stage over its layer's scale."""
        pre, scale = view.pre, self.layers[view.stage.layer].scale
        size = int(pre[-1][-1])
        return [[int(c) * scale // size for c in row] for row in pre[:-1]]

    def known(self, view: StageView, left: int, above: int, kinks: Sequence[Kink]) -> list[Ends]:
        """Return for each neuron of a stage the ends that its own decided kinks give.

        Those in `left` are not decided; the others are above iff their bit is in `above`.
        """
        layer, functions = self.layers[view.stage.layer], self.functions(view)
        found: list[list[Ceiling | None]] = [[None, None] for _ in functions]
        for kink, (neuron, _, _) in enumerate(view.stage.kinks):
            z = functions[neuron]
            if not any(z[:-1]):
                found[neuron] = [Ceiling(Fraction(s * z[-1]), {"own": 1}) for s in (-1, 1)]
            elif not left >> kink & 1:
                is_above = bool(above >> kink & 1)
                if is_above or found[neuron][1] is None:
                    row = primitive(view.row(kink))
                    ratio = next(Fraction(c, r) for c, r in zip(z, row, strict=True) if r)
                    bend = layer.bends[neuron][view.stage.bends[kink]]
                    end = -bend if is_above else bend
                    found[neuron][not is_above] = Ceiling(end, {"own": 1, kinks[kink]: ratio})
        return [(low, high) for low, high in found]


def _floats(inequality: Inequality) -> tuple[Floats, Floats, float]:
    numbers = [*inequality.coefficients], [*inequality.inputs]
    c, x = (np.array([float(number) for number in each]) for each in numbers)
    return c, x, float(inequality.bound)
