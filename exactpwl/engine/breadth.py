"""The fast form of the subdivision: breadth first, all cells at once, in arrays.

It finds what `exactpwl.engine.subdivide` finds, cell for cell, and shares its rules; see
`exactpwl.engine.rounds` for how it goes about it.  Signs come from floats with proven bounds, and
from integers where these leave one open, so the combinatorics is proved; exact coordinates are
computed when somebody asks for them.

The first cuts, while cells still contain lines, are the reference form's: there are at most 2^r
cells then.  Where lines outlive the first stage (a neuron without a kink hides them), where there
is nothing to cut, or more kinks than short integers count, the reference form does it all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count as seeds
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.domain import Domain
from exactpwl.engine.array_facets import MOST_BITS
from exactpwl.engine.column import Column
from exactpwl.engine.events import Listener
from exactpwl.engine.exact import ExactCells
from exactpwl.engine.filtered import (
    EXACT_BELOW,
    Filtered,
    combine,
    from_integers,
    matrix_product,
    scaled,
    to_float,
)
from exactpwl.engine.rounds import Corners, joined, ragged, run_rounds
from exactpwl.engine.stage_arrays import FunctionTable, StageArrays
from exactpwl.engine.start import Start, start
from exactpwl.engine.subdivide import Node, Tree
from exactpwl.engine.vertices import NameCollisionError, VertexTable
from exactpwl.engine.words import Ints, Words, integers, unpack, words_of
from exactpwl.stages import Stage, Stages

__all__ = ["CellArrays", "run_arrays", "starting_nodes", "subdivide_arrays"]


MOST_NUMBERS = 1 << 23
"""Coefficients of a stage's functions that are kept at a time: chunks of cells are that large."""


class CellArrays(NamedTuple):
    """All finished cells, in lexicographic order of their patterns.

    Attributes
    ----------
    begin : Start
    corners : Corners
        Vertices by number in `table`, with masks of tight inequalities.
    above : list of Words
        For each stage the kinks that each cell is above.
    table : VertexTable
    exact : ExactCells
    undecided, decided : int
        Signs that the filter left to integers, and that it decided.
    """

    begin: Start
    corners: Corners
    above: list[Words]
    table: VertexTable
    exact: ExactCells
    undecided: int
    decided: int


def subdivide_arrays(
    stages: Stages, domain: Domain, listener: Listener | None = None
) -> CellArrays | None:
    """Return all cells as arrays, or None where only the reference form can find them."""
    found = starting_nodes(stages, domain)
    return None if found is None else run_arrays(stages, domain, *found, listener)


def starting_nodes(stages: Stages, domain: Domain) -> tuple[Start, Tree, list[Node]] | None:
    """Return nodes without lines that hold the whole tree, or None; see the module."""
    begin = start(stages, domain)
    bits = 1 + len(domain.rows) + sum(len(stage.kinks) for stage in stages.stages)
    if not stages.stages or not begin.rank or bits > MOST_BITS:
        return None
    tree = Tree(stages, begin.rank, len(domain.rows))
    nodes = _without_lines(tree, tree.root(begin.cell))
    return None if nodes is None else (begin, tree, nodes)


def run_arrays(
    stages: Stages,
    domain: Domain,
    begin: Start,
    tree: Tree,
    nodes: Sequence[Node],
    listener: Listener | None = None,
) -> CellArrays:
    """Return all cells below some nodes of the first stage."""
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        for seed in seeds():
            try:
                return _Run(stages, domain, begin, tree, nodes, seed, listener).finished()
            except NameCollisionError:
                continue
    raise AssertionError("unreachable")


def _without_lines(tree: Tree, root: Node) -> list[Node] | None:
    nodes = [root]
    while any(node.cell.lines for node in nodes):
        nodes = [
            child
            for node in nodes
            for child in (tree.children(node) if node.cell.lines else (node,))
        ]
        if any(node.prefix for node in nodes):
            return None
    return nodes


class _Chunk(NamedTuple):
    """Cells on which the stages before `stage` are decided, waiting for it.

    `pre` and `origin` are the pre-activations of the stage before and the cells they are of; `size`
    and `base` take the function table back to where it was.
    """

    stage: int
    corners: Corners
    numbers: Ints
    pre: Filtered | None
    origin: Ints
    size: int
    base: Ints
    share: float


class _Run:
    """One run of the array form over all stages."""

    def __init__(
        self,
        stages: Stages,
        domain: Domain,
        begin: Start,
        tree: Tree,
        nodes: Sequence[Node],
        seed: int,
        listener: Listener | None,
    ) -> None:
        self.stages = stages
        self.begin = begin
        self.listener = listener
        self.first_bits = tree.first_bits
        self.columns = [*begin.axes, stages.dimension]
        self.undecided = self.decided = 0
        rows = [(*(0,) * stages.dimension, 1), *((*n, offset) for n, offset in domain.rows)]
        self.functions = _function_table(stages, [self._shown(row) for row in rows])
        width = -(-len(self.functions.stage_of_bit) // 64)
        first, self.corners = _corners(nodes, width, self.columns)
        numbers = scaled(from_integers(first), above=EXACT_BELOW)
        self.table = VertexTable(numbers, seed)
        self.exact = ExactCells(stages, self.columns, self.prefix, first)
        self.origins = [Column(np.zeros(0, dtype=np.int64)) for _ in stages.stages]
        self.above = [
            Column(np.zeros((0, -(-len(stage.kinks) // 64)), dtype=np.uint64))
            for stage in stages.stages
        ]

    def _shown(self, row: Sequence[int]) -> tuple[int, ...]:
        return tuple(row[c] for c in self.columns)

    def prefix(self, stage: int, cell: int) -> tuple[tuple[int, ...], ...]:
        """Return the pieces of the stages before `stage` on its cell."""
        if not stage:
            return ()
        (mask,) = integers(self.above[stage - 1].rows[cell : cell + 1])
        pieces = self.stages.stages[stage - 1].pieces_of(mask)
        return (*self.prefix(stage - 1, int(self.origins[stage - 1].rows[cell])), pieces)

    def finished(self) -> CellArrays:
        """Run all stages, chunk by chunk."""
        cells = np.arange(len(self.corners.sizes))
        base = np.zeros((len(cells), 0), dtype=np.int64)
        waiting = [_Chunk(0, self.corners, cells, None, cells, len(self.functions), base, 1.0)]
        ends: list[tuple[Corners, Ints]] = []
        while waiting:
            chunk = waiting.pop()
            parts = self._run_chunk(chunk)
            if chunk.stage + 1 < len(self.stages.stages):
                waiting += reversed(parts)
            else:
                ends += [(part.corners, part.numbers) for part in parts]
                self._tell(parts)
        if self.listener is not None:
            self.listener.finished(sum(len(numbers) for _, numbers in ends))
        if len(ends) == 1:
            return self._sorted(*ends[0])
        corners = self._merged(joined([c for c, _ in ends]))
        return self._sorted(corners, np.concatenate([n for _, n in ends]))

    def _tell(self, parts: list[_Chunk]) -> None:
        if self.listener is not None:
            for part in parts:
                self.listener.regions(len(part.numbers), part.share)

    def _run_chunk(self, chunk: _Chunk) -> list[_Chunk]:
        """Run one stage on some cells, and return what it gives in chunks that fit the memory."""
        self.functions.go_back(chunk.size, chunk.base)
        stage = self.stages.stages[chunk.stage]
        kinks, pre = _pre_activations(stage, self._hidden(chunk))
        self.functions.add_stage(kinks)
        arrays = self._stage_arrays(chunk, kinks)
        done = run_rounds(chunk.corners, arrays)
        self.undecided += arrays.undecided
        self.decided += arrays.decided
        start = self.origins[chunk.stage].size
        self.origins[chunk.stage].append(chunk.numbers[done.origin])
        self.above[chunk.stage].append(done.above)
        corners = self._merged(done.corners)
        cells = len(done.origin)
        numbers = start + np.arange(cells)
        parts = min(cells, -(-cells * (stage.width + 1) * len(self.columns) // MOST_NUMBERS))
        size = len(self.functions)
        chunks = []
        for part in np.array_split(np.arange(cells), parts):
            kept = np.zeros(cells, dtype=bool)
            kept[part] = True
            origin = done.origin[part]
            chosen = corners if parts == 1 else corners.chosen(kept)
            base = self.functions.base[origin]
            share = chunk.share * len(part) / cells
            chunks.append(
                _Chunk(chunk.stage + 1, chosen, numbers[part], pre, origin, size, base, share)
            )
        return chunks

    def _hidden(self, chunk: _Chunk) -> Filtered:
        if chunk.pre is None:
            return _inputs(len(chunk.numbers), self.stages.dimension, self.columns)
        above = self.above[chunk.stage - 1].rows[chunk.numbers]
        return _acted(self.stages.stages[chunk.stage - 1], chunk.pre[chunk.origin], above)

    def _stage_arrays(self, chunk: _Chunk, kinks: Filtered) -> StageArrays:
        arrays = StageArrays(
            chunk.stage,
            self.first_bits[chunk.stage],
            self.begin.rank,
            self.functions,
            self.table,
            self.exact,
            chunk.numbers,
        )
        owner = np.full(len(self.table), -1, dtype=np.int64)
        owner[chunk.corners.vertex] = chunk.corners.cell
        used = np.flatnonzero(owner >= 0)
        arrays.look_at(kinks, used, owner[used])
        return arrays

    def _merged(self, corners: Corners) -> Corners:
        used = np.zeros(len(self.table), dtype=bool)
        used[corners.vertex] = True
        numbers = np.flatnonzero(used)
        target = np.zeros(len(self.table), dtype=np.int64)
        target[numbers] = self.table.representatives(numbers)
        return corners._replace(vertex=target[corners.vertex])

    def _sorted(self, corners: Corners, numbers: Ints) -> CellArrays:
        above: list[Words] = []
        for origins, masks in zip(reversed(self.origins), reversed(self.above), strict=True):
            above.insert(0, masks.rows[numbers])
            numbers = origins.rows[numbers]
        bits = [
            unpack(masks)[:, : len(stage.kinks)]
            for masks, stage in zip(above, self.stages.stages, strict=True)
        ]
        packed = np.packbits(np.concatenate(bits, axis=1), axis=1)
        padded = np.zeros((len(packed), -(-packed.shape[1] // 8) * 8), dtype=np.uint8)
        padded[:, : packed.shape[1]] = packed
        order: Ints = np.lexsort(padded.view(">u8").T[::-1])
        return CellArrays(
            self.begin,
            _reordered(corners, order),
            [masks[order] for masks in above],
            self.table,
            self.exact,
            self.undecided,
            self.decided,
        )


def _function_table(stages: Stages, constant: Sequence[tuple[int, ...]]) -> FunctionTable:
    stage_of_bit = [-1] * len(constant)
    kink_of_bit = list(range(len(constant)))
    for number, stage in enumerate(stages.stages):
        stage_of_bit += [number] * len(stage.kinks)
        kink_of_bit += range(len(stage.kinks))
    return FunctionTable(from_integers(constant), np.array(stage_of_bit), np.array(kink_of_bit))


def _corners(
    nodes: Sequence[Node], width: int, columns: Sequence[int]
) -> tuple[list[tuple[int, ...]], Corners]:
    numbers: dict[tuple[int, ...], int] = {}
    vertex, tight, sizes = [], [], []
    for node in nodes:
        for generator, mask in zip(node.cell.generators, node.cell.tight, strict=True):
            shown = tuple(generator[c] for c in columns)
            vertex.append(numbers.setdefault(shown, len(numbers)))
            tight.append(mask)
        sizes.append(len(node.cell.generators))
    return list(numbers), Corners(np.array(vertex), words_of(tight, width), np.array(sizes))


def _inputs(cells: int, dimension: int, columns: Sequence[int]) -> Filtered:
    value = np.zeros((cells, dimension + 1, len(columns)))
    for place, column in enumerate(columns):
        value[:, column, place] = 1.0
    return Filtered(value, np.zeros_like(value))


def _pre_activations(stage: Stage, hidden: Filtered) -> tuple[Filtered, Filtered]:
    """Return the kinks' functions and the pre-activations, on all cells."""
    neurons = [neuron for neuron, _, _ in stage.kinks]
    if all(p == 0 and q == 1 for _, p, q in stage.kinks):
        pre = matrix_product(from_integers(stage.rows), hidden)
        return pre[:, neurons], pre
    scale = stage.rows[-1]
    rows = [
        [q * a - p * t for a, t in zip(stage.rows[neuron], scale, strict=True)]
        for neuron, p, q in stage.kinks
    ]
    both = matrix_product(from_integers([*rows, *stage.rows]), hidden)
    return both[:, : len(rows)], both[:, len(rows) :]


def _acted(stage: Stage, pre: Filtered, above: Words) -> Filtered:
    """Return the homogeneous hidden vectors after the stage, as functions on all cells."""
    bits = unpack(above)[:, : len(stage.kinks)]
    piece = np.zeros((len(bits), stage.width), dtype=np.int64)
    for kink, (neuron, _, _) in enumerate(stage.kinks):
        piece[:, neuron] += bits[:, kink]
    slope = _factors(stage.slopes, piece)
    intercept = _factors(stage.intercepts, piece)
    if stage.denominator == 1 and not intercept.any() and np.isin(slope, (0.0, 1.0)).all():
        kept = np.concatenate([slope, np.ones((len(slope), 1, 1))], axis=1)
        hidden = Filtered(pre.value * kept, pre.error * kept)
    else:
        hidden = _combined(stage, slope, intercept, pre)
    return scaled(hidden, above=2.0**60)


def _factors(table: Sequence[Sequence[int]], piece: Ints) -> npt.NDArray[np.float64]:
    """Return the entry of each neuron's piece on each cell, of shape (cells, neurons, 1)."""
    longest = max(map(len, table))
    padded = np.array([[*map(to_float, row), *[0.0] * (longest - len(row))] for row in table])
    return np.asarray(padded[np.arange(len(table)), piece][:, :, np.newaxis])


def _combined(
    stage: Stage,
    slope: npt.NDArray[np.float64],
    intercept: npt.NDArray[np.float64],
    pre: Filtered,
) -> Filtered:
    scale = pre[:, -1:]
    inner = combine(slope, pre[:, :-1], intercept, scale)
    factor = np.full((1, 1, 1), to_float(stage.denominator))
    last = combine(factor, scale, np.zeros((1, 1, 1)), scale)
    return Filtered(
        np.concatenate([inner.value, last.value], axis=1),
        np.concatenate([inner.error, last.error], axis=1),
    )


def _reordered(corners: Corners, order: Ints) -> Corners:
    sizes = corners.sizes[order]
    cell, place = ragged(sizes)
    chosen = corners.starts[order][cell] + place
    return Corners(corners.vertex[chosen], corners.tight[chosen], sizes)
