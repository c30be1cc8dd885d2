"""All faces of a complex, each once, with their dimensions.

From each region the lattice is walked downwards; a face that an earlier region has shown is not
walked again, because the complex is face-to-face.  Faces on the domain's boundary and at infinity
are left out: the domain is open.  With lineality, a face of level k in the quotient has dimension
k + (dimension of the lineality space).

Then the alternating sum of the f-vector is (-1)^d for the whole space and for every domain, and its
entry d - 1 is the number of adjacencies.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.geometry import chosen, facet_masks, facets_of_face, is_simple, outer_masks

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["Face", "FaceLattice"]

Key = tuple[int, ...]


class Face(NamedTuple):
    """A face: its dimension and its generators, as sorted indices of the complex's generators."""

    dimension: int
    generators: Key


class FaceLattice:
    """The faces of a complex inside its open domain, by dimension, with their own facets.

    Attributes
    ----------
    levels : list of dict
        For each level of the quotient a dict from a face's generators to those of its facets.
    """

    def __init__(self, complex_: PolyhedralComplex) -> None:
        self.complex = complex_
        self.rank = complex_.dimension - complex_.lineality
        self.levels: list[dict[Key, tuple[Key, ...]]] = [{} for _ in range(self.rank + 1)]
        for index in range(len(complex_)):
            self._walk(index)

    def _walk(self, index: int) -> None:
        cell = self.complex.cells[index]
        corners = sorted(
            zip(self.complex.generator_ids[index], cell.generators, cell.tight, strict=True)
        )
        ids = [number for number, _, _ in corners]
        tight = [mask for _, _, mask in corners]
        facets = facet_masks(tight)
        simple = is_simple(facets, len(ids), self.rank)
        finite = sum(1 << i for i, (_, g, _) in enumerate(corners) if g[-1])
        outer = outer_masks(tight, self.complex.domain_mask)
        names: dict[int, Key] = {}
        stack = [(self.rank, (1 << len(ids)) - 1, tuple(ids))]
        while stack:
            level, face, key = stack.pop()
            known = self.levels[level]
            if key in known:
                continue
            below = []
            for mask in facets_of_face(face, facets, simple=simple):
                under = names.get(mask)
                if under is None:
                    if not mask & finite or mask in [mask & wall for wall in outer]:
                        continue
                    under = names[mask] = chosen(ids, mask)
                    stack.append((level - 1, mask, under))
                below.append(under)
            known[key] = tuple(below)

    def __iter__(self) -> Iterator[Face]:
        """Yield all faces, from the lowest dimension to the regions."""
        for level, faces in enumerate(self.levels):
            for key in faces:
                yield Face(level + self.complex.lineality, key)

    def of_dimension(self, dimension: int) -> tuple[Face, ...]:
        """Return the faces of one dimension."""
        level = dimension - self.complex.lineality
        if not 0 <= level <= self.rank:
            return ()
        return tuple(Face(dimension, key) for key in self.levels[level])

    @cached_property
    def f_vector(self) -> tuple[int, ...]:
        """The number of faces of each dimension 0 .. d."""
        return (0,) * self.complex.lineality + tuple(map(len, self.levels))

    @cached_property
    def f_vector_bounded(self) -> tuple[int, ...]:
        """The number of bounded faces of each dimension 0 .. d."""
        if self.complex.lineality:
            return (0,) * (self.complex.dimension + 1)
        generators = self.complex.generators
        return tuple(
            sum(all(generators[i][-1] for i in key) for key in faces) for faces in self.levels
        )
