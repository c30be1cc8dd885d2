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
from operator import mul
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.certificate.claims import Clause
from exactpwl.certificate.enclosure import (
    Bounder,
    Enclosure,
    box_of,
    enclosed,
)
from exactpwl.certificate.endings import Closed, Failure, Question, own_name, together
from exactpwl.certificate.many_inputs import ManyInputs
from exactpwl.certificate.screening import Screened, in_floats, outputs_about, screened
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
from exactpwl.geometry import inner_vector, members
from exactpwl.network import Network
from exactpwl.rationals import ordinary

__all__ = ["Closed", "Failure", "Search", "pruned_steps", "search"]

MOST_INPUTS = 12
"""Of a box whose vertices are counted in thousands; with more, no vertex is computed."""

ROUNDS, RATE = 60, 0.5
WEIGHT = 1 << 10
"""The largest weight of an inequality in a sum of several."""

Point = tuple[Fraction, ...]
Floats = npt.NDArray[np.float64]


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
    box = box_of(domain)
    if box is not None and domain.dimension > MOST_INPUTS and domain.as_box() is not None:
        steps = ManyInputs(network, domain, clauses, box).steps()
    else:
        begin = start(network.stages, domain)
        walk = _PrunedWalk(network, domain, clauses, begin)
        walk.is_proving = proving
        steps = walk.steps(begin.cell)
    for step in steps:
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
        self.question = Question(network, clauses)
        self.box = box_of(domain)
        self.looked: Screened | None = None

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
        asked, functions = self.question, in_floats(node.view)
        self.looked = screened(asked.float_layers, first, functions, bounder.extent)
        if not self.looked.is_finite:
            raise OverflowError
        failure = self._tried(cell, bounder.vertices)
        weights = None if failure else self._weights(bounder.vertices)
        if weights is None:
            return failure
        kinks = self.kinks[len(node.prefix)]
        known = asked.known(node.view, node.left, union(cell.above), kinks)
        exactly = asked.functions(node.view)
        found = enclosed(asked.layers, first, exactly, known, self.looked, bounder)
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
        found = self.question.network.stages.affine_map(node.prefix)
        bits = [1 << i for i in members(union(node.cell.tight) & ~AT_INFINITY)]
        rows = {self.names[bit]: self.rows[bit] for bit in bits}
        proofs = list[Refutation]()
        for clause in self.question.clauses:
            slacks = [inequality.slack(found) for inequality in clause]
            one = self._one_holds(slacks, clause, node.cell)
            proof = one or together(slacks, clause, rows)
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
                return refutation(slack, cell, self.rows, self.names, own_name(place))
        return None

    def _proofs(
        self, found: Enclosure, weights: Sequence[Floats], cell: Cell
    ) -> list[Refutation] | None:
        """Return multipliers for each clause where the outputs are known up to errors."""
        proofs = list[Refutation]()
        for clause, chosen in zip(self.question.clauses, weights, strict=True):
            excesses = [found.excess(inequality, self.question.scale) for inequality in clause]
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
            proofs.append({**{own_name(j): times * n for j, n in enumerate(counts) if n}, **proof})
        return proofs

    def _weights(self, vertices: Floats) -> list[Floats] | None:
        """Return for each clause weights with which its excesses sum to less than 0, in floats."""
        assert self.looked is not None
        found = []
        for atoms in self.question.atoms:
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
        x = vertices.mean(axis=0)[:-1]
        (y,) = outputs_about(self.question.float_layers, x[:, np.newaxis]).T
        if all(any(c @ y + i @ x <= b for c, i, b in atoms) for atoms in self.question.atoms):
            return None
        point = ordinary(inner_vector(cell.generators))
        return None if self.question.holds_at(point) else Failure(point)


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
