"""The split tree, and what is claimed of its leaves.

A split covers a cell, but for the kink's zeros, by two cells, and a refuted side is empty: so the
closed cells of the leaves cover the domain, once a point strictly inside one shows that it has an
interior.  On each a network is one affine function: bounds and equality that hold on all of them
hold everywhere; and the least Lipschitz constant, as the domain is convex, is the steepest leaf's.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from operator import mul
from typing import Any

from exactpwl_check.network import Front, Network, affine
from exactpwl_check.reading import Vector, index, items, members, primitive, rationals, require

Kink = tuple[str, int, int, Vector]  # name, network and neuron; the row that is positive above it


class Cell:
    """The cell at which the walk stands: the rows on its path, and a front for each network."""

    def __init__(self, networks: list[Network], domain: list[Vector]) -> None:
        size = networks[0].widths[0] + 1
        *inputs, self.one = [[int(i == j) for j in range(size)] for i in range(size)]
        self.layers = [(k, i) for k, f in enumerate(networks) for i in range(len(f.layers))]
        self.networks, self.rows = networks, {f"d{i}": row for i, row in enumerate(domain)}
        self.fronts = [network.front(0, inputs, self.one) for network in networks]

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

    def check_leaf(self, witness: Any) -> None:
        """Require that all is decided, and that the witness is strictly inside."""
        require(not any(front.undecided for front in self.fronts), "a leaf has undecided kinks")
        point = primitive([*rationals(witness, len(self.one) - 1), 1])
        outside = [name for name, row in self.rows.items() if sum(map(mul, row, point)) <= 0]
        require(not outside, f"the witness is not strictly inside row {', '.join(outside[:1])}")

    def refute(self, multipliers: Any, own: Vector, strict: bool = True) -> None:
        """Require that `own` and the rows, as often as the multipliers say, sum to a falsehood."""
        used = type(multipliers) is dict and "own" in multipliers
        require(used, 'a refutation needs multipliers, among them one for "own"')
        known = all(name == "own" or name in self.rows for name in multipliers)
        require(known, "a multiplier is for a row that does not stand above")
        numbers = primitive(rationals(list(multipliers.values())))
        require(min(numbers) > 0, "a multiplier must be positive")
        summands = [own if name == "own" else self.rows[name] for name in multipliers]
        *linear, number = [sum(map(mul, numbers, column)) for column in zip(*summands, strict=True)]
        require(not any(linear), "the variables of a refutation do not cancel")
        require(number < 0 or (number == 0 and strict), "a refutation ends in a true statement")


def leaves(read: Callable[[], Any], cell: Cell) -> Iterator[tuple[Any, int]]:
    """Walk the tree; at each leaf yield its proofs, and how many sides were refuted so far."""
    pending: list[tuple[Kink, int, list[Front]]] = []
    refuted = 0
    while True:
        match read():
            case ["leaf", witness, *proofs] if len(proofs) < 2:
                cell.check_leaf(witness)
                yield proofs[0] if proofs else [], refuted
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
                cell.refute(multipliers, [x if side == "below" else -x for x in kink[-1]])
                refuted += 1
                cell.decide(kink, above=side == "above")
            case _:
                require(False, "a split, a refuted side or a leaf is required")


class Claim:
    """A claim in words, and its proof: a `place` where something fails, or `regions` leaves.

    On each, every bound (numbers, strict) holds: numbers . (f, 1) <= 0, or < 0.  The greatest norm
    of the leaves is `steepness`.  What the claim does not speak of is empty, or None.
    """

    def __init__(self, claim: Any, networks: list[Network], domain: list[Vector]) -> None:
        self.claim, self.networks, self.domain = claim, networks, domain
        self.regions, self.where, self.norm = 0, "everywhere in the domain", ""
        self.steepness: Fraction | None = None
        self.place, self.bounds = Vector(), list[tuple[Vector, bool]]()
        kind = claim.get("kind")
        known = kind in ("partition", "property", "equal", "lipschitz", "range")
        require(known, "the claim is of no kind that can be checked")
        items(networks, 2 if kind == "equal" else 1)
        self.words: str = getattr(self, kind)()

    def partition(self) -> str:
        """All activation regions are these."""
        self.members()
        return f"there are exactly {self.regions} activation regions"

    def property(self) -> str:
        """Every inequality holds everywhere, or one fails at a point."""
        words = []
        for each in self.members(holds=bool, property=list)[1]:
            c, limit, strict = members(each, coefficients=list, bound=str, strict=bool)
            excess = self.bound(c, limit, strict, self.place)
            if not self.place or excess > 0 or (excess == 0 and strict):
                words.append(f"({', '.join(c)}).y {'<' if strict else '<='} {limit}")
        require(words, "the property has no inequality, or none that fails at the point")
        return f"{' and '.join(words)} is {'false' if self.place else 'true'} {self.where}"

    def equal(self) -> str:
        """Two networks are the same function, or differ at a point."""
        self.members(holds=bool)
        f, g = self.networks
        require([f.widths[0], f.widths[-1]] == [g.widths[0], g.widths[-1]], "the shapes differ")
        if self.place:
            require(not self.agree([f.at(self.place), g.at(self.place)]), "they agree at the point")
        return f"the two networks {'differ' if self.place else 'agree'} {self.where}"

    def lipschitz(self) -> str:
        """The least Lipschitz constant has this value."""
        self.norm, value = self.members(norm=str, value=str)
        f = self.networks[0]
        power = 2 if self.norm == "2 squared" and f.widths[-1] == 1 else 1
        require(power == 2 or self.norm in ("1", "inf"), "not a norm for so many outputs")
        self.steepness = rationals([value])[0] * f.scale**power
        return f"the least Lipschitz constant in the norm {self.norm} is {value}"

    def range(self) -> str:
        """The least and the greatest value of c.f: at a point, or infinite along a ray."""
        c, *ends = self.members(coefficients=list, lower=dict, upper=dict)
        words = []
        for end, sign in zip(ends, (-1, 1), strict=True):
            if "direction" in end:
                texts, direction = members(end, point=list, direction=list)
                self.point(texts)
                slope = self.bound(c, "0", False, self.point(direction, finite=False), sign)
                require(slope > 0, "the function is bounded along the ray")
                self.bounds[-1] = [], False
                words.append("infinity" if sign > 0 else "-infinity")
            else:
                texts, value = members(end, point=list, value=str)
                excess = self.bound(c, value, False, self.point(texts), sign)
                require(excess == 0, "the function has another value at the point of an end")
                words.append(f"{value} at ({', '.join(texts)})")
        return f"({', '.join(c)}).y goes down to {words[0]} and up to {words[1]}"

    def members(self, **kinds: type) -> list[Any]:
        """Return what stands in the claim; store its number of regions, or its point."""
        last = {"point": list} if self.claim.get("holds") is False else {"regions": int}
        *values, _, found = members(self.claim, **kinds, kind=str, **last)
        if "point" in last:
            self.place, self.where = self.point(found), f"at ({', '.join(found)})"
        else:
            self.regions = index(found, 1 << 63, "regions")
        return values

    def point(self, texts: Any, finite: bool = True) -> Vector:
        """Return a point (x, t) of the domain, or a direction (x, 0) that stays in it."""
        *x, t = primitive([*rationals(texts, self.networks[0].widths[0]), 1])
        point = [*x, t * finite]
        inside = all(sum(map(mul, row, point)) >= 0 for row in self.domain)
        require(inside, "a point is outside the domain, or a direction leaves it")
        return point

    def bound(self, c: Any, limit: Any, strict: bool, place: Vector, sign: int = 1) -> int:
        """Add the bound sign (c.f - limit) <= 0; return how far a place is beyond it."""
        f = self.networks[0]
        *entries, last = rationals([*c, limit], f.widths[-1] + 1)
        numbers = primitive([sign * x for x in (*entries, -last * f.scale)])
        self.bounds.append((numbers, strict))
        return affine([numbers], f.at(place), place[-1:])[0][0] if place else 0

    def agree(self, outputs: list[list[Vector]]) -> bool:
        """Return whether the outputs of two networks are the same."""
        f, g = (network.scale for network in self.networks)
        return [[x * g for x in y] for y in outputs[0]] == [[x * f for x in y] for y in outputs[1]]

    def check_leaf(self, cell: Cell, proofs: Any) -> int:
        """Check that networks agree and bounds hold on a leaf; return the norm of its matrix."""
        outputs = [front.vectors for front in cell.fronts]
        require(len(outputs) == 1 or self.agree(outputs), "the networks differ on this leaf")
        proofs = items(proofs, len(self.bounds))
        for (numbers, strict), proof in zip(self.bounds, proofs, strict=True):
            if numbers:
                (own,) = affine([numbers], outputs[0], cell.one)
                cell.refute(proof, primitive(own), strict=not strict)
            else:
                require(proof == {}, "nothing is refuted at an end that is infinite")
        matrix = [vector[:-1] for vector in outputs[0]]
        if self.norm == "2 squared":
            return sum(entry * entry for entry in matrix[0])
        lines = zip(*matrix, strict=True) if self.norm == "1" else matrix
        return max((sum(map(abs, line)) for line in lines), default=0)
