"""Counterexamples that were printed: judged exactly, and mended where they miss by a rounding."""

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from exactpwl import Network, regions
from exactpwl.errors import DimensionError
from exactpwl.feasibility import feasible
from exactpwl.maximum import Maximum
from exactpwl.verification import replay, written_witness
from exactpwl.verification.around import patterns_around, region_rows
from exactpwl.verification.nearest_inside import distance, nearest_inside
from exactpwl.vnnlib import Query, Witness, load_query, parse_query, parse_witness
from strategies import networks, points

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "vnn"
TRAPS = SHARED / "float_traps"
needs_traps = pytest.mark.skipif(
    not TRAPS.is_dir(), reason=f"the float traps are not beside the repository: no {TRAPS}"
)

ABSOLUTE = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
TENTH = parse_query(
    "(declare-const X_0 Real) (declare-const Y_0 Real) (assert (and (<= -1 X_0 0.1) (>= Y_0 0.1)))"
)


def judged(network: Network, query: Query, text: str):
    return replay(network, query, parse_witness(text, query))


def asked(text: str, inputs: int = 1, outputs: int = 1) -> Query:
    names = [f"X_{i}" for i in range(inputs)] + [f"Y_{i}" for i in range(outputs)]
    return parse_query("".join(f"(declare-const {n} Real)" for n in names) + f"(assert {text})")


def test_a_true_counterexample_holds() -> None:
    found = judged(ABSOLUTE, TENTH, "sat ((X_0 -0.5) (Y_0 0.5))")
    assert found.holds
    assert found.misses == ()
    assert found.repair is None
    assert found.counterexample == (Fraction(-1, 2),)
    assert found.output_errors == (0,)


def test_a_float_beyond_the_box_is_told_with_its_exact_excess_and_moved_back() -> None:
    near = Fraction(0.1)  # one tenth, rounded up
    found = replay(ABSOLUTE, TENTH, Witness((near,)))
    assert not found.holds
    ((miss,), repair) = found.misses, found.repair
    assert str(miss) == "X_0 <= 1/10 fails by 1/180143985094819840"
    assert miss.excess == near - Fraction(1, 10) == repair.distance == repair.infimum
    assert repair.point == repair.outputs == (Fraction(1, 10),)
    assert repair.regions == 0


def test_wrong_outputs_are_told_and_decide_nothing() -> None:
    found = judged(ABSOLUTE, TENTH, "((X_0 0.05) (Y_0 0.2))")
    assert not found.holds
    assert [str(miss) for miss in found.misses] == ["Y_0 >= 1/10 fails by 1/20"]
    assert found.output_errors == (Fraction(3, 20),)
    found = judged(ABSOLUTE, TENTH, "((X_0 0.1) (Y_0 0))")
    assert found.holds
    assert found.output_errors == (Fraction(-1, 10),)


def test_an_output_that_misses_by_a_little_is_found_in_the_region() -> None:
    found = judged(ABSOLUTE, TENTH, "((X_0 0.0999))")
    assert found.repair.point == (Fraction(1, 10),)
    assert found.repair.distance == Fraction(1, 10_000)
    assert found.repair.regions == 1


def test_on_a_wall_the_regions_on_both_sides_are_searched() -> None:
    query = asked("(and (<= -1 X_0 0.5) (>= Y_0 0.75))")
    repair = judged(ABSOLUTE, query, "((X_0 0))").repair
    assert repair.regions == 2
    assert repair.point == (Fraction(-3, 4),)


def test_of_a_strict_inequality_a_point_near_the_bound_is_found() -> None:
    query = asked("(and (<= -1 X_0 1) (> Y_0 0.5))")
    found = judged(ABSOLUTE, query, "((X_0 0.5))")
    assert [str(miss) for miss in found.misses] == ["Y_0 > 1/2 fails: the two sides are equal"]
    repair = found.repair
    assert repair.infimum == 0 < repair.distance < Fraction(1, 2**59)
    assert query.holds(repair.point, repair.outputs)


def test_none_around_is_said() -> None:
    query = asked("(and (<= -1 X_0 1) (>= Y_0 2))")
    repair = judged(ABSOLUTE, query, "((X_0 0.5))").repair
    assert repair.point is None
    assert (repair.regions, repair.is_complete) == (1, True)
    # -1 would be one, but it is in no region that touches 1/2
    query = asked("(and (<= -1 X_0 0.5) (>= Y_0 1))")
    assert judged(ABSOLUTE, query, "((X_0 0.5))").repair.point is None


def test_a_property_that_holds_nowhere() -> None:
    found = judged(ABSOLUTE, asked("(and (<= 1 X_0 0) (>= Y_0 2))"), "((X_0 0.5))")
    assert not found.holds
    assert found.misses == ()
    assert found.repair.point is None


def test_of_a_disjunction_the_least_miss_is_told_and_the_nearest_case_taken() -> None:
    query = asked("(and (<= 0 X_0 1) (or (>= Y_0 0.9) (<= Y_0 0.2)))")
    found = judged(ABSOLUTE, query, "((X_0 0.3))")
    assert [str(miss) for miss in found.misses] == ["Y_0 <= 1/5 fails by 1/10"]
    assert found.repair.point == (Fraction(1, 5),)


def test_each_input_set_is_clipped_by_itself() -> None:
    query = asked("(or (and (<= 0 X_0 1) (>= Y_0 5)) (and (<= 2 X_0 3) (>= Y_0 2)))")
    assert judged(ABSOLUTE, query, "((X_0 1.1))").repair.point == (2,)


def test_conditions_on_both_inputs_and_outputs() -> None:
    query = asked("(and (= (* 3 X_0) 1) (<= (+ Y_0 X_0) 1))")
    found = judged(ABSOLUTE, query, "((X_0 0.333333))")
    assert [str(miss) for miss in found.misses] == ["X_0 >= 1/3 fails by 1/3000000"]
    assert found.repair.point == (Fraction(1, 3),)


def test_a_slanted_input_set_is_clipped_by_a_linear_program() -> None:
    network = Network([([[1, 1]], [0], "linear")])
    query = asked("(and (<= (+ X_0 X_1) 1) (>= X_0 0) (>= X_1 0) (>= Y_0 1))", 2)
    repair = judged(network, query, "((X_0 0.6) (X_1 0.6))").repair
    assert repair.point == (Fraction(1, 2), Fraction(1, 2))
    assert repair.distance == Fraction(1, 10)


def test_the_wrong_numbers_of_inputs_and_outputs() -> None:
    with pytest.raises(DimensionError, match=r"a property of 1 inputs .* declares 2, the last is"):
        replay(ABSOLUTE, asked("(>= Y_0 X_1)", 2), Witness((Fraction(0),)))
    with pytest.raises(DimensionError, match=r"a property of 1 outputs is required"):
        replay(ABSOLUTE, asked("(>= Y_0 Y_1)", 1, 2), Witness((Fraction(0),)))
    with pytest.raises(DimensionError, match="a counterexample with 1 inputs is required, got 2"):
        replay(ABSOLUTE, TENTH, Witness((Fraction(0),) * 2))


def test_no_more_regions_are_searched_than_allowed() -> None:
    lines = Network([([[1, 0], [0, 1], [1, 1]], [0, 0, 0], "relu"), ([[1, 1, 1]], [0], "linear")])
    query = asked("(>= (- 7) Y_0)", 2)
    found = parse_witness("((X_0 0) (X_1 0))", query)
    assert replay(lines, query, found).repair.regions == 6
    cut = replay(lines, query, found, most_regions=2).repair
    assert (cut.regions, cut.is_complete, cut.point) == (2, False, None)
    assert replay(lines, query, found, repair=False).repair is None


@needs_traps
@pytest.mark.parametrize(
    ("network", "prop", "text", "holds"),
    [
        ("absorb", "absorb_hi", "((X_0 0.5))", True),
        ("absorb", "absorb_lo", "((X_0 0.75) (Y_0 0.0))", False),  # what floats compute
        ("tiny_scale", "tiny_sat", "((X_0 1))", True),
        ("tiny_scale", "tiny_unsat", "((X_0 1))", False),
        ("needle", "needle_sat", "((X_0 0.333333343267440796))", True),
        ("needle", "needle_unsat", "((X_0 0.333333343267440796))", False),
    ],
)
def test_the_float_traps(network: str, prop: str, text: str, holds: bool) -> None:
    query = load_query(TRAPS / f"{prop}.vnnlib")
    found = judged(Network.load(TRAPS / f"{network}.onnx"), query, text)
    assert found.holds is holds
    assert holds or found.repair.point is None


@needs_traps
def test_a_needle_is_found_again_from_beside_it() -> None:
    query = load_query(TRAPS / "needle_sat.vnnlib")
    network = Network.load(TRAPS / "needle.onnx")
    repair = judged(network, query, "((X_0 0.3333328))").repair
    assert query.holds(repair.point, network(repair.point))
    assert repair.distance < Fraction(1, 10**6)


@needs_traps
@pytest.mark.parametrize(
    ("network", "prop", "said"),
    [
        (
            "rl_benchmarks/onnx/cartpole.onnx.gz",
            "rl_benchmarks/vnnlib/cartpole_case_unsafe_36.vnnlib.gz",
            ("0.43852800130844116", "-0.29691481590270996", "0.07764308899641", "0.3862281441688"),
        ),
        (
            "tllverifybench/onnx/tllBench_n=2_N=M=8_m=1_instance_0_1.onnx.gz",
            "tllverifybench/vnnlib/property_N=8_1.vnnlib.gz",
            ("1.8514443635940552", "-1.4660784006118774"),
        ),
    ],
)
def test_near_misses_of_the_competition(network: str, prop: str, said: tuple[str, ...]) -> None:
    query = load_query(SHARED / prop)
    net = Network.load(SHARED / network)
    found = replay(net, query, Witness(tuple(map(Fraction, said))))
    assert not found.holds
    assert len(found.misses) == 1
    repair = found.repair
    assert 0 < repair.distance < Fraction(1, 10**5)
    assert query.holds(repair.point, net(repair.point))
    for floats in (None, "binary32"):
        within = repair.distance if floats is None else None
        written = written_witness(net, query, repair.point, floats=floats, within=within)
        read = parse_witness(written.text, query)
        assert replay(net, query, read).holds
        assert query.holds(read.inputs, read.outputs)


def test_a_maximum_has_a_region_for_each_argument() -> None:
    network = Network([([[1, 0], [0, 1], [0, 0]], [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])
    origin = (Fraction(0), Fraction(0))
    assert [str(p) for p in patterns_around(network, origin)] == ["0", "1", "2"]
    query = asked("(and (<= -1 X_0 1) (<= -1 X_1 0) (>= Y_0 0.25))", 2)
    repair = judged(network, query, "((X_0 0) (X_1 0))").repair
    assert (repair.regions, repair.point[0]) == (3, Fraction(1, 4))


def test_the_regions_around_a_point_are_those_of_the_complex() -> None:
    network = Network(
        [
            ([[1, 0], [1, 0], [0, 0], [1, 1]], [0, 0, 0, 0], "relu"),
            ([[1, -1, 1, 0], [0, 0, 1, 1], [1, 1, 1, 1]], [0, 0, -1], "relu"),
        ]
    )
    whole = regions(network)
    for point in product((-1, 0, Fraction(1, 4), 1), repeat=2):
        around = {str(p) for p in patterns_around(network, tuple(map(Fraction, point)))}
        assert around == {str(r.pattern) for r in whole.regions if r.contains(point)}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_regions_around_any_point(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.integers(1, 2)))
    point = data.draw(points(network.input_dimension))
    whole = regions(network)
    around = [str(p) for p in patterns_around(network, point)]
    assert len(set(around)) == len(around)
    assert set(around) == {str(r.pattern) for r in whole.regions if r.contains(point)}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_repair_is_a_counterexample_and_no_nearer_one_is_around(data: st.DataObject) -> None:
    network = data.draw(networks(inputs=st.integers(1, 2)))
    d, m = network.input_dimension, network.output_dimension
    relation = data.draw(st.sampled_from([">", ">="]))
    query = asked(f"(and (<= -1 X_0 0.5) ({relation} Y_{m - 1} 0.3))", d, m)
    point = data.draw(points(d))
    found = replay(network, query, Witness(point))
    assume(not found.holds)
    clipped = (min(max(point[0], Fraction(-1)), Fraction(1, 2)), *point[1:])
    best = None
    (case,) = query.cases()
    for region in regions(network).regions:
        if not region.contains(clipped):
            continue
        rows = [*region_rows(network, region.pattern)]
        asked_rows = [c.on_piece(region.affine_map) for c in case.constraints]
        strict = [False] * len(rows) + [c.strict for c in case.constraints]
        near = nearest_inside([*rows, *asked_rows], strict, point)
        assert (near is None) == (feasible([*rows, *asked_rows], strict, d).status == "empty")
        if near is not None and (best is None or near.infimum < best):
            best = near.infimum
    repair = found.repair
    assert (repair.point is None) == (best is None)
    if best is not None:
        assert query.holds(repair.point, network(repair.point))
        assert distance(repair.point, point) == repair.distance
        assert best <= repair.distance <= best * Fraction(1025, 1024) + Fraction(1, 2**55)
