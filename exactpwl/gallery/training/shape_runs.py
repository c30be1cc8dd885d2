"""Runs ``heart`` and ``star``: one network learns a shape, and then another.

``heart`` goes from untrained to a heart of two halves of ellipses, u^2 + (v - |u|)^2 <= 1 with
u = 6/5 x and v = 4/3 (y + 5/32); ``star`` begins with its last network and goes on to a
five-pointed star, so that its first checkpoint is the last one of ``heart``.  Both have the same
points and the same architecture 2-12-12-12-1.  On which side of a shape a point lies is decided in
integers: by the quadratic form, or by how often a ray to the right crosses the star's ten sides.

The seed was chosen among the first six, by eye: few regions, and a star with five sharp points.

    python -m exactpwl.gallery.training.shape_runs --run heart
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from exactpwl.gallery.runs import run
from exactpwl.gallery.training import checkpoints, rings
from exactpwl.gallery.training.checkpoints import Plan
from exactpwl.gallery.training.common import DATA_DENOMINATOR, Integers
from exactpwl.gallery.training.disc import squared_hinge

POINTS, DATA_SEED, SEED = 2048, 1, 1

STAR = (
    (0, 960),
    (252, 348),
    (912, 296),
    (408, -132),
    (564, -776),
    (0, -429),
    (-564, -776),
    (-408, -132),
    (-912, 296),
    (-252, 348),
)
"""The corners of the star, times 1024, clockwise."""


def heart_sides(numerators: Integers) -> Integers:
    """1 inside the heart, -1 outside.

    Examples
    --------
    >>> heart_sides(np.array([[0, 0], [0, 700], [500, 700], [0, -950]]))
    array([ 1, -1,  1, -1])
    """
    x, y = numerators.T
    u, v = 18 * abs(x), 20 * (y + 160)
    return np.where(u**2 + (v - u) ** 2 <= (15 * DATA_DENOMINATOR) ** 2, 1, -1)


def star_sides(numerators: Integers) -> Integers:
    """1 inside the star, -1 outside.

    Examples
    --------
    >>> star_sides(np.array([[0, 0], [0, 900], [500, 600], [0, -600]]))
    array([ 1,  1, -1, -1])
    """
    x, y = numerators.T
    inside = np.zeros(len(numerators), dtype=bool)
    for (a, b), (c, d) in zip(STAR, (*STAR[1:], STAR[0]), strict=True):
        left = ((c - a) * (y - b) > (x - a) * (d - b)) == (d > b)
        inside ^= ((y < b) != (y < d)) & left
    return np.where(inside, 1, -1)


def heart() -> Plan:
    """From untrained to the heart."""
    return _plan("a heart, untrained to trained", heart_sides, SEED)


def star() -> Plan:
    """From the bundled heart to the star."""
    plan = _plan("a star, from the network that had learnt the heart", star_sides, SEED)
    return replace(plan, start=run("heart"))


def _plan(description: str, sides: Callable[[Integers], Integers], seed: int) -> Plan:
    numerators = rings.sample(POINTS, DATA_SEED)
    labels = sides(numerators)
    return Plan(
        description=f"{description}; three layers of twelve ReLUs",
        widths=(2, 12, 12, 12, 1),
        numerators=numerators,
        labels=labels,
        targets=labels[None].astype(np.float64),
        loss=squared_hinge,
        window=("-1", "1"),
        epochs=800,
        every=20,
        batch=256,
        rate=1e-2,
        seed=seed,
    )


RUNS = {"heart": heart, "star": star}

if __name__ == "__main__":
    checkpoints.main(RUNS)
