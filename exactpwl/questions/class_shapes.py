"""The shape of each class of a network with several outputs: where output k is the largest.

Class k is the open set {f_k > f_j for all other j}; where two outputs share the maximum there is
no class.  A layer that takes the maximum of all outputs cuts the regions into cells on which one
output is the largest, without walls that are none (`exactpwl.maximum`).  On a face P of a cell of
class k every difference f_k - f_j is affine and not negative.  So the part of P in the class is
convex, and it is not empty iff each difference is positive at a generator of P.  If P is such a
face, so is every face that contains it.

These are the two things that the theorem of `exactpwl.questions.dual_cells` needs: class k is
homotopy equivalent to the complex of the cells dual to those faces, and has its Betti numbers.  Its
components are those of the regions and the facets among them, because the class is open.  The part
of the class in a cell has the whole cell as its closure, so a component is bounded iff its cells
are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import mul, or_
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.counts import components
from exactpwl.domain import DomainLike
from exactpwl.enumeration import regions
from exactpwl.errors import DimensionError
from exactpwl.maximum import Maximum
from exactpwl.network import Network
from exactpwl.pattern import Pattern
from exactpwl.questions.dual_cells import DualCells, dual_cells
from exactpwl.questions.topology import SetTopology, described
from exactpwl.superlevel import SuperlevelComponent

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.engine.events import Listener

__all__ = ["ClassTopology", "class_topologies"]


class ClassTopology(NamedTuple):
    """The shape of the set on which one output is larger than all others.

    Attributes
    ----------
    output : int
        Counted from 0.
    shape : SetTopology
        Its Betti numbers over F2 and over Q, and its Euler characteristic.
    components : tuple of SuperlevelComponent
        For each component the activation regions that it meets, as indices of
        ``regions(network, domain)``, and whether it is bounded.

    Examples
    --------
    >>> ClassTopology(0, SetTopology((0, 0), 0, (0, 0)), ()).components
    ()
    """

    output: int
    shape: SetTopology
    components: tuple[SuperlevelComponent, ...]


def class_topologies(
    network: Network, domain: DomainLike = None, *, listener: Listener | None = None
) -> tuple[ClassTopology, ...]:
    """Return the shape of each class {f_k > f_j for all other j} in a domain.

    Parameters
    ----------
    network : Network
        With two outputs or more.
    domain : Domain, or pairs (low, high), optional
        The whole space if left out.
    listener : Listener, optional
        Is told of the cells as they are finished.

    Returns
    -------
    tuple of ClassTopology
        One for each output, in order.  Exact; Betti numbers over F2.

    Raises
    ------
    DimensionError
        If there is one output only.

    Examples
    --------
    Three outputs: x, -x, and 1/2 everywhere.  The third class is a strip, each other a half-plane:

    >>> three = Network([([[1, 0], [-1, 0], [0, 0]], [0, 0, "1/2"], "linear")])
    >>> [found.shape.betti for found in class_topologies(three)]
    [(1, 0), (1, 0), (1, 0)]
    """
    outputs = network.output_dimension
    if outputs < 2:
        raise DimensionError(
            "two outputs or more are required, got one: the classes f > t and f < t are those of "
            "topology_at"
        )
    largest = Maximum([list(range(outputs))])
    cut = regions(Network([*network.layers, largest]), domain, listener=listener)
    cells = dual_cells(cut.faces)
    labels = [cell.pattern[-1][0] for cell in cut.cells]
    members = _members(cells, labels, _ahead(cut, network, labels))
    origins = _origins(cut)
    return tuple(
        ClassTopology(
            k, described(cells, met, cut.dimension), _components(cut, cells, met, origins)
        )
        for k, met in enumerate(members)
    )


def _members(
    cells: DualCells, labels: Sequence[int], ahead: Sequence[dict[int, int]]
) -> list[list[bool]]:
    """Return for each class which faces it meets."""
    largest = [1 << label for label in labels]
    for boundary in cells.boundaries[len(labels) :]:
        largest.append(reduce(or_, [largest[cell] for cell in boundary]))
    everyone = (1 << len(ahead)) - 1
    return [
        [
            label >> k & 1 == 1 and reduce(or_, [smaller[i] for i in face]) | 1 << k == everyone
            for face, label in zip(cells.faces, largest, strict=True)
        ]
        for k, smaller in enumerate(ahead)
    ]


def _ahead(cut: PolyhedralComplex, network: Network, labels: Sequence[int]) -> list[dict[int, int]]:
    """Return for each class and each generator of its cells which outputs are smaller there."""
    found: list[dict[int, int]] = [{} for _ in range(network.output_dimension)]
    maps = network.stages.integer_maps(Pattern(cell.pattern[:-1]) for cell in cut.cells)
    for k, rows, ids in zip(labels, maps, cut.generator_ids, strict=True):
        for i in ids:
            if i not in found[k]:
                values = [sum(map(mul, row, cut.generators[i])) for row in rows[:-1]]
                found[k][i] = sum(1 << j for j, value in enumerate(values) if value < values[k])
    return found


def _origins(cut: PolyhedralComplex) -> list[int]:
    """Return for each cell the region of the network in which it is."""
    starts = [tuple(cell.pattern[:-1]) for cell in cut.cells]
    numbers = {start: number for number, start in enumerate(sorted(set(starts)))}
    return [numbers[start] for start in starts]


def _components(
    cut: PolyhedralComplex, cells: DualCells, met: Sequence[bool], origins: Sequence[int]
) -> tuple[SuperlevelComponent, ...]:
    inside = [cell for cell in range(len(cut)) if met[cell]]
    facets = range(len(cut), len(cells.faces))
    joints = [
        (first, second)
        for facet in facets
        if met[facet] and cells.dimensions[facet] == 1
        for first, second in [cells.boundaries[facet]]
    ]
    return tuple(
        SuperlevelComponent(
            tuple(sorted({origins[cell] for cell in group})),
            all(cut.regions[cell].is_bounded for cell in group),
        )
        for group in components(inside, joints)
    )
