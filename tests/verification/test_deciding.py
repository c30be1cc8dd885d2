"""Queries decided: against every region's own linear programs, and against the competition."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Maximum, Network, regions, verify
from exactpwl.certificate import certify_range, enclosure
from exactpwl.engine.events import Listener
from exactpwl.errors import DimensionError, OptionError
from exactpwl.feasibility import feasible
from exactpwl.gallery import get
from exactpwl.verification import Verdict
from exactpwl.vnnlib import Query, load_query, parse_query
from judged import believed
from strategies import networks

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "vnn"
needs_instances = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"the instances are not beside the repository: no {SHARED}"
)


def asked(text: str, inputs: int, outputs: int) -> Query:
    names = [f"X_{i}" for i in range(inputs)] + [f"Y_{i}" for i in range(outputs)]
    return parse_query("".join(f"(declare-const {n} Real)" for n in names) + f"(assert {text})")


def is_satisfiable(network: Network, query: Query) -> bool:
    """Ask every region of the whole space, each case with a linear program of its own."""
    whole = regions(network)
    for case in query.cases():
        strict = [constraint.strict for constraint in case.constraints]
        for region, found in zip(whole.regions, whole.affine_maps, strict=True):
            own = [constraint.on_piece(found) for constraint in case.constraints]
            cell = [inequality.row for inequality in region.inequalities]
            flags = [*strict, *[False] * len(cell)]
            if feasible([*own, *cell], flags, network.input_dimension).point is not None:
                return True
    return False


@st.composite
def comparisons(draw: st.DrawFn, inputs: int, outputs: int) -> str:
    """A linear inequality between inputs and outputs."""
    names = [f"X_{i}" for i in range(inputs)] + [f"Y_{i}" for i in range(outputs)]
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    terms = [f"(* {draw(st.integers(-2, 2))} {name})" for name in chosen]
    relation = draw(st.sampled_from(["<=", "<", ">=", ">"]))
    return f"({relation} (+ {' '.join(terms)} 0) {draw(st.integers(-3, 3))})"


@st.composite
def questions(draw: st.DrawFn, inputs: int, outputs: int) -> Query:
    """Boxes, some flat and some open at a side, with cases of a few comparisons."""
    box = []
    for i in range(inputs):
        low = draw(st.integers(-2, 2))
        high = low + draw(st.sampled_from([0, 1, 1, 2, 3]))
        least, most = (draw(st.sampled_from(["<=", "<=", "<"])) for _ in range(2))
        box.append(f"({least} {low} X_{i}) ({most} X_{i} {high})")
    own = comparisons(inputs, outputs)
    cases = draw(st.lists(st.lists(own, min_size=1, max_size=3), min_size=1, max_size=3))
    told = " ".join(f"(and {' '.join(case)})" for case in cases)
    return asked(f"(and {' '.join(box)} (or {told}))", inputs, outputs)


@st.composite
def instances(draw: st.DrawFn) -> tuple[Network, Query]:
    network = draw(networks())
    return network, draw(questions(network.input_dimension, network.output_dimension))


@settings(max_examples=120)
@given(instance=instances())
def test_the_answer_is_that_of_all_regions(
    instance: tuple[Network, Query], tmp_path_factory: pytest.TempPathFactory
) -> None:
    network, query = instance
    verdict = verify(network, query)
    assert verdict.answer == ("sat" if is_satisfiable(network, query) else "unsat")
    if verdict.answer == "sat":
        assert verdict.witness is not None
        assert verdict.outputs == network(verdict.witness)
        assert query.holds(verdict.witness, verdict.outputs)
    folder = tmp_path_factory.mktemp("proofs")
    assert all(believed(certificate, folder) for certificate in verdict.certificates)


@settings(max_examples=120)
@given(instance=instances())
def test_the_walk_for_many_inputs_has_the_same_answers(
    instance: tuple[Network, Query], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """It takes any number of inputs, so it is held against all regions where these are few."""
    network, query = instance
    folder = tmp_path_factory.mktemp("proofs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("exactpwl.certificate.pruned.MOST_INPUTS", 0)
        verdict = verify(network, query)
        assert all(believed(certificate, folder) for certificate in verdict.certificates)
    assert verdict.answer == ("sat" if is_satisfiable(network, query) else "unsat")
    if verdict.witness is not None:
        assert query.holds(verdict.witness, network(verdict.witness))


@pytest.mark.parametrize(
    ("bound", "answer"), [("9", "unsat"), ("2.8125", "unsat"), ("2.65", "sat")]
)
def test_sixty_four_inputs(bound: str, answer: str, tmp_path: Path) -> None:
    """A box of 2^64 vertices, on which up to ten neurons are open."""
    digits = get("digits")
    box = " ".join(f"(<= 0.45 X_{i} 0.55)" for i in range(64))
    found = verify(digits, asked(f"(and {box} (> Y_0 {bound}))", 64, 1))
    assert found.answer == answer
    assert believed(found.certificates[0], tmp_path)


def test_a_wrong_bound_is_not_believed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where errors are forgotten a branch ends too early, and the checker notices."""
    query = asked("(and (<= 0 X_0 1) (<= 0 X_1 1) (> Y_0 0.9))", 2, 1)
    hat = get("hat2d")
    assert verify(hat, query).answer == "sat"
    honest = enclosure.enclosed

    def forgetful(*given: object) -> enclosure.Enclosure:
        found = honest(*given)  # type: ignore[arg-type]
        return found._replace(errors=[0] * len(found.errors), outputs=[[0, 0, -1]])

    monkeypatch.setattr("exactpwl.certificate.pruned.enclosed", forgetful)
    monkeypatch.setattr(
        "exactpwl.certificate.pruned._winning", lambda excesses: excesses[:, 0] * 0 + 1
    )
    verdict = verify(hat, query)
    assert verdict.answer == "unsat"
    assert not any(believed(certificate, tmp_path) for certificate in verdict.certificates)


def verdict_of(text: str, network: Network | None = None) -> Verdict:
    network = network or get("xor")
    return verify(network, asked(text, network.input_dimension, network.output_dimension))


def test_strict_and_weak_inequalities_differ() -> None:
    assert verdict_of("(and (<= 0 X_0 1) (<= 0 X_1 1) (> Y_0 1))").answer == "unsat"
    found = verdict_of("(and (<= 0 X_0 1) (<= 0 X_1 1) (>= Y_0 1))")
    assert (found.answer, found.witness) == ("sat", (0, 0))
    assert verdict_of("(and (< 0 X_0 1) (<= 0 X_1 1) (>= Y_0 1))").answer == "unsat"


def test_an_unbounded_input_set_and_the_whole_space() -> None:
    assert verdict_of("(> Y_0 1)").answer == "unsat"
    assert verdict_of("(and (>= X_0 0) (< Y_0 -1000))").answer == "sat"


def test_flat_sets_are_looked_at_in_coordinates_of_their_own() -> None:
    found = verdict_of("(and (= X_0 0.5) (<= 0 X_1 1) (> Y_0 0))")
    assert found.answer == "unsat" or found.witness is not None
    triangle = verdict_of("(and (>= X_0 0) (>= X_1 0) (<= (+ X_0 X_1) 0) (> Y_0 1))")
    assert triangle.answer == "unsat"
    assert "flat" in triangle.notes[0]
    point = verdict_of("(and (= X_0 1) (= X_1 0) (< Y_0 -1))")
    assert point.answer == "unsat"
    assert len(point.certificates) == 1


def test_an_empty_input_set_needs_no_proof() -> None:
    for text in ("(and (>= X_0 1) (<= X_0 0))", "(and (>= X_0 X_1) (<= (+ X_0 1) X_1))"):
        found = verdict_of(f"(and {text} (> Y_0 -9999))")
        assert (found.answer, found.certificates, found.share) == ("unsat", (), 1)
        assert "empty" in found.notes[0]


def test_each_input_set_has_its_certificate(tmp_path: Path) -> None:
    sets = "(or (and (<= 0 X_0 1) (<= 0 X_1 1)) (and (<= 4 X_0 5) (<= 0 X_1 1)))"
    found = verdict_of(f"(and {sets} (> Y_0 1))")
    assert found.answer == "unsat"
    assert len(found.certificates) == 2
    assert all(believed(certificate, tmp_path) for certificate in found.certificates)


def test_maxima_are_written_with_relus(tmp_path: Path) -> None:
    largest = Network([([[1, 0], [0, 1], [0, 0]], [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])
    found = verdict_of("(and (<= -1 X_0 1) (<= -1 X_1 1) (or (> Y_0 1) (< Y_0 0)))", largest)
    assert found.answer == "unsat"
    assert "maxima" in found.notes[0]
    assert believed(found.certificates[0], tmp_path)


def test_a_budget_that_ends_says_how_far_it_came() -> None:
    """The bound is the exact maximum, so that one branch is not enough."""
    rings, box = get("rings"), [(-1, 1), (-1, 1)]
    top = certify_range(rings, [1], box).claim.upper.value
    ask = f"(and (<= -1 X_0 1) (<= -1 X_1 1) (> (* {top.denominator} Y_0) {top.numerator}))"
    query = asked(ask, 2, 1)
    few = verify(rings, query, max_regions=3)
    assert (few.answer, few.leaves, few.certificates) == ("unknown", 3, ())
    assert 0 < few.share < 1
    assert verify(rings, query, timeout=1e-9).answer == "unknown"
    assert verify(rings, query).answer == "unsat"


def test_sizes_and_several_networks_are_refused() -> None:
    with pytest.raises(DimensionError, match="inputs"):
        verify(get("xor"), asked("(> Y_0 0)", 3, 1))
    two = parse_query(
        "(declare-network f (declare-input X real [1]) (declare-output Y real [1]))"
        "(declare-network g (declare-input U real [1]) (declare-output V real [1]))"
        "(assert (> Y[0] V[0]))"
    )
    pair = Network([([[1, 0], [0, 1]], [0, 0], "relu")])
    with pytest.raises(OptionError, match="one network"):
        verify(pair, two)


def test_a_listener_hears_of_the_whole_work() -> None:
    class Heard(Listener):
        share = 0.0

        def regions(self, count: int, share: float) -> None:
            self.share += share

    heard = Heard()
    verify(get("xor"), asked("(and (<= 0 X_0 1) (<= 0 X_1 1) (> Y_0 1))", 2, 1), listener=heard)
    assert heard.share in (0.0, 1.0)


def of_the_index(folder: str, name: str) -> list[tuple[Path, Path, str]]:
    root = SHARED / folder
    if not (root / "index.csv").is_file():
        return []
    with (root / "index.csv").open(encoding="utf-8") as stream:
        return [
            (root / row["onnx"], root / row["vnnlib"], row[name]) for row in csv.DictReader(stream)
        ]


TRAPS = of_the_index("float_traps", "exact_verdict_z3")
INSTANCES = [row for row in of_the_index("", "expected") if row[2] in ("sat", "unsat")]
QUICK = [row for row in INSTANCES if "robot" not in row[1].name and "vdp" not in row[1].name]
SLOW = [row for row in INSTANCES if row not in QUICK]


def check(network: Path, prop: Path, expected: str, folder: Path) -> None:
    found = verify(Network.load(network), query := load_query(prop))
    assert found.answer == expected
    if found.witness is not None:
        assert query.holds(found.witness, Network.load(network)(found.witness))
    assert len(found.certificates) == 1
    assert believed(found.certificates[0], folder)


@needs_instances
@pytest.mark.parametrize(("network", "prop", "expected"), TRAPS, ids=lambda x: Path(x).stem)
def test_the_float_traps(network: Path, prop: Path, expected: str, tmp_path: Path) -> None:
    check(network, prop, expected, tmp_path)


@needs_instances
@pytest.mark.parametrize(("network", "prop", "expected"), QUICK, ids=lambda x: Path(x).stem)
def test_the_competition(network: Path, prop: Path, expected: str, tmp_path: Path) -> None:
    check(network, prop, expected, tmp_path)


@needs_instances
@pytest.mark.slow
@pytest.mark.parametrize(("network", "prop", "expected"), SLOW, ids=lambda x: Path(x).stem)
def test_the_larger_ones_of_the_competition(
    network: Path, prop: Path, expected: str, tmp_path: Path
) -> None:
    check(network, prop, expected, tmp_path)


def test_the_traps_are_rational() -> None:
    """The needle's witness is no short decimal: its set is narrower than float steps are wide."""
    needle = [row for row in TRAPS if row[1].stem == "needle_sat"]
    for network, prop, _ in needle:
        found = verify(Network.load(network), load_query(prop))
        assert found.witness is not None
        assert isinstance(found.witness[0], Fraction)
