"""Certificates made by hand: an independent writer, as plain as possible, for the checker's tests.

A certificate is a list of JSON values, one a line.  Nothing is shared with the engine or with
`exactpwl.certificate`: affine functions are fractions, every side of every kink is decided by a
linear program of its own, and the ends of a range are found among the generators of all cells.  The
list of cells is also how tests know whether what a mutated certificate claims is true.  Branches
that end early are made in `handmade_bounds`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from typing import Any

from exactpwl.feasibility import feasibility, feasible
from exactpwl.inequality import Row, primitive_row
from exactpwl.polyhedron import Polyhedron

Lines = list[Any]
Function = tuple[Fraction, ...]
"""(w_1, .., w_d, w_0), the function w.x + w_0."""

RELU = {"breakpoints": ["0"], "slopes": ["0", "1"], "value_at_zero": "0"}
LEAKY = {"breakpoints": ["0"], "slopes": ["1/4", "1"], "value_at_zero": "0"}
HARD_TANH = {"breakpoints": ["-1", "1"], "slopes": ["0", "1", "0"], "value_at_zero": "0"}
LINEAR = {"breakpoints": [], "slopes": ["1"], "value_at_zero": "0"}
STEPS = {
    "breakpoints": ["-2", "-1", "1/2"],
    "slopes": ["1", "1", "-3", "2/5"],
    "value_at_zero": "7",
}


@dataclass(frozen=True)
class Cell:
    """A full-dimensional cell: its rows by name, a point inside, the networks' functions on it."""

    rows: dict[str, Row]
    point: tuple[Fraction, ...]
    functions: list[list[Function]]


def text(number: Fraction | int) -> str:
    return str(Fraction(number))


def layer(
    weight: Sequence[Sequence[Any]], bias: Sequence[Any], *activations: dict[str, Any]
) -> dict[str, Any]:
    """Return a layer; one activation is for all neurons, several are for one each."""
    each = list(activations) * (len(bias) if len(activations) == 1 else 1)
    distinct = [a for i, a in enumerate(each) if a not in each[:i]]
    return {
        "weight": [[text(w) for w in row] for row in weight],
        "bias": [text(b) for b in bias],
        "activations": distinct,
        "kinds": [distinct.index(a) for a in each],
    }


def network(*layers: dict[str, Any]) -> dict[str, Any]:
    return {"inputs": len(layers[0]["weight"][0]), "layers": list(layers)}


def box(*bounds: tuple[Any, Any]) -> list[list[str]]:
    rows = []
    for i, (low, high) in enumerate(bounds):
        unit = [int(i == j) for j in range(len(bounds))]
        rows.append([*map(text, unit), text(-Fraction(low))])
        rows.append([*(text(-u) for u in unit), text(high)])
    return rows


def header(claim: dict[str, Any], networks: list[Any], domain: list[list[str]]) -> dict[str, Any]:
    return {
        "format": "exactpwl certificate",
        "version": 2,
        "claim": claim,
        "networks": networks,
        "sha256": [digest(each) for each in networks],
        "domain": domain,
    }


def digest(value: Any) -> str:
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def piece(activation: dict[str, Any], index: int) -> tuple[Fraction, Fraction]:
    """Return slope and intercept of a piece, from the activation as a sum of ReLUs."""
    breakpoints = [Fraction(c) for c in activation["breakpoints"]]
    slopes = [Fraction(s) for s in activation["slopes"]]
    jumps = [b - a for a, b in pairwise(slopes)]
    pairs = list(zip(breakpoints, jumps, strict=True))
    at_zero = sum((jump * -c for c, jump in pairs if c < 0), Fraction(0))
    shift = Fraction(activation["value_at_zero"]) - at_zero
    return slopes[index], shift - sum((jump * c for c, jump in pairs[:index]), Fraction(0))


def evaluate(net: dict[str, Any], point: Sequence[Fraction]) -> list[Fraction]:
    """Return the value of a network at a point."""
    hidden = list(point)
    for data in net["layers"]:
        before = [
            sum((Fraction(w) * h for w, h in zip(row, hidden, strict=True)), Fraction(b))
            for row, b in zip(data["weight"], data["bias"], strict=True)
        ]
        hidden = []
        for z, kind in zip(before, data["kinds"], strict=True):
            activation = data["activations"][kind]
            slope, shift = piece(
                activation, sum(z > Fraction(c) for c in activation["breakpoints"])
            )
            hidden.append(slope * z + shift)
    return hidden


def combined(
    weights: Sequence[Fraction], functions: Sequence[Function], constant: Fraction
) -> Function:
    """Return the sum of functions times weights, plus a constant."""
    columns = zip(*functions, strict=True)
    found = [sum((w * x for w, x in zip(weights, c, strict=True)), Fraction(0)) for c in columns]
    return (*found[:-1], found[-1] + constant)


def open_kinks(
    networks: Sequence[dict[str, Any]], sides: dict[str, bool]
) -> tuple[dict[str, Function], list[list[Function]]]:
    """Return the undecided kinks of each network's first layer that has some, with their functions.

    Neurons that are constant decide themselves.  For a network without open kinks the functions of
    its outputs follow.
    """
    first = 0
    kinks: dict[str, Function] = {}
    outputs = []
    for net in networks:
        d = net["inputs"]
        hidden = [tuple(Fraction(i == j) for j in range(d + 1)) for i in range(d)]
        for number, data in enumerate(net["layers"], first):
            undecided, hidden = layer_after(number, data, hidden, sides)
            kinks.update(undecided)
            if undecided:
                break
        else:
            outputs.append(hidden)
        first += len(net["layers"])
    return kinks, outputs


def before(data: dict[str, Any], hidden: list[Function]) -> list[Function]:
    """Return the pre-activations of a layer."""
    rows = zip(data["weight"], data["bias"], strict=True)
    return [combined([Fraction(w) for w in row], hidden, Fraction(b)) for row, b in rows]


def layer_after(
    number: int, data: dict[str, Any], hidden: list[Function], sides: dict[str, bool]
) -> tuple[dict[str, Function], list[Function]]:
    """Return the open kinks of a layer with their functions, and what comes out of the others."""
    undecided = {}
    after: list[Function] = []
    for n, function in enumerate(before(data, hidden)):
        activation = data["activations"][data["kinds"][n]]
        above = 0
        for b, c in enumerate(activation["breakpoints"]):
            name = f"{number}.{n}.{b}"
            own = (*function[:-1], function[-1] - Fraction(c))
            if not any(own[:-1]):
                above += own[-1] > 0
            elif name in sides:
                above += sides[name]
            else:
                undecided[name] = own
        slope, shift = piece(activation, above)
        after.append((*(slope * x for x in function[:-1]), slope * function[-1] + shift))
    return undecided, after


def row_of(function: Function, sign: int = 1) -> Row:
    return primitive_row((tuple(sign * w for w in function[:-1]), sign * function[-1]))


def domain_rows(domain: Sequence[Sequence[str]]) -> dict[str, Row]:
    return {f"d{i}": row_of(tuple(map(Fraction, row))) for i, row in enumerate(domain)}


def multipliers(rows: dict[str, Row], found: Sequence[tuple[int, Fraction]]) -> dict[str, str]:
    names = list(rows)
    return {names[i]: text(y) for i, y in found if y}


def tree(
    networks: Sequence[dict[str, Any]],
    domain: Sequence[Sequence[str]],
    close: Callable[[dict[str, Row], dict[str, bool]], list[Any] | None] | None = None,
) -> tuple[Lines, list[Cell]]:
    """Return the nodes of the split tree, the leaves without proofs, and their cells.

    `close` may end a branch: it is given rows and decided kinks, and returns what the leaf needs.
    """
    nodes: Lines = []
    cells: list[Cell] = []
    dimension = networks[0]["inputs"]

    def grow(rows: dict[str, Row], sides: dict[str, bool]) -> None:
        kinks, functions = open_kinks(networks, sides)
        told = close(rows, sides) if close and kinks else None
        if told or not kinks:
            point = feasibility(list(rows.values()), dimension).point
            assert point is not None
            nodes.append(["leaf", [text(x) for x in point], *(told or [])])
            cells.append(Cell(dict(rows), point, functions))
            return
        name, function = next(iter(kinks.items()))
        indices = [int(part) for part in name.split(".")]
        both = {side: {**rows, name: row_of(function, 1 if side else -1)} for side in (False, True)}
        answers = {
            side: feasibility([*rows.values(), both[side][name]], dimension) for side in both
        }
        empty = [side for side in both if answers[side].status != "full"]
        if not empty:
            nodes.append(["split", *indices])
        for side in empty:
            own = {**rows, "own": both[side][name]}
            told = multipliers(own, answers[side].multipliers or ())
            nodes.append(["below" if side else "above", *indices, told])
        for side in (False, True):
            if side not in empty:
                grow(both[side], {**sides, name: side})

    rows = domain_rows(domain)
    assert feasibility(list(rows.values()), dimension).status == "full"
    grow(rows, {})
    return nodes, cells


def refuted(rows: dict[str, Row], asked: Sequence[tuple[Function, bool]]) -> dict[str, str] | None:
    """Return multipliers that refute on a closed cell that all these are > 0 (or >= 0, if weak).

    Those asked are called own, own1, own2, ..; None if the cell has a point where all hold.
    """
    system = {**rows, **{own(i): row_of(function) for i, (function, _) in enumerate(asked)}}
    flags = [False] * len(rows) + [strict for _, strict in asked]
    answer = feasible(list(system.values()), flags, len(asked[0][0]) - 1)
    return None if answer.status == "full" else multipliers(system, answer.multipliers or ())


def own(place: int) -> str:
    """Return the name of the negation of an inequality of a clause."""
    return f"own{place}" if place else "own"


def negations(clause: list[dict[str, Any]], cell: Cell) -> list[tuple[Function, bool]]:
    """Return what is to be refuted of a clause: excesses, and whether they are > 0, not >= 0."""
    return [(excess(each, cell.functions[0]), not each["strict"]) for each in clause]


def ends(
    networks: list[Any], domain: Sequence[Sequence[str]], coefficients: Sequence[Any], sign: int
) -> dict[str, Any]:
    """Return the end of a range, upper for sign 1 and lower for -1, from the cells' generators."""
    best: tuple[Fraction, tuple[Fraction, ...]] | None = None
    weights = [Fraction(c) for c in coefficients]
    for cell in tree(networks, domain)[1]:
        function = combined(weights, cell.functions[0], Fraction(0))
        made = Polyhedron(len(cell.point), tuple(cell.rows.values())).generators
        lines = [tuple(s * x for x in line) for line in made.lines for s in (1, -1)]
        for ray in [*made.rays, *lines]:
            if sign * sum(w * x for w, x in zip(function[:-1], ray, strict=True)) > 0:
                return {"point": list(map(text, cell.point)), "direction": list(map(text, ray))}
        for x in made.vertices:
            value = sum((w * c for w, c in zip(function[:-1], x, strict=True)), function[-1])
            if best is None or sign * (value - best[0]) > 0:
                best = value, tuple(map(Fraction, x))
    assert best is not None
    return {"value": text(best[0]), "point": list(map(text, best[1]))}


def partition(networks: list[Any], domain: list[list[str]]) -> Lines:
    return finished(networks, domain, {"kind": "partition"}, lambda cell: [])


def property_holds(
    networks: list[Any], domain: list[list[str]], clauses: list[list[dict[str, Any]]]
) -> Lines:
    def proofs(cell: Cell) -> list[Any]:
        return [refuted(cell.rows, negations(clause, cell)) for clause in clauses]

    claim = {"kind": "property", "holds": True, "property": clauses}
    return finished(networks, domain, claim, proofs)


def equal(networks: list[Any], domain: list[list[str]]) -> Lines:
    return finished(networks, domain, {"kind": "equal", "holds": True}, lambda cell: [])


def lipschitz(networks: list[Any], domain: list[list[str]], norm: str) -> Lines:
    value = text(max(norm_of(cell, norm) for cell in tree(networks, domain)[1]))
    claim = {"kind": "lipschitz", "norm": norm, "value": value}
    return finished(networks, domain, claim, lambda cell: [])


def slope(
    networks: list[Any], domain: list[list[str]], coefficients: list[str], direction: list[str]
) -> Lines:
    cells = tree(networks, domain)[1]
    claim: dict[str, Any] = {"kind": "slope", "coefficients": coefficients, "direction": direction}
    claim["value"] = text(max(slope_of(cell, coefficients, direction) for cell in cells))
    return finished(networks, domain, claim, lambda cell: [])


def value_range(networks: list[Any], domain: list[list[str]], coefficients: list[str]) -> Lines:
    lower, upper = (ends(networks, domain, coefficients, sign) for sign in (-1, 1))

    def proofs(cell: Cell) -> list[Any]:
        told = []
        for end, sign in ((lower, -1), (upper, 1)):
            if "value" in end:
                told.append(refuted(cell.rows, [(beyond(end, sign, coefficients, cell), True)]))
        return told

    claim = {"kind": "range", "coefficients": coefficients, "lower": lower, "upper": upper}
    return finished(networks, domain, claim, proofs)


def beyond(end: dict[str, Any], sign: int, coefficients: list[str], cell: Cell) -> Function:
    """Return how far c.f is beyond an end of its range, on a cell."""
    weights = [sign * Fraction(c) for c in coefficients]
    return combined(weights, cell.functions[0], -sign * Fraction(end["value"]))


def fails(
    networks: list[Any],
    domain: list[list[str]],
    point: list[str],
    clauses: list[list[dict[str, Any]]] | None = None,
) -> Lines:
    """Return the certificate that a property, or without one equality, fails at a point."""
    claim: dict[str, Any] = {"kind": "equal" if clauses is None else "property", "holds": False}
    if clauses is not None:
        claim["property"] = clauses
    return [header({**claim, "point": point}, networks, domain), ["end", 0, 0]]


def inequality(
    coefficients: Sequence[Any], bound: Any, inputs: Sequence[Any] = (0, 0), *, strict: bool = False
) -> dict[str, Any]:
    """Return inputs.x + coefficients.f <= bound, or < bound."""
    listed = {"coefficients": coefficients, "inputs": inputs}
    told = {key: [text(Fraction(c)) for c in value] for key, value in listed.items()}
    return {**told, "bound": text(Fraction(bound)), "strict": strict}


def excess(each: dict[str, Any], functions: Sequence[Function]) -> Function:
    """Return inputs.x + coefficients.f - bound."""
    weights = [Fraction(c) for c in each["coefficients"]]
    found = combined(weights, functions, -Fraction(each["bound"]))
    return (*(w + Fraction(c) for w, c in zip(found, each["inputs"], strict=False)), found[-1])


def slope_of(cell: Cell, coefficients: Sequence[Any], direction: Sequence[Any]) -> Fraction:
    """Return the slope of coefficients.f along a direction, on a cell."""
    function = combined([Fraction(c) for c in coefficients], cell.functions[0], Fraction(0))
    return sum((w * Fraction(u) for w, u in zip(function, direction, strict=False)), Fraction(0))


def norm_of(cell: Cell, norm: str) -> Fraction:
    matrix = [function[:-1] for function in cell.functions[0]]
    if norm == "2 squared":
        return sum((x * x for row in matrix for x in row), Fraction(0))
    lines = list(zip(*matrix, strict=True)) if norm == "1" else matrix
    return max(sum((abs(x) for x in line), Fraction(0)) for line in lines)


def finished(
    networks: list[Any],
    domain: list[list[str]],
    claim: dict[str, Any],
    proofs: Callable[[Cell], list[Any]],
    close: Callable[[dict[str, Row], dict[str, bool]], list[Any] | None] | None = None,
) -> Lines:
    """Return the whole certificate, with the proofs that each leaf needs."""
    nodes, cells = tree(networks, domain, close)
    left = iter(cells)
    for node in nodes:
        if node[0] == "leaf" and (cell := next(left)).functions and (told := proofs(cell)):
            assert None not in told, "the claim is false"
            node.append(told)
    sides = sum(node[0] in ("below", "above") for node in nodes)
    claim = {**claim, "regions": len(cells)}
    return [header(claim, networks, domain), *nodes, ["end", len(cells), sides]]


def is_true(head: dict[str, Any]) -> bool:
    """Return whether the claim of a header is true, by brute force."""
    claim, networks, domain = head["claim"], head["networks"], head["domain"]
    if claim.get("holds") is False:
        return _fails(claim, networks, domain)
    cells = tree(networks, domain)[1]
    if claim["kind"] == "property":
        return all(
            refuted(cell.rows, negations(clause, cell)) is not None
            for clause in claim["property"]
            for cell in cells
        )
    if claim["kind"] == "range":
        return all(_is_end(claim, networks, domain, sign) for sign in (-1, 1))
    if claim["regions"] != len(cells):
        return False
    if claim["kind"] == "equal":
        return all(cell.functions[0] == cell.functions[1] for cell in cells)
    if claim["kind"] == "lipschitz":
        return Fraction(claim["value"]) == max(norm_of(cell, claim["norm"]) for cell in cells)
    if claim["kind"] == "slope":
        told = claim["coefficients"], claim["direction"]
        return Fraction(claim["value"]) == max(slope_of(cell, *told) for cell in cells)
    return bool(claim["kind"] == "partition")


def inside(point: Sequence[Fraction], rows: dict[str, Row], *, strict: bool) -> bool:
    found = [
        sum((n * x for n, x in zip(normal, point, strict=True)), Fraction(offset))
        for normal, offset in rows.values()
    ]
    return all(value > 0 if strict else value >= 0 for value in found)


def _fails(claim: dict[str, Any], networks: list[Any], domain: list[list[str]]) -> bool:
    point = [Fraction(x) for x in claim["point"]]
    outputs = [evaluate(each, point) for each in networks]
    if not inside(point, domain_rows(domain), strict=False):
        return False
    if claim["kind"] == "equal":
        return outputs[0] != outputs[1]
    return any(
        not any(_holds(each, outputs[0], point) for each in clause) for clause in claim["property"]
    )


def _holds(each: dict[str, Any], outputs: list[Fraction], point: list[Fraction]) -> bool:
    terms = [
        *zip(each["coefficients"], outputs, strict=True),
        *zip(each["inputs"], point, strict=True),
    ]
    total = sum((Fraction(c) * x for c, x in terms), Fraction(0))
    return total < Fraction(each["bound"]) or (
        total == Fraction(each["bound"]) and not each["strict"]
    )


def _is_end(claim: dict[str, Any], networks: list[Any], domain: list[list[str]], sign: int) -> bool:
    told = claim["upper" if sign > 0 else "lower"]
    true = ends(networks, domain, claim["coefficients"], sign)
    point = [Fraction(x) for x in told["point"]]
    if not inside(point, domain_rows(domain), strict=False) or ("value" in told) != (
        "value" in true
    ):
        return False
    weights = [Fraction(c) for c in claim["coefficients"]]

    def value_at(x: Sequence[Fraction]) -> Fraction:
        return sum(
            (w * y for w, y in zip(weights, evaluate(networks[0], x), strict=True)), Fraction(0)
        )

    if "value" in told:
        return Fraction(told["value"]) == Fraction(true["value"]) == value_at(point)
    direction = [Fraction(x) for x in told["direction"]]
    # far out the function is affine along the ray: two steps of a very large stride tell its slope
    far = [[p + k * 10**9 * v for p, v in zip(point, direction, strict=True)] for k in (1, 2)]
    stays = all(
        sum(n * v for n, v in zip(normal, direction, strict=True)) >= 0
        for normal, _ in domain_rows(domain).values()
    )
    return stays and sign * (value_at(far[1]) - value_at(far[0])) > 0
