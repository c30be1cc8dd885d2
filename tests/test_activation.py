"""Activations: values against formulas, written forms, and the messages for wrong ones."""

import pickle
import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from exactpwl import Activation

F = Fraction

FORMULAS: dict[str, Callable[[Fraction], Fraction]] = {
    "relu": lambda z: max(z, F(0)),
    "leaky_relu:1/50": lambda z: z if z > 0 else z / 50,
    "leaky_relu:-3/2": lambda z: z if z > 0 else -3 * z / 2,
    "prelu:1/4": lambda z: z if z > 0 else z / 4,
    "abs": abs,
    "linear": lambda z: z,
    "identity": lambda z: z,
    "hard_tanh": lambda z: min(max(z, F(-1)), F(1)),
    "relu6": lambda z: min(max(z, F(0)), F(6)),
}


@pytest.mark.parametrize("spec", FORMULAS)
@given(z=strategies.rationals(8))
def test_a_named_activation_is_its_formula(spec: str, z: Fraction) -> None:
    assert Activation.parse(spec)(z) == FORMULAS[spec](z)


def naive(activation: Activation, z: Fraction) -> Fraction:
    """The value at z, by walking from 0 breakpoint by breakpoint."""
    low, high = min(z, F(0)), max(z, F(0))
    stops = [low, *(c for c in activation.breakpoints if low < c < high), high]
    rise = F(0)
    for left, right in pairwise(stops):
        middle = (left + right) / 2
        slope = activation.slopes[sum(c < middle for c in activation.breakpoints)]
        rise += slope * (right - left)
    value: Fraction = activation.value_at_zero + (rise if z > 0 else -rise)
    return value


@given(strategies.activations(), strategies.rationals(8))
def test_values_follow_from_slopes_breakpoints_and_the_value_at_zero(
    activation: Activation, z: Fraction
) -> None:
    assert activation(z) == naive(activation, z)


@given(strategies.activations())
def test_neighbouring_pieces_meet_at_their_breakpoint(activation: Activation) -> None:
    pieces = activation.pieces
    for i, c in enumerate(activation.breakpoints):
        left, right = pieces[i], pieces[i + 1]
        assert left[0] * c + left[1] == right[0] * c + right[1] == activation(c)
        assert left[0] != right[0]
        assert activation.piece_of(c) == i
        assert activation.piece_of(c + F(1, 10**9)) == i + 1


@given(strategies.activations())
def test_the_written_form_reads_back(activation: Activation) -> None:
    assert Activation.parse(activation.spec) == activation
    assert Activation.parse(activation) is activation
    assert pickle.loads(pickle.dumps(activation)) == activation
    assert hash(Activation.parse(activation.spec)) == hash(activation)


def test_a_breakpoint_without_a_change_of_slope_is_dropped() -> None:
    assert Activation.parse("leaky_relu:1") == Activation.parse("linear")
    assert Activation.parse("leaky_relu:1").is_identity
    assert Activation((-1, 0, 1), (0, 0, 1, 1)) == Activation.parse("relu")
    assert Activation((-1, 1), (2, 2, 2), 1) == Activation((), (2,), 1)
    assert Activation((-1, 1), (2, 2, 2), 1).is_linear


@pytest.mark.parametrize(
    ("activation", "spec"),
    [
        (Activation.leaky_relu(0), "relu"),
        (Activation.leaky_relu("0.02"), "leaky_relu:1/50"),
        (Activation.leaky_relu(-1), "abs"),
        (Activation((), (1,)), "linear"),
        (Activation((-1, 1), (0, 1, 0)), "hard_tanh"),
        (Activation((0, 6), (0, 1, 0)), "relu6"),
        (Activation(("1/2",), (2, -2)), {"breakpoints": ["1/2"], "slopes": ["2", "-2"]}),
        (Activation((), (2,), -1), {"breakpoints": [], "slopes": ["2"], "value_at_zero": "-1"}),
    ],
)
def test_equal_functions_are_written_alike(activation: Activation, spec: object) -> None:
    assert activation.spec == spec


def test_text() -> None:
    assert str(Activation.leaky_relu("1/50")) == "leaky_relu:1/50"
    assert str(Activation(("1/2",), (2, -2))) == "pwl(slopes 2, -2; bends 1/2)"
    assert str(Activation((2, 3), (0, 2, 0), -1)) == "pwl(slopes 0, 2, 0; bends 2, 3; -1 at 0)"


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("tanh", "unknown activation 'tanh': one of relu, leaky_relu:SLOPE, abs, linear"),
        ("relu:2", "unknown activation 'relu:2'"),
        ("leaky_relu", "unknown activation 'leaky_relu'"),
        (None, "unknown activation None"),
        (7, "unknown activation 7"),
        ("leaky_relu:x", "a rational number such as '3', '-1/2' or '0.25' is required, got 'x'"),
        ("leaky_relu:1/0", "a rational number is required, got '1/0': division by zero"),
        ("prelu:", "got ''"),
        ({"breakpoints": [0]}, "missing: slopes"),
        ({"breakpoints": [0], "slopes": [0, 1], "bends": 1}, "unknown: bends"),
        ({"breakpoints": 0, "slopes": [0, 1]}, "breakpoints of an activation must be a list"),
        ({"breakpoints": [0], "slopes": "01"}, "slopes of an activation must be a list, got '01'"),
        (
            {"breakpoints": [0], "slopes": [0]},
            "one slope more than breakpoints is required (2), got 1",
        ),
        (
            {"breakpoints": [1, "1/2"], "slopes": [0, 1, 2]},
            "breakpoints must increase strictly, got 1, 1/2",
        ),
        ({"breakpoints": [0, 0], "slopes": [0, 1, 2]}, "breakpoints must increase strictly"),
        ({"breakpoints": [float("inf")], "slopes": [0, 1]}, "a finite rational number is required"),
        ({"breakpoints": [], "slopes": [1], "value_at_zero": "a"}, "got 'a'"),
    ],
)
def test_messages(spec: Any, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Activation.parse(spec)


def test_a_truth_value_is_no_number() -> None:
    with pytest.raises(TypeError, match="a number is required, got the truth value True"):
        Activation.parse({"breakpoints": [True], "slopes": [0, 1]})


@given(st.integers(), strategies.big_rationals())
def test_leaky_slopes_of_any_size(z: int, slope: Fraction) -> None:
    assert Activation.leaky_relu(slope)(z) == (z if z > 0 else slope * z)
