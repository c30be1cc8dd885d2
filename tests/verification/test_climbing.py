"""Climbing: what it finds is a counterexample, and it finds those that the subdivision would."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Domain, Network
from exactpwl.certificate.claims import Inequality
from exactpwl.verification import verify
from exactpwl.verification.climbing import climbed
from exactpwl.vnnlib import load_query, parse_query
from strategies import boxes, networks, rationals

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "vnn" / "reach_prob_density"
TENT = Network([([[1], [-1]], [0, 0], "relu"), ([[-1, -1]], [1], "linear")])  # 1 - |x|


def at_most(bound: str, *, strict: bool = False, inputs: tuple[Fraction, ...] = ()) -> Inequality:
    return Inequality((Fraction(1),), Fraction(bound), strict, inputs)


def test_a_top_between_the_samples_is_reached() -> None:
    domain = Domain.box([(Fraction(-1, 3), Fraction(1, 7))])
    (x,) = climbed(TENT, domain, [(at_most("0.9999999"),)])
    assert abs(x) < Fraction(1, 10**7)
    assert climbed(TENT, domain, [(at_most("1"),)]) is None


def test_all_inequalities_of_a_clause_must_fail() -> None:
    domain = Domain.box([(-1, 1)])
    right = Inequality((Fraction(0),), Fraction(1, 2), inputs=(Fraction(1),))  # x <= 1/2
    (x,) = climbed(TENT, domain, [(at_most("0.4"), right)])
    assert Fraction(1, 2) < x < Fraction(6, 10)
    assert climbed(TENT, domain, [(at_most("0.6"), right)]) is None


def test_the_second_clause_is_tried_too() -> None:
    assert climbed(TENT, Domain.box([(-1, 1)]), [(at_most("1"),), (at_most("0"),)]) is not None


def test_other_domains_are_left_alone() -> None:
    assert climbed(TENT, Domain.whole(1), [(at_most("0"),)]) is None
    wide = Network([([[1] * 21], [0], "linear")])
    assert climbed(wide, Domain.box([(0, 1)] * 21), [(at_most("0"),)]) is None


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_what_is_found_is_a_counterexample(data: st.DataObject) -> None:
    network = data.draw(networks(outputs=st.just(1), inputs=st.integers(1, 2)))
    domain = data.draw(boxes(network.input_dimension))
    strict = data.draw(st.booleans())
    clause = (at_most(str(data.draw(rationals())), strict=strict),)
    found = climbed(network, domain, [clause])
    if found is not None:
        assert domain.contains(found)
        assert not any(inequality.holds(network(found), found) for inequality in clause)


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"not beside the repository: {SHARED}")
@pytest.mark.parametrize("number", [0, 4, 11])
def test_the_robot_is_caught(number: int) -> None:
    network = Network.load(SHARED / "onnx" / "robot.onnx.gz")
    query = load_query(SHARED / "vnnlib" / f"robot_{number}.vnnlib.gz")
    verdict = verify(network, query, timeout=300)
    assert verdict.answer == "sat"
    assert query.holds(verdict.witness, network(verdict.witness))


def test_verify_climbs_where_a_few_branches_do_not_decide(monkeypatch) -> None:
    from exactpwl.verification import deciding

    asked = []
    monkeypatch.setattr(deciding, "climbed", lambda *given: asked.append(given))
    ridges = [
        ([[1]] * 40, [-k for k in range(40)], "relu"),
        ([[(-1) ** k for k in range(40)]], [0]),
    ]
    network = Network([ridges[0], (*ridges[1], "linear")])
    text = """(declare-const X_0 Real) (declare-const Y_0 Real)
        (assert (and (<= 0.5 X_0 39.5) ({} Y_0 (* 0.5 X_0))))"""
    assert verify(network, parse_query(text.format("<="))).answer == "sat"
    assert verify(network, parse_query(text.format("<"))).answer == "unsat"
    assert asked
