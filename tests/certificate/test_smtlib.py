"""A solver finds each refutation and each witness of an SMT-LIB file right."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from exactpwl.certificate import Certificate, save_smtlib
from exactpwl.certificate.smtlib import smtlib_lines
from exactpwl.certificate.steps import Decided, steps
from exactpwl.errors import OptionError
from partitions import COUNTS, EXAMPLES, OTHERS, deep, xor


def expected(lines: list[str]) -> list[str]:
    """Return the answer that is written before each question."""
    for before, line in pairwise(lines):
        assert (line == "(check-sat)") == before.startswith("(set-info :status")
    return [line.split()[-1].rstrip(")") for line in lines if ":status" in line]


def answers(lines: list[str]) -> list[str]:
    """Return what z3 says to the questions, which are told no answer."""
    z3: Any = pytest.importorskip("z3", reason="z3-solver is not installed")
    asked = "\n".join(line for line in lines if ":status" not in line)
    context = z3.Context()
    return list(z3.Z3_eval_smtlib2_string(context.ref(), asked).split())


def test_the_file_asks_what_is_claimed(tmp_path: Path) -> None:
    save_smtlib(xor(), tmp_path / "xor.smt2")
    text = (tmp_path / "xor.smt2").read_text(encoding="ascii")
    lines = text.splitlines()
    assert lines == list(smtlib_lines(xor()))
    refuted = """\
(push 1) ; kink 0.1.0
(assert (> (+ (* 1.0 x0) (* 1.0 x1)) 0.0))
(set-info :status unsat)
(check-sat)
(pop 1)
(assert (> (+ (* (- 1.0) x0) (* (- 1.0) x1)) 0.0))
"""
    assert refuted in text
    assert "(push 1) ; pattern 1 0\n(assert (= x0 0.0))\n(assert (= x1 (/ (- 1.0) 2.0)))" in text
    assert expected(lines) == ["unsat", "sat", "sat", "sat"]


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_scope_is_left_and_every_step_is_asked(example: Callable[[], Certificate]) -> None:
    made = example()
    lines = list(smtlib_lines(made))
    depth = 0
    for line in lines:
        if line.startswith(("(push", "(pop")):
            levels = int(line.split()[1].rstrip(")"))
            depth += levels if line.startswith("(push") else -levels
    assert depth == 0
    told = expected(lines)
    assert (
        told.count("sat") == made.claim.regions == COUNTS.get(example.__name__, told.count("sat"))
    )
    (network,) = made.networks
    decided = [s for s in steps(network.stages, made.domain) if isinstance(s, Decided)]
    assert told.count("unsat") == len(decided)


@pytest.mark.parametrize("kind", OTHERS)
def test_other_claims_are_refused(kind: str) -> None:
    with pytest.raises(OptionError, match=f"all regions, not of {kind}"):
        next(smtlib_lines(OTHERS[kind]()))


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES)
def test_a_solver_agrees(example: Callable[[], Certificate]) -> None:
    lines = list(smtlib_lines(example()))
    assert answers(lines) == expected(lines)


@pytest.mark.slow
def test_a_solver_disagrees_with_rows_that_were_changed() -> None:
    lines = list(smtlib_lines(deep()))
    rows = [i for i, line in enumerate(lines) if line.startswith("(assert (>")]
    disagreed = 0
    for i in rows[::40]:
        changed = [*lines[:i], lines[i].replace("(>", "(<"), *lines[i + 1 :]]
        disagreed += answers(changed) != expected(changed)
    assert disagreed == len(rows[::40])
