"""``exactpwl replay``: exit statuses, texts, files, and what other tools print."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from exactpwl import Network, gallery
from exactpwl.vnnlib import load_query, load_witness

PROPERTY = """
(declare-const X_0 Real) (declare-const X_1 Real) (declare-const Y_0 Real)
(assert (and (>= X_0 0) (<= X_0 0.3))) (assert (and (>= X_1 0) (<= X_1 0.1)))
(assert (<= Y_0 0.3))
"""
TRAPS = Path(__file__).resolve().parents[2].parent / "shared" / "vnn" / "float_traps"


@pytest.fixture
def replayed(run, tmp_path):
    """Run the command on the network xor and texts."""

    def judge(witness: str, *options: str, prop: str = PROPERTY, net: str = "xor"):
        (tmp_path / "prop.vnnlib").write_text(prop, encoding="utf-8")
        (tmp_path / "found.txt").write_text(witness, encoding="utf-8")
        return run("replay", net, "prop.vnnlib", "found.txt", *options)

    return judge


def test_a_true_counterexample(replayed) -> None:
    result = replayed("sat\n((X_0 0.3)\n(X_1 0.1)\n(Y_0 0.2))\n")
    assert result.exit_code == 0
    assert "Holds exactly: this is a counterexample, as printed." in result.output
    assert "Y_0 = 1/5; printed exactly" in result.output
    assert "Repair" not in result.output
    assert "it says nothing about" in result.output


@pytest.mark.parametrize(
    "text",
    [
        "sat\n((X_0 0.3)\n (X_1 1e-1))",
        "((X_1 .1) (X_0 3e-01) (Y_0 0.25))",
        "X_0 = 0.3\nX_1 = 0.1\n",
        "sat ((X_0 (/ 3.0 10.0)) (X_1 (/ 1.0 10.0)) (Y_0 (- 1.0)))",
        "SAT\n(\n  (define-fun X_0 () Real 0.3)\n  (define-fun X_1 () Real (/ 1 10))\n)",
    ],
)
def test_spellings_of_other_tools(replayed, text: str) -> None:
    assert replayed(text).exit_code == 0


def test_one_float_beyond_the_box(replayed, tmp_path: Path) -> None:
    beyond = Fraction(float.fromhex("0x1.3333333333334p-2"))  # the next one after 0.3
    result = replayed(f"((X_0 {float(beyond)!r}) (X_1 0.1))", "--out", "true.txt")
    assert result.exit_code == 10
    assert "X_0 <= 3/10 fails by" in result.output
    assert "the nearest point of the input set is a true counterexample" in result.output
    assert "written: true.txt, decimals that are a counterexample themselves" in result.output
    query = load_query(tmp_path / "prop.vnnlib")
    found = load_witness(tmp_path / "true.txt", query)
    assert found.inputs == (Fraction(3, 10), Fraction(1, 10))
    assert query.holds(found.inputs, gallery.get("xor")(found.inputs))


def test_floats_in_the_written_file(replayed, tmp_path: Path) -> None:
    result = replayed("((X_0 0.3) (X_1 0.1))", "--out", "true.txt", "--floats", "binary64")
    assert result.exit_code == 0
    found = load_witness(tmp_path / "true.txt", load_query(tmp_path / "prop.vnnlib"))
    assert found.inputs[0] == Fraction(0.3)
    assert all(Fraction(float(c)) == c for c in found.inputs)
    assert found.inputs[1] < Fraction(1, 10) < Fraction(0.1)


def test_an_output_that_misses_is_repaired_in_the_region(replayed) -> None:
    result = replayed("((X_0 0.2499999) (X_1 0.1) (Y_0 0.3))")
    assert result.exit_code == 10
    assert "Y_0 <= 3/10 fails by 1/5000000 (about 2e-7)" in result.output
    assert "in the 1 region around it the nearest true counterexample" in result.output


def test_wrong_outputs(replayed) -> None:
    result = replayed("((X_0 0.3) (X_1 0.1) (Y_0 0.7))")
    assert result.exit_code == 0
    assert "Y_0 = 1/5; printed with the error 1/2" in result.output


def test_none_around(replayed) -> None:
    prop = PROPERTY.replace("(<= Y_0 0.3)", "(<= Y_0 0.1)")
    result = replayed("((X_0 0.3) (X_1 0.1))", "--out", "true.txt", prop=prop)
    assert result.exit_code == 10
    assert "not a counterexample, and none in the 1 region around it" in result.output
    assert "nothing was written to true.txt: there is no counterexample" in result.output
    assert not Path("true.txt").exists()


def test_strict_inequalities(replayed) -> None:
    prop = PROPERTY.replace("(<= Y_0 0.3)", "(< Y_0 0.3)")
    result = replayed("((X_0 0.25) (X_1 0.1))", prop=prop)
    assert result.exit_code == 10
    assert "Y_0 < 3/10 fails because the two sides are equal" in result.output
    assert "strict inequalities have no nearest point" in result.output


def test_json(replayed) -> None:
    result = replayed("((X_0 0.4) (X_1 0.1))", "--json", "--out", "true.txt")
    assert result.exit_code == 10
    found = json.loads(result.output)
    assert found["verdict"] == "fails"
    assert found["misses"] == [{"condition": "X_0 <= 3/10", "excess": "1/10"}]
    assert found["outputs"] == ["0"]
    assert found["printed_outputs"] is None
    assert found["repair"]["inputs"] == ["3/10", "1/10"]
    assert found["repair"]["distance"] == found["repair"]["infimum"] == "1/10"
    assert found["written"]["is_decimal"]
    assert "exactly" not in found["verdict"]
    found = json.loads(replayed("((X_0 0.3) (X_1 0.1))", "--json").output)
    assert (found["verdict"], found["repair"], found["misses"]) == ("holds exactly", None, [])


def test_a_long_list_is_cut(replayed, tmp_path: Path) -> None:
    wide = Network([([["1"] * 30], [0], "linear")])
    wide.save(tmp_path / "wide.json")
    names = "".join(f"(declare-const X_{i} Real)" for i in range(30))
    prop = f"{names}(declare-const Y_0 Real)(assert (and (<= X_0 0) (<= Y_0 0)))"
    text = "".join(f"(X_{i} 1)" for i in range(30))
    result = replayed(text, prop=prop, net="wide.json")
    assert "and 12 more; --json shows all" in result.output


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unsat", "a counterexample, which begins with the line sat, is required"),
        ("((X_0 0.3))", "values are required for X_1"),
        ("((X_0 0.3) (X_1 nan))", "a decimal number as the value of X_1 is required"),
    ],
)
def test_what_is_no_witness(replayed, text: str, words: str) -> None:
    result = replayed(text)
    assert result.exit_code == 2
    assert words in result.output
    assert result.output.count("\n") == 1


def test_wrong_files(replayed, run, tmp_path: Path) -> None:
    result = replayed("((X_0 1)(X_1 1))", prop="(declare-const Y_1 Real)" + PROPERTY)
    assert result.exit_code == 2
    assert "a property of 1 outputs is required" in result.output
    assert run("replay", "xor", "none.vnnlib", "found.txt").exit_code == 2
    assert run("replay", "xor", "prop.vnnlib", "none.txt").exit_code == 2
    assert run("replay", "xor", "found.txt", "found.txt").exit_code == 2
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    assert "a text in UTF-8 is required" in run("replay", "xor", "prop.vnnlib", "bytes").output


def test_floats_need_a_file(replayed) -> None:
    result = replayed("((X_0 0.3) (X_1 0.1))", "--floats", "binary32")
    assert result.exit_code == 2
    assert "--floats is about the file to write" in result.output


@pytest.mark.skipif(not TRAPS.is_dir(), reason=f"no float traps beside the repository: {TRAPS}")
def test_float_traps(run, tmp_path: Path) -> None:
    (tmp_path / "found.txt").write_text("sat ((X_0 0.3333328) (Y_0 0))", encoding="utf-8")
    needle = [str(TRAPS / "needle.onnx"), str(TRAPS / "needle_sat.vnnlib")]
    result = run("replay", *needle, "found.txt", "--out", "true.txt")
    assert result.exit_code == 10
    assert "in the 1 region around it the nearest true counterexample" in result.output
    assert run("replay", *needle, "true.txt").exit_code == 0
    (tmp_path / "found.txt").write_text("sat ((X_0 0.75) (Y_0 0.0))", encoding="utf-8")
    absorb = [str(TRAPS / "absorb.onnx"), str(TRAPS / "absorb_lo.vnnlib")]
    result = run("replay", *absorb, "found.txt")
    assert result.exit_code == 10
    assert "Y_0 <= 0 fails by 3/4" in result.output
