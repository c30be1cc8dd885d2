"""Print the tables of docs/experiments.md on maps between two networks' local linear maps.

    .venv/bin/python tools/maps_between_networks.py xor       exact, half a minute
    .venv/bin/python tools/maps_between_networks.py digits    exact and float64, two minutes
    .venv/bin/python tools/maps_between_networks.py mnist     float64, some minutes, 3 GB of memory

With --linear M_j has no row for the intercept. The pictures need the packages of the extra
`experiments`.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from exactpwl import gallery, occupancy, regions
from exactpwl.linearmaps import (
    FloatMaps,
    LocalMaps,
    float_maps,
    float_maps_between,
    grid_points,
    local_maps,
    maps_between,
)

SQUARE = [(-1, 1), (-1, 1)]
SIDE = 101


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_Raw)
    parser.add_argument("experiment", choices=EXPERIMENTS)
    parser.add_argument("--linear", action="store_true", help="M_j without intercept")
    options = parser.parse_args()
    EXPERIMENTS[options.experiment](not options.linear)


class _Raw(argparse.RawDescriptionHelpFormatter):
    """The help is the module's own text, with its lines."""


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |", flush=True)


def xor(intercept: bool) -> None:
    runs = [gallery.run(name) for name in ("xor-2", "xor-20", "xor-100")]
    samples = grid_points(SIDE, SQUARE)
    networks = [run.networks[-1] for run in runs]
    maps = [local_maps(network, samples) for network in networks]
    signs = [[network(point)[0] > 0 for point in samples] for network in networks]
    table(
        ("network", "regions in the square", "distinct rows", "samples on a boundary"),
        [
            (run.name, len(regions(n, SQUARE)), len(m.maps), len(occupancy(n, samples).on_boundary))
            for run, n, m in zip(runs, networks, maps, strict=True)
        ],
    )
    print()
    heads = ("from", "to", "rank", "R^2", "points right", "class of `to`", "class of `from`")
    table((*heads, "facets torn", "largest jump"), _xor_rows(runs, samples, maps, signs, intercept))


def _xor_rows(
    runs: Sequence[Any],
    samples: Sequence[tuple[Fraction, ...]],
    maps: Sequence[LocalMaps],
    signs: Sequence[Sequence[bool]],
    intercept: bool,
) -> Iterable[Sequence[object]]:
    for i, source in enumerate(runs):
        complex_ = regions(source.networks[-1], SQUARE)
        for k, target in enumerate(runs):
            between = maps_between(maps[i], maps[k], intercept=intercept)
            mapped, fit = between.on(complex_), between.fits[0]
            images = [between(affine_map) for affine_map in maps[i].maps]
            numbers = zip(maps[i].numbers, samples, strict=True)
            found = [images[number](point)[0] > 0 for number, point in numbers]
            labelled = zip(source.points, source.labels, strict=True)
            largest = mapped.continuity.largest
            yield (
                source.name,
                target.name,
                f"{fit.rank} of {len(fit.solution)}",
                f"{float(fit.determination):.4f}" if fit.determination is not None else "",
                f"{sum(mapped(x)[0] * label > 0 for x, label in labelled)} of 4",
                sum(a == b for a, b in zip(found, signs[k], strict=True)),
                sum(a == b for a, b in zip(found, signs[i], strict=True)),
                f"{len(mapped.continuity.jumps)} of {mapped.continuity.facets}",
                "" if largest is None or largest.size is None else f"{float(largest.size):.4f}",
            )


def digits(intercept: bool) -> None:
    names = ("digits-dense-1", "digits-dense-2")
    training = gallery.picture_set("digits").training
    points = [training.exact(i) for i in range(len(training))]
    exact = [local_maps(gallery.classifier(name), points) for name in names]
    pictures(names, "digits", intercept, exact)


def mnist(intercept: bool) -> None:
    pictures(("mnist-dense", "mnist-conv-1", "mnist-conv-2"), "mnist", intercept)


def pictures(
    names: Sequence[str], pictures: str, intercept: bool, exact: Sequence[LocalMaps] = ()
) -> None:
    """Print how many labels each mapped function has right; ranks are exact where rows are."""
    training, test = (getattr(gallery.picture_set(pictures), part) for part in ("training", "test"))
    networks = [gallery.classifier(name) for name in names]
    rows = [[float_maps(n, part.points) for n in networks] for part in (training, test)]
    heads = ("from", "to", "rank", "training right", "test right", "class of `to`", "`from`'s own")
    table(heads, _picture_rows(names, training, test, rows, intercept, exact))


def _picture_rows(
    names: Sequence[str],
    training: Any,
    test: Any,
    rows: Sequence[Sequence[FloatMaps]],
    intercept: bool,
    exact: Sequence[LocalMaps],
) -> Iterable[Sequence[object]]:
    own = [maps.values(test.points).argmax(1) for maps in rows[1]]
    for i, source in enumerate(names):
        found = float_maps_between(rows[0][i], *rows[0], intercept=intercept)
        for k, target in enumerate(names):
            fitted, tested = (
                found[k].values(maps[i], part.points).argmax(1)
                for maps, part in zip(rows, (training, test), strict=True)
            )
            ranks = sorted(set(found[k].ranks))
            if exact:
                between = maps_between(exact[i], exact[k], intercept=intercept)
                assert found[k].ranks == tuple(fit.rank for fit in between.fits)
            yield (
                source,
                target,
                f"{' or '.join(map(str, ranks))} of {found[k].matrices.shape[1]}",
                f"{np.sum(fitted == training.labels)} of {len(training)}",
                f"{np.sum(tested == test.labels)} of {len(test)}",
                np.sum(tested == own[k]),
                np.sum(own[i] == test.labels),
            )


EXPERIMENTS: dict[str, Callable[[bool], None]] = {"xor": xor, "digits": digits, "mnist": mnist}

if __name__ == "__main__":
    main()
