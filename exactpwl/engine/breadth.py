"""The fast form of the subdivision: breadth first, all cells at once, in arrays.

It finds what `exactpwl.engine.subdivide` finds, cell for cell.  A stage cuts simple cells by all
their kinks at once (`exactpwl.engine.simple`), the others one kink after the other, in rounds
(`exactpwl.engine.rounds`).  Signs come from floats with proven bounds, and from integers where
these leave one open, so the combinatorics is proved; exact coordinates are computed when somebody
asks for them.

The first cuts, while cells still contain lines, are the reference form's: there are at most 2^r
cells then.  Where lines outlive the first stage (a neuron without a kink hides them), where there
is nothing to cut, or more kinks than short integers count, the reference form does it all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from exactpwl.domain import Domain
from exactpwl.engine.array_facets import MOST_BITS
from exactpwl.engine.cell import dot
from exactpwl.engine.column import Column
from exactpwl.engine.corner_forms import (
    masks_of_rows,
    sorted_by_kind,
    tight_kinks,
)
from exactpwl.engine.corners import Corners, Finished, joined, ragged
from exactpwl.engine.events import Listener
from exactpwl.engine.exact import ExactCells
from exactpwl.engine.filtered import from_integers, normalised
from exactpwl.engine.layout import Layout
from exactpwl.engine.rounds import run_rounds
from exactpwl.engine.rows import RowTable
from exactpwl.engine.simple import split_simple_cells
from exactpwl.engine.stage_functions import (
    StageFunctions,
    after_stage,
    inputs,
    stage_functions,
)
from exactpwl.engine.stage_work import StageWork
from exactpwl.engine.start import Start, start
from exactpwl.engine.subdivide import Node, Tree
from exactpwl.engine.vertices import HashCollisionError, VertexTable
from exactpwl.engine.words import Ints, Words, count, integers, lexicographic_order, words_of
from exactpwl.stages import Stages

__all__ = ["CellArrays", "count_below", "run_arrays", "starting_nodes", "subdivide_arrays"]


Found = TypeVar("Found")

MOST_NUMBERS = 1 << 23
"""Coefficients of a stage's functions that are kept at a time: chunks of cells are that large."""


class CellArrays(NamedTuple):
    """All finished cells, in lexicographic order of their patterns.

    Attributes
    ----------
    begin : Start
    corners : Corners
        Vertices by number in `vertices`, with masks of tight inequalities.
    simple : (n,) bool
        At which corners only r functions vanish, of t, the domain's rows and the kinks.
    above : list of Words
        For each stage the kinks that each cell is above.
    vertices : VertexTable
    rows : RowTable
    exact : ExactCells
    layout : Layout
    undecided, decided : int
        Signs that the filter left to integers, and that it decided.
    """

    begin: Start
    corners: Corners
    simple: npt.NDArray[np.bool_]
    above: list[Words]
    vertices: VertexTable
    rows: RowTable
    exact: ExactCells
    layout: Layout
    undecided: int
    decided: int


def subdivide_arrays(
    stages: Stages, domain: Domain, listener: Listener | None = None
) -> CellArrays | None:
    """Return all cells as arrays, or None where only the reference form can find them."""
    found = starting_nodes(stages, domain)
    if found is None:
        return None
    begin, _, nodes = found
    return run_arrays(stages, domain, begin, nodes, listener)


def starting_nodes(stages: Stages, domain: Domain) -> tuple[Start, Tree, list[Node]] | None:
    """Return nodes without lines that hold the whole tree, or None; see the module."""
    begin = start(stages, domain)
    bits = 64 * Layout(stages, len(domain.rows)).words
    maxima = any(stage.takes_maxima for stage in stages.stages)
    if not stages.stages or not begin.rank or bits > MOST_BITS or maxima:
        return None
    tree = Tree(stages, begin.rank, len(domain.rows))
    nodes = _without_lines(tree, tree.root(begin.cell))
    return None if nodes is None else (begin, tree, nodes)


def run_arrays(
    stages: Stages,
    domain: Domain,
    begin: Start,
    nodes: Sequence[Node],
    listener: Listener | None = None,
) -> CellArrays:
    """Return all cells below some nodes of the first stage."""

    def attempt(seed: int) -> CellArrays:
        return _Run(stages, domain, begin, nodes, seed, listener, keep=True).finished()

    return _without_collisions(attempt)


def count_below(
    stages: Stages,
    domain: Domain,
    begin: Start,
    nodes: Sequence[Node],
    listener: Listener | None = None,
) -> tuple[int, int]:
    """Return the number of cells below some nodes of the first stage, and of the bounded ones.

    No cell is kept: the memory does not depend on how many there are.
    """

    def attempt(seed: int) -> tuple[int, int]:
        return _Run(stages, domain, begin, nodes, seed, listener, keep=False).counted()

    return _without_collisions(attempt)


def _without_collisions(attempt: Callable[[int], Found]) -> Found:
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        for seed in seeds():
            try:
                return attempt(seed)
            except HashCollisionError:
                continue
    raise AssertionError("64-bit hashes collide for 16 seeds: that is no chance, but a defect")


def seeds() -> Iterable[int]:
    """Return the seeds that are tried, one after the other."""
    return range(16)


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


class _Cells(NamedTuple):
    """Some cells: first those with simple corners, then those with masks; and their numbers."""

    simple: Corners
    general: Corners
    numbers: Ints

    def between(self, low: int, high: int) -> _Cells:
        """Return some of the cells."""
        cut = len(self.simple.sizes)
        return _Cells(
            self.simple.between(min(low, cut), min(high, cut)),
            self.general.between(max(low - cut, 0), max(high - cut, 0)),
            self.numbers[low:high],
        )


class _Chunk(NamedTuple):
    """Cells on which the stages before `stage` are decided, waiting for it.

    `pre` and `origin` are the pre-activations of the stage before and the cells they are of;
    `ancestors` and `row_maps` say where the rows of earlier stages are.
    """

    stage: int
    cells: _Cells
    pre: StageFunctions | None
    origin: Ints
    ancestors: Ints
    row_maps: tuple[Ints, ...]
    share: float


class _Run:
    """One run of the array form over all stages."""

    def __init__(
        self,
        stages: Stages,
        domain: Domain,
        begin: Start,
        nodes: Sequence[Node],
        seed: int,
        listener: Listener | None,
        *,
        keep: bool,
    ) -> None:
        self.keep = keep
        self.stages = stages
        self.begin = begin
        self.listener = listener
        self.columns = [*begin.axes, stages.dimension]
        self.layout = Layout(stages, len(domain.rows))
        self.undecided = self.decided = 0
        rows = [(*(0,) * stages.dimension, 1), *((*n, offset) for n, offset in domain.rows)]
        self.rows = RowTable(from_integers([self._shown(row) for row in rows]))
        first, self.corners = self._corners(nodes)
        signs = [sum((dot(self._shown(r), v) > 0) << i for i, r in enumerate(rows)) for v in first]
        self.vertices = VertexTable(
            normalised(from_integers(first)),
            words_of(signs, self.layout.words),
            self.layout,
            seed,
        )
        self.exact = ExactCells(stages, self.columns, self.prefix, first)
        self.origins = [Column(np.zeros(0, dtype=np.int64)) for _ in stages.stages]
        self.above = [
            Column(np.zeros((0, -(-kinks // 64)), dtype=np.uint64)) for kinks in self.layout.kinks
        ]

    def _shown(self, row: Sequence[int]) -> tuple[int, ...]:
        return tuple(row[c] for c in self.columns)

    def _corners(self, nodes: Sequence[Node]) -> tuple[list[tuple[int, ...]], Corners]:
        """Return the vertices of the first cells, and their corners with masks."""
        numbers: dict[tuple[int, ...], int] = {}
        vertex, tight, sizes = [], [], []
        for node in nodes:
            for generator, mask in zip(node.cell.generators, node.cell.tight, strict=True):
                vertex.append(numbers.setdefault(self._shown(generator), len(numbers)))
                tight.append(self.layout.spread(mask))
            sizes.append(len(node.cell.generators))
        masks = words_of(tight, self.layout.words)
        return list(numbers), Corners(np.array(vertex), masks, np.array(sizes))

    def prefix(self, stage: int, cell: int) -> tuple[tuple[int, ...], ...]:
        """Return the pieces of the stages before `stage` on its cell."""
        if not stage:
            return ()
        (mask,) = integers(self.above[stage - 1].rows[cell : cell + 1])
        pieces = self.stages.stages[stage - 1].pieces_of(mask)
        return (*self.prefix(stage - 1, int(self.origins[stage - 1].rows[cell])), pieces)

    def finished(self) -> CellArrays:
        """Run all stages and return all cells."""
        ends = list(self._leaves())
        if self.listener is not None:
            self.listener.finished(sum(len(cells.numbers) for cells in ends))
        return self._sorted(ends)

    def counted(self) -> tuple[int, int]:
        """Run all stages and return how many cells there are, and how many are bounded."""
        total = bounded = 0
        for cells in self._leaves():
            total += len(cells.numbers)
            if self.begin.lines:
                continue
            for corners in (cells.simple, cells.general):
                finite = ~self.vertices.at_infinity(corners.vertex)
                if len(finite):
                    bounded += int(np.logical_and.reduceat(finite, corners.starts).sum())
        if self.listener is not None:
            self.listener.finished(total)
        return total, bounded

    def _leaves(self) -> Iterator[_Cells]:
        """Yield the finished cells, some at a time."""
        numbers = np.arange(len(self.corners.sizes))
        cells = _Cells(self._none(masks=False), self.corners, numbers)
        ancestors = np.zeros((len(numbers), 0), dtype=np.int64)
        return self._below(_Chunk(0, cells, None, numbers, ancestors, (), 1.0))

    def _below(self, chunk: _Chunk) -> Iterator[_Cells]:
        """Run a stage on some cells and all that follow, depth first."""
        stage = self.stages.stages[chunk.stage]
        kinks, pre = stage_functions(stage, self._hidden(chunk))
        work = StageWork(
            *(chunk.stage, self.begin.rank, self.layout, self.rows, self.vertices, self.exact),
            *(chunk.cells.numbers, chunk.ancestors, chunk.row_maps),
            keep=self.keep,
        )
        waiting: list[Finished] = []
        for done in chain(self._split(chunk.cells, kinks, work), [None]):
            if done is not None:
                waiting.append(done)
            elif waiting:
                mark, cells = work.mark(), self.origins[chunk.stage].size
                yield from self._after(self._chunks(chunk, pre, work, waiting))
                waiting = []
                if not self.keep:
                    work.go_back(mark)
                    self.origins[chunk.stage].shorten(cells)
                    self.above[chunk.stage].shorten(cells)
        self.undecided += work.undecided
        self.decided += work.decided

    def _after(self, chunks: list[_Chunk]) -> Iterator[_Cells]:
        for chunk in chunks:
            if chunk.stage < len(self.stages.stages):
                yield from self._below(chunk)
            else:
                yield chunk.cells
                if self.listener is not None:
                    self.listener.regions(len(chunk.cells.numbers), chunk.share)

    def _none(self, *, masks: bool) -> Corners:
        """Return the corners of no cells."""
        none = np.zeros(0, dtype=np.int64)
        if masks:
            return Corners(none, np.zeros((0, self.layout.words), dtype=np.uint64), none)
        return Corners(none, np.zeros((0, self.begin.rank), dtype=np.int64), none)

    def _hidden(self, chunk: _Chunk) -> StageFunctions:
        if chunk.pre is None:
            return inputs(len(chunk.cells.numbers), self.stages.dimension, self.columns)
        above = self.above[chunk.stage - 1].rows[chunk.cells.numbers]
        return after_stage(self.stages.stages[chunk.stage - 1], chunk.pre, chunk.origin, above)

    def _split(
        self, cells: _Cells, kinks: StageFunctions, work: StageWork
    ) -> Iterator[Finished | None]:
        """Split all cells by the kinks of a stage."""
        parts = (cells.simple, cells.general)
        owner = np.full(len(self.vertices), -1, dtype=np.int64)
        owner[parts[0].vertex] = parts[0].cell
        owner[parts[1].vertex] = parts[1].cell + len(parts[0].sizes)
        used = np.flatnonzero(owner >= 0)
        used = used[np.argsort(owner[used])]
        work.look_at(kinks, used, owner[used])
        crossing = np.concatenate([work.sides(part)[1] for part in parts])
        if not work.stage:
            crossing |= tight_kinks(cells.general, work)
        work.keep_rows(kinks, crossing)
        simple, general = sorted_by_kind(*parts, work)
        yield from split_simple_cells(simple, work)
        yield from run_rounds(general, work)

    def _chunks(
        self, chunk: _Chunk, pre: StageFunctions, work: StageWork, done: list[Finished]
    ) -> list[_Chunk]:
        """Return the next stage's cells in chunks that fit the memory."""
        ordered = [p for p in done if not p.corners.have_masks]
        simple = joined([self._none(masks=False), *(p.corners for p in ordered)])
        others = [p for p in done if p.corners.have_masks]
        general = joined([self._none(masks=True), *(p.corners for p in others)])
        ordered += others
        origin = np.concatenate([part.origin for part in ordered])
        begin = self.origins[chunk.stage].size
        self.origins[chunk.stage].append(chunk.cells.numbers[origin])
        self.above[chunk.stage].append(np.concatenate([part.above for part in ordered]))
        if len(general.sizes):
            simple, general = self._merged(simple, general, chunk.stage + 1)
        cells = _Cells(simple, general, np.arange(begin, begin + len(origin)))
        ancestors = np.concatenate([chunk.ancestors[origin], origin[:, np.newaxis]], axis=1)
        share = chunk.share * sum(part.share for part in ordered) / len(origin)
        chunks = []
        step = self._cells_at_a_time(chunk.stage)
        for low in range(0, len(origin), step):
            part = slice(low, low + step)
            chosen = cells.between(low, min(low + step, len(origin)))
            here = (chosen, pre, origin[part], ancestors[part], work.row_maps)
            chunks.append(_Chunk(chunk.stage + 1, *here, share * len(chosen.numbers)))
        return chunks

    def _cells_at_a_time(self, stage: int) -> int:
        """Return how many of the cells that a stage gives can be taken on at a time."""
        if stage + 1 == len(self.stages.stages):
            return MOST_NUMBERS
        width = self.stages.stages[stage].width + 1
        return max(1, MOST_NUMBERS // (width * len(self.columns)))

    def _merged(self, simple: Corners, general: Corners, stages: int) -> tuple[Corners, Corners]:
        """Return the corners with one number for each vertex, where there may be several."""
        used = np.unique(np.concatenate([simple.vertex, general.vertex]))
        target = np.zeros(len(self.vertices), dtype=np.int64)
        target[used] = self.vertices.representatives(used, stages)
        return (
            simple._replace(vertex=target[simple.vertex]),
            general._replace(vertex=target[general.vertex]),
        )

    def _sorted(self, ends: list[_Cells]) -> CellArrays:
        numbers = np.concatenate([cells.numbers for cells in ends])
        above: list[Words] = []
        for origins, masks in zip(reversed(self.origins), reversed(self.above), strict=True):
            above.insert(0, masks.rows[numbers])
            numbers = origins.rows[numbers]
        order = lexicographic_order(np.concatenate(above, axis=1))
        kinds = [corners for cells in ends for corners in (cells.simple, cells.general)]
        sizes = np.concatenate([corners.sizes for corners in kinds])
        starts = (np.cumsum(sizes) - sizes)[order]
        sizes = sizes[order]
        cell, place = ragged(sizes)
        chosen = starts[cell] + place
        vertex = np.concatenate([corners.vertex for corners in kinds])[chosen]
        tight = self.vertices.zeros(slice(None))[vertex]
        simple = count(tight) == self.begin.rank
        if not simple.all():
            tight[~simple] = self._masks_of(kinds, chosen[~simple])
        return CellArrays(
            self.begin,
            Corners(vertex, tight, sizes),
            simple,
            [masks[order] for masks in above],
            self.vertices,
            self.rows,
            self.exact,
            self.layout,
            self.undecided,
            self.decided,
        )

    def _masks_of(self, kinds: list[Corners], wanted: Ints) -> Words:
        """Return the masks of some corners, numbered through all kinds."""
        found = np.zeros((len(wanted), self.layout.words), dtype=np.uint64)
        begin = 0
        for number, corners in enumerate(kinds):
            here = np.flatnonzero((wanted >= begin) & (wanted < begin + len(corners.vertex)))
            tight = corners.tight[wanted[here] - begin]
            found[here] = tight if number % 2 else masks_of_rows(tight, self.rows, self.layout)
            begin += len(corners.vertex)
        return found
