"""The standard's own parser, the package `vnnlib`, as a second opinion on version 2.0.

It computes in floats and reads literals with a decimal point only, so the texts here have short
dyadic numbers: halves of small integers.
"""

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from exactpwl.vnnlib import Constraint, Query, dumps_query, load_query, parse_query
from exactpwl.vnnlib.constraints import LinearForm, Variable
from exactpwl.vnnlib.queries import NetworkDeclaration, Tensor
from strategies import VNNLIBText, vnnlib_texts

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def oracle() -> Any:
    """Return the package; a folder of these tests has the same name, so its core is asked for."""
    pytest.importorskip("vnnlib._core", reason="the package vnnlib reads version 2.0")
    import vnnlib

    return vnnlib


def form(linear: Any, query: Query) -> LinearForm:
    names = {name: Variable(False, i) for i, name in enumerate(query.input_names)}
    names |= {name: Variable(True, i) for i, name in enumerate(query.output_names)}
    terms = {names[term.var_name]: Fraction(term.coeff) for term in linear.terms if term.coeff}
    return LinearForm(terms, Fraction(linear.constant))


def constraints(comparison: Any, query: Query) -> list[tuple[Constraint, ...]]:
    """Return the disjuncts of one comparison as the oracle sees it."""
    left, right = (form(side.to_linear_expr(), query) for side in (comparison.lhs, comparison.rhs))
    up, down = (a.plus(b.scaled(Fraction(-1))) for a, b in ((right, left), (left, right)))
    weak = [Constraint.of(f, strict=False) for f in (up, down)]
    strict = [Constraint.of(f, strict=True) for f in (up, down)]
    return {
        "LessEqual": [(weak[0],)],
        "GreaterEqual": [(weak[1],)],
        "LessThan": [(strict[0],)],
        "GreaterThan": [(strict[1],)],
        "Equal": [tuple(weak)],
        "NotEqual": [(c,) for c in strict],
    }[type(comparison).__name__]


def normal_forms(read: Any, query: Query) -> list[set[frozenset[Constraint]]]:
    """Return the disjunctive normal form of each assertion, constraints as they stand."""
    found = []
    for assertion in read.assertions:
        disjuncts: set[frozenset[Constraint]] = set()
        for conjunction in assertion.expr.to_dnf():
            parts: list[frozenset[Constraint]] = [frozenset()]
            for comparison in conjunction:
                choices = constraints(comparison, query)
                parts = [part | set(choice) for part in parts for choice in choices]
            disjuncts |= set(parts)
        found.append(disjuncts)
    return found


def as_second_version(query: Query) -> Query:
    """Return a query of version 1.0 as one of version 2.0."""
    inputs = Tensor("X", (query.input_dimension,), "real")
    outputs = Tensor("Y", (query.output_dimension,), "real")
    network = NetworkDeclaration("f", (inputs,), (outputs,))
    return Query((2, 0), (network,), query.formula)


def holds(forms: list[set[frozenset[Constraint]]], x: list[int], y: list[int]) -> bool:
    return all(
        any(all(c.holds(x, y) for c in disjunct) for disjunct in disjuncts) for disjuncts in forms
    )


@given(written=vnnlib_texts(2, exponents=False, products=True))
def test_random_queries_mean_the_same(oracle: Any, written: VNNLIBText) -> None:
    query = parse_query(written.text)
    for text in (written.text, dumps_query(query)):
        forms = normal_forms(oracle.parse_query_string(text), query)
        for k in range(-3, 4):
            x, y = [k, 1 - k, 0][: query.input_dimension], [2 - k, k][: query.output_dimension]
            assert holds(forms, x, y) == query.holds(x, y)


def test_the_competitions_properties_have_the_same_normal_form(oracle: Any, shared: Path) -> None:
    files = sorted((shared / "vnn").rglob("*.vnnlib*"))
    if not files:
        pytest.skip(f"no instances of the verification competition in {shared / 'vnn'}")
    for file in files:
        query = as_second_version(load_query(file))
        read = oracle.parse_query_string(dumps_query(query))
        theirs = Counter(len(disjuncts) for disjuncts in normal_forms(read, query))
        assert sum(theirs.values()) == len(read.assertions)
        floats = [float(c.bound) for case in query.cases() for c in case.constraints]
        found = [float(c.bound) for case in _product(normal_forms(read, query)) for c in case]
        assert sorted(found) == sorted(floats), file


def _product(forms: list[set[frozenset[Constraint]]]) -> list[list[Constraint]]:
    made: list[list[Constraint]] = [[]]
    for disjuncts in forms:
        made = [case + list(disjunct) for case in made for disjunct in disjuncts]
    return made
