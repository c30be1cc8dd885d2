"""Counting regions without listing them.

The array form forgets every cell as soon as it is counted, so the memory does not depend on their
number; so does the reference form, where only that one can find them.
"""

from __future__ import annotations

from concurrent.futures import Executor

from exactpwl.domain import Domain
from exactpwl.engine.breadth import count_below, starting_nodes
from exactpwl.engine.events import Listener
from exactpwl.engine.parallel import count_in_parallel
from exactpwl.engine.start import start
from exactpwl.engine.subdivide import Tree
from exactpwl.stages import Stages

__all__ = ["count_regions"]


def count_regions(
    stages: Stages,
    domain: Domain,
    *,
    executor: Executor | None = None,
    listener: Listener | None = None,
) -> tuple[int, int]:
    """Return the number of activation regions and of the bounded ones.

    Raises
    ------
    DomainError, TooLargeError
        As in `exactpwl.engine.subdivide.subdivide`.
    """
    if executor is not None:
        found = count_in_parallel(stages, domain, executor, listener)
        if found is not None:
            return found
    else:
        nodes = starting_nodes(stages, domain)
        if nodes is not None:
            return count_below(stages, domain, nodes[0], nodes[2], listener)
    return _count_by_reference(stages, domain, listener)


def _count_by_reference(
    stages: Stages, domain: Domain, listener: Listener | None
) -> tuple[int, int]:
    begin = start(stages, domain)
    tree = Tree(stages, begin.rank, len(domain.rows))
    total = bounded = 0
    for leaf in tree.leaves([tree.root(begin.cell)]):
        total += 1
        bounded += not begin.lines and all(g[-1] for g in leaf.cell.generators)
        if listener is not None:
            listener.regions(1, leaf.share)
    if listener is not None:
        listener.finished(total)
    return total, bounded
