"""The textbook algorithm: every combination of pieces in every parent region, one LP each.

Layer by layer, each pattern that is feasible so far is extended by *all* combinations of pieces of
the next layer's neurons (2^n for ReLU), and one exact linear program decides which of them exist.
It is here for teaching, for tiny networks and as a second opinion: it shares neither generators nor
cuts with the engine.

Two tests of feasibility are offered.  ``interior`` keeps the proper full-dimensional cells and
equals the engine.  ``literal`` reads z > c and z <= c as they stand, in any dimension (definition
R1 of arXiv:2505.16716), so it also keeps patterns that live on a face only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from exactpwl.domain import Domain, DomainLike, as_domain
from exactpwl.engine.start import Start, domain_bit, start
from exactpwl.engine.subdivide import FinishedCell
from exactpwl.errors import OptionError, TooLargeError
from exactpwl.feasibility import feasibility, feasible
from exactpwl.generators import generators
from exactpwl.inequality import IntegerRow
from exactpwl.pattern import Pattern
from exactpwl.rationals import clear_denominators, format_count, primitive

if TYPE_CHECKING:
    from exactpwl.engine.events import Listener
    from exactpwl.network import Network
    from exactpwl.stages import Stage

__all__ = ["powerset_cells", "powerset_patterns"]

MOST_COMBINATIONS = 1 << 16
"""Linear programs in one parent region; beyond, the engine is the way."""


def powerset_patterns(
    network: Network, domain: DomainLike = None, *, feasibility: str = "interior"
) -> tuple[Pattern, ...]:
    """Return the patterns that exist, by one exact linear program for every combination of pieces.

    Parameters
    ----------
    network : Network
    domain : Domain, or pairs (low, high), optional
        Read as open; the whole space if left out.
    feasibility : {"interior", "literal"}
        Proper full-dimensional cells (definition R2), or non-empty literal patterns of any
        dimension (R1).

    Raises
    ------
    OptionError
        If `feasibility` is neither.
    DomainError
        If the domain is of another dimension, empty or flat.
    TooLargeError
        If a layer has more than 2^16 combinations of pieces.

    Examples
    --------
    >>> from exactpwl import Network
    >>> absolute = Network([([[1], [-1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    >>> [str(p) for p in powerset_patterns(absolute)]
    ['01', '10']
    >>> [str(p) for p in powerset_patterns(absolute, feasibility="literal")]
    ['00', '01', '10']
    """
    if feasibility not in ("interior", "literal"):
        raise OptionError(f"feasibility must be 'interior' or 'literal', got {feasibility!r}")
    chosen = as_domain(domain, network.input_dimension)
    start(network.stages, chosen)
    for stage in network.stages.stages:
        combinations = prod(stage.piece_counts)
        if combinations > MOST_COMBINATIONS:
            raise TooLargeError(
                f"layer {stage.layer} has {format_count(combinations)} combinations of pieces, the "
                f"powerset method stops at {MOST_COMBINATIONS}; the method subdivide does not"
            )
    decide = _has_interior if feasibility == "interior" else _is_literal
    rows: list[IntegerRow] = list(chosen.rows)
    found = _extend(network, (), network.stages.identity(), rows, [True] * len(rows), decide)
    return tuple(map(Pattern, found))


def _extend(
    network: Network,
    prefix: tuple[tuple[int, ...], ...],
    hidden: Any,
    rows: list[IntegerRow],
    strict: list[bool],
    decide: Any,
) -> Iterator[tuple[tuple[int, ...], ...]]:
    if len(prefix) == len(network.stages.stages):
        yield prefix
        return
    stage = network.stages.stages[len(prefix)]
    pre = stage.lift(hidden).tolist()
    functions = [stage.kink_row(pre, k) for k in range(len(stage.kinks))]
    for pieces in product(*map(range, stage.piece_counts)):
        more, flags = _rows_of(stage, functions, pieces)
        if decide(rows + more, strict + flags, network.input_dimension, len(rows)):
            child = stage.act(pre, pieces)
            yield from _extend(
                network, (*prefix, pieces), child, rows + more, strict + flags, decide
            )


def _rows_of(
    stage: Stage, functions: Sequence[tuple[int, ...]], pieces: Sequence[int]
) -> tuple[list[IntegerRow], list[bool]]:
    """Return ``f > 0`` for the kinks that the pieces are above, ``-f >= 0`` for those below."""
    signed = [
        (function if side > 0 else tuple(-c for c in function), side > 0)
        for function, side in zip(functions, stage.sides(pieces), strict=True)
        if side
    ]
    return [(row[:-1], row[-1]) for row, _ in signed], [above for _, above in signed]


def _has_interior(rows: list[IntegerRow], strict: list[bool], dimension: int, known: int) -> bool:
    """Decide a proper full cell; a constant pre-activation has its piece decided by its value."""
    for (normal, offset), is_strict in zip(rows[known:], strict[known:], strict=True):
        if not any(normal) and (offset <= 0 if is_strict else offset < 0):
            return False
    return feasibility(rows, dimension).status == "full"


def _is_literal(rows: list[IntegerRow], strict: list[bool], dimension: int, known: int) -> bool:
    return feasible(rows, strict, dimension).status == "full"


def powerset_cells(
    network: Network, domain: Domain, *, listener: Listener | None = None
) -> tuple[Start, list[FinishedCell]]:
    """Return the cells of the patterns with an interior, generators by double description.

    Raises
    ------
    TooLargeError
        As `powerset_patterns`.
    """
    begin = start(network.stages, domain)
    patterns = powerset_patterns(network, domain)
    fixed = [j for j in range(domain.dimension) if j not in begin.axes]
    cells = []
    for pattern in patterns:
        cells.append(_described(network, domain, pattern, fixed))
        if listener is not None:
            listener.regions(1, 1 / len(patterns))
    if listener is not None:
        listener.finished(len(cells))
    return begin, cells


def _described(
    network: Network, domain: Domain, pattern: Pattern, fixed: Sequence[int]
) -> FinishedCell:
    """Return a pattern's cell with its generators, in coordinates where `fixed` ones are 0."""
    inequalities = {domain_bit(k): row for k, row in enumerate(domain.rows)}
    bit = domain_bit(len(domain.rows))
    hidden = network.stages.identity()
    for stage, pieces in zip(network.stages.stages, pattern, strict=True):
        pre = stage.lift(hidden).tolist()
        for kink, side in enumerate(stage.sides(pieces)):
            row = tuple(side * c for c in stage.kink_row(pre, kink))
            if any(row[:-1]):
                inequalities[bit] = row[:-1], row[-1]
            bit <<= 1
        hidden = stage.act(pre, pieces)
    units = [tuple(int(i == j) for i in range(domain.dimension)) for j in fixed]
    walls: list[IntegerRow] = [(u, 0) for u in units] + [(tuple(-c for c in u), 0) for u in units]
    described = generators([*inequalities.values(), *walls], domain.dimension)
    points = [clear_denominators((*vertex, Fraction(1)))[0] for vertex in described.vertices]
    vectors = [primitive(p) for p in points] + [(*ray, 0) for ray in described.rays]
    return FinishedCell.of(pattern, vectors, (_tight(v, inequalities) for v in vectors))


def _tight(vector: tuple[int, ...], inequalities: dict[int, IntegerRow]) -> int:
    mask = int(vector[-1] == 0)
    for bit, (normal, offset) in inequalities.items():
        if sum(n * c for n, c in zip((*normal, offset), vector, strict=True)) == 0:
            mask |= bit
    return mask
