"""Runs ``xor-2``, ``xor-20``, ``xor-100``: XOR of the four points (+-1, +-1) by one hidden layer.

Two units are the fewest that can, and need luck: a unit that is off at all four points has no
gradient to come back with.  Of the first six seeds three succeed.  Twenty units and a hundred bend
the plane in many more places than four points ask for.

    python -m exactpwl.gallery.training.xor_runs --run xor-20
"""

from __future__ import annotations

from functools import partial

import numpy as np

from exactpwl.gallery.training import checkpoints
from exactpwl.gallery.training.checkpoints import Plan
from exactpwl.gallery.training.common import DATA_DENOMINATOR
from exactpwl.gallery.training.disc import squared_hinge

SIGNS = np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)])


def xor(hidden: int, rate: float) -> Plan:
    """The plan for a number of hidden units; an epoch is one step."""
    labels = -SIGNS.prod(axis=1)
    return Plan(
        description=f"XOR of inputs +-1, {hidden} hidden ReLUs",
        widths=(2, hidden, 1),
        numerators=SIGNS * DATA_DENOMINATOR,
        labels=labels,
        targets=labels[None].astype(np.float64),
        loss=squared_hinge,
        window=("-2", "2"),
        epochs=400,
        every=10,
        batch=4,
        rate=rate,
        seed=0,
    )


RUNS = {
    "xor-2": partial(xor, 2, 1e-2),
    "xor-20": partial(xor, 20, 2e-3),
    "xor-100": partial(xor, 100, 1e-3),
}

if __name__ == "__main__":
    checkpoints.main(RUNS)
