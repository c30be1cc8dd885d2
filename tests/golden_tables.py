"""The tables that are held against golden files; run this file to write the files anew.

    .venv/bin/python tests/golden_tables.py

Look at the difference before you commit it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from exactpwl import Network, census, regions
from exactpwl.tables import Table, empty_pattern_table, region_table

GOLDEN = Path(__file__).parent / "golden"

XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")], name="xor")
TENT = Network([([[1], [1]], [0, "-1/2"], "relu"), ([[2, -4]], [0], "linear")], name="tent_map")
CORNER = Network(
    [
        ([["1/3", -1], [1, "2/7"]], ["1/2", "-1/5"], "relu"),
        ([[1, "-1/2"], [1, 1]], ["1/4", "-3/2"], "abs"),
    ],
    name="corner",
)
LONG = Network([([[f"{10**30 + 7}/3", 1], [1, 1]], [0, 0], "relu")], name="100% long & wide")
SQUARE = [(-1, 1), (-1, 1)]
ALL = [
    "region",
    "pattern",
    "signs",
    "affine_map",
    "facets",
    "neurons",
    "vertices",
    "rays",
    "interior_point",
    "bounded",
    "volume",
    "neighbours",
    "linear_region",
]


def _xor_regions() -> Table[object]:
    return region_table(regions(XOR))


def _xor_empty() -> Table[object]:
    return empty_pattern_table(census(XOR))


def _tent_regions() -> Table[object]:
    return region_table(regions(TENT, [(0, 1)]), ALL)


def _corner_regions() -> Table[object]:
    return region_table(regions(CORNER), ALL)


def _corner_rounded() -> Table[object]:
    return region_table(regions(CORNER, SQUARE), digits=3)


def _corner_empty() -> Table[object]:
    return empty_pattern_table(census(CORNER))


def _long_numbers() -> Table[object]:
    return region_table(regions(LONG, SQUARE))


TABLES: dict[str, Callable[[], Table[object]]] = {
    "xor_regions": _xor_regions,
    "xor_empty": _xor_empty,
    "tent_regions": _tent_regions,
    "corner_regions": _corner_regions,
    "corner_rounded": _corner_rounded,
    "corner_empty": _corner_empty,
    "long_numbers": _long_numbers,
}

FORMATS: dict[str, Callable[[Table[object]], str]] = {
    "tex": lambda table: table.to_latex(),
    "md": lambda table: table.to_markdown(),
    "csv": lambda table: table.to_csv(),
    "html": lambda table: table.to_html(),
}


def write_golden_files() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for name, make in TABLES.items():
        for ending, written in FORMATS.items():
            path = GOLDEN / f"{name}.{ending}"
            path.write_text(written(make()), encoding="utf-8")
            print(path)


if __name__ == "__main__":
    sys.exit(write_golden_files())
