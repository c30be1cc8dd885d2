"""Where the bits of an array subdivision's masks lie.

A mask has a bit for t >= 0, for each row of the domain and for each kink.  In the arrays every
stage begins with a word of its own, so that the kinks of one stage are a slice of words.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from exactpwl.engine.words import Ints, Words, integers
from exactpwl.stages import Stages

__all__ = ["Layout"]


class Layout:
    """Bits and words: those of t and the domain first, then stage by stage.

    Parameters
    ----------
    stages : Stages
    domain_rows : int

    Attributes
    ----------
    constant : int
        The number of bits before the kinks: t and the domain's rows.
    first_word : list of int
        Where each stage begins; the last entry is the number of all words.
    kinks : list of int
        The number of kinks of each stage.
    """

    def __init__(self, stages: Stages, domain_rows: int) -> None:
        self.constant = 1 + domain_rows
        self.kinks = [len(stage.kinks) for stage in stages.stages]
        self.first_word = [-(-self.constant // 64)]
        for kinks in self.kinks:
            self.first_word.append(self.first_word[-1] + -(-kinks // 64))

    @property
    def words(self) -> int:
        """The number of words of a mask."""
        return self.first_word[-1]

    def stage(self, stage: int) -> slice:
        """Return the words of a stage."""
        return slice(self.first_word[stage], self.first_word[stage + 1])

    def bit(self, stage: int) -> int:
        """Return the first bit of a stage."""
        return 64 * self.first_word[stage]

    @cached_property
    def stage_of_bit(self) -> Ints:
        """The stage of each bit; -1 for t and the domain's rows."""
        found = np.full(64 * self.words, -1, dtype=np.int64)
        for stage in range(len(self.kinks)):
            found[self.bit(stage) :] = stage
        return found

    @cached_property
    def used(self) -> Words:
        """The mask of the bits that stand for something, as a row of words."""
        bits = np.zeros(64 * self.words, dtype=bool)
        bits[: self.constant] = True
        for stage, kinks in enumerate(self.kinks):
            bits[self.bit(stage) : self.bit(stage) + kinks] = True
        packed = np.packbits(bits, bitorder="little").view("<u8")
        return packed.astype(np.uint64)[np.newaxis]

    def spread(self, mask: int) -> int:
        """Return a Python mask with the gaps between the stages."""
        found = mask & ((1 << self.constant) - 1)
        mask >>= self.constant
        for stage, kinks in enumerate(self.kinks):
            found |= (mask & ((1 << kinks) - 1)) << self.bit(stage)
            mask >>= kinks
        return found

    def dense(self, masks: Words) -> list[int]:
        """Return masks as Python integers without the gaps between the stages."""
        found = integers(masks[:, : self.first_word[0]])
        shift = self.constant
        for stage, kinks in enumerate(self.kinks):
            part = integers(masks[:, self.stage(stage)])
            found = [a | b << shift for a, b in zip(found, part, strict=True)]
            shift += kinks
        return found
