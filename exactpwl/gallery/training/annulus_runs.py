"""Runs ``disc-3``, ``disc-8-8-8`` and ``xor-position``: discs against the annuli around them.

The first two have the classes of `exactpwl.gallery.training.disc`, the disc r <= 1/2 and the
annulus 3/4 <= r <= 1, but as many points of the one as of the other: so whoever answers the same
everywhere has one half of them right.  Three units can just do it (why, that module says), and with
many a seed they do not; three layers of eight do it at once.

``xor-position`` has four discs around (+-1/2, +-1/2), each in its annulus.  A disc belongs to the
class +1 where the coordinates of its centre have the same sign and to -1 where they have not, as in
XOR, and its annulus to the other class.

All radii and centres are multiples of 1/1024 as the points are, so classes are decided in integers.

    python -m exactpwl.gallery.training.annulus_runs --run disc-3
"""

from __future__ import annotations

import numpy as np

from exactpwl.gallery.training import checkpoints, disc
from exactpwl.gallery.training.checkpoints import Plan
from exactpwl.gallery.training.common import DATA_DENOMINATOR, Integers
from exactpwl.gallery.training.disc import squared_hinge

POINTS = 1024
DATA_SEED = 1

CENTRE = 512
SMALL_DISC, SMALL_INNER, SMALL_OUTER = 192, 320, 480
"""The four centres' coordinate and the radii of ``xor-position``, times 1024."""


def balanced_disc() -> tuple[Integers, Integers]:
    """Numerators and labels, as many of the disc as of the annulus, the disc first."""
    drawn = disc.sample(8 * POINTS, DATA_SEED)
    labels = disc.sides(drawn)
    kept = np.concatenate([drawn[labels == side][: POINTS // 2] for side in (1, -1)])
    return kept, disc.sides(kept)


def four_discs() -> tuple[Integers, Integers]:
    """Numerators and labels of ``xor-position``, as many of the discs as of the annuli."""
    random = np.random.default_rng(DATA_SEED)
    drawn = random.integers(-DATA_DENOMINATOR, DATA_DENOMINATOR, (32 * POINTS, 2), endpoint=True)
    signs = np.where(drawn > 0, 1, -1)
    squares = ((drawn - CENTRE * signs) ** 2).sum(axis=1)
    inside = squares <= SMALL_DISC**2
    around = (squares >= SMALL_INNER**2) & (squares <= SMALL_OUTER**2)
    labels = signs.prod(axis=1) * np.where(inside, 1, -1)
    chosen = np.concatenate([np.flatnonzero(part)[: POINTS // 2] for part in (inside, around)])
    return drawn[chosen], labels[chosen]


def disc_3() -> Plan:
    """Three units; the seed is one of those that succeed."""
    return _plan(
        "a disc against an annulus, three ReLUs", (2, 3, 1), balanced_disc(), "5/4", 64, 3e-3
    )


def disc_8_8_8() -> Plan:
    """Three layers of eight."""
    return _plan(
        "a disc against an annulus, three layers of eight ReLUs",
        (2, 8, 8, 8, 1),
        balanced_disc(),
        "5/4",
        256,
        1e-3,
    )


def xor_position() -> Plan:
    """Four discs, each in its annulus, classes in XOR position."""
    return _plan(
        "four discs, each in its annulus, in XOR position; three layers of eight ReLUs",
        (2, 8, 8, 8, 1),
        four_discs(),
        "9/8",
        64,
        3e-3,
        seed=0,
        epochs=800,
    )


def _plan(
    description: str,
    widths: tuple[int, ...],
    data: tuple[Integers, Integers],
    reach: str,
    batch: int,
    rate: float,
    seed: int = 1,
    epochs: int = 400,
) -> Plan:
    numerators, labels = data
    return Plan(
        description=description,
        widths=widths,
        numerators=numerators,
        labels=labels,
        targets=labels[None].astype(np.float64),
        loss=squared_hinge,
        window=(f"-{reach}", reach),
        epochs=epochs,
        every=epochs // 40,
        batch=batch,
        rate=rate,
        seed=seed,
    )


RUNS = {"disc-3": disc_3, "disc-8-8-8": disc_8_8_8, "xor-position": xor_position}

if __name__ == "__main__":
    checkpoints.main(RUNS)
