"""The subdivision: depth first, one cell and one kink at a time (the reference form).

A node of the tree is a cell on which the pieces of the stages before are known.  If a kink of its
stage cuts it, the lowest-numbered one splits it in two.  If none does, every neuron is on one piece
there, and the cell goes on to the next stage; after the last it is finished.  Lowest first makes
the finished cells come in lexicographic order of their patterns.

A maximum splits a cell into as many parts as it has arguments that are largest somewhere, each cut
out by that argument's differences with all others.  Splitting by pairs in turn would leave walls
that are none, where two arguments are equal and a third one is larger.

References
----------
Masden 2022, arXiv:2207.07696; Berzins 2023, arXiv:2306.07212 (edge subdivision in floats).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from exactpwl.domain import Domain
from exactpwl.engine.cell import Cell, Vector, cut, union
from exactpwl.engine.events import Listener
from exactpwl.engine.start import Start, start
from exactpwl.engine.view import StageView
from exactpwl.pattern import Pattern
from exactpwl.stage import MaxStage
from exactpwl.stages import Stages

__all__ = ["FinishedCell", "subdivide"]


class FinishedCell(NamedTuple):
    """A full-dimensional cell of the last stage: an activation region.

    The generators are sorted, so that every form of the engine gives the same cells.  `tight` holds
    a bit mask of inequalities for each generator: bit 0 for t >= 0, then the domain's rows, then
    the kinks in the order of `Network.kinks`; only kinks that cut the cell's ancestors have bits.
    """

    pattern: Pattern
    generators: tuple[Vector, ...]
    tight: tuple[int, ...]

    @classmethod
    def of(
        cls,
        pattern: Iterable[Iterable[int]],
        generators: Iterable[Vector],
        tight: Iterable[int],
    ) -> FinishedCell:
        """Return the cell with its generators in order."""
        ordered = sorted(zip(generators, tight, strict=True))
        return cls(Pattern(pattern), *map(tuple, zip(*ordered, strict=True)))


class Node(NamedTuple):
    """A node of the subdivision tree; `share` is its part of the whole, for progress."""

    prefix: tuple[tuple[int, ...], ...]
    cell: Cell
    view: StageView | None
    share: float


class Tree:
    """How the nodes of one network's subdivision open.

    Parameters
    ----------
    stages : Stages
    rank : int
    domain_rows : int
        The number of the domain's rows, whose bits come before the kinks'.
    """

    def __init__(self, stages: Stages, rank: int, domain_rows: int) -> None:
        self.stages = stages.stages
        self.whole = stages
        self.rank = rank
        self.first_bits: list[int] = []
        bit = 1 + domain_rows
        for stage in self.stages:
            self.first_bits.append(bit)
            bit += len(stage.kinks)

    def root(self, cell: Cell) -> Node:
        """Return the root, on which nothing is decided yet."""
        return self._enter((), cell, self.whole.identity(), 1.0)

    def children(self, node: Node) -> tuple[Node, ...]:
        """Return the nodes under an unfinished one: two halves, or the cell in the next stage."""
        prefix, cell, view, share = node
        assert view is not None
        above = union(cell.above)
        crossing = above & union(cell.below)
        if cell.lines:
            crossing |= view.crossed_by_lines(cell.lines)
        if isinstance(view.stage, MaxStage):
            open_maximum = _first_open(view.stage, above, crossing)
            if open_maximum is not None:
                return self._arguments(node, view.stage, open_maximum)
            crossing = 0
        if not crossing:
            pieces = view.stage.pieces_of(above)
            hidden = (
                view.stage.act(view.pre, pieces) if len(prefix) + 1 < len(self.stages) else None
            )
            return (self._enter((*prefix, pieces), cell, hidden, share),)
        flag = crossing & -crossing
        kink = flag.bit_length() - 1
        bit = 1 << (self.first_bits[len(prefix)] + kink)
        halves = cut(cell, view.row(kink), flag, bit, self.rank, view.sides)
        return tuple(Node(prefix, half, view, share / 2) for half in halves if half is not None)

    def _arguments(self, node: Node, stage: MaxStage, neuron: int) -> tuple[Node, ...]:
        """Split a cell into those where one argument of a maximum is largest."""
        parts = []
        for piece in range(len(stage.members[neuron])):
            part = self._where_largest(node, stage, neuron, piece)
            if part is not None:
                parts.append(part)
        return tuple(node._replace(cell=part, share=node.share / len(parts)) for part in parts)

    def _where_largest(self, node: Node, stage: MaxStage, neuron: int, piece: int) -> Cell | None:
        cell, view = node.cell, node.view
        assert view is not None
        for kink, ahead in stage.rivals(neuron, piece):
            bit = 1 << (self.first_bits[len(node.prefix)] + kink)
            row, flag = view.row(kink), 1 << kink
            below, above = cut(cell, row, flag, bit, self.rank, view.sides)
            kept = above if ahead else below
            if kept is None:
                return None
            cell = kept
        return cell

    def _enter(
        self, prefix: tuple[tuple[int, ...], ...], cell: Cell, hidden: Any, share: float
    ) -> Node:
        if len(prefix) == len(self.stages):
            return Node(prefix, cell, None, share)
        view = StageView(self.stages[len(prefix)], hidden)
        return Node(prefix, view.look_at(cell), view, share)

    def leaves(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Yield the finished nodes below `nodes`, in lexicographic order of patterns."""
        stack = list(reversed(nodes))
        while stack:
            node = stack.pop()
            if len(node.prefix) == len(self.stages):
                yield node
            else:
                stack.extend(reversed(self.children(node)))


def _first_open(stage: MaxStage, above: int, crossing: int) -> int | None:
    """Return the first maximum of which no argument is largest on a whole cell.

    An argument is, if it is ahead of all before it and behind none after it; of identical ones the
    first.  Pairs of others may cross the cell: they are no walls.
    """
    for neuron, group in enumerate(stage.members):
        for piece in range(len(group)):
            rivals = list(stage.rivals(neuron, piece))
            mask = sum(1 << k for k, _ in rivals)
            wanted = sum(1 << k for k, ahead in rivals if ahead)
            if not mask & crossing and mask & above == wanted:
                break
        else:
            return neuron
    return None


def subdivide(
    stages: Stages, domain: Domain, *, listener: Listener | None = None
) -> tuple[Start, list[FinishedCell]]:
    """Return all activation regions of a network over a domain, in lexicographic order.

    Parameters
    ----------
    stages : Stages
    domain : Domain
    listener : Listener, optional
        Is told of every finished cell.

    Raises
    ------
    DomainError
        If the domain has no interior.
    TooLargeError
        See `exactpwl.engine.start.start`.
    """
    begin = start(stages, domain)
    tree = Tree(stages, begin.rank, len(domain.rows))
    cells: list[FinishedCell] = []
    for leaf in tree.leaves([tree.root(begin.cell)]):
        cells.append(FinishedCell.of(leaf.prefix, leaf.cell.generators, leaf.cell.tight))
        if listener is not None:
            listener.regions(1, leaf.share)
    if listener is not None:
        listener.finished(len(cells))
    return begin, cells
