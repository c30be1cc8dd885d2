"""The benchmark's own logic: turns, failures, goals, table; without peers, without times."""

import importlib.util
import json
import shutil
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import growth
import whole_way
from exactpwl import Network, regions
from peers import environment, figure, networks, runner, table, tools
from peers.goals import Goal, goals, seconds
from peers.networks import Case
from peers.results import Measured, projected, verdict
from peers.runner import Limits, Record, Worker, take_turns

QUICK = Limits(runs=3, seconds=0.3)


def fake(name):
    return replace(tools.PARX, name=name, adapter=f"fake_peers:{name}")


@pytest.fixture
def turns(tmp_path, monkeypatch):
    """Let fake tools take turns on a network with eight rows."""
    diary = tmp_path / "diary"
    monkeypatch.setenv("FAKE_DIARY", str(diary))
    job = tmp_path / "job.json"
    networks.save(networks.network_arrays("a"), "box", job)
    julia = environment.dummy_julia(tmp_path / "bin")
    variables = environment.variables(julia, (Path(__file__).parent,))
    core = environment.chosen_core()

    def start(tool):
        return Worker(tool, Path(sys.executable), job, variables, core, 8 << 30)

    def measure(*names, limits=QUICK):
        return take_turns([fake(name) for name in names], start, limits)

    measure.diary = diary
    return measure


def test_the_tools_take_turns_and_each_round_begins_with_another(turns):
    records = turns("Fake", "Other")
    assert [records[name].status for name in ("Fake", "Other")] == ["done", "done"]
    assert records["Fake"].regions == 8
    assert len(records["Other"].runs) == 3
    measured = [line for line in turns.diary.read_text().splitlines() if line.endswith(" 8")]
    names = [line.partition(" ")[0] for line in measured]
    assert names == ["Fake", "Other", "Other", "Fake", "Fake", "Other"]


def test_what_a_tool_prints_does_not_disturb_its_answers(turns):
    assert turns("Chatty")["Chatty"].regions == 8


@pytest.mark.parametrize(
    ("name", "status", "message"),
    [
        ("Refusing", "refused", "ValueError: these hyperplanes meet"),
        ("Raising", "crashed", "IndexError: list index out of range"),
        ("Greedy", "out of memory", "MemoryError"),
        ("Missing", "crashed", "exit status 1 while it was loaded: AttributeError"),
    ],
)
def test_a_failure_is_recorded_once_with_its_words(turns, name, status, message):
    record = turns("Fake", name)[name]
    assert record.status == status
    assert message in record.message
    assert len(record.runs) <= 1


def test_a_tool_that_dies_costs_its_own_process_alone(turns):
    records = turns("Dying", "Fake")
    assert records["Dying"].status == "crashed"
    assert "SIGSEGV" in records["Dying"].message
    assert len(records["Fake"].runs) == 3


def test_a_tool_out_of_time_tells_how_far_it_came(turns):
    record = turns("Hanging")["Hanging"]
    assert (record.status, record.regions) == ("out of time", 3)


def test_a_tool_that_does_not_stop_is_ended(turns, monkeypatch):
    monkeypatch.setattr(runner, "_GRACE", 0.5)
    record = turns("Stubborn")["Stubborn"]
    assert record.status == "out of time"
    assert record.message == "did not answer while it ran, and was ended"


def test_a_count_that_changes_from_run_to_run_is_wrong(turns):
    record = turns("Fickle")["Fickle"]
    assert verdict(record, record.regions) == "wrong"
    assert "regions first" in record.message


def test_a_tool_that_knows_of_missing_regions_is_not_right(turns):
    assert verdict(turns("Partial", limits=Limits(runs=1))["Partial"], 8) == "wrong"


def test_no_more_runs_once_the_share_of_time_is_used_up(turns):
    assert len(turns("Fake", limits=Limits(runs=5, share=0.0))["Fake"].runs) == 1


def test_our_own_methods_are_not_stopped_where_a_peer_is():
    assert Limits(seconds=5).for_tool(tools.PARX) == 5
    assert Limits(seconds=5).for_tool(tools.EXACTPWL) > 60


def test_the_dummy_julia_is_found_where_none_is_installed(tmp_path):
    julia = environment.dummy_julia(tmp_path / "bin")
    path = environment.variables(julia)["PATH"]
    assert shutil.which("julia", path=path) is not None


@pytest.mark.parametrize("name", list("abcdefghi"))
def test_the_random_networks_are_those_of_the_shared_folder(shared, name):
    (file,) = (shared / "nets").glob(f"{name}_*.npz")
    ours = networks.network_arrays(name)
    with np.load(file) as stored:
        for i, (weight, bias) in enumerate(zip(ours.weights, ours.biases, strict=True)):
            assert np.array_equal(weight, stored[f"W{i}"])
            assert np.array_equal(bias, stored[f"b{i}"])
        assert len(stored.files) == 2 * len(ours.weights)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("domain", "name"),
    [(domain, name) for domain, found in networks.PROVEN.items() for name in found if name != "i"],
)
def test_the_counts_of_the_networks_are_those_of_the_reference(domain, name):
    arrays = networks.network_arrays(name)
    activation = f"leaky_relu:{arrays.slope}"
    network = Network.from_arrays(arrays.weights, arrays.biases, activation)
    box = [(-1, 1)] * arrays.inputs if domain == "box" else None
    found = regions(network, box, method="reference")
    assert len(found) == networks.PROVEN[domain][name]


@pytest.mark.parametrize("lines", [4, 8])
def test_a_pencil_has_twice_as_many_regions_as_lines(lines):
    arrays = networks.pencil(lines)
    assert np.allclose(arrays.weights[0] @ [1 / 3, 1 / 7] + arrays.biases[0], 0)
    network = Network.from_arrays(arrays.weights, arrays.biases)
    assert len(regions(network, method="powerset")) == 2 * lines


def test_a_job_keeps_every_number_and_the_slope(tmp_path):
    arrays = networks.network_arrays("rings")
    networks.save(arrays, "box", tmp_path / "job.json")
    job = json.loads((tmp_path / "job.json").read_text())
    assert job["slope"] == "1/50"
    assert all(np.array_equal(w, v) for w, v in zip(arrays.weights, job["weights"], strict=True))


def test_a_network_that_floats_cannot_hold_is_refused():
    with pytest.raises(ValueError, match="numbers that are floats are required"):
        networks._as_floats([[Fraction(1, 3)]])


def test_a_tool_is_asked_only_for_what_it_takes():
    box, space = Case("a", "box"), Case("a", "space")
    a, e, rings = (networks.network_arrays(name) for name in ("a", "e", "rings"))
    assert tools.REGIONCAM.takes(box, a)
    assert not tools.REGIONCAM.takes(space, a)
    assert not tools.REGIONCAM.takes(box, e)
    assert not tools.PARX.takes(Case("rings", "space"), rings)
    assert tools.EXACTPWL.takes(Case("rings", "space"), rings)


def test_the_cases_hold_all_networks_and_the_quick_ones_are_among_them():
    found = networks.cases()
    assert len({case.key for case in found}) == len(found)
    assert sum(networks.is_ternary(case.network) for case in found) == 40
    assert set(networks.cases(quick=True)) < set(found)


def done(time, regions, **more):
    return Record("done", runs=[time], regions=regions, complete=True, **more)


def measured(network, domain, truth, **records):
    return Measured(Case(network, domain), truth, "proven", records)


def words(result):
    return [(goal.goal.split(" (")[0], goal.word) for goal in goals([result])[:-1]]


@pytest.mark.parametrize(
    ("truth", "ours", "goal", "met"),
    [
        (2000, 1.0, "at least as fast as regioncam", "met"),
        (2000, 1.1, "at least as fast as regioncam", "**not met**"),
        (1999, 4.9, "within 5x of regioncam", "met"),
        (1999, 5.1, "within 5x of regioncam", "**not met**"),
    ],
)
def test_a_large_network_must_be_as_fast_as_compiled_code_a_small_one_nearly(
    truth, ours, goal, met
):
    result = measured("c", "box", truth, exactpwl=done(ours, truth), regioncam=done(1.0, truth))
    assert words(result) == [(goal, met)]


def test_no_time_counts_with_a_wrong_count():
    result = measured("c", "box", 3917, exactpwl=done(0.1, 3916), regioncam=done(1.0, 3917))
    assert words(result) == [("at least as fast as regioncam", "not measured")]
    assert goals([result])[-1] == Goal(
        "all with a proven count", "every count right", "right on 0 of 1", False
    )


def test_a_peer_that_was_stopped_counts_at_the_rate_it_had():
    stopped = Record("out of time", runs=[10.0], regions=100)
    result = measured("b", "space", 1000, exactpwl=done(0.1, 1000), relucent=stopped)
    assert projected(stopped, 1000) == 100
    (goal, _) = goals([result])
    assert goal.measured == "0.1 s, relucent 100 s at its rate (100 regions in 10 s): 1,000 times"
    assert goal.met is True
    slower = measured("b", "space", 1000, exactpwl=done(0.21, 1000), relucent=stopped)
    assert goals([slower])[0].met is False


def test_a_peer_that_fails_is_no_comparison():
    refused = Record("refused", message="ValueError: no")
    result = measured("b", "space", 316, exactpwl=done(0.1, 316), parx=refused)
    assert goals([result])[0] == Goal("b, R^d", "500 times faster than parx", "parx refused", None)
    assert projected(refused, 316) is None


def test_cited_times_of_the_edge_subdivision_are_goals_on_boxes():
    assert words(measured("g", "box", 28089, exactpwl=done(0.2, 28089)))[0][1] == "met"
    assert words(measured("g", "box", 28089, exactpwl=done(0.3, 28089)))[0][1] == "**not met**"
    assert words(measured("g", "space", 1, exactpwl=done(0.3, 1))) == []


@pytest.mark.parametrize(("peak", "met"), [(2 << 30, True), (9 << 30, False)])
def test_the_million_regions_must_fit_the_memory(peak, met):
    ours = done(40.0, 1066044, peak=peak)
    assert goals([measured("resonance:6", "space", 1066044, exactpwl=ours)])[0].met is met


def test_the_page_tells_of_every_outcome():
    shown = [tools.EXACTPWL, tools.REGIONCAM, tools.RELUCENT, tools.PARX]
    first = measured(
        "c",
        "space",
        5558,
        exactpwl=done(0.05, 5558, exact_signs=1234),
        relucent=Record("out of time", runs=[30.0], regions=600),
        parx=Record("crashed", message="SIGSEGV | while it ran"),
    )
    own = Measured(Case("d", "box"), 9, "exactpwl", {"exactpwl": done(1, 9)})
    own.records["regioncam"] = done(0.5, 8)
    ternary = measured("ternary 4-4 #1", "box", 7, exactpwl=done(0.1, 7), regioncam=done(0.1, 6))
    page = table.markdown([first, own, ternary], goals([first, own]), shown, {"date": "today"})
    assert "| 1,234 | 0.05 |  | 600 of 5,558 in 30 s (~ 278 s) | crashed |" in page
    assert "| 9† |  | 1 | wrong: 8 regions (0.5) |" in page
    assert "| ternary 4-4 | [-1,1]^d | 1 | right | wrong |  |  |" in page
    assert "* parx crashed, 1 time; first on c, R^d: SIGSEGV | while it ran" in page
    assert "| *2.5* | *52* |" in page


def test_a_table_escapes_the_bars_of_its_cells():
    assert table.rows_of(["a"], [["b|c"]]).splitlines()[-1] == "| b\\|c |"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "-"), (0.0000731, "0.000073"), (0.02634, "0.0263"), (26.34, "26.3"), (1234.5, "1,234")],
)
def test_a_time_is_written_with_three_digits_and_no_exponent(value, text):
    assert seconds(value) == text


def test_the_figure_is_the_same_for_the_same_numbers(tmp_path):
    result = measured("c", "box", 3917, exactpwl=done(0.05, 3917), regioncam=done(0.02, 3917))
    drawn = [figure.draw([result], tools.TOOLS, tmp_path / name) for name in ("one", "two")]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(*drawn, strict=True))
    assert {file.suffix for file in drawn[0]} == {".png", ".svg"}


def test_the_exponent_says_how_time_grows_with_regions():
    def point(family, regions, time):
        return growth.Point(family, 1, "done", regions, 2 * regions, time, None)

    points = [point("linear", 10**k, 10.0**k) for k in (3, 4, 5)]
    points += [point("linear", 10, 1e6)]  # too few regions to count
    points += [point("square", 10**k, 100.0**k) for k in (3, 4)]
    found = growth.exponents(points)
    assert found == pytest.approx({"linear": 1.0, "square": 2.0})
    page = growth.page(points)
    assert "| linear | time ~ regions^p, p <= 1.05 | p = 1.000 | met |" in page
    assert "| square | time ~ regions^p, p <= 1.05 | p = 2.000 | **not met** |" in page


def test_a_stretched_network_sees_the_larger_box():
    arrays = networks.network_arrays("a")
    wide = growth.stretched(arrays, 4.0)
    point = np.array([0.5, -0.25])
    assert np.array_equal(wide.weights[0] @ point, arrays.weights[0] @ (4 * point))


def way(**changes: float) -> whole_way.Way:
    steps = dict.fromkeys(["reference engine", "reference adjacency"], 1.0)
    steps |= {f"check {name}": 0.5 for name in whole_way.CHECKS}
    steps |= {f"table {name}": 1.0 for name in whole_way.FORMATS}
    steps |= dict.fromkeys(["enumerate", "adjacency", "count alone", "save", "load"], 1.0)
    return whole_way.Way("n", 3, 2, steps | changes, {"euler": "f = (1, 2)"})


def test_the_whole_way_is_held_against_the_reference_engine() -> None:
    found = way()
    assert (found.reference, found.checks, found.second_ways, found.tables) == (2, 5.5, 1, 4)
    assert found.holds(10.0)
    assert not found.holds(10.1)
    fast = way(**{"reference engine": 0.01, "reference adjacency": 0.0})
    assert fast.holds(0.5)
    assert not fast.holds(0.51)


def test_the_page_of_the_whole_way_says_what_is_missed() -> None:
    text = whole_way.page([way(), way(**{"table latex": 8.0})])
    assert "| n | 3 | 2 | 2 | 1 (0.5x) | 5.5 (2.8x) | 4 (2.0x) | 1 (0.5x) |" in text
    assert "**not met**: tables" in text


def test_a_profile_replaces_the_one_before() -> None:
    text = f"before\n{whole_way.BEGIN}\nold\n{whole_way.END}\nafter\n"
    new = whole_way.rewritten(text, whole_way.profile(way()))
    assert new.startswith("before\n")
    assert new.endswith("\nafter\n")
    assert "old" not in new
    assert "| all tables | 4 |" in new


def test_medians_are_taken_step_by_step() -> None:
    ways = [way(save=value) for value in (1.0, 5.0, 2.0)]
    assert whole_way.together(ways).steps["save"] == 2.0


def test_the_whole_way_of_a_small_network(tmp_path: Path) -> None:
    found = whole_way.take("corners", tmp_path)
    assert (found.regions, set(found.outcomes)) == (97, set(whole_way.CHECKS))


def test_the_readme_carries_what_was_measured() -> None:
    """Its tables are those of the results, by the tool that writes them."""
    script = Path(__file__).resolve().parents[1] / "tools" / "readme_speed.py"
    spec = importlib.util.spec_from_file_location("readme_speed", script)
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    results = [
        json.loads((tool.RESULTS / f"{n}.json").read_text("utf-8")) for n in ("field", "growth")
    ]
    text = (script.parents[1] / "README.md").read_text("utf-8")
    assert text.split(tool.BEGIN)[1].split(tool.END)[0].strip() == tool.page(*results).strip()
    assert "met" in text
