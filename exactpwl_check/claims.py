"""What is claimed of the leaves of a split tree, or of a point.

On a leaf a network is one affine function: inequalities and equality that hold on all leaves hold
everywhere; and the least Lipschitz constant, as the domain is convex, is the steepest leaf's.  For
inequalities it is enough to know the outputs up to errors (`exactpwl_check.bounds`).
"""

from fractions import Fraction
from operator import mul
from typing import Any

from exactpwl_check.bounds import enclose
from exactpwl_check.network import Network, affine
from exactpwl_check.proof import Cell
from exactpwl_check.reading import Vector, index, items, members, primitive, rationals, require


class Claim:
    """A claim in words, and its proof: a `place` where something fails, or `regions` leaves.

    On each, some bound (numbers, strict) of every clause holds: numbers . (f, x, 1) <= 0, or < 0.
    The greatest norm of the leaves is `steepness`.  What the claim does not speak of is empty, or
    None.
    """

    def __init__(self, claim: Any, networks: list[Network], domain: list[Vector]) -> None:
        self.claim, self.networks, self.domain = claim, networks, domain
        self.regions, self.where, self.norm = 0, "everywhere in the domain", ""
        self.steepness: Fraction | None = None
        self.place, self.clauses = Vector(), list[list[tuple[Vector, bool]]]()
        self.slopes: list[list[Fraction]] = []
        kind = claim.get("kind")
        known = kind in ("partition", "property", "equal", "lipschitz", "range", "slope")
        require(known, "the claim is of no kind that can be checked")
        items(networks, 2 if kind == "equal" else 1)
        self.words: str = getattr(self, kind)()

    def partition(self) -> str:
        """All activation regions are these."""
        self.members()
        return f"there are exactly {self.regions} activation regions"

    def property(self) -> str:
        """Of every clause some inequality holds everywhere, or of one all fail at a point."""
        words, shape = [], {"coefficients": list, "inputs": list}
        for clause in self.members(holds=bool, property=list)[1]:
            told, held = [], False
            self.clauses.append([])
            for each in items(clause):
                c, x, b, strict = members(each, **shape, bound=str, strict=bool)
                excess = self.bound(c, x, b, strict, self.place)
                held |= excess < 0 or (excess == 0 and not strict)
                term = f" + ({', '.join(x)}).x" if any(rationals(x)) else ""
                told.append(f"({', '.join(c)}).y{term} {'<' if strict else '<='} {b}")
            require(told, "a clause has no inequality")
            if not (self.place and held):
                words.append(f"[{' or '.join(told)}]" if told[1:] else told[0])
        require(words, "the property has no clause, or none that fails at the point")
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

    def slope(self) -> str:
        """The greatest slope of c.f in a direction has this value."""
        c, u, value = self.members(coefficients=list, direction=list, value=str)
        f = self.networks[0]
        self.slopes = [rationals(c, f.widths[-1]), rationals(u, f.widths[0])]
        self.steepness = rationals([value])[0] * f.scale
        return f"the greatest slope of ({', '.join(c)}).y along ({', '.join(u)}) is {value}"

    def range(self) -> str:
        """The least and the greatest value of c.f: at a point, or infinite along a ray."""
        c, *ends = self.members(coefficients=list, lower=dict, upper=dict)
        words, zeros = [], ["0"] * self.networks[0].widths[0]
        for end, sign in zip(ends, (-1, 1), strict=True):
            self.clauses.append([])
            if "direction" in end:
                texts, direction = members(end, point=list, direction=list)
                self.point(texts)
                rise = self.bound(c, zeros, "0", False, self.point(direction, finite=False), sign)
                require(rise > 0, "the function is bounded along the ray")
                self.clauses.pop()
                words.append("infinity" if sign > 0 else "-infinity")
            else:
                texts, value = members(end, point=list, value=str)
                excess = self.bound(c, zeros, value, False, self.point(texts), sign)
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

    def bound(self, c: Any, x: Any, limit: Any, strict: bool, place: Vector, sign: int = 1) -> int:
        """Add sign (c.f + x.x - limit) <= 0 to the last clause; return a place's excess over it."""
        f = self.networks[0]
        own, (end,) = rationals(c, f.widths[-1]), rationals([limit])
        scaled = [f.scale * number for number in (*rationals(x, f.widths[0]), -end)]
        numbers = primitive([sign * number for number in (*own, *scaled)])
        self.clauses[-1].append((numbers, strict))
        hidden = [*f.at(place), *([x] for x in place[:-1])] if place else []
        return affine([numbers], hidden, place[-1:])[0][0] if place else 0

    def agree(self, outputs: list[list[Vector]]) -> bool:
        """Return whether the outputs of two networks are the same."""
        f, g = (network.scale for network in self.networks)
        return [[x * g for x in y] for y in outputs[0]] == [[x * f for x in y] for y in outputs[1]]

    def check_leaf(self, cell: Cell, witness: Any, *told: Any) -> Fraction:
        """Check what is claimed of a leaf; return the norm of its matrix."""
        cell.check_inside(witness)
        proofs, *bounds = told or [[]]
        outputs = [front.vectors for front in cell.fronts]
        errors, unit = [0] * len(outputs[0]), 1
        if bounds:
            require(self.clauses, "bounds do not prove such a claim")
            outputs[0], errors, unit = enclose(cell, bounds[0])
        else:
            require(not any(f.undecided for f in cell.fronts), "a leaf has undecided kinks")
            require(len(outputs) == 1 or self.agree(outputs), "the networks differ on this leaf")
        *inputs, one = [[unit * x for x in row] for row in (*cell.inputs, cell.one)]
        for clause, proof in zip(self.clauses, items(proofs, len(self.clauses)), strict=True):
            vectors = affine([numbers for numbers, _ in clause], [*outputs[0], *inputs], one)
            own, weak = {}, set()
            for i, (vector, (numbers, strict)) in enumerate(zip(vectors, clause, strict=True)):
                vector[-1] += sum(map(mul, map(abs, numbers), errors))
                own[f"own{i or ''}"] = primitive(vector)
                weak |= set() if strict else {f"own{i or ''}"}
            cell.refute(proof, own, weak)
        matrix = [vector[:-1] for vector in outputs[0]]
        if self.slopes:
            c, u = self.slopes
            growths = (sum(map(mul, row, u)) for row in matrix)
            return sum(map(mul, c, growths), Fraction(0))
        if self.norm == "2 squared":
            return Fraction(sum(entry * entry for entry in matrix[0]))
        lines = zip(*matrix, strict=True) if self.norm == "1" else matrix
        return Fraction(max((sum(map(abs, line)) for line in lines), default=0))
