"""What a certificate can claim, and what each claim needs at a region.

Six claims use a tree: that these are all regions (`Partition`), that inequalities hold everywhere
(`Property`), that two networks are the same function (`Equal`), the least Lipschitz constant
(`Lipschitz`), the greatest slope along a direction (`Slope`) and the range of an output (`Range`).
All but the first are about a continuous function that is affine on each region, so each is about
finitely many affine maps.  That something fails needs no tree: one point shows it
(`Counterexample`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Any, Protocol

from exactpwl.affine import AffineMap
from exactpwl.certificate.steps import Leaf, Refutation
from exactpwl.engine.cell import Vector
from exactpwl.rationals import primitive

__all__ = [
    "Claim",
    "Clause",
    "Counterexample",
    "End",
    "Equal",
    "Inequality",
    "Lipschitz",
    "Partition",
    "Property",
    "Range",
    "Slope",
    "combination",
]

Point = tuple[Fraction, ...]


def combination(
    coefficients: Sequence[Fraction],
    constant: Fraction,
    found: AffineMap,
    inputs: Sequence[Fraction] = (),
) -> Vector:
    """Return inputs . x + coefficients . f + constant as a function of (x, t), in coprime integers.

    Examples
    --------
    >>> combination([Fraction(2)], Fraction(1), AffineMap.of([[1, "1/2"]], [0]))
    (2, 1, 1)
    """
    columns = [*zip(*found.weight, strict=True), found.bias]
    row = [sum((c * w for c, w in zip(coefficients, q, strict=True)), Fraction(0)) for q in columns]
    for i, c in enumerate(inputs):
        row[i] += c
    row[-1] += constant
    common = lcm(*(entry.denominator for entry in row))
    return primitive([int(entry * common) for entry in row])


@dataclass(frozen=True)
class Inequality:
    """inputs . x + coefficients . f(x) <= bound, or < bound if `strict`.

    There is one coefficient for each output, and one for each input or none.

    Examples
    --------
    >>> Inequality((Fraction(1), Fraction(-1)), Fraction(0)).holds([Fraction(0)] * 2, [Fraction(0)])
    True
    """

    coefficients: tuple[Fraction, ...]
    bound: Fraction
    strict: bool = False
    inputs: tuple[Fraction, ...] = ()

    def slack(self, found: AffineMap) -> Vector:
        """Return the right side less the left one as a function of (x, t), in coprime integers."""
        return combination(
            [-c for c in self.coefficients], self.bound, found, [-c for c in self.inputs]
        )

    def holds(self, outputs: Sequence[Fraction], point: Sequence[Fraction]) -> bool:
        """Return whether it holds where the network has these outputs."""
        terms = [*map(mul, self.coefficients, outputs), *map(mul, self.inputs, point)]
        total = sum(terms, Fraction(0))
        return total < self.bound or (total == self.bound and not self.strict)

    def as_json(self) -> dict[str, Any]:
        """Return the inequality as a certificate spells it."""
        return {
            "coefficients": list(map(str, self.coefficients)),
            "inputs": list(map(str, self.inputs)),
            "bound": str(self.bound),
            "strict": self.strict,
        }


Clause = tuple[Inequality, ...]
"""Inequalities of which at least one holds."""


class Claim(Protocol):
    """What a certificate says."""

    def as_json(self) -> dict[str, Any]:
        """Return the claim as a certificate spells it."""

    def refutations(self, leaf: Leaf, found: AffineMap) -> list[Refutation]:
        """Return what a leaf needs beside its witness; `found` is the affine map there."""


@dataclass(frozen=True)
class Partition:
    """These are all activation regions.

    Examples
    --------
    >>> Partition(3).as_json()
    {'kind': 'partition', 'regions': 3}
    """

    regions: int

    def as_json(self) -> dict[str, Any]:
        """Return the claim as a certificate spells it."""
        return {"kind": "partition", "regions": self.regions}

    def refutations(self, leaf: Leaf, found: AffineMap) -> list[Refutation]:
        """Return nothing: the witness is all."""
        return []


@dataclass(frozen=True)
class Property:
    """At every point of the closed domain each clause holds: at least one of its inequalities.

    `leaves` is the number of cells of its proof, on each of which that is seen.

    Examples
    --------
    >>> Property(((Inequality((Fraction(1),), Fraction(1)),),), 3).as_json()["property"]
    [[{'coefficients': ['1'], 'inputs': [], 'bound': '1', 'strict': False}]]
    """

    clauses: tuple[Clause, ...]
    leaves: int

    def as_json(self) -> dict[str, Any]:
        """Return the claim as a certificate spells it."""
        told = _clauses_as_json(self.clauses)
        return {"kind": "property", "holds": True, "property": told, "regions": self.leaves}

    def refutations(self, leaf: Leaf, found: AffineMap) -> list[Refutation]:
        """Return nothing: a property has a walk of its own, `exactpwl.certificate.pruned`."""
        return []


def _clauses_as_json(clauses: Sequence[Clause]) -> list[list[dict[str, Any]]]:
    return [[inequality.as_json() for inequality in clause] for clause in clauses]


@dataclass(frozen=True)
class Equal:
    """Two networks are the same function on the closed domain.

    Examples
    --------
    >>> Equal(2).as_json()
    {'kind': 'equal', 'holds': True, 'regions': 2}
    """

    regions: int

    def as_json(self) -> dict[str, Any]:
        """Return the claim as a certificate spells it."""
        return {"kind": "equal", "holds": True, "regions": self.regions}

    def refutations(self, leaf: Leaf, found: AffineMap) -> list[Refutation]:
        """Return nothing: the maps are compared."""
        return []


@dataclass(frozen=True)
class Lipschitz:
    """The least Lipschitz constant on the domain, in the norm ``1``, ``inf`` or ``2 squared``.

    Examples
    --------
    >>> Lipschitz("inf", Fraction(4), 3).as_json()["value"]
    '4'
    """

    norm: str
    value: Fraction
    regions: int

    def as_json(self) -> dict[str, Any]:
        """Return the claim as a certificate spells it."""
        told = {"kind": "lipschitz", "norm": self.norm, "value": str(self.value)}
        return {**told, "regions": self.regions}

    def refutations(self, leaf: Leaf, found: AffineMap) -> list[Refutation]:
        """Return nothing: the norm of the map is computed."""
        return []


@dataclass(frozen=True)
class Slope:
    """The greatest slope of coefficients . f along a direction, over all activation regions.

    A continuous function that is piecewise linear on a convex domain does not grow along the
    direction iff that is at most 0.

    Examples
    --------
    >>> Slope((Fraction(1),), (Fraction(0), Fraction(1)), Fraction(4), 3).as_json()["value"]
    '4'
    """

    coefficients: tuple[Fraction, ...]
    direction: tuple[Fraction, ...]
    value: Fraction
    regions: int

    def as_json(self) -> dict[str, Any]:
        """Return the claim as a certificate spells it."""
        return {
            "kind": "slope",
            "coefficients": list(map(str, self.coefficients)),
            "direction": list(map(str, self.direction)),
            "value": str(self.value),
            "regions": self.regions,
        }

    def refutations(self, leaf: Leaf, found: AffineMap) -> list[Refutation]:
        """Return nothing: the slope of the map is computed."""
        return []


@dataclass(frozen=True)
class End:
    """An end of a range: a value and where it is attained, or a ray along which there is none.

    Examples
    --------
    >>> End((Fraction(1, 2),), Fraction(3)).as_json()
    {'point': ['1/2'], 'value': '3'}
    """

    point: Point
    value: Fraction | None = None
    direction: tuple[int, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the end as a certificate spells it."""
        told: dict[str, Any] = {"point": list(map(str, self.point))}
        if self.value is None:
            return {**told, "direction": list(map(str, self.direction or ()))}
        return {**told, "value": str(self.value)}


@dataclass(frozen=True)
class Range:
    """The range of coefficients . f on the closed domain.

    Examples
    --------
    >>> ends = End((Fraction(0),), Fraction(0)), End((Fraction(0),), direction=(1,))
    >>> Range((Fraction(1),), *ends, regions=2).as_json()["upper"]
    {'point': ['0'], 'direction': ['1']}
    """

    coefficients: tuple[Fraction, ...]
    lower: End
    upper: End
    regions: int

    def as_json(self) -> dict[str, Any]:
        """Return the claim as a certificate spells it."""
        return {
            "kind": "range",
            "coefficients": list(map(str, self.coefficients)),
            "lower": self.lower.as_json(),
            "upper": self.upper.as_json(),
            "regions": self.regions,
        }

    def refutations(self, leaf: Leaf, found: AffineMap) -> list[Refutation]:
        """Return multipliers that refute values below the lower and above the upper end."""
        told: list[Refutation] = []
        for end, sign in ((self.lower, 1), (self.upper, -1)):
            if end.value is not None:
                coefficients = [sign * c for c in self.coefficients]
                told.append(leaf.refuted(combination(coefficients, -sign * end.value, found)))
        return told


@dataclass(frozen=True)
class Counterexample:
    """A point of the closed domain at which a property, or equality, fails.

    Examples
    --------
    >>> Counterexample((Fraction(1, 2),)).as_json()
    {'kind': 'equal', 'holds': False, 'point': ['1/2']}
    """

    point: Point
    clauses: tuple[Clause, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the claim as a certificate spells it."""
        point = list(map(str, self.point))
        if self.clauses is None:
            return {"kind": "equal", "holds": False, "point": point}
        told = _clauses_as_json(self.clauses)
        return {"kind": "property", "holds": False, "property": told, "point": point}

    def refutations(self, leaf: Leaf, found: AffineMap) -> list[Refutation]:
        """Return nothing: there is no tree."""
        return []
