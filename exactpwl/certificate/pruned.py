"""The split tree of a property: branches end where the property is seen to hold.

The walk is that of `exactpwl.certificate.steps`, with two differences.  A branch ends as soon as
the outputs, known up to errors, satisfy every clause on the whole cell (`enclosure`); so neurons
that do not matter there are never decided.  And a cell is split by the kink that costs most: the
error that its neuron adds, times the weights behind it.

Where all neurons are decided the outputs are affine functions, and the answer is exact: one
inequality of each clause holds on all generators, and is peeled off; or an exact linear program
either finds multipliers for several of them, or a point at which none holds (Farkas 1902).

A point that fails ends the search.  On the way the middle of each cell is tried, in floats first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import mul, neg
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.certificate.claims import Clause, Inequality
from exactpwl.certificate.enclosure import (
    Bounder,
    Bounds,
    Ceiling,
    Enclosure,
    Ends,
    box_of,
    enclosed,
)
from exactpwl.certificate.integer_layers import integer_layers
from exactpwl.certificate.screening import FloatLayer, Screened, float_layers, screened
from exactpwl.certificate.steps import (
    Decided,
    Node,
    Refutation,
    Split,
    Walk,
    refutation,
    require_no_maxima,
)
from exactpwl.domain import Domain
from exactpwl.engine.cell import AT_INFINITY, Cell, Vector, dot, union
from exactpwl.engine.events import Listener
from exactpwl.engine.start import Start, start
from exactpwl.feasibility import feasible
from exactpwl.geometry import inner_vector, members
from exactpwl.inequality import Row
from exactpwl.network import Network
from exactpwl.rationals import ordinary, primitive

__all__ = ["Closed", "Failure", "Search", "pruned_steps", "search"]

ROUNDS, RATE = 60, 0.5
WEIGHT = 1 << 10
"""The largest weight of an inequality in a sum of several."""

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


def pruned_steps(
    network: Network, domain: Domain, clauses: Sequence[Clause], *, proving: bool = True
) -> Iterator[Split | Decided | Closed | Failure]:
    """Yield the steps of the split tree in preorder, up to the first failure.

    Without `proving` the sides that are left out are not refuted: the multipliers are empty.

    Raises
    ------
    DomainError, TooLargeError
        As in `exactpwl.regions`.
    CertificateError
        If the network has maxima over groups.
    """
    require_no_maxima(network.stages)
    begin = start(network.stages, domain)
    walk = _PrunedWalk(network, domain, clauses, begin)
    walk.is_proving = proving
    for step in walk.steps(begin.cell):
        yield step
        if isinstance(step, Failure):
            return


class Search(NamedTuple):
    """What a search has found.

    Attributes
    ----------
    failure : tuple of Fraction or None
        A point at which the property fails.
    leaves : int
        Branches that have ended.
    share : float
        The part of the tree that is done, 1 at the end: each split halves what it splits.
    is_complete : bool
        False where a budget ended before a failure was found or all branches were done.
    """

    failure: Point | None
    leaves: int
    share: float
    is_complete: bool


def search(
    network: Network,
    domain: Domain,
    clauses: Sequence[Clause],
    *,
    timeout: float | None = None,
    max_leaves: int | None = None,
    listener: Listener | None = None,
) -> Search:
    """Look for a point at which a property fails, until there is none left to look at.

    Parameters
    ----------
    network, domain, clauses
    timeout : float, optional
        Seconds after which it ends.
    max_leaves : int, optional
        Branches after which it ends.
    listener : Listener, optional
    """
    ends = None if timeout is None else time.monotonic() + timeout
    leaves, share = 0, 0.0
    for step in pruned_steps(network, domain, clauses, proving=False):
        if isinstance(step, Failure):
            return Search(step.point, leaves, share, True)
        if isinstance(step, Closed):
            leaves += 1
            share += step.share
            if listener is not None:
                listener.regions(1, step.share)
        if (ends is not None and time.monotonic() > ends) or (
            max_leaves is not None and leaves >= max_leaves and share < 1
        ):
            return Search(None, leaves, share, False)
    if listener is not None:
        listener.finished(leaves)
    return Search(None, leaves, 1.0, True)


class _PrunedWalk(Walk):
    """The walk over the tree; `looked` is what floats said of the node at hand."""

    def __init__(
        self, network: Network, domain: Domain, clauses: Sequence[Clause], begin: Start
    ) -> None:
        super().__init__(network.stages, begin.rank, domain)
        self.lines = begin.lines
        self.network, self.clauses = network, clauses
        self.layers, self.scale = integer_layers(network)
        self.box = box_of(domain)
        self.looked: Screened | None = None

    @cached_property
    def float_layers(self) -> tuple[FloatLayer, ...]:
        """The network in floats."""
        return float_layers(self.network)

    @cached_property
    def atoms(self) -> list[list[tuple[Floats, Floats, float]]]:
        """The clauses in floats."""
        return [[_floats(inequality) for inequality in clause] for clause in self.clauses]

    def ended(self, node: Node) -> Closed | Failure | None:
        """Return the end of a branch, or None if it goes on.

        Where a number is too large for floats, nothing is guessed: neurons are decided one by one.
        """
        self.looked = None
        if node.view is None:
            return self._decided_leaf(node)
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                return self._ended_early(node)
        except OverflowError:
            self.looked = None
            return None

    def _ended_early(self, node: Node) -> Closed | Failure | None:
        """Return the end of a branch with open neurons, or None if it goes on."""
        assert node.view is not None
        cell = node.cell
        if not node.left or cell.lines or self.lines or not all(g[-1] for g in cell.generators):
            return None
        bounder = Bounder(cell, self.rows, self.names, self.box)
        first = node.view.stage.layer
        self.looked = screened(self.float_layers, first, _in_floats(node), bounder.vertices)
        if not self.looked.is_finite:
            raise OverflowError
        failure = self._tried(cell, bounder.vertices)
        weights = None if failure else self._weights(bounder.vertices)
        if weights is None:
            return failure
        found = enclosed(
            self.layers, first, self._functions(node), self._known(node), self.looked, bounder
        )
        proofs = self._proofs(found, weights, cell)
        if proofs is None:
            return None
        return Closed(inner_vector(cell.generators), proofs, found.bounds, node.share)

    def chosen(self, node: Node, crossing: int) -> int:
        """Return the kink that costs most."""
        if self.looked is None:
            return super().chosen(node, crossing)
        assert node.view is not None
        kinks, gaps = node.view.stage.kinks, self.looked.gaps
        return max(members(crossing), key=lambda kink: (gaps[kinks[kink][0]], -kink))

    def _decided_leaf(self, node: Node) -> Closed | Failure:
        """Return multipliers for each clause, or a point at which one fails."""
        found = self.network.stages.affine_map(node.prefix)
        proofs = list[Refutation]()
        for clause in self.clauses:
            slacks = [inequality.slack(found) for inequality in clause]
            one = self._one_holds(slacks, clause, node.cell)
            proof = one or self._together(slacks, clause, node.cell)
            if isinstance(proof, Failure):
                return proof
            proofs.append(proof)
        return Closed(inner_vector(node.cell.generators), proofs, None, node.share)

    def _one_holds(self, slacks: Sequence[Vector], clause: Clause, cell: Cell) -> Refutation | None:
        """Return multipliers for an inequality that holds on the whole cell, if one does."""
        for place, (slack, inequality) in enumerate(zip(slacks, clause, strict=True)):
            least = int(inequality.strict)
            if any(dot(slack, line) for line in (*cell.lines, *self.lines)):
                continue
            if all(dot(slack, g) >= least * (g[-1] > 0) for g in cell.generators):
                return refutation(slack, cell, self.rows, self.names, _own(place))
        return None

    def _together(
        self, slacks: Sequence[Vector], clause: Clause, cell: Cell
    ) -> Refutation | Failure:
        """Return multipliers for several inequalities, or a point at which none holds."""
        bits = [1 << i for i in members(union(cell.tight) & ~AT_INFINITY)]
        rows: list[Row] = [(self.rows[bit][:-1], self.rows[bit][-1]) for bit in bits]
        rows += [(tuple(map(neg, slack[:-1])), -slack[-1]) for slack in slacks]
        strict = [False] * len(bits) + [not inequality.strict for inequality in clause]
        answer = feasible(rows, strict, self.network.input_dimension)
        if answer.multipliers is None:
            assert answer.point is not None
            return Failure(answer.point)
        names = [*(self.names[bit] for bit in bits), *map(_own, range(len(clause)))]
        used = [(names[i], y) for i, y in answer.multipliers if y]
        common = lcm(*(y.denominator for _, y in used))
        return {name: int(y * common) for name, y in used}

    def _proofs(
        self, found: Enclosure, weights: Sequence[Floats], cell: Cell
    ) -> list[Refutation] | None:
        """Return multipliers for each clause where the outputs are known up to errors."""
        proofs = list[Refutation]()
        for clause, chosen in zip(self.clauses, weights, strict=True):
            excesses = [found.excess(inequality, self.scale) for inequality in clause]
            counts = _in_integers(
                [Fraction(w) * s for w, (_, s) in zip(chosen, excesses, strict=True)]
            )
            columns = zip(*(function for function, _ in excesses), strict=True)
            slack = tuple(-sum(map(mul, counts, column)) for column in columns)
            least = int(not any(n and not i.strict for n, i in zip(counts, clause, strict=True)))
            if any(dot(slack, g) < least for g in cell.generators):
                return None
            proof = refutation(slack, cell, self.rows, self.names)
            times = proof.pop("own")
            proofs.append({**{_own(j): times * n for j, n in enumerate(counts) if n}, **proof})
        return proofs

    def _functions(self, node: Node) -> list[list[int]]:
        """Return the pre-activations of the node's layer over its scale."""
        assert node.view is not None
        pre, scale = node.view.pre, self.layers[node.view.stage.layer].scale
        size = int(pre[-1][-1])
        return [[int(c) * scale // size for c in row] for row in pre[:-1]]

    def _known(self, node: Node) -> list[Ends]:
        """Return for each neuron the ends that its own decided kinks give."""
        assert node.view is not None
        stage = node.view.stage
        layer, functions = self.layers[stage.layer], self._functions(node)
        above = union(node.cell.above)
        found: list[list[Ceiling | None]] = [[None, None] for _ in functions]
        for kink, (neuron, _, _) in enumerate(stage.kinks):
            z = functions[neuron]
            if not any(z[:-1]):
                found[neuron] = [Ceiling(Fraction(s * z[-1]), {"own": 1}) for s in (-1, 1)]
            elif not node.left >> kink & 1:
                is_above = bool(above >> kink & 1)
                if is_above or found[neuron][1] is None:
                    row = primitive(node.view.row(kink))
                    ratio = next(Fraction(c, r) for c, r in zip(z, row, strict=True) if r)
                    name = self.kinks[len(node.prefix)][kink]
                    bend = layer.bends[neuron][stage.bends[kink]]
                    sign = -1 if is_above else 1
                    found[neuron][not is_above] = Ceiling(sign * bend, {"own": 1, name: ratio})
        return [(low, high) for low, high in found]

    def _weights(self, vertices: Floats) -> list[Floats] | None:
        """Return for each clause weights with which its excesses sum to less than 0, in floats."""
        assert self.looked is not None
        found = []
        for atoms in self.atoms:
            excesses = []
            for c, x, bound in atoms:
                function = c @ self.looked.outputs
                function[: len(x)] += x
                excesses.append(vertices @ function + np.abs(c) @ self.looked.errors - bound)
            weights = _winning(np.array(excesses))
            if weights is None:
                return None
            found.append(weights)
        return found

    def _tried(self, cell: Cell, vertices: Floats) -> Failure | None:
        """Return the middle of a cell if a clause fails there."""
        hidden = vertices.mean(axis=0)[:-1]
        x = hidden
        for layer in self.float_layers:
            hidden = layer.at(hidden)
        if all(any(c @ hidden + i @ x <= b for c, i, b in atoms) for atoms in self.atoms):
            return None
        point = ordinary(inner_vector(cell.generators))
        outputs = self.network(point)
        held = all(any(i.holds(outputs, point) for i in clause) for clause in self.clauses)
        return None if held else Failure(point)


def _own(place: int) -> str:
    """Return the name of an inequality's negation among the rows."""
    return f"own{place or ''}"


def _floats(inequality: Inequality) -> tuple[Floats, Floats, float]:
    numbers = [*inequality.coefficients], [*inequality.inputs]
    c, x = (np.array([float(number) for number in each]) for each in numbers)
    return c, x, float(inequality.bound)


def _winning(excesses: Floats) -> Floats | None:
    """Return weights >= 0 with which the rows sum to at most 0 in every column, if they are found.

    One row is tried alone; then the matrix game is played (Freund & Schapire 1999): rows that do
    badly where the sum is greatest lose weight.
    """
    if not len(excesses):
        return None
    most = excesses.max(axis=1)
    if most.min() <= 0:
        return np.asarray((np.arange(len(most)) == most.argmin()) * 1.0)
    scales = np.abs(excesses).max(axis=1)
    game = excesses / scales[:, np.newaxis]
    if len(game) == 1 or game.min(axis=0).max() > 0:
        return None
    weights = total = np.full(len(game), 1 / len(game))
    for _ in range(ROUNDS):
        weights = weights * np.exp(-RATE * game[:, (weights @ game).argmax()])
        weights = weights / weights.sum()
        total = total + weights
        if (total @ game).max() < 0:
            return np.asarray(total / total.sum() / scales)
    return None


def _in_integers(numbers: Sequence[Fraction]) -> list[int]:
    """Return integers of a few digits that are about a multiple of the numbers."""
    largest = max(numbers) or Fraction(1)
    return [round(WEIGHT * number / largest) for number in numbers]


def _in_floats(node: Node) -> Floats:
    """Return the pre-activations of a node's layer."""
    assert node.view is not None
    size = int(node.view.pre[-1][-1])
    return np.array([[int(c) / size for c in row] for row in node.view.pre[:-1]])
