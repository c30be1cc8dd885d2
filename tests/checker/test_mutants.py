"""Thousands of certificates with one thing changed: what the checker still accepts is still true.

Two dozen certificates are made by hand, as many by the real writer.  A mutant is neutral if its
claim stays true and its proof stays a proof: a witness moves inside its region, all multipliers of
one refutation double, a row of the domain that no proof needs moves out.  How the test knows: for
each mutant that is accepted,

* what its header claims of the networks and the domain that stand there now is decided again by
  brute force (`handmade.is_true`: all cells by linear programs, all values by fractions), and
* every witness and every refutation is verified by `replay`, a second checker that walks the tree
  in the most naive way, on the library's `FarkasCertificate`.  Bounds are verified as what they
  say: a function is, with rows added, at most so much on the box.

So no mutant is accepted whose claim has become false, or in which a number that the proof needs has
become another one.
"""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import handmade as by_hand
import handmade_bounds
import pytest
from cases import KINDS, case, judge, rehash

from exactpwl import Domain, Network, gallery
from exactpwl.certificate import (
    Certificate,
    Inequality,
    certify_equality,
    certify_lipschitz,
    certify_partition,
    certify_property,
    certify_range,
    certify_slope,
)
from exactpwl.errors import CertificateError
from exactpwl.farkas import FarkasCertificate
from exactpwl.inequality import Row
from exactpwl_check import proof

Lines = by_hand.Lines
UNIT = [(0, 1), (0, 1)]
SMALL = Network([([[1, 1], [1, -1]], [0, "1/2"], "relu"), ([[1, -1], [1, 2]], ["-1/3", 0], "abs")])
DEEP = Network(
    [
        ([[1, 1], [1, -1], [0, 2]], [0, "1/2", "1/4"], "relu"),
        ([["1/2", "1/5", 0], [0, 1, "-1/2"]], ["-1/3", 0], "hard_tanh"),
        ([[1, -1]], ["1/7"], "linear"),
    ]
)
TRIANGLE = Domain(2, (((1, 0), 1), ((0, 1), 1), ((-1, -1), 1)))
ABS = [
    Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")]),
    Network([([[1]], [0], "abs"), ([[1]], [0], "linear")]),
]


@cache
def written() -> dict[str, Certificate]:
    """Return certificates by the real writer."""
    high, low = ([Fraction(sign)] for sign in (1, -1))
    either = [Inequality(tuple(high), Fraction(0)), Inequality(tuple(low), Fraction(0), True)]
    tilted = Inequality(tuple(high), Fraction(2), False, (Fraction(1, 2), Fraction(-1, 3)))
    xor, tent, hat = (gallery.get(name) for name in ("xor", "tent", "hat2d"))
    return {
        "xor": certify_partition(xor),
        "xor on a box": certify_partition(xor, UNIT),
        "tent": certify_partition(tent),
        "hat": certify_partition(hat),
        "small": certify_partition(SMALL, [(-1, 1), (-2, "1/3")]),
        "bounded xor": certify_property(xor, [([1], 1)], UNIT),
        "tight xor": certify_property(xor, [([1], 1), ([-1], 4)]),
        "too tight xor": certify_property(xor, [([1], "1/2")], UNIT),
        "tilted": certify_property(DEEP, [tilted], [(-1, 1), (-1, 1)]),
        "tilted on a triangle": certify_property(DEEP, [tilted], TRIANGLE),
        "either on a square": certify_property(DEEP, [either], [(-1, 1), (-1, 1)]),
        "either on the plane": certify_property(xor, [either]),
        "neither": certify_property(xor, [[either[1], Inequality(tuple(high), Fraction(-9))]]),
        "abs twice": certify_equality(*ABS),
        "abs is not double": certify_equality(ABS[0], Network([([[2]], [0], "abs")])),
        "slope of xor": certify_lipschitz(xor),
        "slope of small": certify_lipschitz(SMALL, "1", UNIT),
        "length of the gradient of xor": certify_lipschitz(xor, "2 squared", UNIT),
        "rise of xor": certify_slope(xor, [1], [0, 1]),
        "rise of deep": certify_slope(DEEP, [1], [1, "-1/3"], TRIANGLE),
        "fall of a line": certify_slope(Network([([[-2]], [1], "linear")]), [1], [1]),
        "range of deep": certify_range(DEEP, [1], TRIANGLE),
        "range of xor": certify_range(xor, [1], UNIT),
        "range of abs": certify_range(ABS[1], [1]),
    }


NAMES = (
    *KINDS,
    "xor",
    "xor on a box",
    "tent",
    "hat",
    "small",
    "bounded xor",
    "tight xor",
    "too tight xor",
    "tilted",
    "tilted on a triangle",
    "either on a square",
    "either on the plane",
    "neither",
    "abs twice",
    "abs is not double",
    "slope of xor",
    "slope of small",
    "length of the gradient of xor",
    "rise of xor",
    "rise of deep",
    "fall of a line",
    "range of deep",
    "range of xor",
    "range of abs",
)


def certificate(name: str) -> Lines:
    return case(name) if name in KINDS else [json.loads(line) for line in written()[name].lines()]


Asked = list[tuple[by_hand.Function, bool]]
"""Functions of which at least one is not > 0, or if its flag is not set not >= 0."""


def verify(rows: dict[str, Row], asked: Asked, proof: dict[str, str], *, weak: bool = True) -> None:
    """Verify one refutation with the library's fractions."""
    relations = dict.fromkeys(rows, ">=" if weak else ">")
    relations |= {by_hand.own(i): ">" if strict else ">=" for i, (_, strict) in enumerate(asked)}
    known = {**rows, **{by_hand.own(i): by_hand.row_of(f) for i, (f, _) in enumerate(asked)}}
    FarkasCertificate(
        tuple(known[name] for name in proof),
        tuple(map(Fraction, proof.values())),
        tuple(relations[name] for name in proof),
    ).verify()


def exactly(claim: dict[str, Any], cell: by_hand.Cell) -> list[Asked]:
    """Return what is to be refuted on a leaf where all is decided."""
    if claim["kind"] == "property":
        return [by_hand.negations(clause, cell) for clause in claim["property"]]
    if claim["kind"] != "range":
        return []
    ends = [(end, sign) for end, sign in range_ends(claim) if "value" in end]
    return [[(by_hand.beyond(*end, claim["coefficients"], cell), True)] for end in ends]


def range_ends(claim: dict[str, Any]) -> list[tuple[dict[str, Any], int]]:
    return [(claim["lower"], -1), (claim["upper"], 1)]


def roughly(lines: Lines, rows: dict[str, Row], sides: dict[str, bool], bounds: Any) -> list[Asked]:
    """Return what is to be refuted on a leaf with bounds; verify each of these."""
    claim, domain = lines[0]["claim"], lines[0]["domain"]
    box = by_hand.domain_rows([row for row in domain if sum(x != "0" for x in row[:-1]) == 1])
    first: list[int] = []

    def ceiling(place: tuple[int, int, int], function: by_hand.Function, size: int) -> Fraction:
        layer, neuron, end = place
        first.append(layer)
        told = {name: Fraction(y) for name, y in bounds[layer - first[0]][neuron][end].items()}
        own = told.pop("own") * size
        assert own > 0
        assert min(told.values(), default=1) > 0
        added = [(rows[name], y / own) for name, y in told.items()]
        linear = [w + sum(y * row[0][i] for row, y in added) for i, w in enumerate(function[:-1])]
        constant = function[-1] + sum(y * row[1] for row, y in added)
        return handmade_bounds.greatest(box, (*linear, constant)) if any(linear) else constant

    found = handmade_bounds.enclose(lines[0]["networks"][0], sides, ceiling)
    listed = claim.get("property") or [
        [by_hand.inequality([sign * Fraction(c) for c in claim["coefficients"]],
                            sign * Fraction(end["value"]))]
        for end, sign in range_ends(claim)
        if "value" in end
    ]  # fmt: skip
    return [handmade_bounds.asked(clause, found) for clause in listed]


def replay(lines: Lines) -> None:
    """Verify every witness and every refutation of a tree that the checker has accepted."""
    networks, claim = lines[0]["networks"], lines[0]["claim"]
    rest = iter(lines[1:-1])

    def walk(rows: dict[str, Row], sides: dict[str, bool]) -> None:
        node = next(rest)
        kinks, functions = by_hand.open_kinks(networks, sides)
        if node[0] == "leaf":
            point = tuple(map(Fraction, node[1]))
            assert by_hand.inside(point, rows, strict=True)
            if len(node) > 3 and kinks:
                wanted = roughly(lines, rows, sides, node[3])
            else:
                assert not kinks
                wanted = exactly(claim, by_hand.Cell(rows, point, functions))
            for want, proof in zip(wanted, node[2] if len(node) > 2 else [], strict=True):
                verify(rows, want, proof)
            return
        name = ".".join(map(str, node[1:4]))
        above = kinks[name]
        both = {False: tuple(-x for x in above), True: above}
        chosen = [False, True] if node[0] == "split" else [node[0] == "above"]
        if len(chosen) == 1:
            verify(rows, [(both[not chosen[0]], True)], node[4], weak=False)
        for side in chosen:
            walk({**rows, name: by_hand.row_of(both[side])}, {**sides, name: side})

    if len(lines) > 2:
        walk(by_hand.domain_rows(lines[0]["domain"]), {})
    assert next(rest, None) is None


def values(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value inside a JSON value, and of the value."""
    yield path
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from values(inner, (*path, key))


WORDS = {
    "below": "above",
    "above": "below",
    "split": "below",
    "leaf": "split",
    "1": "2",
    "inf": "1",
    "2 squared": "inf",
    "partition": "equal",
}


def another(value: Any, chance: random.Random) -> Any:
    """Return another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.choice([-1, 1])
    if isinstance(value, str):
        try:
            number = Fraction(value)
        except ValueError:
            return WORDS.get(value, "0")
        steps = [
            number + 1,
            number - 1,
            -number,
            2 * number,
            number / 2,
            number + Fraction(1, 1000),
        ]
        return str(chance.choice([step for step in steps if step != number]))
    if isinstance(value, list):
        return another_list(value, chance)
    return another_object(value, chance)


def another_list(value: list[Any], chance: random.Random) -> list[Any]:
    """Return a list with an entry less, an entry twice, or two entries exchanged."""
    if not value:
        return ["1"]
    i, j = chance.randrange(len(value)), chance.randrange(len(value))
    changed = list(value)
    kind = chance.randrange(3)
    if kind == 0:
        del changed[i]
    elif kind == 1:
        changed.insert(j, copy.deepcopy(value[i]))
    else:
        changed[i], changed[j] = changed[j], changed[i]
    return changed


def another_object(value: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return an object with a key less, a key renamed, or all its numbers doubled."""
    if not value:
        return {"own": "1"}
    key = chance.choice(list(value))
    kind = chance.randrange(3)
    if kind == 0:
        return {name: inner for name, inner in value.items() if name != key}
    if kind == 1:
        return {("d0" if name == key else name): inner for name, inner in value.items()}
    return {name: another(inner, random.Random(3)) for name, inner in value.items()}


def mutant(lines: Lines, chance: random.Random) -> tuple[Lines, tuple[Any, ...]] | None:
    """Return a certificate with one thing changed, and where; None if nothing has changed."""
    where = chance.random()
    if where < 0.15:
        number = chance.randrange(1, len(lines))
        changed = [*lines[:1], *another_list(lines[1:], chance)] if number else lines
        return None if changed == lines else (changed, ("lines",))
    number = 0 if where < 0.5 else chance.randrange(1, len(lines))
    path = chance.choice([path for path in values(lines[number]) if path or number])
    changed = copy.deepcopy(lines)
    holder: Any = changed
    for key in (number, *path)[:-1]:
        holder = holder[key]
    last = (number, *path)[-1]
    holder[last] = another(holder[last], chance)
    if changed == lines:
        return None
    if number == 0 and path[0] == "networks":
        rehash(changed)
    return changed, (number, *path)


def survey(name: str, count: int) -> Counter[str]:
    """Judge some mutants of a certificate; verify all that is accepted; count what happened."""
    lines = certificate(name)
    assert judge(lines) == ""
    replay(lines)
    chance = random.Random(name)
    found: Counter[str] = Counter()
    while found.total() < count:
        made = mutant(lines, chance)
        if made is None:
            continue
        changed, path = made
        if judge(changed):
            found["rejected"] += 1
            continue
        replay(changed)
        assert truth(json.dumps(changed[0])), f"{path}: accepted, but the claim is false"
        found[region_of(path)] += 1
    return found


@cache
def truth(header: str) -> bool:
    return by_hand.is_true(json.loads(header))


def region_of(path: tuple[Any, ...]) -> str:
    """Return the part of a certificate in which something has changed."""
    if path[0] == 0:
        return str(path[1])
    return "tree"


def test_there_are_four_dozen_certificates() -> None:
    assert len(NAMES) == len(set(NAMES)) == 48
    assert set(NAMES) == {*KINDS, *written()}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_accepted_of_some_mutants_is_true(name: str) -> None:
    found = survey(name, 60)
    assert found["rejected"] > 30


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_what_is_accepted_of_many_mutants_is_true(name: str) -> None:
    found = survey(name, 500)
    assert found["rejected"] > 250


def survey_all() -> None:
    for name in NAMES:
        survey(name, 60)


CARELESS: dict[str, tuple[Any, str, Any]] = {
    "empty sides are empty": (proof.Cell, "refute", lambda *arguments: None),
    "witnesses are inside": (proof.Cell, "check_inside", lambda *arguments: None),
    "multipliers are positive": (proof, "min", all),
}


@pytest.mark.parametrize("rule", CARELESS)
def test_the_survey_notices_a_checker_without_a_rule(
    rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is accepted then may be so wrong that it cannot even be replayed."""
    monkeypatch.setattr(*CARELESS[rule], raising=False)
    with pytest.raises((AssertionError, CertificateError, LookupError, ValueError, TypeError)):
        survey_all()
