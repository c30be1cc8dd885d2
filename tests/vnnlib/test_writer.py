"""The text of a query: the simplest form of each condition, without a rounded number."""

from pathlib import Path

import pytest

from exactpwl.vnnlib import dumps_query, parse_query

HEAD = "(declare-const X_0 Real)\n(declare-const X_1 Real)\n(declare-const Y_0 Real)\n"


@pytest.mark.parametrize(
    ("condition", "written"),
    [
        ("(>= (* 8 X_0) 1)", "(>= X_0 0.125)"),
        ("(< (* -1 X_0) 1e-3)", "(> X_0 -0.001)"),
        ("(not (< X_0 2))", "(>= X_0 2.0)"),
        ("(<= (* 3 X_0) 1)", "(>= (* -3.0 X_0) -1.0)"),
        ("(<= X_0 Y_0)", "(<= X_0 Y_0)"),
        ("(< 0 (* 2 (- X_1 X_0)))", "(< X_0 X_1)"),
        ("(<= (+ X_0 Y_0) 1)", "(>= (+ (* -1.0 X_0) (* -1.0 Y_0)) -1.0)"),
        ("(>= (- Y_0 X_0) 0.5)", "(>= (+ (* -2.0 X_0) (* 2.0 Y_0)) 1.0)"),
        ("(> 1 2)", "(> 0.0 1.0)"),
        ("(!= X_0 0)", "(or (> X_0 0.0) (< X_0 0.0))"),
        (
            "(or (> X_0 0) (and (> X_1 0) (or (> Y_0 0) (> Y_0 X_1))) (> X_1 1))",
            "(or (> X_0 0.0) (and (> X_1 0.0) (or (> Y_0 0.0) (< X_1 Y_0))) (> X_1 1.0))",
        ),
    ],
)
def test_a_condition_is_written_as_simply_as_it_can_be(condition: str, written: str) -> None:
    text = f"{HEAD}\n(assert {condition})\n"
    assert dumps_query(parse_query(text)).removeprefix(HEAD) == f"\n(assert {written})\n"


def test_a_conjunction_is_written_as_assertions() -> None:
    text = f"{HEAD}(assert (and (= X_0 1) (and (or (< Y_0 0)) (not (or (> X_1 1) (< X_1 0))))))"
    assert dumps_query(parse_query(text)).splitlines()[4:] == [
        "(assert (>= X_0 1.0))",
        "(assert (<= X_0 1.0))",
        "(assert (< Y_0 0.0))",
        "(assert (<= X_1 1.0))",
        "(assert (>= X_1 0.0))",
    ]


def test_networks_are_written_with_all_that_was_declared() -> None:
    text = """(vnnlib-version <2.0>)

(declare-network f
  (declare-input A float32 [1,2] "first")
  (declare-input B real [] "second")
  (declare-output Y float64 [1] "out"))
(declare-network g
  (isomorphic-to f)
  (declare-input C real [3])
  (declare-output Z real [1]))

(assert (> A[0,1] B))
(assert (>= Y[0] 0.1))
"""
    assert dumps_query(parse_query(text)) == text


def test_a_written_file_is_always_the_same(tmp_path: Path) -> None:
    query = parse_query(f"{HEAD}(assert (> X_0 0))")
    for name in ("a.vnnlib.gz", "b.vnnlib.gz"):
        query.save(tmp_path / name)
    assert (tmp_path / "a.vnnlib.gz").read_bytes() == (tmp_path / "b.vnnlib.gz").read_bytes()
