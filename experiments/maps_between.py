"""Maps between two networks' local linear maps: what is left of a network that goes through one.

    python experiments/maps_between.py [xor] [digits] [mnist]

writes experiments/results/maps_between_NAME.json, .md and .csv for each experiment, all three if
none is named; mnist also the pictures of maps_between_mnist.npz.  Every experiment is done with the
row of the intercept in M_j and without.  xor is exact throughout.  The rows of digits are exact and
M_j is float64; its ranks are compared with the exact ones.  The rows of mnist are float64, with the
pieces decided exactly, and so is M_j.  Without other work on the machine xor takes half a minute,
digits two minutes, mnist ten and 3 GB of memory.  The pictures need the extra `experiments`.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from exactpwl import gallery, occupancy, regions
from exactpwl.gallery import PictureSet
from exactpwl.linearmaps import (
    FloatMaps,
    LocalMaps,
    MapsBetween,
    float_maps,
    float_maps_between,
    grid_points,
    local_maps,
    maps_between,
)
from exactpwl.tables import Column, Table

RESULTS = Path(__file__).resolve().parent / "results"
SQUARE, SIDE = [(-1, 1), (-1, 1)], 101
XOR = ("xor-2", "xor-20", "xor-100")
DIGITS = ("digits-dense-1", "digits-dense-2")
MNIST = ("mnist-dense", "mnist-conv-1", "mnist-conv-2")
SHOWN = (30, 230, 430, 630, 830)
"""The test pictures that are shown, of a 0, a 2, a 4, a 6 and an 8."""
SHOWN_FROM, SHOWN_TO = "mnist-conv-1", "mnist-conv-2"

Result = dict[str, Any]


def xor() -> Iterator[Result]:
    """Exact rows at a grid, exact least squares, and the exact continuity on the square."""
    runs = [gallery.run(name) for name in XOR]
    samples = grid_points(SIDE, SQUARE)
    networks = [run.networks[-1] for run in runs]
    maps = [local_maps(network, samples) for network in networks]
    complexes = [regions(network, SQUARE) for network in networks]
    positive = [signs(found.maps, found, samples) for found in maps]
    borders = [len(occupancy(network, samples).on_boundary) for network in networks]
    for intercept in (True, False):
        for i, source in enumerate(runs):
            for k, target in enumerate(runs):
                between = maps_between(maps[i], maps[k], intercept=intercept)
                decided = signs([between(m) for m in maps[i].maps], maps[i], samples)
                mapped = between.on(complexes[i])
                labelled = zip(source.points, source.labels, strict=True)
                yield {
                    **named(source.name, target.name, intercept),
                    **of_fits(between),
                    "right": sum(mapped(x)[0] * label > 0 for x, label in labelled),
                    "points": len(source.points),
                    "as_target": int((decided == positive[k]).sum()),
                    "as_source": int((decided == positive[i]).sum()),
                    "samples": len(samples),
                    "distinct_rows": len(maps[i].maps),
                    "on_boundary": borders[i],
                    **of_continuity(mapped.continuity),
                }


def signs(maps: Sequence[Any], found: LocalMaps, samples: Sequence[tuple[Fraction, ...]]) -> Any:
    """Whether the first output is positive at each sample."""
    numbers = zip(found.numbers, samples, strict=True)
    return np.array([maps[number](point)[0] > 0 for number, point in numbers])


def named(source: str, target: str, intercept: bool) -> Result:
    """What says which experiment a result is of."""
    return {"from": source, "to": target, "intercept": intercept}


def of_fits(between: MapsBetween) -> Result:
    """What is to be told of exact least squares of one output."""
    (fit,) = between.fits
    share = fit.determination
    return {
        "ranks": [fit.rank],
        "columns": len(fit.solution),
        "determination": None if share is None else round(float(share), 6),
    }


def of_continuity(continuity: Any) -> Result:
    """How many facets are torn, and how far at most."""
    largest = continuity.largest
    return {
        "facets": continuity.facets,
        "torn": len(continuity.jumps),
        "largest_jump": None if largest is None else round(float(largest.size), 6),
    }


def digits() -> Iterator[Result]:
    """Exact rows at pictures of 8 x 8 points; ranks are exact."""
    training, test = parts("digits")
    networks = [gallery.classifier(name) for name in DIGITS]
    rows = [
        [local_maps(n, [part.exact(i) for i in range(len(part))]) for n in networks]
        for part in (training, test)
    ]
    for result in pictures(DIGITS, training, test, rows):
        i, k = DIGITS.index(result["from"]), DIGITS.index(result["to"])
        exact = maps_between(rows[0][i], rows[0][k], intercept=result["intercept"])
        shares = [round(float(fit.determination or 0), 6) for fit in exact.fits]
        yield {**result, "exact_ranks": [fit.rank for fit in exact.fits], "determinations": shares}


def mnist() -> Iterator[Result]:
    """Rows in float64 at pictures of 28 x 28 points."""
    training, test = parts("mnist")
    networks = [gallery.classifier(name) for name in MNIST]
    rows = [[float_maps(n, part.points) for n in networks] for part in (training, test)]
    save_shown(training, test, rows)
    yield from pictures(MNIST, training, test, rows)


def parts(name: str) -> tuple[PictureSet, PictureSet]:
    """Training and test pictures."""
    found = gallery.picture_set(name)
    return found.training, found.test


def pictures(
    names: Sequence[str], training: PictureSet, test: PictureSet, rows: Sequence[Sequence[Any]]
) -> Iterator[Result]:
    """How many labels each network has right, after its rows have gone through M_j."""
    own = [maps.values(test.points).argmax(1) for maps in map(as_floats, rows[1])]
    for intercept in (True, False):
        for i, source in enumerate(names):
            found = float_maps_between(rows[0][i], *rows[0], intercept=intercept)
            for k, target in enumerate(names):
                fitted, tested = (
                    found[k].values(maps[i], part.points).argmax(1)
                    for maps, part in zip(rows, (training, test), strict=True)
                )
                yield {
                    **named(source, target, intercept),
                    "ranks": list(found[k].ranks),
                    "columns": found[k].matrices.shape[1],
                    "training_right": int((fitted == training.labels).sum()),
                    "training": len(training),
                    "right": int((tested == test.labels).sum()),
                    "points": len(test),
                    "source_right": int((own[i] == test.labels).sum()),
                    "target_right": int((own[k] == test.labels).sum()),
                    "as_target": int((tested == own[k]).sum()),
                    "as_source": int((tested == own[i]).sum()),
                }


def as_floats(maps: LocalMaps | FloatMaps) -> FloatMaps:
    """The rows in floats, with the values at samples."""
    return maps if isinstance(maps, FloatMaps) else FloatMaps(maps.floats(), 0)


def save_shown(training: PictureSet, test: PictureSet, rows: Sequence[Sequence[FloatMaps]]) -> None:
    """Write some test pictures, with the mapped row of the output of their label."""
    i, k = MNIST.index(SHOWN_FROM), MNIST.index(SHOWN_TO)
    mapped = []
    for sample in SHOWN:
        output = int(test.labels[sample])
        one = [FloatMaps(rows[0][n].rows[[output]], 0) for n in (i, k)]
        (between,) = float_maps_between(*one)
        mapped.append(between.rows(rows[1][i].rows[[output]][:, [sample]])[0, 0])
    np.savez_compressed(
        RESULTS / "maps_between_mnist.npz",
        numerators=test.numerators[list(SHOWN)].astype(np.uint8),
        denominator=test.denominator,
        labels=test.labels[list(SHOWN)],
        mapped=np.array(mapped, dtype=np.float32),
    )


def table(name: str, results: Sequence[Result]) -> Table[Result]:
    """The table of one experiment."""
    columns = [
        _column("from", lambda r: r["from"]),
        _column("to", lambda r: r["to"]),
        _column("intercept", lambda r: "yes" if r["intercept"] else "no"),
        _column("rank", _rank),
    ]
    if name == "xor":
        columns += [
            _column("R^2", lambda r: f"{r['determination']:.4f}"),
            _column("points right", lambda r: f"{r['right']} of {r['points']}"),
            _column("samples as second", lambda r: f"{r['as_target']} of {r['samples']}"),
            _column("as first", lambda r: str(r["as_source"])),
            _column("facets torn", lambda r: f"{r['torn']} of {r['facets']}"),
            _column("largest jump", lambda r: f"{r['largest_jump'] or 0:.4f}"),
        ]
    else:
        columns += [
            _column("training right", lambda r: f"{r['training_right']} of {r['training']}"),
            _column("test right", lambda r: f"{r['right']} of {r['points']}"),
            _column("first itself", lambda r: str(r["source_right"])),
            _column("second itself", lambda r: str(r["target_right"])),
            _column("class of second", lambda r: str(r["as_target"])),
        ]
    return Table(f"Maps between local linear maps: {name}", tuple(columns), tuple(results))


def _rank(result: Result) -> str:
    low, high = min(result["ranks"]), max(result["ranks"])
    return f"{low if low == high else f'{low} to {high}'} of {result['columns']}"


def _column(name: str, text: Callable[[Result], str]) -> Column[Result]:
    return Column(name, name, "words", lambda result, _: [text(result)])


EXPERIMENTS: dict[str, Callable[[], Iterator[Result]]] = {
    "xor": xor,
    "digits": digits,
    "mnist": mnist,
}


def main() -> None:
    """Run the experiments and write their tables."""
    parser = argparse.ArgumentParser(description="Map local linear maps of networks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="of " + ", ".join(EXPERIMENTS))
    options = parser.parse_args()
    for name in options.names or EXPERIMENTS:
        start, found = time.monotonic(), []
        for result in EXPERIMENTS[name]():
            print(json.dumps(result), flush=True)
            found.append(result)
        print(f"{name}: {time.monotonic() - start:.0f} s")
        text = ",\n ".join(json.dumps(result) for result in found)
        (RESULTS / f"maps_between_{name}.json").write_text(f"[{text}]\n", encoding="utf-8")
        made = table(name, found)
        made.save(RESULTS / f"maps_between_{name}.md")
        made.save(RESULTS / f"maps_between_{name}.csv")


if __name__ == "__main__":
    main()
