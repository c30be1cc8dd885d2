"""Families: the same training with other seeds, or with other widths.

``disc-3-seeds`` and ``disc-8-8-8-seeds`` are the two runs of `annulus_runs` with the seeds 0, 1,
..., a checkpoint every 40 epochs.  ``xor-position-widths`` is the run ``xor-position`` with three
layers of 4 to 32 units, untrained and trained only.

    python -m exactpwl.gallery.training.families --family disc-3-seeds
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from exactpwl.gallery.runs import Run, save_family
from exactpwl.gallery.training import annulus_runs
from exactpwl.gallery.training.checkpoints import Plan, told, trained_run

SEEDS = {"disc-3": 100, "disc-8-8-8": 20}
WIDTHS = (4, 6, 8, 12, 16, 24, 32)


def by_seed(name: str, make: Callable[[], Plan], count: int) -> Iterator[Run]:
    """The runs of the seeds 0 to count - 1."""
    plan = replace(make(), every=40)
    for seed in range(count):
        yield trained_run(f"{name}, seed {seed}", replace(plan, seed=seed))


def by_width(name: str, make: Callable[[], Plan], widths: Sequence[int]) -> Iterator[Run]:
    """The runs of three layers of each width."""
    plan = make()
    for width in widths:
        made = replace(
            plan,
            description=f"{plan.description.partition(';')[0]}; three layers of {width} ReLUs",
            widths=(2, width, width, width, 1),
            every=plan.epochs,
        )
        yield trained_run(f"{name}, width {width}", made)


FAMILIES = {
    **{
        f"{name}-seeds": partial(by_seed, name, annulus_runs.RUNS[name], count)
        for name, count in SEEDS.items()
    },
    "xor-position-widths": partial(by_width, "xor-position", annulus_runs.xor_position, WIDTHS),
}


def main(
    families: dict[str, Callable[[], Iterator[Run]]], arguments: Sequence[str] | None = None
) -> None:
    """Train the runs of a family, and write them into one file."""
    parser = argparse.ArgumentParser(description="Train families of networks.")
    parser.add_argument("--family", choices=list(families), required=True, help="which family")
    parser.add_argument("--out", type=Path, default=Path(), help="folder to write to")
    options = parser.parse_args(arguments)
    made = []
    for one in families[options.family]():
        made.append(one)
        sys.stdout.write(f"{told(one)}\n")
    save_family(options.out / f"{options.family}.json", made)


if __name__ == "__main__":
    main(dict(FAMILIES))
