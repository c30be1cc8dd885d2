"""The table of the patterns that no region has, each with the proof that its cell is empty.

Neurons that are decided first may refute all patterns that begin alike; such patterns share a row,
and ``*`` stands for any piece of a neuron that was not needed.  The proof is a Farkas certificate
as a sentence: so many times these inequalities, added up, give a false statement about numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exactpwl.tables.notation import Notation
from exactpwl.tables.region_columns import by_layer
from exactpwl.tables.table import Column, Table

if TYPE_CHECKING:
    from exactpwl.pattern_census import Census, CensusBlock

__all__ = ["empty_pattern_table", "with_stars"]


def empty_pattern_table(census: Census) -> Table[CensusBlock]:
    """Return a table of the empty patterns of a census.

    Parameters
    ----------
    census : Census
        From `exactpwl.census`.

    Returns
    -------
    Table
        Columns ``pattern``, ``patterns`` (how many a row stands for) and ``proof``.

    Examples
    --------
    >>> from exactpwl import Network, census
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> print(empty_pattern_table(census(xor)).to_csv())
    pattern,patterns,proof
    01,1,(x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0
    """
    blocks = tuple(block for block in census.blocks if block.status == "empty")

    def pattern(block: CensusBlock, _: Notation) -> list[str]:
        return by_layer(with_stars(block, census.pieces))

    count = census.counts["empty"]
    shared = any(block.count > 1 for block in blocks)
    return Table(
        f"{count} empty {'pattern' if count == 1 else 'patterns'} of {census.total}",
        (
            Column("pattern", "pattern", "code", pattern, joint=""),
            Column("patterns", "patterns", "words", lambda block, _: [str(block.count)]),
            Column("proof", "why there is no point", "math", _proof, joint=" "),
        ),
        blocks,
        remarks=("A star stands for any piece: the neurons before it refute all.",) * shared,
    )


def _proof(block: CensusBlock, notation: Notation) -> list[str]:
    return [] if block.certificate is None else notation.proof(block.certificate)


def with_stars(block: CensusBlock, pieces: tuple[tuple[int, ...], ...]) -> str:
    """Return the patterns of a block: a star for each neuron that is not decided."""
    written = str(block.prefix).split("|") if block.prefix else []
    written += [""] * (len(pieces) - len(written))
    decided = [len(layer) for layer in block.prefix] + [0] * len(pieces)
    return "|".join(
        text + "*" * (len(layer) - known)
        for text, layer, known in zip(written, pieces, decided, strict=False)
    )
