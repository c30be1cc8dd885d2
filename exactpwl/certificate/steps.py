"""The split tree of a subdivision, step by step: what a certificate tells.

The tree is walked depth first in exact integers (as `exactpwl.engine.subdivide` does).  At each
node every kink of the stage that does not cut the cell is decided at once, as high in the tree as
that holds, with multipliers that refute its other side; so a refutation stands once, and the
certificate grows like the work and not like regions times neurons.  Then the lowest kink that cuts
the cell splits it.  A kink whose function is constant on the cell needs no step: whoever reads the
certificate sees its sign.

Rows are coprime integers, oriented so that they are positive on their cell; a positive scale of a
row changes nothing that is claimed, and multipliers of such rows do not depend on how the weights
are scaled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from exactpwl.certificate.peeling import peeled
from exactpwl.domain import Domain
from exactpwl.engine.cell import Cell, Vector, cut, union
from exactpwl.engine.start import domain_bit, start
from exactpwl.engine.view import StageView
from exactpwl.errors import CertificateError
from exactpwl.geometry import inner_vector
from exactpwl.network import Kink
from exactpwl.rationals import primitive
from exactpwl.stages import Stages

__all__ = [
    "Decided",
    "Leaf",
    "Node",
    "Refutation",
    "Split",
    "Step",
    "Walk",
    "refutation",
    "require_no_maxima",
    "steps",
]

Refutation = dict[str | Kink, int]
"""Multipliers of rows: a kink's, the domain's (``d3``), or ``own``, the row that is refuted."""


class Split(NamedTuple):
    """A kink cuts the cell; the steps of the part below it come next, then those above."""

    kink: Kink


class Decided(NamedTuple):
    """A kink does not cut the cell: the other side is empty by the multipliers."""

    kink: Kink
    above: bool
    multipliers: Refutation


class Leaf(NamedTuple):
    """A region: its pieces, a point in its interior, and the cell itself.

    `rows` are the functions of the masks' bits, positive on the cell, and `names` their names: what
    they say is true until the next step is asked for.  `share` is the leaf's part of the whole.
    """

    pattern: tuple[tuple[int, ...], ...]
    witness: Vector
    cell: Cell
    rows: Mapping[int, Vector]
    names: Mapping[int, str | Kink]
    share: float

    def refuted(self, function: Vector) -> Refutation:
        """Return multipliers that refute function < 0, for a function that is >= 0 on the cell."""
        return refutation(function, self.cell, self.rows, self.names)


Step = Split | Decided | Leaf


@dataclass
class Node:
    """A cell on which the stages before are decided, and its own kinks but those in `left`.

    `bit` and `row` are of the kink that was split last: the row is positive on the cell.
    """

    prefix: tuple[tuple[int, ...], ...]
    cell: Cell
    view: StageView | None
    left: int
    share: float
    bit: int = 0
    row: Vector = ()


def steps(stages: Stages, domain: Domain) -> Iterator[Step]:
    """Yield the steps of the split tree in preorder.

    Raises
    ------
    DomainError, TooLargeError
        As in `exactpwl.regions`.
    CertificateError
        If the network has maxima over groups: the checker does not know them.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> xor = gallery.get("xor")
    >>> [type(step).__name__ for step in steps(xor.stages, Domain.whole(2))]
    ['Split', 'Decided', 'Leaf', 'Split', 'Leaf', 'Leaf']
    """
    require_no_maxima(stages)
    begin = start(stages, domain)
    yield from Walk(stages, begin.rank, domain).steps(begin.cell)


def require_no_maxima(stages: Stages) -> None:
    """Raise an error if a network takes maxima over groups.

    Raises
    ------
    CertificateError
        The checker does not know them.
    """
    for stage in stages.stages:
        if stage.takes_maxima:
            raise CertificateError(
                "a certificate is written for affine maps and activations, but layer "
                f"{stage.layer} takes maxima over groups; "
                "exactpwl.construct.relus_for_maxima(network) is the same function without"
            )


class Walk:
    """The walk over the tree.

    A walk of another kind says for itself where a branch ends, and by which kink a cell is split.

    `rows` and `names` hold the inequalities of the node at hand and of its ancestors.  Nodes that
    are done leave theirs behind; nobody asks for these before the same kink is split again.
    Who only wants to see where branches end sets `is_proving` to False: no side is refuted then.
    """

    is_proving = True

    def __init__(self, stages: Stages, rank: int, domain: Domain) -> None:
        self.rows = {domain_bit(i): (*normal, b) for i, (normal, b) in enumerate(domain.rows)}
        self.names: dict[int, str | Kink] = {
            domain_bit(i): f"d{i}" for i in range(len(domain.rows))
        }
        self.stages = stages.stages
        self.identity = stages.identity()
        self.rank = rank
        self.kinks: list[list[Kink]] = []
        self.first_bits: list[int] = []
        bit = 1 + len(domain.rows)
        for stage in self.stages:
            count: dict[int, int] = {}
            kinks = []
            for neuron, _, _ in stage.kinks:
                kinks.append(Kink(stage.layer, neuron, count.get(neuron, 0)))
                count[neuron] = count.get(neuron, 0) + 1
            self.kinks.append(kinks)
            self.first_bits.append(bit)
            bit += len(kinks)

    def steps(self, cell: Cell) -> Iterator[Any]:
        """Yield the steps of the tree below the first cell."""
        waiting = [self.entered((), cell, self.identity, 1.0)]
        while waiting:
            yield from self.opened(waiting.pop(), waiting)

    def ended(self, node: Node) -> Any:
        """Return the step with which a branch ends at a node, or None if it goes on."""
        if node.view is not None:
            return None
        point = inner_vector(node.cell.generators)
        return Leaf(node.prefix, point, node.cell, self.rows, self.names, node.share)

    def chosen(self, node: Node, crossing: int) -> int:
        """Return by which of the kinks that cross a cell it is split: the lowest."""
        return (crossing & -crossing).bit_length() - 1

    def entered(
        self, prefix: tuple[tuple[int, ...], ...], cell: Cell, hidden: Any, share: float
    ) -> Node:
        """Return the node where the next stage begins; constant kinks are decided there."""
        if len(prefix) == len(self.stages):
            return Node(prefix, cell, None, 0, share)
        view = StageView(self.stages[len(prefix)], hidden)
        kinks = range(len(self.kinks[len(prefix)]))
        left = sum(1 << kink for kink in kinks if any(view.row(kink)[:-1]))
        return Node(prefix, view.look_at(cell), view, left, share)

    def opened(self, node: Node, waiting: list[Node]) -> Iterator[Any]:
        """Yield the steps of a node, and put its children on the stack."""
        if node.bit:
            self.rows[node.bit] = node.row
        end = self.ended(node)
        if end is not None:
            yield end
            return
        assert node.view is not None
        above = union(node.cell.above)
        crossing = above & union(node.cell.below)
        if node.cell.lines:
            crossing |= node.view.crossed_by_lines(node.cell.lines)
        yield from self._decided(node, node.left & ~crossing, above)
        stage = len(node.prefix)
        if not crossing:
            pieces = node.view.stage.pieces_of(above)
            last = stage + 1 == len(self.stages)
            hidden = None if last else node.view.stage.act(node.view.pre, pieces)
            waiting.append(self.entered((*node.prefix, pieces), node.cell, hidden, node.share))
            return
        kink = self.chosen(node, crossing)
        yield Split(self.kinks[stage][kink])
        waiting += reversed(self._halves(node, kink, crossing))

    def _decided(self, node: Node, kinks: int, above: int) -> Iterator[Decided]:
        assert node.view is not None
        for number, kink in enumerate(self.kinks[len(node.prefix)]):
            if kinks >> number & 1:
                is_above = bool(above >> number & 1)
                row = primitive(node.view.row(number))
                function = row if is_above else tuple(-c for c in row)
                proof = dict[str | Kink, int]()
                if self.is_proving:
                    proof = refutation(function, node.cell, self.rows, self.names)
                yield Decided(kink, is_above, proof)

    def _halves(self, node: Node, kink: int, crossing: int) -> list[Node]:
        """Return the parts below and above a kink that cuts the cell."""
        assert node.view is not None
        stage = len(node.prefix)
        row = primitive(node.view.row(kink))
        bit = 1 << (self.first_bits[stage] + kink)
        below, above = cut(node.cell, row, 1 << kink, bit, self.rank, node.view.sides)
        assert below is not None
        assert above is not None
        self.names[bit] = self.kinks[stage][kink]
        left = node.left & crossing & ~(1 << kink)
        return [
            Node(node.prefix, half, node.view, left, node.share / 2, bit, oriented)
            for half, oriented in ((below, tuple(-c for c in row)), (above, row))
        ]


def refutation(
    function: Vector,
    cell: Cell,
    rows: Mapping[int, Vector],
    names: Mapping[int, str | Kink],
    name: str = "own",
) -> Refutation:
    """Return multipliers that refute function < 0 on a cell; `name` is that row's."""
    own, taken, _ = peeled(function, cell.generators, cell.tight, rows)
    return {name: own, **{names[bit]: count for bit, count in taken.items()}}
