"""The mapped function: a network's local linear maps, sent through M_j and evaluated.

Let f be the first network and M_j its maps to a second one (`exactpwl.linearmaps.between`).  The
mapped function is x -> (row of C_j of f at x) M_j, evaluated at x.  The row is constant on a region
of f, so the mapped function is affine there: it is a function on f's complex.  On a boundary the
row is that of the literal pattern, as for samples.

f is continuous, the mapped function is not, as a rule, and when it is can be said exactly.  Two
neighbours' rows differ by a multiple of the row v = (n, o) of their common facet, which lies in
n . x + o = 0, because f is continuous.  Let N be M_j without the row of the intercept.  The images
differ by the same multiple of v N, and they agree on the facet iff v N is a multiple of v: iff f
does not bend there, or *the facet's row is a left eigenvector of N* (0 is a multiple, too).  If N
has d + 1 distinct eigenvalues, at most d + 1 hyperplanes are of that kind.  So a network with more
is torn along all others, however well M_j fits the samples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.complex import PolyhedralComplex
from exactpwl.inequality import as_point
from exactpwl.linearmaps.between import MapsBetween
from exactpwl.piecewise import PiecewiseFunction
from exactpwl.polyhedron import Polyhedron
from exactpwl.rationals import RationalLike, format_fraction, format_point

if TYPE_CHECKING:
    from exactpwl.network import Network

__all__ = ["FacetContinuity", "FacetJump", "MappedFunction"]

Point = tuple[Fraction, ...]


class FacetJump(NamedTuple):
    """A facet on which the maps of two neighbours differ.

    Attributes
    ----------
    regions : (int, int)
        The two regions, by index.
    generators : tuple of int
        The facet's, as indices of the complex's.
    point : tuple of Fraction
        A point of the facet at which they differ; one where they differ most if `size` is known.
    values : two tuples of Fraction
        Those of the first and of the second region's map at the point.
    size : Fraction or None
        The greatest difference in an output on the whole facet; None where it grows without bound.

    Examples
    --------
    >>> zero, one = Fraction(0), Fraction(1)
    >>> print(FacetJump((0, 1), (4,), (zero,), ((zero,), (one,)), one))
    regions 0 and 1 do not agree on their common facet: at 0 they are 0 and 1; on the facet they
    differ by at most 1
    """

    regions: tuple[int, int]
    generators: tuple[int, ...]
    point: Point
    values: tuple[Point, Point]
    size: Fraction | None

    def __str__(self) -> str:
        first, second = self.regions
        largest = (
            "without bound" if self.size is None else f"by at most {format_fraction(self.size)}"
        )
        return (
            f"regions {first} and {second} do not agree on their common facet: at "
            f"{format_point(self.point)} they are {format_point(self.values[0])} and "
            f"{format_point(self.values[1])}; on the facet they differ {largest}"
        )


@dataclass(frozen=True)
class FacetContinuity:
    """Whether a function on a complex is continuous, facet by facet; true iff it is.

    Attributes
    ----------
    facets : int
        All facets between two regions: on each, two maps were compared.
    bends : int
        Those on which the two regions have different maps.
    jumps : tuple of FacetJump
        Those on which the maps do not agree.

    Examples
    --------
    >>> print(FacetContinuity(3, 2, ()))
    continuous: the maps agree on all 3 facets
    """

    facets: int
    bends: int
    jumps: tuple[FacetJump, ...]

    def __bool__(self) -> bool:
        return not self.jumps

    @property
    def largest(self) -> FacetJump | None:
        """The jump of greatest size, an unbounded one before all others; None without any."""
        unbounded = (jump for jump in self.jumps if jump.size is None)
        return next(unbounded, None) or max(
            self.jumps, key=lambda jump: jump.size or 0, default=None
        )

    def __str__(self) -> str:
        if self.largest is None:
            return f"continuous: the maps agree on all {self.facets} facets"
        torn = f"not continuous: the maps differ on {len(self.jumps)} of {self.facets} facets"
        return f"{torn}; {self.largest}"


class MappedFunction:
    """What becomes of a network when its local linear maps are sent through M_j.

    Parameters
    ----------
    between : MapsBetween
        From the network to another one.
    source : PolyhedralComplex
        Of the network, over any domain.

    Examples
    --------
    The maps of relu(x) go to those of a step; there is no such network:

    >>> from exactpwl import AffineMap, Network, regions
    >>> from exactpwl.linearmaps import LocalMaps, local_maps, maps_between
    >>> fold = Network([([[1]], [0], "relu")])
    >>> flat = [AffineMap.of([[0]], [0]), AffineMap.of([[0]], [1])]
    >>> step = LocalMaps(tuple(flat), (0, 1))
    >>> mapped = maps_between(local_maps(fold, [(-1,), (1,)]), step).on(regions(fold))
    >>> [int(mapped((x,))[0]) for x in (-2, 0, 2)]
    [0, 0, 1]
    >>> print(mapped.continuity)
    not continuous: the maps differ on 1 of 1 facets; regions 0 and 1 do not agree on their common
    facet: at 0 they are 0 and 1; on the facet they differ by at most 1
    """

    def __init__(self, between: MapsBetween, source: PolyhedralComplex) -> None:
        self.between = between
        self.source = source

    def __repr__(self) -> str:
        return f"<MappedFunction on {self.source!r}>"

    @property
    def network(self) -> Network:
        """The network that the rows come from."""
        return self.source.network

    @cached_property
    def affine_maps(self) -> tuple[AffineMap, ...]:
        """The mapped affine map of each region of the source."""
        known: dict[AffineMap, AffineMap] = {}
        own = self.source.affine_maps
        return tuple(known.get(m) or known.setdefault(m, self.between(m)) for m in own)

    @cached_property
    def complex(self) -> PolyhedralComplex:
        """The source's cells with the mapped maps, for figures and questions about regions.

        Its `network` is the source, which shaped the cells and does not compute these maps: checks
        of evaluation and of continuity fail on it, as they should.
        """
        source = self.source
        return PolyhedralComplex(
            source.network, source.domain, source.lines, source.cells, self.affine_maps
        )

    def __call__(self, x: Iterable[RationalLike]) -> Point:
        """Return the value at a point; on a boundary, with the row of the literal pattern.

        Raises
        ------
        DimensionError
            If `x` has not d coordinates.
        """
        point = as_point(x, self.network.input_dimension)
        return self.between(self.network.affine_map_at(point))(point)

    @cached_property
    def continuity(self) -> FacetContinuity:
        """Where neighbours' maps agree on their common facet, and how much they differ elsewhere.

        Two affine maps agree on conv(vertices) + cone(rays) + span(lines) iff they agree at the
        vertices and their linear parts on the rays and lines.  If these agree, no difference on the
        facet is greater than the greatest one at a vertex; else it has no bound.
        """
        pairs = self.source.adjacencies
        maps = self.affine_maps
        bends = sum(maps[first] != maps[second] for first, second, _ in pairs)
        return FacetContinuity(len(pairs), bends, tuple(self._jumps()))

    def _jumps(self) -> Iterator[FacetJump]:
        source, maps = self.source, self.affine_maps
        for first, second, ids in source.adjacencies:
            if maps[first] == maps[second]:
                continue
            difference = maps[second] - maps[first]
            vertices = source.points(ids)
            sizes = [max(map(abs, difference(v))) for v in vertices]
            largest = max(sizes)
            point, size = vertices[sizes.index(largest)], largest
            ways = (*source.directions(ids), *source.lines)
            way = next((u for u in ways if any(difference.linear_part(u))), None)
            bound = size if way is None else None
            if way is not None and not size:
                point = tuple(c + u for c, u in zip(point, way, strict=True))
            if size or way is not None:
                values = (maps[first](point), maps[second](point))
                yield FacetJump((first, second), ids, point, values, bound)

    def piecewise(self) -> PiecewiseFunction:
        """Return the function given by its pieces: closed regions, each with its mapped map.

        Every two pieces are intersected, which takes seconds for a hundred of them.
        """
        dimension = self.source.dimension
        cells = [
            Polyhedron(dimension, tuple(facet.inequality.row for facet in region.facets))
            for region in self.source.regions
        ]
        return PiecewiseFunction(cells, self.affine_maps)
