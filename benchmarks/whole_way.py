"""What the whole way costs, from a file to an atlas, against the reference engine.

    python benchmarks/whole_way.py              # a few minutes
    python benchmarks/whole_way.py c rings      # these networks alone
    python benchmarks/whole_way.py --profile d  # one network, step by step
    python benchmarks/whole_way.py --docs       # the same for d, written into docs/performance.md

The steps are taken in the order of ``exactpwl regions``, on one complex, so that a step does not
pay for what an earlier one has computed.  The measure is the reference engine's time for the list
of regions and their neighbours; the goal is that all checks together, and the tables in all four
formats together, cost at most five times that.  The checks `census` and `powerset` solve the whole
problem a second time; what they may take is bounded by seconds, not by the engine's time, so they
are listed and not held against the goal.  A network whose regions take the reference engine less
than a tenth of a second is held against half a second.

Writes whole_way.md and whole_way.json.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from exactpwl import Network, PolyhedralComplex, count, gallery, regions
from exactpwl.checks import CHECKS, Effort
from exactpwl.tables import region_table
from peers.goals import seconds
from peers.networks import RANDOM, network_arrays
from peers.table import rows_of

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
NETWORKS = ("b", "c", "d", "e", "h", "rings", "corners", "resonance:4", "resonance:5", "braid:6")
FORMATS = ("csv", "markdown", "html", "latex")
SECOND_WAYS = ("census", "powerset")
MOST_TIMES = 5
LEAST_SECONDS = 0.1
"""A faster reference engine counts as this."""

Steps = dict[str, float]


@dataclass(frozen=True)
class Way:
    """The CPU seconds of every step on one network, medians of several runs."""

    name: str
    regions: int
    adjacencies: int
    steps: Steps
    outcomes: dict[str, str]

    @property
    def reference(self) -> float:
        """The reference engine: list of regions and neighbours."""
        return self.steps["reference engine"] + self.steps["reference adjacency"]

    @property
    def checks(self) -> float:
        """All checks but the second ways."""
        return sum(self.steps[f"check {name}"] for name in CHECKS if name not in SECOND_WAYS)

    @property
    def second_ways(self) -> float:
        """The checks that solve the problem a second time."""
        return sum(self.steps[f"check {name}"] for name in SECOND_WAYS)

    @property
    def tables(self) -> float:
        """The region table in all formats."""
        return sum(self.steps[f"table {name}"] for name in FORMATS)

    def times(self, spent: float) -> float:
        """Return how many times the reference engine's time this is."""
        return spent / self.reference

    def holds(self, spent: float) -> bool:
        """Whether a step keeps to the goal."""
        return spent <= MOST_TIMES * max(self.reference, LEAST_SECONDS)


class Clock:
    """Measures steps one after the other."""

    def __init__(self) -> None:
        self.steps: Steps = {}

    def __call__(self, name: str, step: Callable[[], Any]) -> Any:
        """Take a step and keep its CPU seconds."""
        start = time.process_time()
        result = step()
        self.steps[name] = time.process_time() - start
        return result


def network_of(name: str) -> Network:
    """Return a network of the benchmark, or of the gallery."""
    if name == "corners":  # three coordinate planes, twice and upside down, and a layer on top
        first = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [-1, 0, 0], [0, -2, 0], [1, 1, 1], [1, -1, 0]]
        second = [[1, -1, 1, 0, 1, -1, 1], [0, 1, 1, 1, -1, 1, -1], [1, 1, -1, -1, 0, 1, 0]] * 2
        layers = [(first, [0] * 7, "relu"), (second, [0, 0, 0, -1, 1, 1], "relu")]
        return Network([*layers, ([[1] * 6], [0], "linear")], name="corners")
    if name not in RANDOM:
        return gallery.get(name)
    arrays = network_arrays(name)
    pairs = list(zip(arrays.weights, arrays.biases, strict=True))
    kinds = ["relu"] * (len(pairs) - 1) + ["linear"]
    return Network([(w, b, kind) for (w, b), kind in zip(pairs, kinds, strict=True)])


def take(name: str, folder: Path, *, figure: bool = False) -> Way:
    """Go the whole way once."""
    gc.collect()  # what the network before has left is not this one's work
    made = network_of(name)
    file, atlas = folder / "network.json", folder / "atlas.json"
    made.save(file)
    domain = [(-1, 1)] * made.input_dimension if name in RANDOM else None
    clock = Clock()
    network = clock("read", lambda: Network.load(file))
    slow = clock("reference engine", lambda: regions(network, domain, method="reference"))
    clock("reference adjacency", partial(getattr, slow, "adjacency_array"))
    del slow
    counted = clock("count alone", lambda: count(network, domain))
    found = clock("enumerate", lambda: regions(network, domain))
    clock("adjacency", lambda: found.adjacency_array)
    clock("exact coordinates", lambda: (found.cells, found.generators))
    clock("affine maps", lambda: found.affine_maps)
    effort = Effort()
    results = [
        clock(f"check {check}", partial(body, found, effort)) for check, body in CHECKS.items()
    ]
    clock("counts", lambda: count(found))
    table = region_table(found)
    for kind in FORMATS:
        clock(f"table {kind}", getattr(table, f"to_{kind}"))
    if figure and network.input_dimension == 2:
        from exactpwl.plot import save_top_down

        clock("figure", lambda: save_top_down(found, folder / "figure.png"))
    clock("save", lambda: found.save(atlas))
    loaded = clock("load", lambda: PolyhedralComplex.load(atlas))
    assert loaded == found
    assert counted["activation_regions"] == len(found)
    outcomes = {result.name: str(result.failure or result.evidence) for result in results}
    failed = [result.name for result in results if result.failure]
    assert not failed, f"{name}: {failed}"
    return Way(name, len(found), len(found.adjacency_array), clock.steps, outcomes)


def measured(names: Sequence[str], runs: int, *, figure: bool = False) -> list[Way]:
    """Go the way on every network, in turns, and return the medians."""
    found: dict[str, list[Way]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        take("a", Path(folder), figure=figure)  # loads what is loaded late
        for _ in range(runs):
            for name in names:
                found[name].append(take(name, Path(folder), figure=figure))
                print(name, file=sys.stderr, flush=True)
    return [together(ways) for ways in found.values()]


def together(ways: Sequence[Way]) -> Way:
    """Return one way with the median of each step."""
    first = ways[0]
    steps = {step: median(way.steps[step] for way in ways) for step in first.steps}
    return Way(first.name, first.regions, first.adjacencies, steps, first.outcomes)


def page(ways: Sequence[Way]) -> str:
    """Return the table of all networks as Markdown."""
    head = (
        *("network", "regions", "reference, s", "arrays, s", "count alone"),
        *("checks", "tables", "census, powerset", "save", "load", "goal: 5 times"),
    )
    return "\n\n".join(["# The whole way", rows_of(head, map(_row, ways)), _legend()]) + "\n"


def _row(way: Way) -> tuple[str, ...]:
    def cell(spent: float) -> str:
        return f"{seconds(spent)} ({way.times(spent):.1f}x)"

    steps = way.steps
    arrays = steps["enumerate"] + steps["adjacency"]
    missed = [
        word
        for word, spent in (("checks", way.checks), ("tables", way.tables))
        if not way.holds(spent)
    ]
    verdict = f"**not met**: {', '.join(missed)}" if missed else "met"
    costs = (steps["count alone"], way.checks, way.tables, way.second_ways)
    files = (steps["save"], steps["load"])
    return (
        *(way.name, f"{way.regions:,}", seconds(way.reference), seconds(arrays)),
        *map(cell, (*costs, *files)),
        verdict,
    )


def _legend() -> str:
    return (
        "CPU seconds of one process, in brackets how many times the reference engine's time for "
        "regions and neighbours. b to h over [-1,1]^d, the others over R^d. Where the reference "
        f"engine takes less than {LEAST_SECONDS} s, the goal is {MOST_TIMES * LEAST_SECONDS} s."
    )


def profile(way: Way) -> str:
    """Return one network's steps as Markdown."""
    whole = sum(v for step, v in way.steps.items() if not _is_beside(step))
    rows = [
        (step, seconds(spent), "-" if _is_beside(step) else f"{spent / whole:.0%}")
        for step, spent in way.steps.items()
    ]
    rows.append(("all checks", seconds(way.checks), f"{way.checks / whole:.0%}"))
    rows.append(("all tables", seconds(way.tables), f"{way.tables / whole:.0%}"))
    rows.append(("the whole way", seconds(whole), "100%"))
    title = f"Network {way.name}: {way.regions:,} regions, {way.adjacencies:,} adjacencies."
    told = [f"* {name}: {text[:200]}" for name, text in way.outcomes.items()]
    setting = f"Python {platform.python_version()}, {platform.machine()}; CPU seconds, medians."
    listed = rows_of(("step", "CPU s", "of the way"), rows)
    return "\n\n".join([f"{title} {setting}", listed, "What the checks found:", "\n".join(told)])


def _is_beside(step: str) -> bool:
    """Whether a step is no part of the way: it is there to compare."""
    return step.startswith("reference") or step in ("count alone", "load")


def rewritten(text: str, measurements: str) -> str:
    """Return the page with new measurements between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{measurements}\n{END}{after}"


def main() -> int:
    """Measure, print, and write table and JSON, or the page of the documentation."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("networks", nargs="*", default=list(NETWORKS))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--profile", metavar="NETWORK", help="one network, step by step")
    parser.add_argument("--docs", action="store_true", help=f"write that of d into {PAGE.name}")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    options = parser.parse_args()
    if options.profile or options.docs:
        (way,) = measured([options.profile or "d"], options.runs, figure=True)
        print(profile(way))
        if options.docs:
            text = PAGE.read_text(encoding="utf-8")
            PAGE.write_text(rewritten(text, profile(way)), encoding="utf-8")
        return 0
    ways = measured(options.networks, options.runs)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "whole_way.md").write_text(page(ways), encoding="utf-8")
    data = json.dumps([asdict(way) for way in ways], indent=1)
    (options.out / "whole_way.json").write_text(data + "\n", encoding="utf-8")
    print(page(ways))
    return int(not all(way.holds(way.checks) and way.holds(way.tables) for way in ways))


if __name__ == "__main__":
    sys.exit(main())
