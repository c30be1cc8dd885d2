"""Counterexamples as they are written: every number to the last digit a counterexample itself."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Network
from exactpwl.errors import DomainError
from exactpwl.linear import rank
from exactpwl.verification import written_witness
from exactpwl.verification.binary import FORMATS
from exactpwl.verification.decimal_points import decimal_space
from exactpwl.verification.hull import affine_hull
from exactpwl.vnnlib import Query, load_query, parse_query, parse_witness
from exactpwl.vnnlib.decimals import is_finite_decimal
from strategies import networks, points, rationals

TRAPS = Path(__file__).resolve().parents[2].parent / "shared" / "vnn" / "float_traps"
LINES = (TRAPS / "index.csv").read_text("utf-8").splitlines() if TRAPS.is_dir() else []
INDEX = list(csv.DictReader(LINES))

ABSOLUTE = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
SUM = Network([([[1, 1]], [0], "linear")])


def asked(text: str, inputs: int = 1, outputs: int = 1) -> Query:
    names = [f"X_{i}" for i in range(inputs)] + [f"Y_{i}" for i in range(outputs)]
    return parse_query("".join(f"(declare-const {n} Real)" for n in names) + f"(assert {text})")


def held(network: Network, query: Query, point: tuple, **options):
    """Return what is written, after reading it back and judging every number of it."""
    written = written_witness(network, query, point, **options)
    read = parse_witness(written.text, query)
    assert (read.inputs, read.outputs) == (written.inputs, written.outputs)
    assert query.holds(read.inputs, network(read.inputs))
    assert query.holds(read.inputs, read.outputs)
    assert written.is_decimal == all(map(is_finite_decimal, (*read.inputs, *read.outputs)))
    return written


def test_few_decimals_are_enough_where_there_is_room() -> None:
    query = asked("(and (<= 0 X_0 1) (>= Y_0 0.2))")
    written = held(ABSOLUTE, query, (Fraction(1, 3),))
    assert written.text == "sat\n((X_0 0.3)\n(Y_0 0.3))\n"
    assert written.moved == Fraction(1, 30)


def test_a_point_on_the_border_is_moved_inside() -> None:
    query = asked("(and (<= 0 X_0 1) (>= (* 3 Y_0) 1))")
    assert held(ABSOLUTE, query, (Fraction(1, 3),)).is_decimal
    near = held(ABSOLUTE, query, (Fraction(1, 3),), within=Fraction(1, 10**12))
    assert 0 < near.inputs[0] - Fraction(1, 3) < Fraction(1, 10**12)


def test_a_thin_set_needs_more_decimals() -> None:
    width = Fraction(1, 10**60)
    network = Network([([[1]], [0], "linear")])
    decimals = "0." + "3" * 60
    query = asked(f"(and (>= (* 3 X_0) 1) (<= X_0 {decimals}4))")
    written = held(network, query, (Fraction(1, 3),))
    assert written.is_decimal
    assert written.moved < width
    with pytest.raises(DomainError, match="no numbers of binary64 near 1/3 were found"):
        written_witness(network, query, (Fraction(1, 3),), floats="binary64")


def test_fixed_inputs_and_equations() -> None:
    query = asked("(and (= X_0 (* 3 X_1)) (<= 0 X_0 1) (>= (* 7 Y_0) 2))", 2)
    written = held(SUM, query, (Fraction(3, 7), Fraction(1, 7)))
    assert written.is_decimal
    assert written.inputs[0] == 3 * written.inputs[1]
    query = asked("(and (= X_0 0.125) (<= 0 X_1 1) (>= (* 7 Y_0) 2))", 2)
    assert held(SUM, query, (Fraction(1, 8), Fraction(3, 7))).inputs[0] == Fraction(1, 8)


def test_where_no_decimal_is_a_counterexample_quotients_are_written() -> None:
    query = asked("(and (= (* 3 X_0) 1) (<= 0 X_1 1) (>= Y_0 0))", 2)
    written = held(SUM, query, (Fraction(1, 3), Fraction(1, 2)))
    assert not written.is_decimal
    assert "(X_0 (/ 1.0 3.0))" in written.text
    query = asked("(and (<= 0 X_0 1) (<= 0 X_1 1) (= (* 3 Y_0) 1))", 2)  # x + y = 1/3
    assert not held(SUM, query, (Fraction(1, 6), Fraction(1, 6))).is_decimal
    third = Network([([["1/3"]], [0], "linear")])
    written = held(third, asked("(and (<= 0 X_0 1) (= (* 3 Y_0) 1))"), (Fraction(1),))
    assert "(Y_0 (/ 1.0 3.0))" in written.text


def test_a_strict_bound_is_kept() -> None:
    query = asked("(and (< X_0 0.3) (> Y_0 0.2999999))")
    assert Fraction(2999999, 10**7) < held(ABSOLUTE, query, ("0.29999995",)).inputs[0]
    assert held(ABSOLUTE, asked("(and (< X_0 0) (< Y_0 0.04))"), ("-1/30",)).inputs[0] < 0


def test_outputs_are_rounded_inside_too() -> None:
    third = Network([([["1/3"]], [0], "linear")])
    written = held(third, asked("(and (<= 0 X_0 2) (>= (* 3 Y_0) 1))"), ("1.2",))
    assert written.outputs == (Fraction(4, 10),)
    query = asked("(and (= X_0 1) (>= (* 3.00000000000000000000000000001 Y_0) 1))")
    assert held(third, query, (1,)).outputs[0] < Fraction(1, 3)


def test_floats() -> None:
    query = asked("(and (>= X_0 0.1) (>= Y_0 0.1))")
    assert held(ABSOLUTE, query, ("0.1",), floats="binary64").inputs == (Fraction(0.1),)
    single = held(ABSOLUTE, query, ("0.1",), floats="binary32").inputs[0]
    assert single == Fraction(13421773, 2**27)
    query = asked("(and (<= X_0 0.1) (>= Y_0 0.0999))")
    assert held(ABSOLUTE, query, ("0.1",), floats="binary64").inputs[0] < Fraction(1, 10)


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 7))
def test_floats_are_rounded_as_the_machine_does(number: float, divisor: int) -> None:
    exact = Fraction(number) / divisor
    double = FORMATS["binary64"]
    assert double.nearest(exact) == Fraction(float(exact))
    assert double.holds(Fraction(number))
    assert double.below(exact) <= exact <= double.above(exact)


def test_a_point_that_is_no_counterexample_is_refused() -> None:
    with pytest.raises(DomainError, match=r"a counterexample is required, and 1/3 is none"):
        written_witness(ABSOLUTE, asked("(> Y_0 1)"), ("1/3",))


@pytest.mark.skipif(not INDEX, reason=f"the float traps are not beside the repository: no {TRAPS}")
@pytest.mark.parametrize("row", [r for r in INDEX if r["exact_verdict_z3"] == "sat"], ids=str)
@pytest.mark.parametrize("floats", [None, "binary32", "binary64"])
def test_the_float_traps(row: dict[str, str], floats: str | None) -> None:
    network, query = Network.load(TRAPS / row["onnx"]), load_query(TRAPS / row["vnnlib"])
    written = held(network, query, (Fraction(row["exact_witness_x"]),), floats=floats)
    assert written.is_decimal
    assert floats is None or all(map(FORMATS[floats].holds, written.inputs))


def test_a_hull() -> None:
    found = affine_hull([((1, 0), 0), ((0, 1), 0), ((-1, -1), 0)], 2)
    assert rank([normal for normal, _ in found.equations]) == 2
    assert found.inside == (0, 0)
    with pytest.raises(DomainError, match="these inequalities have none"):
        affine_hull([((1,), -1), ((-1,), 0)], 1)


@settings(deadline=None)
@given(st.data())
def test_decimals_of_a_subspace(data: st.DataObject) -> None:
    d = data.draw(st.integers(1, 4))
    normals = data.draw(st.lists(points(d, st.integers(-4, 4).map(Fraction)), max_size=d))
    independent: list = []
    for normal in normals:
        if rank([tuple(map(int, n)) for n in (*independent, normal)]) > len(independent):
            independent.append(normal)
    x = data.draw(points(d, rationals()))
    equations = [(n, -sum(a * c for a, c in zip(n, x, strict=True))) for n in independent]
    space = decimal_space(equations, d)
    if all(map(is_finite_decimal, x)):
        assert space is not None
    if space is None:
        return
    for places in (1, 6):
        near = space.rounded(x, places)
        assert all(map(is_finite_decimal, near))
        for normal, offset in equations:
            assert sum(a * c for a, c in zip(normal, near, strict=True)) + offset == 0
        spread = sum(max(map(abs, v)) for v in space.directions)
        assert max(abs(a - b) for a, b in zip(near, x, strict=True)) <= spread / Fraction(
            10**places
        )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_counterexample_is_written(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.integers(1, 2)))
    d, m = network.input_dimension, network.output_dimension
    point = data.draw(points(d))
    y = network(point)[m - 1]
    relation = data.draw(st.sampled_from([">=", "<=", "="]))
    query = asked(f"({relation} (* {y.denominator} Y_{m - 1}) {y.numerator})", d, m)
    held(network, query, point)
