"""The split tree.

A split covers a cell, but for the kink's zeros, by two cells, and a refuted side is empty: so the
closed cells of the leaves cover the domain, once a point strictly inside one shows that it has an
interior.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from operator import mul
from typing import Any

from exactpwl_check.network import Front, Network, affine
from exactpwl_check.reading import Vector, index, primitive, rationals, require

Kink = tuple[str, int, int, Vector]  # name, network and neuron; the row that is positive above it


class Cell:
    """The cell at which the walk stands: the rows on its path, and a front for each network.

    `box` has what single rows of the domain say of input i: its end below (i, 0) and above (i, 1).
    """

    def __init__(self, networks: list[Network], domain: list[Vector]) -> None:
        size = networks[0].widths[0] + 1
        *self.inputs, self.one = [[int(i == j) for j in range(size)] for i in range(size)]
        self.layers = [(k, i) for k, f in enumerate(networks) for i in range(len(f.layers))]
        self.networks, self.rows = networks, {f"d{i}": row for i, row in enumerate(domain)}
        self.box: dict[tuple[int, bool], Fraction] = {}
        for row in domain:
            match [(i, c) for i, c in enumerate(row[:-1]) if c]:
                case [(i, c)]:
                    self.box[i, c < 0] = Fraction(-row[-1], c)
        self.fronts = [network.front(0, self.inputs, self.one) for network in networks]

    def kink(self, *indices: Any) -> Kink:
        """Return the kink that a line names, if it is open on this cell."""
        k, layer = self.layers[index(indices[0], len(self.layers), "layer")]
        kinks, front = self.networks[k].layers[layer].kinks, self.fronts[k]
        n = index(indices[1], len(kinks), "neuron")
        kink = kinks[n][index(indices[2], len(kinks[n]), "breakpoint")]
        name = ".".join(map(str, indices))
        require(name not in self.rows, f"kink {name} is decided already")
        require(layer <= front.layer, f"kink {name} is behind a layer that is not decided")
        bent = layer == front.layer and any(front.vectors[n][:-1])
        require(bent, f"kink {name} has one side only: its neuron is constant on the cell")
        return name, k, n, primitive(affine([kink], [front.vectors[n]], self.one)[0])

    def decide(self, kink: Kink, above: bool) -> None:
        """Go to one side of a kink."""
        name, k, neuron, row = kink
        self.rows[name] = row if above else [-entry for entry in row]
        front, network = self.fronts[k], self.networks[k]
        pieces = [piece + (above and n == neuron) for n, piece in enumerate(front.pieces)]
        if front.undecided > 1:
            front = front._replace(pieces=pieces, undecided=front.undecided - 1)
        else:
            hidden = network.layers[front.layer].after(front.vectors, pieces, self.one)
            front = network.front(front.layer + 1, hidden, self.one)
        self.fronts = [*self.fronts[:k], front, *self.fronts[k + 1 :]]

    def check_inside(self, witness: Any) -> None:
        """Require that a witness is strictly inside."""
        point = primitive([*rationals(witness, len(self.one) - 1), 1])
        outside = [name for name, row in self.rows.items() if sum(map(mul, row, point)) <= 0]
        require(not outside, f"the witness is not strictly inside row {', '.join(outside[:1])}")

    def total(self, multipliers: Any, own: dict[str, Vector]) -> tuple[dict[str, int], Vector]:
        """Return coprime multipliers, one for an `own` among them, and the sum of so many rows."""
        used = type(multipliers) is dict and not own.keys().isdisjoint(multipliers)
        require(used, 'a refutation needs multipliers, among them one for "own"')
        known = all(name in own or name in self.rows for name in multipliers)
        require(known, "a multiplier is for a row that does not stand above")
        numbers = primitive(rationals(list(multipliers.values())))
        require(min(numbers) > 0, "a multiplier must be positive")
        summands = [own[name] if name in own else self.rows[name] for name in multipliers]
        total = [sum(map(mul, numbers, column)) for column in zip(*summands, strict=True)]
        return dict(zip(multipliers, numbers, strict=True)), total

    def refute(self, multipliers: Any, own: dict[str, Vector], strict: set[str]) -> None:
        """Require that the `own` > 0, those not `strict` >= 0, sum up with rows to a falsehood."""
        numbers, (*linear, number) = self.total(multipliers, own)
        require(not any(linear), "the variables of a refutation do not cancel")
        false = number < 0 or (number == 0 and not strict.isdisjoint(numbers))
        require(false, "a refutation ends in a true statement")


def leaves(read: Callable[[], Any], cell: Cell) -> Iterator[tuple[list[Any], int]]:
    """Walk the tree; at each leaf yield what it says, and how many sides were refuted so far."""
    pending: list[tuple[Kink, int, list[Front]]] = []
    refuted = 0
    while True:
        match read():
            case ["leaf", witness, *proofs] if len(proofs) < 3:
                yield [witness, *proofs], refuted
                if not pending:
                    return
                kink, depth, cell.fronts = pending.pop()
                while len(cell.rows) > depth:
                    cell.rows.popitem()
                cell.decide(kink, above=True)
            case ["split", l, n, b]:
                kink = cell.kink(l, n, b)
                pending.append((kink, len(cell.rows), cell.fronts))
                cell.decide(kink, above=False)
            case ["below" | "above" as side, l, n, b, multipliers]:
                kink = cell.kink(l, n, b)
                own = [x if side == "below" else -x for x in kink[-1]]
                cell.refute(multipliers, {"own": own}, {"own"})
                refuted += 1
                cell.decide(kink, above=side == "above")
            case _:
                require(False, "a split, a refuted side or a leaf is required")
