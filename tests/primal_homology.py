"""Homology of level sets the direct way, to hold the dual cells against.

Each region is cut along the levels and by a box that holds a point of every face; the faces of the
pieces, known by their vertices, are a cell complex, and {f <= t} is a subcomplex of it.  Ranks are
taken by plain elimination.  Nothing is shared with the library's way but the regions themselves.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise

from exactpwl import PolyhedralComplex
from exactpwl.linear import rank
from exactpwl.polyhedron import Polyhedron
from exactpwl.rationals import homogeneous

Point = tuple[Fraction, ...]
Key = frozenset[Point]
Row = tuple[tuple[Fraction, ...], Fraction]


class PrimalCells:
    """The complex of one output, cut along some levels and by a box around all its vertices."""

    def __init__(self, complex_: PolyhedralComplex, levels: Sequence[Fraction]) -> None:
        self.dimension = complex_.dimension
        self.levels = sorted(set(levels))
        self.cells: dict[Key, int] = {}
        self.heights: dict[Point, Fraction] = {}
        pieces = [piece for i in range(len(complex_)) for piece in self._cut(complex_, i)]
        found = [p for piece, _ in pieces for p in piece.generators.vertices]
        size = 1 + max(abs(c) for p in found for c in p)
        walls = [
            (tuple(Fraction(sign * (i == axis)) for i in range(self.dimension)), size)
            for axis in range(self.dimension)
            for sign in (1, -1)
        ]
        for piece, row in pieces:
            self._add_faces(piece.intersect(walls), row)

    def _cut(self, complex_: PolyhedralComplex, index: int) -> Iterable[tuple[Polyhedron, Row]]:
        region = Polyhedron(
            self.dimension, tuple(i.row for i in complex_.regions[index].inequalities)
        )
        (normal,), (offset,) = (
            complex_.affine_maps[index].weight,
            complex_.affine_maps[index].bias,
        )
        minus = tuple(-c for c in normal)
        for low, high in pairwise([None, *self.levels, None]):
            rows = [] if low is None else [(normal, offset - low)]
            rows += [] if high is None else [(minus, high - offset)]
            piece = region.intersect(rows)
            if piece.generators.vertices:
                yield piece, (normal, offset)

    def _add_faces(self, piece: Polyhedron, row: Row) -> None:
        vertices = piece.generators.vertices
        for v in vertices:
            self.heights[v] = _value(row, v)
        whole = frozenset(vertices)
        tight = [frozenset(v for v in vertices if _value(r, v) == 0) for r in piece.rows]
        found = {whole}
        stack = [whole]
        while stack:
            face = stack.pop()
            new = {face & t for t in tight} - found - {frozenset()}
            found |= new
            stack += new
        for face in found:
            self.cells[face] = rank([homogeneous(v) for v in face]) - 1

    @cached_property
    def boundary(self) -> dict[Key, list[Key]]:
        """For each cell its facets."""
        by_dimension: dict[int, list[Key]] = {}
        for key, dimension in self.cells.items():
            by_dimension.setdefault(dimension, []).append(key)
        return {
            key: [other for other in by_dimension.get(dimension - 1, ()) if other < key]
            for key, dimension in self.cells.items()
        }

    def where(self, holds: Callable[[Fraction], bool]) -> list[Key]:
        """Return the cells at all of whose vertices the height does."""
        return [key for key in self.cells if all(holds(self.heights[v]) for v in key)]

    def betti(self, keys: Sequence[Key]) -> tuple[int, ...]:
        """Return the Betti numbers of a subcomplex over F2."""
        ranks = [self._rank(keys, k) for k in range(self.dimension + 2)]
        sizes = [sum(self.cells[key] == k for key in keys) for k in range(self.dimension + 1)]
        numbers = [sizes[k] - ranks[k] - ranks[k + 1] for k in range(self.dimension + 1)]
        assert numbers[-1] == 0
        return tuple(numbers[:-1])

    def euler(self, keys: Sequence[Key]) -> int:
        return sum((-1) ** self.cells[key] for key in keys)

    def kept(self, smaller: Sequence[Key], larger: Sequence[Key], k: int) -> int:
        """Return the rank of the map that an inclusion induces on the k-th homology."""
        numbers = {key: i for i, key in enumerate(k_ for k_ in larger if self.cells[k_] == k)}
        cycles = self._cycles(smaller, numbers, k)
        filled = [
            sum(1 << numbers[f] for f in self.boundary[key])
            for key in larger
            if self.cells[key] == k + 1
        ]
        return len(_echelon([*filled, *cycles])) - len(_echelon(filled))

    def _columns(self, keys: Sequence[Key], k: int) -> list[tuple[Key, int]]:
        rows = {key: i for i, key in enumerate(keys) if self.cells[key] == k - 1}
        return [
            (key, sum(1 << rows[f] for f in self.boundary[key]))
            for key in keys
            if self.cells[key] == k
        ]

    def _rank(self, keys: Sequence[Key], k: int) -> int:
        return len(_echelon(column for _, column in self._columns(keys, k))) if k else 0

    def _cycles(self, keys: Sequence[Key], numbers: dict[Key, int], k: int) -> list[int]:
        """Return a basis of the cycles, by elimination beside which the sums are written."""
        found, known = [], {}
        for key, column in self._columns(keys, k):
            total = 1 << numbers[key]
            while column and column.bit_length() in known:
                other, summed = known[column.bit_length()]
                column ^= other
                total ^= summed
            if column:
                known[column.bit_length()] = column, total
            else:
                found.append(total)
        return found


def _value(row: Row, point: Point) -> Fraction:
    return sum((a * c for a, c in zip(row[0], point, strict=True)), Fraction(row[1]))


def _echelon(columns: Iterable[int]) -> dict[int, int]:
    known: dict[int, int] = {}
    for column in columns:
        while column and column.bit_length() in known:
            column ^= known[column.bit_length()]
        if column:
            known[column.bit_length()] = column
    return known


def gaps(values: Sequence[Fraction]) -> list[Fraction]:
    """Return a number below all values, one in each gap, and one above all."""
    if not values:
        return [Fraction(0)]
    inner = [(a + b) / 2 for a, b in pairwise(values)]
    return [values[0] - 1, *inner, values[-1] + 1]


def pairs_of(levels: Sequence[Fraction]) -> Iterable[tuple[Fraction, Fraction]]:
    return combinations(sorted(levels), 2)
