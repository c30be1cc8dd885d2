"""Counterexamples in the forms of both versions."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.errors import DimensionError, FormatError, VNNLIBError
from exactpwl.vnnlib import Witness, dumps_witness, load_witness, parse_query, parse_witness
from strategies import dyadics, points, vnnlib_texts

FIRST = parse_query(
    "".join(f"(declare-const {n} Real)" for n in ("X_0", "X_1", "Y_0")) + "(assert (> Y_0 0))"
)
SECOND = parse_query(
    "(declare-network f (declare-input A real [1,2]) (declare-output Y real []))"
    "(declare-network g (declare-input B real [1]) (declare-output Z real [1]))"
    "(assert (> Y Z[0]))"
)


@given(st.sampled_from([1, 2]), st.data())
def test_a_witness_is_read_as_it_was_written(version: int, data: st.DataObject) -> None:
    query = parse_query(data.draw(vnnlib_texts(version)).text)
    x = data.draw(points(query.input_dimension, dyadics()))
    y = data.draw(points(query.output_dimension, dyadics()))
    assert parse_witness(dumps_witness(query, x, y), query) == Witness(x, y)


def test_the_form_of_version_one() -> None:
    text = dumps_witness(FIRST, ["0.1", -1], [3])
    assert text == "sat\n((X_0 0.1)\n(X_1 -1.0)\n(Y_0 3.0))\n"


def test_the_form_of_version_two_goes_network_by_network() -> None:
    text = dumps_witness(SECOND, [1, 2, 3], [4, 5])
    assert text == "sat\nA[0,0]=1.0\nA[0,1]=2.0\nY=4.0\nB[0]=3.0\nZ[0]=5.0\n"
    assert parse_witness(text, SECOND) == Witness((1, 2, 3), (4, 5))
    assert parse_witness("((A[0, 1] 2) (A[0,0] 1) (B[0] 3))", SECOND).inputs == (1, 2, 3)


@pytest.mark.parametrize(
    "text",
    [
        "((X_1 2e-1) (X_0 .5))",
        "sat\n(X_0 0.5)\n(X_1 0.2)",
        "; from another tool\nsat\n(\n(X_0 0.5)\n(X_1 0.20) )\n",
        "X_0=0.5\nX_1 = 0.2",
        "SAT\n((X_0 0.5)(X_1 0.2))",
        "violated ((X_0 0.5) (X_1 (/ 1 5)))",
        "sat ((X_0 (- (- 0.5))) (X_1 (/ (- 1.0) (- 5.0))))",
        "sat\n(\n  (define-fun X_1 () Real\n    (/ 1.0 5.0))\n  (define-fun X_0 () Real 0.5)\n)",
    ],
)
def test_what_other_tools_print(text: str) -> None:
    assert parse_witness(text, FIRST) == Witness((Fraction(1, 2), Fraction(1, 5)))


def test_a_witness_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "found.txt"
    path.write_text("sat\n((X_0 1)\n(X_1 nan))", encoding="utf-8")
    with pytest.raises(VNNLIBError, match=r"found.txt: line 3, column 6: a decimal number as the"):
        load_witness(path, FIRST)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unsat", "a counterexample, which begins with the line sat, is required, got 'unsat'"),
        ("", "values are required for X_0 and 1 more"),
        ("((X_0 1))", "values are required for X_1"),
        ("((X_0 1) (X_1 2) (Y_0 3)", "')' at the end is required, got the end of the text"),
        ("((X_0 1) (X_0 2))", "X_0 has two values; remove one"),
        ("((X_2 1))", "a value of X_0, ..., X_1 or Y_0 is required, got one of X_2"),
        ("((X_0 1/3))", "a decimal number as the value of X_0 is required, got '1/3'"),
        ("((X_0 (/ 1 0)))", "line 1, column 12: the value of X_0 is divided by zero"),
        ("((X_0 (* 2 3)))", "a decimal number as the value of X_0 is required, got '('"),
        ("((X_0 (- 1 2)))", "')' after the value of X_0 is required, got '2'"),
        ("((define-fun X_0 Real 1))", "'(' after 'X_0' is required, got 'Real'"),
        ("TIMEOUT", "a counterexample, which begins with the line sat, is required, got 'TIMEOUT'"),
        ("((X_0 1e99999))", "a power of ten from -20000 to 20000 is required"),
        ("((X_0 1)) X_1=2", "the end of the text is required, got 'X_1'"),
        ("X_0 1", "'=' after X_0, or '(' before it, is required, got '1'"),
        ("(X_0[1 2) 3)", "']' after the indices of 'X_0' is required, got ')'"),
        ("(X_0 1 2)", "')' after the value of X_0 is required, got '2'"),
        ("(X_0[", "']' after the indices of 'X_0' is required, got the end of the text"),
    ],
)
def test_what_is_no_witness(text: str, words: str) -> None:
    with pytest.raises(VNNLIBError) as caught:
        parse_witness(text, FIRST)
    assert words in str(caught.value)


def test_only_what_is_exact_is_written() -> None:
    with pytest.raises(FormatError, match=r"X_1: a number whose decimal ends is required, got 1/3"):
        dumps_witness(FIRST, [0, "1/3"], [0])
    with pytest.raises(DimensionError, match="a point with 1 coordinates is required, got 2"):
        dumps_witness(FIRST, [0, 1], [0, 1])


def test_quotients_are_written_where_they_are_asked_for() -> None:
    text = dumps_witness(FIRST, ["1/3", "-2/7"], ["1/8"], quotients=True)
    assert text == "sat\n((X_0 (/ 1.0 3.0))\n(X_1 (- (/ 2.0 7.0)))\n(Y_0 0.125))\n"
    assert parse_witness(text, FIRST).inputs == (Fraction(1, 3), Fraction(-2, 7))
    text = dumps_witness(SECOND, ["1/3", 0, 0], [0, 0], quotients=True)
    assert parse_witness(text, SECOND).inputs == (Fraction(1, 3), 0, 0)


@given(st.text(alphabet='()[]=,; \n"XY_01.5e-satu<>', max_size=40))
def test_any_text_is_a_witness_or_refused(text: str) -> None:
    try:
        found = parse_witness(text, FIRST)
    except VNNLIBError:
        return
    assert len(found.inputs) == 2
