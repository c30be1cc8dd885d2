"""The census of all activation patterns: full and proper, full, thin, empty, each with its reason.

A network with n ReLUs has 2^n patterns, and few of them occur.  The census decides neurons one
after the other, in the order of the pattern's text.  A prefix of a pattern is a polyhedron as
well, so an empty prefix settles all patterns that begin with it, by one Farkas certificate; and
where a point of the prefix satisfies the next inequality (strictly, if the prefix is full), no
linear program is needed.  What remains is at most one program for each prefix that has points and
each of its pieces.

Proper full patterns and activation regions (definition R2 of arXiv:2505.16716) are equally many:
the census is a second count that shares no geometry with the engine.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from exactpwl.domain import DomainLike
from exactpwl.errors import TooLargeError
from exactpwl.farkas import FarkasCertificate
from exactpwl.feasibility import Feasibility, Status, feasibility
from exactpwl.inequality import Row, value
from exactpwl.network import Kink, Network
from exactpwl.pattern import Pattern
from exactpwl.pattern_inequality import (
    Bend,
    PatternInequality,
    bend_of,
    domain_inequalities,
    kink_inequality,
)
from exactpwl.rationals import format_count

__all__ = ["MOST_LISTED", "Census", "CensusBlock", "CensusEntry", "census"]

DEFAULT_LIMIT = 1 << 17

MOST_LISTED = 1024
"""Beyond so many patterns the empty ones are not listed for reading."""


class CensusEntry(NamedTuple):
    """One pattern: its status, whether it is proper, and why it has no interior."""

    pattern: Pattern
    status: Status
    is_proper: bool
    certificate: FarkasCertificate | None


@dataclass(frozen=True)
class CensusBlock:
    """All patterns that begin alike, where that decides them.

    Attributes
    ----------
    prefix : Pattern
        The pieces of the first neurons; all of them unless the block is empty.
    status : {"full", "thin", "empty"}
    is_proper : bool
    certificate : FarkasCertificate or None
        For ``empty`` and ``thin``.
    count : int
        How many patterns begin so.
    """

    prefix: Pattern
    status: Status
    is_proper: bool
    certificate: FarkasCertificate | None
    count: int


@dataclass(frozen=True)
class Census:
    """The status of every pattern of a network; made by `census`.

    Attributes
    ----------
    pieces : tuple of tuples of int
        The number of pieces of each neuron, layer by layer.
    blocks : tuple of CensusBlock
        In the order of the patterns, without overlap and without gap.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> found = census(gallery.get("xor"))
    >>> found.total, found.counts
    (4, {'proper': 3, 'improper': 0, 'thin': 0, 'empty': 1})
    """

    pieces: tuple[tuple[int, ...], ...]
    blocks: tuple[CensusBlock, ...]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many patterns are proper, improper (full, but not proper), thin and empty."""
        found: Counter[str] = Counter()
        for block in self.blocks:
            found[_kind(block)] += block.count
        return {kind: found[kind] for kind in ("proper", "improper", "thin", "empty")}

    @property
    def total(self) -> int:
        """The number of all patterns."""
        return math.prod(itertools.chain.from_iterable(self.pieces))

    def entries(self, status: Status | None = None) -> Iterator[CensusEntry]:
        """Iterate over all patterns, or those of one status, in order.

        The patterns of an empty prefix are made one by one and share its certificate.
        """
        for block in self.blocks:
            if status in (None, block.status):
                for pattern in _completions(block.prefix, self.pieces):
                    yield CensusEntry(pattern, block.status, block.is_proper, block.certificate)

    def __str__(self) -> str:
        kinds = ", ".join(f"{count} {_WORDS[kind]}" for kind, count in self.counts.items())
        return f"{self.total} patterns: {kinds}"


_WORDS = {
    "proper": "full and proper",
    "improper": "full but not proper",
    "thin": "thin",
    "empty": "empty",
}


def census(network: Network, domain: DomainLike = None, *, limit: int = DEFAULT_LIMIT) -> Census:
    """Decide every activation pattern of a small network, exactly.

    Parameters
    ----------
    network : Network
    domain : Domain, or pairs (low, high), optional
        The whole space by default.
    limit : int
        The greatest number of patterns; most of them may cost a linear program each.

    Returns
    -------
    Census

    Raises
    ------
    TooLargeError
        If there are more patterns than `limit`.
    DomainError
        If the domain is of another dimension, empty or flat.

    Examples
    --------
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> found = census(xor)
    >>> print(found)
    4 patterns: 3 full and proper, 0 full but not proper, 0 thin, 1 empty
    >>> for entry in found.entries("empty"):
    ...     print(entry.pattern, entry.certificate)
    01 (x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0
    """
    total = math.prod(itertools.chain.from_iterable(network.pieces))
    if total > limit:
        raise TooLargeError(
            f"at most {limit} patterns are required for a census, this network has "
            f"{format_count(total)}: raise the limit, or enumerate the activation regions alone"
        )
    return Census(network.pieces, tuple(_blocks(network, domain_inequalities(network, domain))))


class _Branch(NamedTuple):
    """A prefix of patterns with what is known of its cell."""

    pieces: tuple[tuple[int, ...], ...]
    inequalities: tuple[PatternInequality, ...]
    answer: Feasibility
    is_proper: bool


def _blocks(network: Network, domain: tuple[PatternInequality, ...]) -> Iterator[CensusBlock]:
    start = feasibility([i.row for i in domain], network.input_dimension)
    stack = [_Branch((), domain, start, True)]
    while stack:
        branch = stack.pop()
        if branch.answer.status == "empty" or _is_complete(branch.pieces, network.pieces):
            yield _block(branch, network)
        else:
            stack += reversed(_extensions(network, branch))


def _is_complete(prefix: tuple[tuple[int, ...], ...], pieces: tuple[tuple[int, ...], ...]) -> bool:
    return tuple(map(len, prefix)) == tuple(map(len, pieces))


def _extensions(network: Network, branch: _Branch) -> list[_Branch]:
    """Decide the next neuron: one branch for each of its pieces."""
    *earlier, current = branch.pieces or ((),)
    if branch.pieces and len(current) == len(network.pieces[len(earlier)]):
        earlier, current = [*earlier, current], ()
    neuron = len(current)
    functions = _kink_rows(network, tuple(earlier), neuron)
    return [
        _extend(network, branch, (*earlier, (*current, piece)), functions, piece)
        for piece in range(network.pieces[len(earlier)][neuron])
    ]


def _kink_rows(
    network: Network, earlier: tuple[tuple[int, ...], ...], neuron: int
) -> list[tuple[Kink, Bend, Row]]:
    """Return the breakpoints of a neuron as affine functions under the layers before it."""
    stage = network.stages.stages[len(earlier)]
    pre = stage.lift(network.stages.hidden(earlier)).tolist()
    own = [k for k, (i, _, _) in enumerate(stage.kinks) if i == neuron]
    rows: list[tuple[Kink, Bend, Row]] = []
    for index, k in enumerate(own):
        *normal, offset = stage.kink_row(pre, k)
        kink = Kink(stage.layer, neuron, index)
        rows.append((kink, bend_of(network, kink), (tuple(normal), offset)))
    return rows


def _extend(
    network: Network,
    branch: _Branch,
    pieces: tuple[tuple[int, ...], ...],
    functions: list[tuple[Kink, Bend, Row]],
    piece: int,
) -> _Branch:
    found = (kink_inequality(kink, c, row, piece) for kink, c, row in functions)
    new = tuple(i for i in found if i is not None)
    inequalities = branch.inequalities + new
    proper = branch.is_proper and not any(i.vanishes and i.above for i in new)
    answer = branch.answer
    if not all(_keeps(answer, inequality) for inequality in new):
        answer = feasibility([i.row for i in inequalities], network.input_dimension)
    return _Branch(pieces, inequalities, answer, proper)


def _keeps(answer: Feasibility, inequality: PatternInequality) -> bool:
    """Whether the known point shows that one more inequality leaves the status as it is."""
    if answer.point is None or inequality.vanishes:
        return True
    height = value(inequality.row, answer.point)
    return height > 0 if answer.status == "full" else height >= 0


def _block(branch: _Branch, network: Network) -> CensusBlock:
    status, multipliers = branch.answer.status, branch.answer.multipliers
    certificate = None
    if multipliers is not None:
        certificate = FarkasCertificate.of(
            [i.row for i in branch.inequalities],
            multipliers,
            [">=" if status == "empty" else ">"] * len(branch.inequalities),
            [i.origin for i in branch.inequalities],
        )
        certificate.verify()
    decided = itertools.chain.from_iterable(branch.pieces)
    all_pieces = itertools.chain.from_iterable(network.pieces)
    left = itertools.islice(all_pieces, sum(1 for _ in decided), None)
    proper = status == "full" and branch.is_proper
    return CensusBlock(Pattern(branch.pieces), status, proper, certificate, math.prod(left))


def _completions(prefix: Pattern, pieces: tuple[tuple[int, ...], ...]) -> Iterator[Pattern]:
    decided = list(itertools.chain.from_iterable(prefix))
    flat = list(itertools.chain.from_iterable(pieces))
    ends = list(itertools.accumulate(map(len, pieces)))
    for rest in itertools.product(*(range(count) for count in flat[len(decided) :])):
        whole = [*decided, *rest]
        yield Pattern(whole[start:end] for start, end in zip([0, *ends], ends, strict=False))


def _kind(block: CensusBlock) -> str:
    if block.status != "full":
        return block.status
    return "proper" if block.is_proper else "improper"
