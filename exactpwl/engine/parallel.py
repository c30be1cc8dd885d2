"""The subdivision in several processes: subtrees are independent, so each can be a task.

The tree is opened in its first stage until there are enough nodes.  A task takes some of them, runs
the array form from there, and returns its cells with exact coordinates as plain tuples, or how many
they are.  Results
are taken in the order of the tree, so they do not depend on timing, nor on the number of workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from typing import TypeVar

from exactpwl.domain import Domain
from exactpwl.engine.array_cells import ArrayCells
from exactpwl.engine.breadth import count_below, run_arrays, starting_nodes
from exactpwl.engine.events import Listener
from exactpwl.engine.start import Start
from exactpwl.engine.subdivide import FinishedCell, Node, Tree
from exactpwl.stages import Stages

__all__ = ["count_in_parallel", "subdivide_in_parallel"]

TASKS = 64
"""Many more than workers, so that uneven ones even out."""


Result = TypeVar("Result")


def subdivide_in_parallel(
    stages: Stages, domain: Domain, executor: Executor, listener: Listener | None = None
) -> tuple[Start, list[FinishedCell]] | None:
    """Return all cells, or None where only the reference form can find them."""
    found = starting_nodes(stages, domain)
    if found is None:
        return None
    begin, tree, nodes = found
    cells: list[FinishedCell] = []
    for part, share in _results(_cells, executor, stages, domain, begin, _opened(tree, nodes)):
        cells += part
        if listener is not None:
            listener.regions(len(part), share)
    if listener is not None:
        listener.finished(len(cells))
    return begin, cells


def count_in_parallel(
    stages: Stages, domain: Domain, executor: Executor, listener: Listener | None = None
) -> tuple[int, int] | None:
    """Return the number of all cells and of the bounded ones, keeping none of them.

    None where only the reference form can find them.
    """
    found = starting_nodes(stages, domain)
    if found is None:
        return None
    begin, tree, nodes = found
    total = bounded = 0
    for (some, bounded_ones), share in _results(
        count_below, executor, stages, domain, begin, _opened(tree, nodes)
    ):
        total += some
        bounded += bounded_ones
        if listener is not None:
            listener.regions(some, share)
    if listener is not None:
        listener.finished(total)
    return total, bounded


def _results(
    task: Callable[[Stages, Domain, Start, Sequence[Node]], Result],
    executor: Executor,
    stages: Stages,
    domain: Domain,
    begin: Start,
    nodes: Sequence[Node],
) -> Iterator[tuple[Result, float]]:
    """Yield what a task gives for some nodes at a time, in order, with their share."""
    size = -(-len(nodes) // TASKS)
    groups = [nodes[low : low + size] for low in range(0, len(nodes), size)]
    tasks = [
        executor.submit(task, stages, domain, begin, [n._replace(view=None) for n in group])
        for group in groups
    ]
    for done, group in zip(tasks, groups, strict=True):
        yield done.result(), sum(node.share for node in group)


def _opened(tree: Tree, nodes: Sequence[Node]) -> list[Node]:
    """Split nodes of the first stage until there are enough, or no kink of it cuts any."""
    growing = list(nodes)
    while len(growing) < TASKS:
        grown: list[Node] = []
        for node in growing:
            children = tree.children(node)
            grown += (node,) if children[0].prefix else children
        if len(grown) == len(growing):
            break
        growing = grown
    return growing


def _cells(
    stages: Stages, domain: Domain, begin: Start, nodes: Sequence[Node]
) -> list[FinishedCell]:
    return ArrayCells(run_arrays(stages, domain, begin, nodes), stages).cells()
