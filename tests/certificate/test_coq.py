"""Coq proves what the file says, and nothing that was tampered with."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from exactpwl.certificate import Certificate
from exactpwl.certificate.coq import LIBRARY, OPENING, coq_lines, save_coq
from exactpwl.errors import OptionError
from partitions import COUNTS, EXAMPLES, OTHERS, lines, polyhedron, xor

needs_coq = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")
AXIOMS_OF_THE_REALS = {
    "ClassicalDedekindReals.sig_forall_dec",
    "FunctionalExtensionality.functional_extensionality_dep",
}


def coqc(name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = ["coqc", name]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the library, compiled once for all tests."""
    folder = tmp_path_factory.mktemp("coq")
    (folder / "ExactPWL.v").write_text(LIBRARY.read_text("utf-8"), encoding="utf-8")
    assert coqc("ExactPWL.v", folder).returncode == 0
    return folder


def with_library(text: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run coqc on a file, its library taken from the folder instead of the file."""
    before, opening, claim = text.partition(OPENING)
    header = ("From Coq", "Import ListNotations", "Open Scope nat_scope")
    loaded = [line for line in before.splitlines() if line.startswith(header)]
    text = "\n".join([*loaded, "Require Import ExactPWL.", opening, claim])
    (folder / "claim.v").write_text(text, encoding="utf-8")
    return coqc("claim.v", folder)


def check_proved(run: subprocess.CompletedProcess[str]) -> None:
    """Check that coqc accepted a file, and that its theorem assumes nothing."""
    assert run.returncode == 0, run.stderr[-2000:]
    theorem, _, over_the_reals = run.stdout.partition("Axioms:")
    assert theorem.strip() == "Closed under the global context"
    named = {line.split()[0] for line in over_the_reals.splitlines() if line[:1].isalpha()}
    assert named == AXIOMS_OF_THE_REALS


def test_the_file_says_what_is_claimed() -> None:
    text = "\n".join(coq_lines(xor()))
    assert "Neuron [2; (-4)] (-1) activation_1" in text
    assert "length regions = 3%nat" in text
    assert "  [[0; 0]; [0]];\n  [[1; 0]; [0]];\n  [[1; 1]; [0]]\n" in text
    assert "Definition empty_patterns : list pattern := ([\n  [[0; 1]; [0]]\n])%nat." in text


def test_patterns_that_are_missing_are_listed_only_where_they_are_few() -> None:
    assert "empty_patterns" not in "\n".join(coq_lines(lines()))


def test_rational_numbers_are_written_as_fractions() -> None:
    text = "\n".join(coq_lines(polyhedron()))
    assert "UpTo 0 (-1 # 3) 0 (Last 1 0)" in text
    assert "Form [(-14); (-21)] 10" in text


@pytest.mark.parametrize("kind", OTHERS)
def test_other_claims_are_refused(kind: str) -> None:
    with pytest.raises(OptionError, match=f"all regions, not of {kind}"):
        next(coq_lines(OTHERS[kind]()))


@pytest.mark.slow
@needs_coq
def test_the_file_stands_alone(tmp_path: Path) -> None:
    save_coq(xor(), tmp_path / "xor.v")
    check_proved(coqc("xor.v", tmp_path))


@pytest.mark.slow
@needs_coq
@pytest.mark.parametrize("example", EXAMPLES)
def test_coq_accepts(example: Callable[[], Certificate], library: Path) -> None:
    made = example()
    assert made.claim.regions == COUNTS.get(example.__name__, made.claim.regions)
    check_proved(with_library("\n".join(coq_lines(made)), library))


@pytest.mark.slow
@needs_coq
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1 0 0 2 1 0 2 0 1 1 1 ", "1 0 0 2 1 0 2 0 1 1 2 "),
        ("1 0 0 2 1 0 2 0 1 1 1 ", "1 0 0 2 1 0 2 0 1 1 -1 "),
        ("1 0 0 2 1 0 2 0 1 1 1 ", "1 0 0 2 1 0 0 "),
        ("Neuron [1; 1] 0 ", "Neuron [1; 2] 0 "),
        ("Neuron [1; 1] 1 ", "Neuron [1; 1] (-1) "),
        ("activation_0 := UpTo 0 0 0", "activation_0 := UpTo 1 0 0"),
        (" 0 1 0 -2 1 ", " 0 1 0 2 1 "),
        ('"1 0 0 2 1 0 2 0 1 1 1 0 1 0 -2 1 1 0 0 2 0 -1 0 1 0 1"', '"2 0 0 0 2 1 0 0 0 1 0 -2"'),
        (" 1 1 0 0 2 0 -1 0 1 0 1", " 2 1 0 0 0 2 0 -1"),
        ("  [[1; 1]; [0]]\n", "  [[0; 1]; [0]]\n"),
        ("  [[1; 0]; [0]];\n", ""),
        ("length regions = 3%nat", "length regions = 4%nat"),
    ],
    ids=[
        "a multiplier",
        "a negative multiplier",
        "no multiplier",
        "a weight",
        "a bias",
        "a breakpoint",
        "a witness outside its region",
        "one leaf and nothing else",
        "a leaf is missing",
        "another pattern",
        "a pattern is missing",
        "another number",
    ],
)
def test_coq_refuses_what_was_tampered_with(old: str, new: str, library: Path) -> None:
    text = "\n".join(coq_lines(xor()))
    assert text.count(old) == 1
    run = with_library(text.replace(old, new), library)
    assert run.returncode != 0
    (failed,) = re.findall(r"line ([0-9]+)", run.stderr)
    lines = (library / "claim.v").read_text(encoding="utf-8").splitlines()
    assert lines[int(failed) - 1].startswith(("Proof. vm_cast_no_check", "Proof. split;"))


@pytest.mark.slow
@needs_coq
def test_other_spellings_of_the_network_change_nothing(library: Path) -> None:
    text = "\n".join(coq_lines(xor()))
    other = text.replace("Neuron [1; 1] 0 ", "Neuron [(3 # 7); (6 # 14)] 0 ")
    assert other != text
    check_proved(with_library(other, library))
