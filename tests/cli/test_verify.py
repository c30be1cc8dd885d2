"""``exactpwl verify``: what it prints, writes and leaves with."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exactpwl.cli import main
from exactpwl.gallery import get
from exactpwl.vnnlib import load_query, load_witness
from judged import accepts

HEAD = "(declare-const X_0 Real) (declare-const X_1 Real) (declare-const Y_0 Real)"
UNIT = "(<= 0 X_0 1) (<= 0 X_1 1)"


@pytest.fixture
def prop(tmp_path: Path) -> Path:
    return tmp_path / "asked.vnnlib"


def run(prop: Path, condition: str, *options: str, net: str = "xor") -> Result:
    prop.write_text(f"{HEAD} (assert (and {condition}))", encoding="utf-8")
    return CliRunner().invoke(main, ["verify", net, str(prop), *options])


def test_unsat_leaves_with_0_and_a_proof(prop: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof.cert.gz"
    found = run(prop, f"{UNIT} (> Y_0 1)", "--out", str(proof))
    assert (found.exit_code, found.stdout.splitlines()[0]) == (0, "unsat")
    assert f"check it by: exactpwl-check {proof}" in found.stdout.replace("\n", " ")
    assert accepts(proof)


def test_sat_leaves_with_10_and_what_is_printed_is_a_counterexample(
    prop: Path, tmp_path: Path
) -> None:
    proof, witness = tmp_path / "proof.cert", tmp_path / "found.txt"
    options = ("--out", str(proof), "--witness", str(witness))
    found = run(prop, f"{UNIT} (>= (* 3 Y_0) 1)", *options)
    assert (found.exit_code, found.stdout.splitlines()[0]) == (10, "sat")
    assert accepts(proof)
    query = load_query(prop)
    printed = load_witness(witness, query)
    assert query.holds(printed.inputs, get("xor")(printed.inputs))
    assert witness.read_text(encoding="utf-8").partition("\n")[2].strip() in found.stdout


def test_unknown_leaves_with_3_and_says_how_far_it_came(prop: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof.cert"
    options = ("--max-regions", "1", "--out", str(proof))
    found = run(prop, "(<= -1 X_0 1) (<= -1 X_1 1) (< Y_0 -9)", *options, net="rings")
    if found.exit_code == 0:
        pytest.fail("the bound must need more than one branch")
    assert (found.exit_code, found.stdout.splitlines()[0]) == (3, "unknown")
    assert "1 branch done" in found.stdout
    assert not proof.exists()


@pytest.mark.parametrize(
    "options", [("--timeout", "0"), ("--max-regions", "0"), ("--timeout", "x")]
)
def test_a_wrong_budget_is_wrong_input(prop: Path, options: tuple[str, ...]) -> None:
    assert run(prop, f"{UNIT} (> Y_0 1)", *options).exit_code == 2


@pytest.mark.parametrize("condition", ["(> Y_1 0)", "(> (* X_0 Y_0) 0)", "(> Y_0"])
def test_a_wrong_property_is_wrong_input(prop: Path, condition: str) -> None:
    found = run(prop, condition)
    assert (found.exit_code, found.stdout) == (2, "")


def test_a_network_with_other_inputs_is_wrong_input(prop: Path) -> None:
    found = run(prop, f"{UNIT} (> Y_0 1)", net="braid:3")
    assert found.exit_code == 2
    assert "inputs" in found.stderr


def test_each_input_set_has_its_file(prop: Path, tmp_path: Path) -> None:
    sets = f"(or (and {UNIT}) (and (<= 2 X_0 3) (<= 2 X_1 3))) (> Y_0 1)"
    found = run(prop, sets, "--out", str(tmp_path / "proof.cert.gz"))
    assert found.exit_code == 0
    assert accepts(tmp_path / "proof-1.cert.gz")
    assert accepts(tmp_path / "proof-2.cert.gz")


def test_an_empty_input_set_needs_no_file(prop: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof.cert"
    found = run(prop, "(>= X_0 1) (<= X_0 0) (> Y_0 1)", "--out", str(proof))
    assert found.exit_code == 0
    assert "nothing was written" in found.stdout
    assert not proof.exists()


def test_json(prop: Path) -> None:
    found = json.loads(run(prop, f"{UNIT} (>= Y_0 1)", "--json").stdout)
    assert (found["network"], found["property"]) == ("xor", str(prop))
    assert found["answer"] == "sat"
    assert found["witness"] == ["0", "0"]
    assert found["outputs"] == ["1"]
    assert found["written"].startswith("sat\n")
