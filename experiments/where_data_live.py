"""Where pictures of digits are among the regions of the classifiers: who is alone, and how near.

    python experiments/where_data_live.py [NAME ...] [--most N]

writes experiments/results/where_data_live.json and the table where_data_live.md beside it, for all
bundled classifiers or those that are named (the others keep what the file has).  Every count is
exact.  The distances to the boundary of the region are exact as well, for every so-manieth picture
that is inside a region; their medians are rounded for the table.  Of the networks with convolutions
300 pictures are taken, unless --most says otherwise.  Needs the extra `experiments`; half an hour.
"""

from __future__ import annotations

import argparse
import json
import time
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

from exactpwl import Network, occupancy
from exactpwl.data.boundary import BoundaryDistance, boundary_distance
from exactpwl.gallery.classifiers import classifier, classifier_names
from exactpwl.gallery.pictures import picture_set

RESULTS = Path(__file__).resolve().parent / "results"
FEW, MEASURED = 300, 50
"""How many pictures of a network with convolutions, and how many distances."""


def distances(network: Network, points: list[tuple[Fraction, ...]]) -> list[BoundaryDistance]:
    """The exact distances of points to the boundaries of their regions."""
    return [boundary_distance(network.inequalities_at(x), x) for x in points]


def experiment(name: str, most: int | None) -> dict[str, Any]:
    """The counts and distances of one network."""
    network, pictures = classifier(name), picture_set(name.split("-")[0])
    number = min(len(pictures), most or (FEW if "conv" in name else len(pictures)))
    places = [i * len(pictures) // number for i in range(number)]
    points = [pictures.exact(i) for i in places]
    start = time.monotonic()
    found = occupancy(network, points)
    inside = found.inside
    chosen = inside[:: max(1, len(inside) // MEASURED)]
    near = distances(network, [points[i] for i in chosen])
    return {
        "name": name,
        "architecture": network.architecture,
        "pictures": number,
        "regions_with_data": len(found.holders),
        "fullest": max(map(len, found.holders.values()), default=0),
        "alone": len(found.alone),
        "own_pattern": len(found.own_pattern),
        "on_boundary": len(found.on_boundary),
        "distances": len(near),
        "median_linf": float(median(d.linf or 0 for d in near)) if near else None,
        "median_l1": float(median(d.l1 or 0 for d in near)) if near else None,
        "median_l2": float(median(d.l2_squared or 0 for d in near)) ** 0.5 if near else None,
        "seconds": round(time.monotonic() - start, 1),
    }


def table(found: dict[str, dict[str, Any]]) -> str:
    """The results in Markdown."""
    lines = [
        "| network | pictures | alone | with a pattern of their own | on a boundary | regions with "
        "data | fullest | median distance l-inf | l1 | l2 |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found.values():
        share = [f"{100 * one[key] / one['pictures']:.2f} %" for key in ("alone", "own_pattern")]
        near = [
            "0" if one[key] is None else f"{one[key]:.2g}"
            for key in ("median_linf", "median_l1", "median_l2")
        ]
        cells = [one["name"], one["pictures"], *share, one["on_boundary"]]
        cells += [one["regions_with_data"], one["fullest"], *near]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the experiment and write its table."""
    parser = argparse.ArgumentParser(description="Place pictures of digits among the regions.")
    names = ", ".join(classifier_names())
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {names}")
    parser.add_argument("--most", type=int, help="pictures of each network")
    options = parser.parse_args()
    file = RESULTS / "where_data_live.json"
    found = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for name in options.names or classifier_names():
        found[name] = experiment(name, options.most)
        print(json.dumps(found[name]), flush=True)
        ordered = {key: found[key] for key in classifier_names() if key in found}
        file.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
        (RESULTS / "where_data_live.md").write_text(table(ordered), encoding="utf-8")


if __name__ == "__main__":
    main()
