"""Neighbours by flipping one hyperplane, where that is right.

Crossing a facet may flip several kinks, in several layers.  Two rules say when it is just one:

* Let v be a vertex at which just r functions vanish, of t, the domain's rows and the kinks of all
  stages.  In a region around v these r are its tight inequalities, each of them a facet, and near v
  on the facet of one kink no other function vanishes.  So the region behind it is on the other
  side of this kink alone.
* Let there be one stage, and flip all kinks of one hyperplane.  If that is the pattern of a region,
  both regions are parts of one convex set, what the other kinks leave, that this hyperplane cuts in
  two; so they share a facet.  And what lies behind a facet is found in this way.

So neighbours are looked up by their patterns.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from exactpwl.engine.corners import Corners
from exactpwl.engine.layout import Layout
from exactpwl.engine.words import Ints, Words, bits_of, count, grouped, hashed, words_of

__all__ = ["neighbours_by_flips", "neighbours_in_one_stage"]

MOST_PAIRS = 1 << 22
"""Facets that are looked up at a time: bounds the memory."""


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
    tight = corners.tight[:, layout.first_word[0] :]
    if not simple.all():
        tight = np.where(simple[:, np.newaxis], tight, np.uint64(0))
    patterns = np.concatenate(above, axis=1)
    pairs = _pairs(corners, tight, patterns, _alone(64 * patterns.shape[1]))
    if (pairs[:, 1] < 0).any():
        raise AssertionError("behind a facet with a simple vertex there is no region")
    return pairs


def neighbours_in_one_stage(
    corners: Corners, above: Words, layout: Layout, hyperplanes: Sequence[int]
) -> Ints:
    """Return the pairs of regions that share a facet, where one stage has all the kinks.

    Parameters
    ----------
    corners, above, layout
        As in `neighbours_by_flips`.
    hyperplanes : sequence of int
        For each kink the mask of the kinks with the same hyperplane.
    """
    mates = words_of(hyperplanes, above.shape[1])
    found = _pairs(corners, corners.tight[:, layout.first_word[0] :], above, mates)
    found = found[found[:, 1] >= 0]
    found.sort(axis=1)
    keys = found[:, 0] * len(above) + found[:, 1]
    order, first, _ = grouped(keys)
    return found[order[first]]


def _alone(bits: int) -> Words:
    """Return the masks of single bits."""
    return np.packbits(np.eye(bits, dtype=bool), axis=1, bitorder="little").view("<u8")


def _pairs(corners: Corners, tight: Words, patterns: Words, flips: Words) -> Ints:
    """Return each region below a kink that is tight on it, and the region behind it or -1; sorted.

    `flips` are the masks of the bits that are flipped together with each.
    """
    facets: Words = np.bitwise_or.reduceat(tight, corners.starts, axis=0)
    index = _Index(patterns)
    parts = []
    step = max(1, MOST_PAIRS // int(count(facets).max(initial=1)))
    for low in range(0, len(patterns), step):
        part = slice(low, low + step)
        region, bit = bits_of(facets[part] & ~patterns[part], 64 * patterns.shape[1])
        region += low
        partner = index.find(patterns[region] ^ flips[bit])
        order = np.argsort(region * (len(patterns) + 1) + partner)
        parts.append(np.stack([region[order], partner[order]], axis=1))
    return np.concatenate(parts)


class _Index:
    """Patterns by their hashes, which are all different."""

    def __init__(self, patterns: Words) -> None:
        self.patterns = patterns
        for seed in range(1, 17):
            self.seed = np.uint64(seed)
            self.hashes = hashed(patterns, self.seed) << np.uint64(1)
            if len(grouped(self.hashes)[1]) == len(patterns):
                return
        raise AssertionError("64-bit hashes collide for 16 seeds: that is no chance, but a defect")

    def find(self, wanted: Words) -> Ints:
        """Return the place of each wanted pattern, -1 where there is none."""
        asked = hashed(wanted, self.seed) << np.uint64(1) | np.uint64(1)
        order = np.argsort(np.concatenate([self.hashes, asked]))
        size = len(self.patterns)
        is_pattern = order < size
        last = np.maximum.accumulate(np.where(is_pattern, np.arange(len(order)), 0))
        place = np.empty(len(wanted), dtype=np.int64)
        place[order[~is_pattern] - size] = order[last][~is_pattern]
        place %= size
        place[(self.patterns[place] != wanted).any(axis=1)] = -1
        return place
