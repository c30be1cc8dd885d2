"""The split tree of a property over a box with many inputs, where no cell can know its vertices.

A box of R^64 has 2^64 vertices.  So nothing here touches one: functions are bounded on the whole
box, which is a sum over the inputs; and what the bounds leave open is asked of exact linear
programs, one for each side of a kink (is it empty?) and one for each leaf
(`exactpwl.certificate.box_programs`).  The tree, its rows and
its multipliers are those of `exactpwl.certificate.pruned`, and the checker sees no difference.

It answers where few neurons are open on the box, because the bounds do not improve from branch to
branch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from exactpwl.certificate.box_programs import Answer, positive_together
from exactpwl.certificate.claims import Clause
from exactpwl.certificate.enclosure import Box, Ceiling, enclosed
from exactpwl.certificate.endings import Closed, Failure, Question, own_name, together
from exactpwl.certificate.screening import in_floats, screened
from exactpwl.certificate.steps import Decided, Refutation, Split
from exactpwl.domain import Domain
from exactpwl.engine.cell import Vector, dot
from exactpwl.engine.view import StageView
from exactpwl.errors import DomainError
from exactpwl.geometry import members
from exactpwl.network import Kink, Network
from exactpwl.rationals import homogeneous, primitive

__all__ = ["ManyInputs"]

Floats = npt.NDArray[np.float64]
Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class _Node:
    """A cell: its rows by name, a point inside, and the kinks of its stage that are not decided."""

    prefix: tuple[tuple[int, ...], ...]
    view: StageView | None
    left: int
    above: int
    rows: Mapping[str | Kink, Vector]
    point: Point
    share: float


class ManyInputs:
    """The walk over the tree.

    Parameters
    ----------
    network : Network
        Without maxima.
    domain : Domain
        A box.
    clauses : sequence of clauses
    box : Box
        That of the domain.
    """

    def __init__(
        self, network: Network, domain: Domain, clauses: Sequence[Clause], box: Box
    ) -> None:
        self.question, self.domain, self.box = Question(network, clauses), domain, box
        self.stages = network.stages.stages
        self.kinks = [
            [
                Kink(stage.layer, neuron, bend)
                for (neuron, _, _), bend in zip(stage.kinks, stage.bends, strict=True)
            ]
            for stage in self.stages
        ]

    def steps(self) -> Iterator[Split | Decided | Closed | Failure]:
        """Yield the steps of the tree in preorder."""
        ends = self.domain.as_box()
        if ends is None or any(low >= high for low, high in ends):
            raise DomainError(f"a box with an interior is required, and {self.domain} is none")
        middle = tuple((low + high) / 2 for low, high in ends)
        rows: dict[str | Kink, Vector] = {
            f"d{i}": (*normal, offset) for i, (normal, offset) in enumerate(self.domain.rows)
        }
        hidden = self.question.network.stages.identity()
        waiting = [self._entered((), hidden, rows, middle, 1.0)]
        while waiting:
            yield from self._opened(waiting.pop(), waiting)

    def _entered(
        self,
        prefix: tuple[tuple[int, ...], ...],
        hidden: Any,
        rows: Mapping[str | Kink, Vector],
        point: Point,
        share: float,
    ) -> _Node:
        """Return the node where the next stage begins; constant kinks are decided there."""
        if len(prefix) == len(self.stages):
            return _Node(prefix, None, 0, 0, rows, point, share)
        view = StageView(self.stages[len(prefix)], hidden)
        left = above = 0
        for kink in range(len(self.kinks[len(prefix)])):
            row = view.row(kink)
            left |= any(row[:-1]) << kink
            above |= (not any(row[:-1]) and row[-1] > 0) << kink
        return _Node(prefix, view, left, above, rows, point, share)

    def _opened(
        self, node: _Node, waiting: list[_Node]
    ) -> Iterator[Split | Decided | Closed | Failure]:
        """Yield the steps of a node, and put its children on the stack."""
        if not self.question.holds_at(node.point):
            yield Failure(node.point)
            return
        if node.view is None:
            yield self._leaf(node)
            return
        closed, gaps = self._closed(node, node.view)
        if closed is not None:
            yield closed
            return
        view = node.view
        for kink in members(node.left):
            decided = self._decided_by_the_box(node, view, kink)
            if decided is not None:
                yield decided
                node = _without(node, kink, decided.above)
        if node.left:
            yield from self._split(node, view, gaps, waiting)
            return
        pieces = view.stage.pieces_of(node.above)
        hidden = view.stage.act(view.pre, pieces)
        waiting.append(
            self._entered((*node.prefix, pieces), hidden, node.rows, node.point, node.share)
        )

    def _decided_by_the_box(self, node: _Node, view: StageView, kink: int) -> Decided | None:
        """Return the step that decides a kink which is on one side of the whole box, if it is."""
        row = primitive(view.row(kink))
        for above, own in ((True, tuple(-c for c in row)), (False, row)):
            most, proof = self._from_the_box(own)
            if most <= 0:
                return Decided(self.kinks[len(node.prefix)][kink], above, proof)
        return None

    def _split(
        self, node: _Node, view: StageView, gaps: Floats, waiting: list[_Node]
    ) -> Iterator[Split | Decided]:
        """Split a cell by the open kink that costs most, or decide it where one side is empty."""
        kink = max(members(node.left), key=lambda k: (gaps[view.stage.kinks[k][0]], -k))
        name = self.kinks[len(node.prefix)][kink]
        row = primitive(view.row(kink))
        others = [r for key, r in node.rows.items() if key not in self._domain_names]
        children = []
        for above, own in ((False, tuple(-c for c in row)), (True, row)):
            found = positive_together([own], others, self.box)
            if found.point is None:
                yield Decided(name, not above, self._proof(found, node))
                waiting.append(_without(node, kink, not above))
                return
            half = _without(node, kink, above)
            point = _towards(found.point, node.point, own)
            rows = {**node.rows, name: own}
            children.append(replace(half, rows=rows, point=point, share=node.share / 2))
        yield Split(name)
        waiting += reversed(children)

    def _leaf(self, node: _Node) -> Closed | Failure:
        """Return multipliers for each clause, or a point at which one fails."""
        found = self.question.network.stages.affine_map(node.prefix)
        proofs = list[Refutation]()
        for clause in self.question.clauses:
            slacks = [inequality.slack(found) for inequality in clause]
            one = self._one_holds(slacks, clause)
            proof = one or self._together(slacks, clause, node)
            if isinstance(proof, Failure):
                return proof
            proofs.append(proof)
        return Closed(homogeneous(node.point), proofs, None, node.share)

    def _together(
        self, slacks: Sequence[Vector], clause: Clause, node: _Node
    ) -> Refutation | Failure:
        """Return multipliers for all inequalities of a clause, or a point at which none holds."""
        if any(inequality.strict for inequality in clause):
            return together(slacks, clause, dict(node.rows))
        others = [r for key, r in node.rows.items() if key not in self._domain_names]
        owns = [tuple(-c for c in slack) for slack in slacks]
        found = positive_together(owns, others, self.box)
        return self._proof(found, node, len(owns)) if found.point is None else Failure(found.point)

    def _proof(self, found: Answer, node: _Node, owns: int = 1) -> Refutation:
        """Return multipliers by name: those of a program, and the box's for what is left."""
        names: list[str | Kink] = [*map(own_name, range(owns))]
        names += [key for key in node.rows if key not in self._domain_names]
        _, rest = self._from_the_box(found.total)
        times = rest.pop("own")
        known = zip(names, found.multipliers, strict=True)
        return {**{name: times * count for name, count in known if count}, **rest}

    @cached_property
    def _domain_names(self) -> frozenset[str | Kink]:
        return frozenset(f"d{i}" for i in range(len(self.domain.rows)))

    def _closed(self, node: _Node, view: StageView) -> tuple[Closed | None, Floats]:
        """Return the end of a branch with open neurons, or None; and what each neuron costs."""
        asked, first = self.question, view.stage.layer
        looked = screened(asked.float_layers, first, in_floats(view), self.extent)
        if not node.left:
            return None, looked.gaps
        known = asked.known(view, node.left, node.above, self.kinks[len(node.prefix)])
        found = enclosed(asked.layers, first, asked.functions(view), known, looked, self)
        proofs = list[Refutation]()
        for clause in asked.clauses:
            slacks = [
                tuple(-c for c in found.excess(inequality, asked.scale)[0]) for inequality in clause
            ]
            proof = self._one_holds(slacks, clause)
            if proof is None:
                return None, looked.gaps
            proofs.append(proof)
        return Closed(homogeneous(node.point), proofs, found.bounds, node.share), looked.gaps

    def _one_holds(self, slacks: Sequence[Vector], clause: Clause) -> Refutation | None:
        """Return multipliers for an inequality that holds on the whole box, if one does."""
        for place, (slack, inequality) in enumerate(zip(slacks, clause, strict=True)):
            most, proof = self._from_the_box(tuple(-c for c in slack))
            if most < 0 or (most == 0 and not inequality.strict):
                own = proof.pop("own")
                return {own_name(place): own, **proof}
        return None

    def _from_the_box(self, function: Vector) -> tuple[Fraction, Refutation]:
        """Return what a function is at most on the box, and multipliers that show it."""
        found: dict[str | Kink, Fraction] = {"own": Fraction(1)}
        for i, c in enumerate(function[:-1]):
            if c:
                name, size = self._rows_of_ends[i, c > 0]
                found[name] = Fraction(abs(c), size)
        return self.box.most(function), _integral(found)

    @cached_property
    def _rows_of_ends(self) -> dict[tuple[int, bool], tuple[str, int]]:
        """The name of the domain's row for each end of each input, and its coefficient's size."""
        found = {}
        for number, (normal, _) in enumerate(self.domain.rows):
            ((i, c),) = ((i, c) for i, c in enumerate(normal) if c)
            found[i, c < 0] = (f"d{number}", abs(c))
        return found

    def extent(self, functions: Floats) -> tuple[Floats, Floats]:
        """Return the least and the greatest values of functions on the box, in floats."""
        low, high = self._corners
        slopes, constants = functions[:, :-1], functions[:, -1]
        rising, falling = np.maximum(slopes, 0.0), np.minimum(slopes, 0.0)
        return (
            rising @ low + falling @ high + constants,
            rising @ high + falling @ low + constants,
        )

    @cached_property
    def _corners(self) -> tuple[Floats, Floats]:
        size = self.domain.dimension
        low, high = (
            np.array([self.box.ends[i, side] / self.box.unit for i in range(size)])
            for side in (False, True)
        )
        return low, high

    def loosely(self, function: Sequence[int]) -> Ceiling:
        """Return what a function is at most on the box."""
        return Ceiling(self.box.most(function), {"own": 1})

    def most(self, function: Sequence[int], size: int, guess: Floats) -> Ceiling:
        """Return the same: there is no better bound."""
        return self.loosely(function)


def _without(node: _Node, kink: int, above: bool) -> _Node:
    """Return a node with one more kink decided."""
    return replace(node, left=node.left & ~(1 << kink), above=node.above | above << kink)


def _towards(point: Point, inside: Point, own: Vector) -> Point:
    """Return a point strictly inside, on the way from one at which `own` is positive."""
    step = Fraction(1, 2)
    while True:
        near = tuple(p + step * (q - p) for p, q in zip(point, inside, strict=True))
        if dot(own, homogeneous(near)) > 0:
            return near
        step /= 2


def _integral(multipliers: Mapping[str | Kink, Fraction]) -> Refutation:
    """Return coprime integers in the ratio of positive multipliers."""
    used = {name: y for name, y in multipliers.items() if y}
    numbers = homogeneous(tuple(used.values()))[:-1]
    return dict(zip(used, primitive(numbers), strict=True))
