"""Neighbours by flipping one kink, where that is right.

Let v be a vertex at which just r functions vanish, of t, the domain's rows and the kinks of all
stages.  In a region around v these r are its tight inequalities, each of them a facet, and near v
on the facet of one kink no other function vanishes.  So the region behind that facet is on the
other side of this kink alone: its pattern is found by flipping one bit.  (Where more functions
vanish this is wrong: crossing a facet may flip several kinks, in several layers.)
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from exactpwl.engine.corners import Corners
from exactpwl.engine.layout import Layout
from exactpwl.engine.vertices import HashCollisionError
from exactpwl.engine.words import Ints, Words, bits_of, hashed, put

__all__ = ["neighbours_by_flips"]


def neighbours_by_flips(
    corners: Corners, simple: npt.NDArray[np.bool_], above: list[Words], layout: Layout
) -> Ints:
    """Return the pairs of regions that share a facet with a simple vertex, the lower first.

    Parameters
    ----------
    corners : Corners
        With masks, of regions in the lexicographic order of their patterns.
    simple : (n,) bool
        At which corners just as many functions vanish as the dimension says.
    above : list of Words
        For each stage the kinks that each region is above.
    layout : Layout
    """
    patterns = np.concatenate(above, axis=1)
    tight = corners.tight[:, layout.first_word[0] :]
    if not simple.all():
        tight = np.where(simple[:, np.newaxis], tight, np.uint64(0))
    facets: Words = np.bitwise_or.reduceat(tight, corners.starts, axis=0)
    region, bit = bits_of(facets & ~patterns, 64 * patterns.shape[1])
    flipped = patterns[region]
    put(flipped, bit)
    for seed in range(1, 64):
        partner = _found(flipped, patterns, seed)
        if partner is not None:
            order = np.argsort(region * len(patterns) + partner)
            return np.stack([region[order], partner[order]], axis=1)
    raise HashCollisionError("regions have one hash")


def _found(wanted: Words, patterns: Words, seed: int) -> Ints | None:
    """Return the place of each wanted pattern, or None if two have one hash."""
    keys = np.concatenate([hashed(patterns, np.uint64(seed)), hashed(wanted, np.uint64(seed))])
    keys <<= np.uint64(1)
    keys[len(patterns) :] |= np.uint64(1)
    order = np.argsort(keys)
    is_pattern = order < len(patterns)
    last = np.maximum.accumulate(np.where(is_pattern, np.arange(len(order)), 0))
    places = order[last]
    found = np.empty(len(wanted), dtype=np.int64)
    found[order[~is_pattern] - len(patterns)] = places[~is_pattern]
    return found if np.array_equal(patterns[found], wanted) else None
