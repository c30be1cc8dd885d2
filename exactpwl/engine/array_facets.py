"""Facets and neighbours of the array form: which cells share a facet.

The corners on which an inequality is tight span a face; the facets are the maximal ones, as in
`exactpwl.geometry`.  In a cell all of whose corners are simple every tight inequality is a facet;
in the others faces that lie in larger ones are taken out.  Two cells are neighbours iff a facet of
one and a facet of the other have the same vertices.  Facets are matched by a hash of their vertices
and then compared vertex by vertex.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.engine.corners import Corners, ragged
from exactpwl.engine.words import Ints, Words, count, hashed, lowest, put, words_of

__all__ = ["MOST_BITS", "FacetArrays", "facets_of_cells", "neighbours"]

MOST_PAIRS = 1 << 22
"""Corners with a tight inequality, or pairs of faces, at a time: bounds the memory."""

MOST_BITS = NO_BIT = 0xFFFF
"""Bits are numbered by short integers; the largest one marks an empty place."""


class FacetArrays(NamedTuple):
    """Facets of cells inside the domain, cell by cell.

    Attributes
    ----------
    cell, bit : (f,) the cell, and the bit of the inequality (the lowest of several)
    sizes : (f,) the number of vertices
    vertex : (sum of sizes,) their numbers, in order within a facet
    """

    cell: Ints
    bit: Ints
    sizes: Ints
    vertex: Ints

    def without(self, vertices: npt.NDArray[np.bool_]) -> FacetArrays:
        """Return the facets that have none of some vertices."""
        if not len(self.sizes):
            return self
        starts = np.cumsum(self.sizes) - self.sizes
        kept = ~np.logical_or.reduceat(vertices[self.vertex], starts)
        vertex = self.vertex[np.repeat(kept, self.sizes)]
        return FacetArrays(self.cell[kept], self.bit[kept], self.sizes[kept], vertex)


def facets_of_cells(
    corners: Corners, finite: npt.NDArray[np.bool_], first_kink: int, rank: int
) -> FacetArrays:
    """Return the facets of all cells that are cut by kinks: none at infinity or of the domain.

    Parameters
    ----------
    corners : Corners
    finite : (v,) bool
        Which vertices are points.
    first_kink : int
        The first bit that belongs to a kink.
    rank : int
        The dimension of the cells, lineality apart.
    """
    parts = []
    cells = len(corners.sizes)
    step = max(1, MOST_PAIRS // max(1, len(corners.vertex) // cells * 8))
    for low in range(0, cells, step):
        chosen = np.zeros(cells, dtype=bool)
        chosen[low : low + step] = True
        part = _facets_of_some(corners.chosen(chosen), finite, first_kink, rank)
        parts.append(part._replace(cell=part.cell + low))
    return FacetArrays(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _facets_of_some(
    corners: Corners, finite: npt.NDArray[np.bool_], first_kink: int, rank: int
) -> FacetArrays:
    corners = _in_order(corners)
    place, bit = _tight_pairs(corners.tight, first_kink)
    order = np.argsort(bit, kind="stable")
    bit, place = bit[order].astype(np.int64), place[order]
    cell, vertex = corners.cell[place], corners.vertex[place]
    change = np.flatnonzero((np.diff(cell) != 0) | (np.diff(bit) != 0)) + 1
    first = np.concatenate([np.zeros(min(1, len(cell)), dtype=np.int64), change])
    sizes = np.diff(np.append(first, len(cell)))
    if not len(first):
        return FacetArrays(cell, cell, sizes, vertex)
    kept = np.logical_or.reduceat(finite[vertex], first)
    kept &= _is_maximal(corners, rank, cell[first], first, sizes, place)
    return FacetArrays(
        cell[first][kept], bit[first][kept], sizes[kept], vertex[np.repeat(kept, sizes)]
    )


def _in_order(corners: Corners) -> Corners:
    """Return the corners with the vertices of each cell in order."""
    most = int(corners.vertex.max()) + 1
    order = np.argsort(corners.cell * most + corners.vertex)
    return corners._replace(vertex=corners.vertex[order], tight=corners.tight[order])


def _tight_pairs(tight: Words, first_kink: int) -> tuple[Ints, npt.NDArray[np.uint16]]:
    """Return every corner with each of its tight kinks, corner by corner.

    Bits are short integers, which numpy sorts by counting.
    """
    kinks = ~words_of([(1 << first_kink) - 1], tight.shape[1])
    left = tight & kinks
    most = int(count(left).max())
    table = np.full((len(left), most), NO_BIT, dtype=np.uint16)
    rows = np.arange(len(left))
    for column in range(most):
        some = left.any(axis=1)
        if not some.all():
            rows, left = rows[some], left[some]
        bit = lowest(left)
        put(left, bit, on=False)
        table[rows, column] = bit
    flat = table.ravel()
    used = np.flatnonzero(flat != NO_BIT)
    return used // most if most else used, flat[used]


def _is_maximal(
    corners: Corners, rank: int, cell: Ints, first: Ints, sizes: Ints, place: Ints
) -> npt.NDArray[np.bool_]:
    """Return which faces lie in no other face of their cell; of equal ones the first."""
    odd = np.zeros(len(corners.sizes), dtype=bool)
    np.logical_or.at(odd, corners.cell, count(corners.tight) != rank)
    maximal = np.ones(len(cell), dtype=bool)
    hard = np.flatnonzero(odd[cell])
    if not len(hard):
        return maximal
    hard = hard[np.argsort(cell[hard], kind="stable")]
    masks = _local_masks(corners, cell, first, sizes, place, hard)
    owner = cell[hard]
    faces = np.bincount(owner, minlength=len(corners.sizes))[owner]
    start = np.searchsorted(owner, owner)
    done = 0
    while done < len(hard):
        reach = np.cumsum(faces[done:])
        step = max(1, int(np.searchsorted(reach, MOST_PAIRS)))
        one, other = ragged(faces[done : done + step])
        one += done
        other += start[one]
        inside = ((masks[one] & masks[other]) == masks[one]).all(axis=1) & (one != other)
        equal = (masks[one] == masks[other]).all(axis=1)
        beaten = inside & (~equal | (other < one))
        maximal[hard[one[beaten]]] = False
        done += step
    return maximal


def _local_masks(
    corners: Corners, cell: Ints, first: Ints, sizes: Ints, place: Ints, hard: Ints
) -> Words:
    """Return the faces as masks over the corners of their cell."""
    words = -(-int(corners.sizes.max()) // 64)
    masks = np.zeros((len(hard), words), dtype=np.uint64)
    face, member = ragged(sizes[hard])
    corner = place[first[hard][face] + member]
    local = corner - corners.starts[cell[hard][face]]
    flag = np.uint64(1) << (local & 63).astype(np.uint64)
    np.bitwise_or.at(masks, (face, local >> 6), flag)
    return masks


def neighbours(facets: FacetArrays) -> Ints:
    """Return all pairs of cells that share a facet, as rows (lower, higher), sorted.

    A hash only proposes: facets that it calls equal are compared vertex by vertex, and where it
    was wrong, it is asked again with another seed.
    """
    starts = np.cumsum(facets.sizes) - facets.sizes
    seed = 0
    while len(starts):
        names = hashed(facets.vertex.astype(np.uint64)[:, np.newaxis], np.uint64(seed + 1 << 40))
        sums = np.add.reduceat(names, starts)
        order = np.argsort(sums, kind="stable")
        same = np.flatnonzero(sums[order][1:] == sums[order][:-1])
        one, other = order[same], order[same + 1]
        if _all_equal(facets, starts, one, other):
            pairs = np.sort(np.stack([facets.cell[one], facets.cell[other]], axis=1), axis=1)
            found: Ints = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
            return found
        seed += 1
    return np.zeros((0, 2), dtype=np.int64)


def _all_equal(facets: FacetArrays, starts: Ints, one: Ints, other: Ints) -> bool:
    sizes = facets.sizes[one]
    if not np.array_equal(sizes, facets.sizes[other]):
        return False
    pair, member = ragged(sizes)
    left = facets.vertex[starts[one][pair] + member]
    right = facets.vertex[starts[other][pair] + member]
    return np.array_equal(left, right)
