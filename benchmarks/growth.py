"""Does the time per region grow with the number of regions, or with the width?

    python benchmarks/growth.py            # a few minutes
    python benchmarks/growth.py --most 100000

Families of networks from 10^2 to 10^6 regions, with seeded weights.  Three have a goal: one hidden
layer on the plane, one deep network (j) over squares of growing size, and the resonance
arrangements, whose hyperplanes meet in every degenerate way.  In the others the width of several
layers or their number grows: there each region has to be held against more neurons, layer after
layer, so that they show the curves over width and depth, and have no goal.

The exponent p of a family is the slope of log(CPU seconds) against log(regions), by least squares
from 1,000 regions on: 1 says that a region costs the same in a large network as in a small one.
Writes growth.md, growth.json, growth.png and growth.svg.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from math import log
from pathlib import Path

from peers import figure
from peers.bench import Bench
from peers.goals import seconds
from peers.networks import RANDOM, Arrays, Shape, network_arrays, random_network
from peers.runner import Limits
from peers.table import rows_of
from peers.tools import EXACTPWL

HERE = Path(__file__).resolve().parent
FROM = 1000
"""Below so many regions, what is done once for a network counts most."""
LARGEST_EXPONENT = 1.05
LISTED = ("width w", "depth n")
"""How the names of the families without a goal begin."""


@dataclass(frozen=True)
class Member:
    """A network of a family; `size` is its parameter, `about` the regions to expect."""

    family: str
    domain: str
    size: int
    about: int
    arrays: Arrays


@dataclass(frozen=True)
class Point:
    """What was measured on a member."""

    family: str
    size: int
    status: str
    regions: int | None
    adjacencies: int | None
    seconds: float | None
    peak: int | None

    @property
    def each(self) -> float:
        """Microseconds for a region."""
        return 1e6 * (self.seconds or 0) / (self.regions or 1)


def members() -> Iterator[Member]:
    """Make the networks, family by family, from small to large."""
    for width in (14, 45, 141, 447, 1414):
        made = random_network(Shape(2, (width,), 2000 + width, 0.5))
        yield Member("one layer of w, R^2", "space", width, width * (width + 1) // 2 + 1, made)
    for power in range(-5, 3):
        made = stretched(random_network(RANDOM["j"]), 2.0**power)
        yield Member("j, square of side 2^(n+1)", "box", power, int(60_000 * 4.0**power), made)
    for dimension, regions in ((3, 32), (4, 370), (5, 11292), (6, 1066044)):
        made = network_arrays(f"resonance:{dimension}")
        yield Member("resonance of R^n", "space", dimension, regions, made)
    for depth in (1, 2, 4, 8, 16):
        made = random_network(Shape(2, (64,) * depth, 5000 + depth, 0.2))
        yield Member("depth n of 64, [-1,1]^2", "box", depth, 1600 * depth**2, made)
    for width in (5, 16, 32, 64, 128, 256):
        made = random_network(Shape(2, (width,) * 3, 3000 + width, 0.2))
        yield Member("width w, three layers, [-1,1]^2", "box", width, 4 * width**2, made)
    for width in (5, 8, 16, 32, 64, 108):
        made = random_network(Shape(3, (width,) * 2, 4000 + width, 0.3))
        yield Member("width w, two layers, [-1,1]^3", "box", width, 3 * width**3 // 4, made)


def stretched(arrays: Arrays, factor: float) -> Arrays:
    """Return x -> f(factor x): its regions in [-1, 1]^d are those of f in the larger box."""
    first, *rest = arrays.weights
    return Arrays((factor * first, *rest), arrays.biases, arrays.slope)


def exponents(points: Sequence[Point]) -> dict[str, float]:
    """Return each family's exponent, where it has two points to tell it."""
    found = {}
    for family in dict.fromkeys(point.family for point in points):
        logs = [
            (log(p.regions), log(p.seconds))
            for p in points
            if p.family == family and p.seconds and p.regions and p.regions >= FROM
        ]
        if len(logs) > 1:
            mean = [sum(column) / len(logs) for column in zip(*logs, strict=True)]
            up = sum((x - mean[0]) * (y - mean[1]) for x, y in logs)
            found[family] = up / sum((x - mean[0]) ** 2 for x, _ in logs)
    return found


def page(points: Sequence[Point]) -> str:
    """Return the results as Markdown."""
    head = ("family", "size", "regions", "adjacencies", "CPU s", "µs a region", "peak, GiB")
    parts = ["# Time per region", rows_of(head, map(_row, points))]
    parts += ["![Time per region](growth.png)", "## Exponents"]
    goals = [_goal(family, p) for family, p in exponents(points).items()]
    parts.append(rows_of(("family", "goal", "measured", ""), goals))
    return "\n\n".join(parts) + "\n"


def _row(p: Point) -> tuple[str, ...]:
    if p.status != "done":
        return (p.family, str(p.size), p.status, "", "", "", "")
    counts = (f"{p.regions:,}", f"{p.adjacencies:,}")
    peak = f"{(p.peak or 0) / 2**30:.2f}"
    return (p.family, str(p.size), *counts, seconds(p.seconds), f"{p.each:.1f}", peak)


def _goal(family: str, p: float) -> tuple[str, ...]:
    if family.startswith(LISTED):
        return (family, "listed", f"p = {p:.3f}", "")
    word = "met" if p <= LARGEST_EXPONENT else "**not met**"
    return (family, f"time ~ regions^p, p <= {LARGEST_EXPONENT}", f"p = {p:.3f}", word)


def draw(points: Sequence[Point], stem: Path) -> None:
    """Draw microseconds per region against regions and against width."""
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(9.2, 4.2), layout="constrained")
    left, right = drawn.subplots(1, 2, sharey=True)
    for family, (colour, marker) in zip(
        dict.fromkeys(p.family for p in points), figure.STYLES.values(), strict=False
    ):
        own = [p for p in points if p.family == family and p.status == "done"]
        each = [p.each for p in own]
        style = {"color": colour, "marker": marker, "lw": 1.2, "ms": 5}
        left.plot([p.regions for p in own], each, label=family, **style)
        if family.startswith(LISTED):
            right.plot([p.size for p in own], each, **style)
    for axes, label in ((left, "regions"), (right, "size: width w, depth n")):
        axes.set(xscale="log", yscale="log", xlabel=label)
        axes.grid(which="major", lw=0.4, color="#c3c8cf")
    left.set_ylabel("CPU microseconds a region, neighbours included")
    left.legend(fontsize=8)
    figure.save_both(drawn, stem)


def main() -> int:
    """Measure, and write table, JSON and figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--most", type=int, default=2_000_000, help="leave larger networks out")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    options = parser.parse_args()
    points = []
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench([EXACTPWL], Path(scratch), HERE)
        limits = Limits(options.runs)
        for m in members():
            if m.about <= options.most:
                record = bench.measure([EXACTPWL], m.arrays, m.domain, limits)["exactpwl"]
                counts = (record.regions, record.adjacencies, record.seconds, record.peak)
                points.append(Point(m.family, m.size, record.status, *counts))
                print(points[-1], record.message, file=sys.stderr, flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    data = {"points": [asdict(p) for p in points], "exponents": exponents(points)}
    (options.out / "growth.md").write_text(page(points), encoding="utf-8")
    (options.out / "growth.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    draw(points, options.out / "growth")
    print(page(points))
    return 0


if __name__ == "__main__":
    sys.exit(main())
