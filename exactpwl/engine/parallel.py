"""The subdivision in several processes: subtrees are independent, so each can be a task.

The tree is opened in its first stage until there are enough nodes.  A task takes some of them, runs
the array form from there, and returns its cells with exact coordinates as plain tuples.  Results
are taken in the order of the tree, so they do not depend on timing, nor on the number of workers.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from exactpwl.domain import Domain
from exactpwl.engine.array_cells import ArrayCells
from exactpwl.engine.breadth import run_arrays, starting_nodes
from exactpwl.engine.events import Listener
from exactpwl.engine.start import Start
from exactpwl.engine.subdivide import FinishedCell, Node, Tree
from exactpwl.stages import Stages

__all__ = ["subdivide_in_parallel"]

TASKS = 64
"""Many more than workers, so that uneven ones even out."""


def subdivide_in_parallel(
    stages: Stages, domain: Domain, executor: Executor, listener: Listener | None = None
) -> tuple[Start, list[FinishedCell]] | None:
    """Return all cells, or None where only the reference form can find them."""
    found = starting_nodes(stages, domain)
    if found is None:
        return None
    begin, tree, nodes = found
    opened = _opened(tree, nodes)
    size = -(-len(opened) // TASKS)
    groups = [opened[low : low + size] for low in range(0, len(opened), size)]
    tasks = [
        executor.submit(_task, stages, domain, begin, [n._replace(view=None) for n in group])
        for group in groups
    ]
    cells: list[FinishedCell] = []
    for task, group in zip(tasks, groups, strict=True):
        part = task.result()
        cells += part
        if listener is not None:
            listener.regions(len(part), sum(node.share for node in group))
    if listener is not None:
        listener.finished(len(cells))
    return begin, cells


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


def _task(
    stages: Stages, domain: Domain, begin: Start, nodes: Sequence[Node]
) -> list[FinishedCell]:
    return ArrayCells(run_arrays(stages, domain, begin, nodes), stages).cells()
