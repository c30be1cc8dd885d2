"""The speed floor: region list and adjacency, exact, in CPU seconds of one process.

Each network is run several times, in turns, so that a slow moment of the machine hits all of them;
the median counts.  Exit status 1 if a floor is missed or a count is wrong.

    python benchmarks/floor.py [--runs 5] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from exactpwl import Network, gallery, regions

NETS = Path(__file__).resolve().parents[2] / "shared" / "nets"


@dataclass(frozen=True)
class Case:
    """A network, its proven number of regions and the longest time that meets the floor."""

    name: str
    source: str
    regions: int
    limit: float

    def run(self) -> tuple[int, int, float]:
        """Return regions, adjacencies and CPU seconds."""
        network = self.network()
        box = None if self.source == "gallery" else [(-1, 1)] * network.input_dimension
        start = time.process_time()
        found = regions(network, box)
        adjacencies = len(found.adjacency_array)
        return len(found), adjacencies, time.process_time() - start

    def network(self) -> Network:
        """Read the network, outside the time that is measured."""
        if self.source == "gallery":
            return gallery.get(self.name)
        return Network.load(NETS / self.source)


CASES = [
    Case("c", "c_2_32x3.npz", 3917, 3917 / 6000),
    Case("e", "e_3_16x2.npz", 2943, 2943 / 8000),
    Case("h", "h_5_10x2.npz", 6204, 6204 / 3000),
    Case("resonance:5", "gallery", 11292, 10.0),
]


def main() -> int:
    """Run all cases and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write the table as JSON")
    options = parser.parse_args()
    cases = [c for c in CASES if c.source == "gallery" or NETS.is_dir()]
    if len(cases) < len(CASES):
        print(f"networks c, e, h are left out: there is no {NETS}", file=sys.stderr)
    times: dict[str, list[float]] = {case.name: [] for case in cases}
    rows = []
    for _ in range(options.runs):
        for case in cases:
            count, adjacencies, seconds = case.run()
            if count != case.regions:
                print(f"{case.name}: {count} regions, {case.regions} are proven", file=sys.stderr)
                return 1
            times[case.name].append(seconds)
            if len(times[case.name]) == options.runs:
                rows.append({**asdict(case), "adjacencies": adjacencies})
    print("| network | regions | adjacencies | CPU s | regions/s | floor, s | floor / time |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        seconds = row["seconds"] = median(times[row["name"]])
        print(
            f"| {row['name']} | {row['regions']} | {row['adjacencies']} | {seconds:.3f} "
            f"| {row['regions'] / seconds:,.0f} | {row['limit']:.3f} "
            f"| {row['limit'] / seconds:.2f} |"
        )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return int(any(row["seconds"] > row["limit"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
