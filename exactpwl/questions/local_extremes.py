r"""All local minima and maxima of a network, exactly: points, plateaus and ledges.

A point x of the domain is a local minimum of f iff f >= f(x) near x, in the domain.  This looks at
all regions around x, and needs no search in any of them:

    x is a local minimum iff x is a minimum of f on each closed region R that contains it.

For f is affine on R, and R is convex: if f(y) < f(x) for some y of R, then f < f(x) on the segment
from x to y, as near to x as one likes; and finitely many regions contain a neighbourhood of x.  The
minima of an affine function on a polyhedron are a face of it, empty where f falls along a
direction (Ziegler 1995, section 2.1).  So the local minima are a union of relatively open faces of
the complex: a face F belongs to them iff in each region around F it lies in the face of minima.
Only faces of those faces need to be looked at, and of most regions that is one vertex.

On a connected set of local minima f is constant, and around it f is larger: a point y near x with
f(y) = f(x) has f >= f(y) around it, and the segment from x to y consists of such points.  So each
component is one of three:

strict     a single point: f is larger all around;
a plateau  a closed set of more points; outside it, f is larger all around;
a ledge    a set that is not closed: from some of its limit points f falls.  The inside of a flat
           region is always one, as minimum and as maximum, if it is no plateau.

The faces of a component hang together by facets: where a face F and a face G above it belong to the
local minima, so does each face between, because near F all points with f's value on G are minima.

The domain is open or closed.  At a point of its interior both say the same; on its boundary only
the inputs inside are compared.  Where f is not constant along the lines of a complex there is none.

References
----------
G. M. Ziegler, Lectures on Polytopes, 1995, sections 2.1 and 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.counts import components
from exactpwl.faces import Face
from exactpwl.geometry import chosen, facet_masks, facets_of_face, is_simple, outer_masks
from exactpwl.linear import rank
from exactpwl.questions.heights import Functional, Height, heights, tilt

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["LocalExtremum", "local_extrema"]

Key = tuple[int, ...]


class LocalExtremum(NamedTuple):
    """A component of the set of local minima, or of local maxima.

    Attributes
    ----------
    kind : {"minimum", "maximum"}
    value : Fraction
    shape : {"strict", "plateau", "ledge"}
    is_global : bool
        Whether no value on the domain is lower, or higher.
    faces : tuple of Face
        The maximal faces whose relative interiors belong to it; they span its closure.
    edge : tuple of Face
        The maximal faces of its closure that do not belong to it: from each point of them f falls,
        or rises; none unless it is a ledge.
    regions : tuple of int
        All regions around it, in order.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> minimum = local_extrema(regions(gallery.get("abs")))[0]
    >>> minimum.shape, minimum.value, minimum.dimension, minimum.regions
    ('strict', Fraction(0, 1), 0, (0, 1))
    """

    kind: str
    value: Fraction
    shape: str
    is_global: bool
    faces: tuple[Face, ...]
    edge: tuple[Face, ...]
    regions: tuple[int, ...]

    @property
    def dimension(self) -> int:
        """The dimension of its largest face."""
        return max(face.dimension for face in self.faces)

    @property
    def generators(self) -> Key:
        """The vertices and directions of its faces, as indices into the complex's generators."""
        return tuple(sorted({g for face in self.faces for g in face.generators}))


def local_extrema(
    complex_: PolyhedralComplex, functional: Functional = None, *, closed: bool = False
) -> tuple[LocalExtremum, ...]:
    """Return all local minima and maxima of functional . f over the domain.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.
    closed : bool
        Whether the domain's boundary belongs to it.  By default the domain is open, as for faces.

    Returns
    -------
    tuple of LocalExtremum
        Minima before maxima, each by value, then by place.  Exact.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs, or is left out where there are several.

    Examples
    --------
    A hat has one top, and is as low as it gets on all of the plane outside its hexagon; inside that
    set, where a small step changes nothing, there are local maxima, too:

    >>> from exactpwl import gallery, regions
    >>> hat = regions(gallery.get("hat2d"))
    >>> for found in local_extrema(hat):
    ...     print(found.kind, found.value, found.shape, found.is_global, len(found.faces))
    minimum 0 plateau True 6
    maximum 0 ledge False 6
    maximum 1 strict True 1
    >>> hat.points(local_extrema(hat)[-1].generators)
    ((Fraction(0, 1), Fraction(0, 1)),)
    """
    functions = heights(complex_, functional)
    if any(tilt(complex_, height) for height in functions):
        return ()
    found = [
        extremum
        for sign in (1, -1)
        for extremum in _Search(complex_, functions, sign, closed=closed).found()
    ]
    return tuple(found)


class _Lowest(NamedTuple):
    """The minima of sign * f on a closed region: a face of it, and the value of f there."""

    value: Fraction
    generators: frozenset[int]


class _Search:
    """The search for local minima of sign * f.

    Attributes
    ----------
    below : dict
        For each face on which some region has its minima, its own facets inside the domain.
    """

    def __init__(
        self, complex_: PolyhedralComplex, functions: Sequence[Height], sign: int, *, closed: bool
    ) -> None:
        self.complex = complex_
        self.kind = "minimum" if sign > 0 else "maximum"
        self.closed = closed
        pairs = zip(complex_.generator_ids, functions, strict=True)
        self.lowest = [_lowest(complex_, ids, height, sign) for ids, height in pairs]
        self.around: list[set[int]] = [set() for _ in complex_.generators]
        for i, ids in enumerate(complex_.generator_ids):
            for g in ids:
                self.around[g].add(i)
        self.below: dict[Key, tuple[Key, ...]] = {}
        for i in range(len(complex_)):
            self._walk(i)

    def found(self) -> list[LocalExtremum]:
        """Return the components, by value."""
        minima = {face for face in self.below if self._is_minimum(face)}
        links = [(face, under) for face in minima for under in self.below[face] if under in minima]
        values = [lowest.value for lowest in self.lowest if lowest]
        best = None
        if len(values) == len(self.lowest):
            best = min(values) if self.kind == "minimum" else max(values)
        parts = [self._extremum(part, minima, best) for part in components(minima, links)]
        return sorted(parts, key=lambda p: (p.value, sorted(self.complex.points(p.generators))))

    def _walk(self, region: int) -> None:
        """Collect the faces of a region's face of minima, each with its own facets."""
        lowest = self.lowest[region]
        if lowest is None:
            return
        complex_ = self.complex
        cell = complex_.cells[region]
        corners = sorted(
            zip(complex_.generator_ids[region], cell.generators, cell.tight, strict=True)
        )
        ids = [number for number, _, _ in corners]
        tight = [mask for _, _, mask in corners]
        facets = facet_masks(tight)
        simple = is_simple(facets, len(ids), complex_.dimension - complex_.lineality)
        finite = sum(1 << k for k, (_, g, _) in enumerate(corners) if g[-1])
        outer = () if self.closed else outer_masks(tight, complex_.domain_mask)

        def is_inside(face: int) -> bool:
            return bool(face & finite) and not any(face & wall == face for wall in outer)

        start = sum(1 << k for k, number in enumerate(ids) if number in lowest.generators)
        stack = [start] if is_inside(start) else []
        while stack:
            face = stack.pop()
            key = chosen(ids, face)
            if key not in self.below:
                under = [f for f in facets_of_face(face, facets, simple=simple) if is_inside(f)]
                self.below[key] = tuple(chosen(ids, f) for f in under)
                stack += under

    def _regions(self, face: Key) -> set[int]:
        """Return all regions around a face: those that have its generators."""
        return reduce(and_, (self.around[g] for g in face))

    def _is_minimum(self, face: Key) -> bool:
        parts = [self.lowest[i] for i in self._regions(face)]
        return all(part is not None and part.generators.issuperset(face) for part in parts)

    def _extremum(
        self, part: Sequence[Key], minima: set[Key], best: Fraction | None
    ) -> LocalExtremum:
        closure = set(part).union(*(self.below[face] for face in part))
        lowest = self.lowest[min(self._regions(part[0]))]
        assert lowest is not None
        faces, edge = self._maximal(set(part)), self._maximal(closure - minima)
        shape = "ledge" if edge else "plateau" if any(f.dimension for f in faces) else "strict"
        regions = set().union(*map(self._regions, part))
        is_global = lowest.value == best
        return LocalExtremum(
            self.kind, lowest.value, shape, is_global, faces, edge, tuple(sorted(regions))
        )

    def _maximal(self, keys: set[Key]) -> tuple[Face, ...]:
        """Return the maximal ones of some faces."""
        under: set[Key] = set()
        stack = list(keys)
        while stack:
            for face in self.below[stack.pop()]:
                if face not in under:
                    under.add(face)
                    stack.append(face)
        return tuple(sorted(self._face(key) for key in keys - under))

    def _face(self, key: Key) -> Face:
        dimension = rank(self.complex.generators[g] for g in key) - 1
        return Face(dimension + self.complex.lineality, key)


def _lowest(
    complex_: PolyhedralComplex, ids: Iterable[int], height: Height, sign: int
) -> _Lowest | None:
    """Return the minima of sign * f on a region; None where it falls along a direction."""
    vertices: list[tuple[Fraction, int]] = []
    level = []
    for i in ids:
        generator = complex_.generators[i]
        if generator[-1]:
            vertices.append((Fraction(sign * height.on(generator), generator[-1]), i))
        else:
            slope = sign * height.on(generator)
            if slope < 0:
                return None
            if slope == 0:
                level.append(i)
    least = min(vertices)[0]
    level += [i for value, i in vertices if value == least]
    return _Lowest(sign * least / height.scale, frozenset(level))
