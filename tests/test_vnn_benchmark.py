"""The benchmark of the competition's properties: its words, its table, and who judges proofs."""

import gzip
import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import vnn
from exactpwl import Network, verification
from exactpwl.certificate import certify_partition

ABSOLUTE = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
PROPERTY = """(declare-const X_0 Real) (declare-const Y_0 Real)
(assert (and (<= -1 X_0 1) (> Y_0 {})))"""


@dataclass
class Verdict:
    """What `exactpwl.verify` returns."""

    answer: str
    witness: Any = None
    certificates: tuple[Any, ...] = ()
    leaves: int = 7
    share: Fraction = Fraction(1, 8)


@pytest.fixture
def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Judge an instance as if this were the verdict."""
    ABSOLUTE.save(tmp_path / "net.json")

    def judge(bound: str, verdict: Verdict) -> vnn.Outcome:
        (tmp_path / "p.vnnlib").write_text(PROPERTY.format(bound), encoding="utf-8")
        monkeypatch.setattr(verification, "verify", lambda *_, **__: verdict)
        return vnn.judged(tmp_path / "net.json", tmp_path / "p.vnnlib", 5)

    return judge


def certificate() -> Any:
    return certify_partition(ABSOLUTE, [(-1, 1)])


def test_a_certificate_is_written_and_judged(judged) -> None:
    outcome = judged("1", Verdict("unsat", certificates=(certificate(), certificate())))
    assert (outcome.verdict, outcome.believed, outcome.certificates) == ("unsat", True, 2)
    assert outcome.leaves == 7
    assert outcome.size > 100
    assert outcome.replayed is None


def test_a_false_certificate_is_seen(judged) -> None:
    class Forged:
        def save(self, path: Path) -> None:
            certificate().save(path)
            text = gzip.decompress(path.read_bytes()).decode()
            assert '"regions":2' in text
            path.write_bytes(gzip.compress(text.replace('"regions":2', '"regions":3').encode()))

    outcome = judged("1", Verdict("unsat", certificates=(Forged(),)))
    assert outcome.believed is False
    assert vnn.Measured(vnn.Instance("b", "n", "p", "unsat"), outcome).word.startswith("**")


def test_a_witness_is_written_and_replayed(judged) -> None:
    outcome = judged("0.5", Verdict("sat", (Fraction(-2, 3),)))
    assert (outcome.verdict, outcome.replayed, outcome.witness) == ("sat", True, "-2/3")


def test_a_budget_that_ended_tells_how_far_it_came(judged) -> None:
    outcome = judged("0.5", Verdict("unknown"))
    assert outcome.verdict == "unknown"
    assert outcome.message == (
        "the budget ended after 7 leaves, with 12.5000% of the subdivision done"
    )


def test_a_network_that_cannot_be_read_is_refused(judged, tmp_path: Path) -> None:
    (tmp_path / "net.json").write_text("{}", encoding="utf-8")
    outcome = vnn.judged(tmp_path / "net.json", tmp_path / "p.vnnlib", 5)
    assert outcome.verdict == vnn.REFUSED
    assert outcome.message
    assert str(tmp_path) not in outcome.message


@pytest.mark.parametrize(
    ("expected", "outcome", "word", "good"),
    [
        ("unsat", vnn.Outcome("unsat", believed=True), "checked", True),
        ("unsat", vnn.Outcome("unsat"), "**no proof**", False),
        ("sat", vnn.Outcome("sat", replayed=True), "witness holds exactly", True),
        ("sat", vnn.Outcome("sat", replayed=False), "**witness fails**", False),
        ("sat", vnn.Outcome("unsat", believed=True), "**another verdict**", False),
        ("unsat", vnn.Outcome("sat", replayed=True), "**another verdict**", False),
        ("unsat", vnn.Outcome("unknown"), "budget ended", True),
        ("unknown", vnn.Outcome("refused"), "as expected", True),
        ("sat", vnn.Outcome("refused"), "**refused**", False),
        ("sat", vnn.Outcome("failed"), "**failed**", False),
    ],
)
def test_what_is_said(expected: str, outcome: vnn.Outcome, word: str, good: bool) -> None:
    found = vnn.Measured(vnn.Instance("b", "n.onnx", "p.vnnlib", expected), outcome)
    assert (found.word, found.is_good) == (word, good)


def test_the_page_shows_the_exact_witness_of_a_wrong_expectation() -> None:
    found = vnn.Measured(
        vnn.Instance("test", "test_sat.onnx.gz", "test_prop.vnnlib.gz", "unsat"),
        vnn.Outcome("sat", 1.5, replayed=True, witness="(1/3, 2)"),
    )
    text = vnn.page([found], 600)
    assert "| test: test_sat | sat | unsat | 1.5 |" in text
    assert "expected unsat, found sat, with the exact witness (1/3, 2)" in text
    assert "it says nothing about what a float runtime returns" in text


def test_the_table_of_the_docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "verify.md"
    monkeypatch.setattr(vnn, "PAGE", page)
    page.write_text(f"before\n{vnn.BEGIN}\nold\n{vnn.END}\nafter\n", encoding="utf-8")
    vnn.write_docs("new")
    assert page.read_text("utf-8") == f"before\n{vnn.BEGIN}\nnew\n{vnn.END}\nafter\n"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(SystemExit, match="has no place for the table"):
        vnn.write_docs("new")


@pytest.mark.skipif(
    not vnn.SHARED.is_dir(), reason=f"the instances are not beside the repository: {vnn.SHARED}"
)
def test_all_instances_are_found() -> None:
    found = list(vnn.instances())
    assert len({i.name for i in found}) == len(found) == 49
    assert all((vnn.SHARED / path).is_file() for i in found for path in (i.onnx, i.vnnlib))


def test_an_instance_has_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = vnn.measured(vnn.Instance("b", "none.onnx", "none.vnnlib", "sat"), 5).outcome
    assert outcome.verdict in (vnn.REFUSED, "failed")
    assert json.dumps(vnn.asdict(outcome))
