"""The main job: all activation regions of a network over a domain, as a complex.

``method="subdivide"`` is the engine in its array form (`exactpwl.engine.breadth`);
``method="reference"`` is the same subdivision one cell at a time, which anybody can read
(`exactpwl.engine.subdivide`); ``method="powerset"`` is the textbook algorithm
(`exactpwl.engine.powerset`), for teaching, tiny networks and cross-checks.  All three give the same
complex.
"""

from __future__ import annotations

from concurrent.futures import Executor

from exactpwl.complex import PolyhedralComplex
from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.engine.array_cells import ArrayCells
from exactpwl.engine.breadth import subdivide_arrays
from exactpwl.engine.events import Listener
from exactpwl.engine.parallel import subdivide_in_parallel
from exactpwl.engine.subdivide import subdivide
from exactpwl.errors import OptionError
from exactpwl.network import Network

__all__ = ["regions"]


def regions(
    network: Network,
    domain: DomainLike = None,
    *,
    method: str = "subdivide",
    executor: Executor | None = None,
    listener: Listener | None = None,
) -> PolyhedralComplex:
    """Return every activation region of a network over a domain, exactly.

    Parameters
    ----------
    network : Network
    domain : Domain, or pairs (low, high), optional
        A closed full-dimensional polyhedron, read as open; the whole space if left out.
    method : {"subdivide", "reference", "powerset"}
    executor : concurrent.futures.Executor, optional
        Takes whole subtrees of the subdivision as tasks (``method="subdivide"``); the result does
        not depend on it.  Worth it where exact coordinates are wanted: tasks return them, while
        without an executor they are computed when they are first asked for.
    listener : Listener, optional
        Is told of regions as they are finished.

    Returns
    -------
    PolyhedralComplex
        Definition R2 of arXiv:2505.16716: one region for each proper full-dimensional cell.

    Raises
    ------
    DomainError
        If the domain is empty, flat, or of another dimension than the input.
    TooLargeError
        If the whole space would have more than 2^16 regions from the first layer's rank alone.
    OptionError
        If the method is unknown.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> tent = Network([([[1], [1]], [0, "-1/2"], "relu"), ([[2, -4]], [0], "linear")])
    >>> len(regions(tent)), len(regions(tent, [(0, 1)]))
    (3, 2)
    """
    chosen = as_domain(domain, network.input_dimension)
    if method == "powerset":
        from exactpwl.engine.powerset import powerset_cells

        begin, cells = powerset_cells(network, chosen, listener=listener)
    elif method == "reference":
        begin, cells = subdivide(network.stages, chosen, listener=listener)
    elif method == "subdivide":
        return _by_arrays(network, chosen, executor, listener)
    else:
        raise OptionError(f"method must be 'subdivide', 'reference' or 'powerset', got {method!r}")
    return PolyhedralComplex(network, chosen, begin.lines, cells)


def _by_arrays(
    network: Network, domain: Domain, executor: Executor | None, listener: Listener | None
) -> PolyhedralComplex:
    stages = network.stages
    if executor is None:
        arrays = subdivide_arrays(stages, domain, listener)
        if arrays is not None:
            fast = ArrayCells(arrays, stages)
            return PolyhedralComplex(network, domain, arrays.begin.lines, fast)
    else:
        found = subdivide_in_parallel(stages, domain, executor, listener)
        if found is not None:
            return PolyhedralComplex(network, domain, found[0].lines, found[1])
    begin, cells = subdivide(stages, domain, listener=listener)
    return PolyhedralComplex(network, domain, begin.lines, cells)
