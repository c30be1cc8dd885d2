"""The faces of a level set, and what they tell: pieces, components, the Euler characteristic.

A complex is its faces, each closed, each once, with the indices of its facets.  All else follows:
a *piece* is a face in no larger one; faces hang together with their facets, so the *components* are
those of that graph; a component is *closed* if it is a bounded pseudo-manifold without a border.
`exactpwl.questions.level_complexes` makes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from exactpwl.counts import components
from exactpwl.rationals import ordinary

__all__ = ["Key", "LevelComplex", "LevelComponent", "LevelFace"]

Vector = tuple[int, ...]
Key = tuple[int, ...]


class LevelFace(NamedTuple):
    """A closed face of a level set.

    Attributes
    ----------
    dimension : int
    generators : tuple of int
        Its vertices and directions, as indices of `LevelComplex.generators`.
    facets : tuple of int
        Its faces of one dimension less, as indices of `LevelComplex.faces[dimension - 1]`.
    regions : tuple of int
        The activation regions whose closures contain it, as indices of the complex's regions.
    outputs : tuple of int
        Of a decision boundary those that are largest on the face, counted from 0; else ().
    is_bounded : bool
    is_outer : bool
        Whether it lies in the boundary of the domain.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.questions import level_complex
    >>> peak = level_complex(regions(gallery.get("hat1d")), 1).faces[0][0]
    >>> peak.generators, peak.facets, peak.regions
    ((0,), (), (1, 2))
    """

    dimension: int
    generators: Key
    facets: Key
    regions: Key
    outputs: Key
    is_bounded: bool
    is_outer: bool


class LevelComponent(NamedTuple):
    """A connected component of a level set.

    Attributes
    ----------
    faces : tuple of tuples of int
        For each dimension 0 .. d its faces, as indices of `LevelComplex.faces[dimension]`.
    dimension : int
        The largest dimension of its faces.
    is_bounded : bool
    is_closed : bool
        Bounded, of dimension k > 0, and each of its faces of dimension k - 1 is in exactly two of
        dimension k, each smaller one in some: in the plane, a closed curve.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.questions import level_complex
    >>> (component,) = level_complex(regions(gallery.get("disc"))).components
    >>> component.f_vector, component.is_bounded, component.is_closed
    ((6, 6, 0), True, True)
    """

    faces: tuple[Key, ...]
    dimension: int
    is_bounded: bool
    is_closed: bool

    @property
    def f_vector(self) -> tuple[int, ...]:
        """The number of faces of each dimension 0 .. d."""
        return tuple(map(len, self.faces))


@dataclass(frozen=True)
class LevelComplex:
    """A level set or decision boundary in a closed domain, with all of its faces.

    Attributes
    ----------
    dimension : int
        The number d of inputs.
    generators : tuple of homogeneous integer vectors (x, t)
        Vertices, and directions (t = 0).
    lines : tuple of integer vectors
        A basis of the lineality space that all faces share.
    faces : tuple of tuples of LevelFace
        The faces of dimension 0, 1, ..., d.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> from exactpwl.questions import level_complex
    >>> square = level_complex(regions(gallery.get("l1_annulus")), "1/2")
    >>> square.f_vector, [component.is_closed for component in square.components]
    ((8, 8, 0), [True, True])
    """

    dimension: int
    generators: tuple[Vector, ...]
    lines: tuple[Vector, ...]
    faces: tuple[tuple[LevelFace, ...], ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no point."""
        return not any(self.faces)

    @property
    def f_vector(self) -> tuple[int, ...]:
        """The number of faces of each dimension 0 .. d, those on the domain's boundary counted."""
        return tuple(map(len, self.faces))

    @property
    def f_vector_bounded(self) -> tuple[int, ...]:
        """The number of bounded faces of each dimension 0 .. d."""
        return tuple(sum(face.is_bounded for face in faces) for faces in self.faces)

    @property
    def euler_characteristic(self) -> int:
        """The alternating sum of `f_vector`: the Euler characteristic, if the set is bounded.

        Of an unbounded set it is that with compact support: -1 for a line, 1 for a plane.
        """
        return sum((-1) ** k * n for k, n in enumerate(self.f_vector))

    @cached_property
    def holders(self) -> tuple[tuple[Key, ...], ...]:
        """For each face of each dimension the faces of one dimension more that contain it."""
        found: list[list[list[int]]] = [[[] for _ in faces] for faces in self.faces]
        for dimension, faces in enumerate(self.faces):
            for index, face in enumerate(faces):
                for facet in face.facets:
                    found[dimension - 1][facet].append(index)
        return tuple(tuple(map(tuple, one)) for one in found)

    @cached_property
    def pieces(self) -> tuple[LevelFace, ...]:
        """The faces that are in no larger one, by dimension."""
        return tuple(
            face
            for faces, holders in zip(self.faces, self.holders, strict=True)
            for face, above in zip(faces, holders, strict=True)
            if not above
        )

    @cached_property
    def components(self) -> tuple[LevelComponent, ...]:
        """The connected components: a face hangs together with its facets."""
        places = [(k, i) for k, faces in enumerate(self.faces) for i in range(len(faces))]
        number = {place: n for n, place in enumerate(places)}
        links = [
            (number[k - 1, facet], number[k, i])
            for k, i in places
            for facet in self.faces[k][i].facets
        ]
        return tuple(
            self._component([places[n] for n in group])
            for group in components(list(range(len(places))), links)
        )

    def _component(self, places: Sequence[tuple[int, int]]) -> LevelComponent:
        faces = tuple(
            tuple(i for k, i in places if k == dimension) for dimension in range(len(self.faces))
        )
        top = max(k for k, _ in places)
        is_bounded = all(self.faces[k][i].is_bounded for k, i in places)
        held = all(self.holders[k][i] for k, i in places if k < top)
        ridges = [self.holders[top - 1][i] for i in faces[top - 1]] if top else []
        is_closed = top > 0 and is_bounded and held and all(len(held) == 2 for held in ridges)
        return LevelComponent(faces, top, is_bounded, is_closed)

    def vertices(self, face: LevelFace) -> tuple[tuple[Fraction, ...], ...]:
        """Return the vertices of a face, as points of R^d."""
        found = (self.generators[i] for i in face.generators)
        return tuple(ordinary(vector) for vector in found if vector[-1])

    def rays(self, face: LevelFace) -> tuple[Vector, ...]:
        """Return the directions of an unbounded face."""
        found = (self.generators[i] for i in face.generators)
        return tuple(vector[:-1] for vector in found if not vector[-1])
