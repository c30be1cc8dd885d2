"""The subdivision: depth first, one cell and one kink at a time (the reference form).

A node of the tree is a cell on which the pieces of the stages before are known.  If a kink of its
stage cuts it, the lowest-numbered one splits it in two.  If none does, every neuron is on one piece
there, and the cell goes on to the next stage; after the last it is finished.  Lowest first makes
the finished cells come in lexicographic order of their patterns.

Subtrees are independent.  With an executor the tree is opened until there are enough of them,
each is a task, and results are taken in the order of the tree, so they do not depend on timing.

References
----------
Masden 2022, arXiv:2207.07696; Berzins 2023, arXiv:2306.07212 (edge subdivision in floats).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from typing import Any, NamedTuple

from exactpwl.domain import Domain
from exactpwl.engine.cell import Cell, Vector, cut
from exactpwl.engine.events import Listener
from exactpwl.engine.start import Start, start
from exactpwl.engine.view import StageView
from exactpwl.pattern import Pattern
from exactpwl.stages import Stages

__all__ = ["FinishedCell", "subdivide"]

TASKS = 64
"""Subtrees to hand to an executor: many more than workers, so that uneven ones even out."""


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

    def revived(self, node: Node) -> Node:
        """Return a node that travelled, with its view built anew."""
        if len(node.prefix) == len(self.stages):
            return node
        view = StageView(self.stages[len(node.prefix)], self.whole.hidden(node.prefix))
        return node._replace(view=view)

    def children(self, node: Node) -> tuple[Node, ...]:
        """Return the nodes under an unfinished one: two halves, or the cell in the next stage."""
        prefix, cell, view, share = node
        assert view is not None
        above = below = 0
        for mask in cell.above:
            above |= mask
        for mask in cell.below:
            below |= mask
        crossing = above & below
        if cell.lines:
            crossing |= view.crossed_by_lines(cell.lines)
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

    def _enter(
        self, prefix: tuple[tuple[int, ...], ...], cell: Cell, hidden: Any, share: float
    ) -> Node:
        if len(prefix) == len(self.stages):
            return Node(prefix, cell, None, share)
        view = StageView(self.stages[len(prefix)], hidden)
        return Node(prefix, view.look_at(cell), view, share)

    def is_finished(self, node: Node) -> bool:
        """Return whether all stages are decided."""
        return len(node.prefix) == len(self.stages)

    def leaves(self, nodes: Sequence[Node]) -> Iterator[Node]:
        """Yield the finished nodes below `nodes`, in lexicographic order of patterns."""
        stack = list(reversed(nodes))
        while stack:
            node = stack.pop()
            if len(node.prefix) == len(self.stages):
                yield node
            else:
                stack.extend(reversed(self.children(node)))

    def opened(self, root: Node, count: int) -> list[Node]:
        """Return about `count` nodes that together hold the whole tree, in its order."""
        nodes = [root]
        while len(nodes) < count:
            grown = [
                child
                for node in nodes
                for child in ([node] if self.is_finished(node) else self.children(node))
            ]
            if len(grown) == len(nodes) and all(map(self.is_finished, grown)):
                break
            nodes = grown
        return nodes


def subdivide(
    stages: Stages,
    domain: Domain,
    *,
    executor: Executor | None = None,
    listener: Listener | None = None,
) -> tuple[Start, list[FinishedCell]]:
    """Return all activation regions of a network over a domain, in lexicographic order.

    Parameters
    ----------
    stages : Stages
    domain : Domain
    executor : concurrent.futures.Executor, optional
        Subtrees become its tasks.
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
    root = tree.root(begin.cell)
    cells: list[FinishedCell] = []
    batches = _batches(tree, root, executor)
    for pattern, generators, tight, share in batches:
        cells.append(FinishedCell.of(pattern, generators, tight))
        if listener is not None:
            listener.regions(1, share)
    if listener is not None:
        listener.finished(len(cells))
    return begin, cells


Plain = tuple[tuple[tuple[int, ...], ...], tuple[Vector, ...], tuple[int, ...], float]


def _batches(tree: Tree, root: Node, executor: Executor | None) -> Iterator[Plain]:
    if executor is None:
        yield from map(_plain, tree.leaves([root]))
        return
    tasks = (
        [
            executor.submit(
                _subtree, tree.whole, tree.rank, tree.first_bits[0] - 1, _travelling(node)
            )
            for node in tree.opened(root, TASKS)
        ]
        if tree.stages
        else []
    )
    if not tree.stages:
        yield _plain(root)
    for task in tasks:
        yield from task.result()


def _travelling(node: Node) -> Node:
    return node._replace(view=None)


def _subtree(stages: Stages, rank: int, domain_rows: int, node: Node) -> list[Plain]:
    tree = Tree(stages, rank, domain_rows)
    return [_plain(leaf) for leaf in tree.leaves([tree.revived(node)])]


def _plain(node: Node) -> Plain:
    return node.prefix, node.cell.generators, node.cell.tight, node.share
