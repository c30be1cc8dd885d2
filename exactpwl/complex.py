"""The polyhedral complex of a network: all its activation regions and how they meet.

The cells of a network over a domain, with their faces, form a polyhedral complex (Grigsby & Lindsey
2022, arXiv:2008.09052): because every pre-activation is continuous, two regions meet in a common
face.  So two regions are neighbours iff a facet of one and a facet of the other have the same
generators, points and oriented directions alike.  Nothing is guessed by flipping a neuron: where
hyperplanes coincide, one facet flips several, in several layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from exactpwl.affine import AffineMap
from exactpwl.domain import Domain, DomainLike
from exactpwl.engine.array_cells import ArrayCells
from exactpwl.engine.subdivide import FinishedCell
from exactpwl.geometry import chosen, facet_masks, outer_masks
from exactpwl.network import Kink, Network
from exactpwl.pattern import Pattern
from exactpwl.positions import Position, positions
from exactpwl.rationals import RationalLike
from exactpwl.region import Region
from exactpwl.stages import IntMatrix, SharedKinkFunctions, integer_map, rational_map

if TYPE_CHECKING:
    import networkx
    import numpy.typing as npt

    from exactpwl.certificate.certificate import Certificate
    from exactpwl.faces import FaceLattice
    from exactpwl.levelsets import LevelPiece
    from exactpwl.location import Location
    from exactpwl.superlevel import SuperlevelComponent
    from exactpwl.volumes import Volumes

__all__ = ["Adjacency", "PolyhedralComplex"]


class Adjacency(NamedTuple):
    """Two regions (by index, the lower first) and the generators of the facet that they share."""

    first: int
    second: int
    generators: tuple[int, ...]


class PolyhedralComplex:
    """All activation regions of a network over a domain.

    Made by `exactpwl.regions`; every answer is exact.

    Parameters
    ----------
    network : Network
    domain : Domain
    lines : sequence of integer vectors
        A basis of the lineality space: directions on which no kink and no domain row depends.
    cells : sequence of FinishedCell, or ArrayCells
        The regions.  Arrays answer counts and neighbours at once; their exact coordinates are
        computed when they are first asked for.
    affine_maps : sequence of AffineMap, optional
        One for each cell; where they are not given they follow from the patterns.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> xor = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")])
    >>> complex = regions(xor)
    >>> [str(region.pattern) for region in complex.regions]
    ['00', '10', '11']
    >>> complex.f_vector, complex.adjacencies[0][:2]
    ((0, 2, 3), (0, 1))
    """

    def __init__(
        self,
        network: Network,
        domain: Domain,
        lines: Sequence[tuple[int, ...]],
        cells: Sequence[FinishedCell] | ArrayCells,
        affine_maps: Sequence[AffineMap] | None = None,
    ) -> None:
        self.network = network
        self.domain = domain
        self.lines = tuple(lines)
        self._source = cells
        if affine_maps is not None:
            self.affine_maps = tuple(affine_maps)

    @cached_property
    def cells(self) -> tuple[FinishedCell, ...]:
        """The regions as the engine left them: pattern, exact generators, tight inequalities."""
        source = self._source
        return tuple(source.cells() if isinstance(source, ArrayCells) else source)

    @cached_property
    def _numbered(self) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
        numbers: dict[tuple[int, ...], int] = {}
        ids = tuple(
            tuple([numbers.setdefault(g, len(numbers)) for g in cell.generators])
            for cell in self.cells
        )
        return ids, tuple(numbers)

    @property
    def generator_ids(self) -> tuple[tuple[int, ...], ...]:
        """For each region its generators, as indices into `generators`."""
        return self._numbered[0]

    @property
    def generators(self) -> tuple[tuple[int, ...], ...]:
        """All vertices and directions, as primitive homogeneous integer vectors."""
        return self._numbered[1]

    @property
    def dimension(self) -> int:
        """The number d of inputs."""
        return self.network.input_dimension

    @property
    def lineality(self) -> int:
        """The dimension of the lineality space."""
        return len(self.lines)

    @property
    def domain_mask(self) -> int:
        """The bits, in the cells' masks of tight inequalities, of the domain's rows."""
        return ((1 << len(self.domain.rows)) - 1) << 1

    def __len__(self) -> int:
        return len(self._source)

    def __eq__(self, other: object) -> bool:
        """Whether network, domain, cells (in this order) and affine maps are equal."""
        if not isinstance(other, PolyhedralComplex):
            return NotImplemented
        return (
            self.network == other.network
            and self.domain == other.domain
            and self.lines == other.lines
            and self.cells == other.cells
            and self.affine_maps == other.affine_maps
        )

    def __hash__(self) -> int:
        return hash((self.network, self.domain, len(self.cells)))

    def __repr__(self) -> str:
        return f"<PolyhedralComplex of {self.network!r} over {self.domain}: {len(self)} regions>"

    @cached_property
    def regions(self) -> tuple[Region, ...]:
        """The activation regions, in lexicographic order of their patterns."""
        return tuple(Region(self, i) for i in range(len(self.cells)))

    @cached_property
    def index(self) -> dict[Pattern, int]:
        """The region's index for each pattern."""
        return {cell.pattern: i for i, cell in enumerate(self.cells)}

    def __getitem__(self, pattern: str | Iterable[Iterable[int]]) -> Region:
        """Return the region of a pattern; KeyError if no region has it."""
        return self.regions[self.index[self.network.pattern(pattern)]]

    @cached_property
    def affine_maps(self) -> tuple[AffineMap, ...]:
        """The exact affine map of each region."""
        known: dict[IntMatrix, AffineMap] = {}
        found = (known.get(m) or known.setdefault(m, rational_map(m)) for m in self.integer_maps)
        return tuple(found)

    @cached_property
    def integer_maps(self) -> tuple[IntMatrix, ...]:
        """The affine map of each region in coprime integers; see `Stages.integer_maps`."""
        if "affine_maps" in self.__dict__:
            return tuple(map(integer_map, self.affine_maps))
        return tuple(self.network.stages.integer_maps(cell.pattern for cell in self.cells))

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """For each generator the kinks that it is above and below, by a forward pass."""
        return tuple(positions(self.network.stages, self.generators))

    @cached_property
    def shared_kink_functions(self) -> SharedKinkFunctions:
        """The kinks' affine functions under a pattern; what patterns share is computed once."""
        return SharedKinkFunctions(self.network.stages)

    @cached_property
    def facet_masks(self) -> tuple[tuple[int, ...], ...]:
        """For each region its facets, as masks over its own generators; none at infinity."""
        found = []
        for cell in self.cells:
            finite = sum(1 << i for i, g in enumerate(cell.generators) if g[-1])
            found.append(tuple(m for m in facet_masks(cell.tight) if m & finite))
        return tuple(found)

    @cached_property
    def facet_ids(self) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """For each region its facets, as sorted indices of `generators`."""
        return tuple(
            tuple([tuple(sorted(chosen(ids, mask))) for mask in masks])
            for ids, masks in zip(self.generator_ids, self.facet_masks, strict=True)
        )

    @cached_property
    def _sides(self) -> dict[tuple[int, ...], tuple[int, ...]]:
        """For each facet's generators the regions that have it; the domain's boundary left out."""
        sides: dict[tuple[int, ...], tuple[int, ...]] = {}
        for i, (cell, masks) in enumerate(zip(self.cells, self.facet_masks, strict=True)):
            outer = outer_masks(cell.tight, self.domain_mask)
            for mask, facet in zip(masks, self.facet_ids[i], strict=True):
                if mask not in outer:
                    sides[facet] = (*sides.get(facet, ()), i)
        return sides

    @cached_property
    def adjacencies(self) -> tuple[Adjacency, ...]:
        """All pairs of regions that share a facet."""
        pairs = [
            Adjacency(sides[0], sides[1], facet)
            for facet, sides in self._sides.items()
            if len(sides) == 2
        ]
        return tuple(sorted(pairs))

    @cached_property
    def adjacency_array(self) -> npt.NDArray[np.int64]:
        """The pairs of regions that share a facet, one a row, the lower first, sorted."""
        if isinstance(self._source, ArrayCells):
            return self._source.neighbours
        pairs = [(first, second) for first, second, _ in self.adjacencies]
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    @property
    def signs_left_to_integers(self) -> int | None:
        """How many signs of the enumeration the float filter left open, so that integers decided.

        None where the regions come from a form that uses no floats, or from a file.
        """
        source = self._source
        return source.arrays.undecided if isinstance(source, ArrayCells) else None

    @cached_property
    def lonely_facets(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Facets inside the domain without exactly two sides: none, unless a region is missing."""
        return tuple((sides[0], facet) for facet, sides in self._sides.items() if len(sides) != 2)

    def across(self, region: int, facet: tuple[int, ...]) -> int | None:
        """Return the region on the other side of a facet (sorted generators), or None."""
        return next((i for i in self._sides.get(facet, ()) if i != region), None)

    @cached_property
    def neighbours(self) -> tuple[tuple[int, ...], ...]:
        """For each region the indices of its neighbours, in order."""
        found: list[list[int]] = [[] for _ in self.cells]
        for first, second, _ in self.adjacencies:
            found[first].append(second)
            found[second].append(first)
        return tuple(tuple(sorted(n)) for n in found)

    def points(self, ids: Iterable[int]) -> tuple[tuple[Fraction, ...], ...]:
        """Return the vertices among some generators, as points of R^d."""
        chosen = (self.generators[i] for i in ids)
        return tuple(tuple(Fraction(c, g[-1]) for c in g[:-1]) for g in chosen if g[-1])

    def directions(self, ids: Iterable[int]) -> tuple[tuple[int, ...], ...]:
        """Return the directions among some generators."""
        chosen = (self.generators[i] for i in ids)
        return tuple(g[:-1] for g in chosen if not g[-1])

    def flips(self, first: int, second: int) -> tuple[tuple[int, int], ...]:
        """Return the neurons (layer, neuron) that are on different pieces in two regions."""
        layers = [stage.layer for stage in self.network.stages.stages]
        return tuple(
            (layer, neuron)
            for layer, a, b in zip(
                layers, self.cells[first].pattern, self.cells[second].pattern, strict=True
            )
            for neuron, (p, q) in enumerate(zip(a, b, strict=True))
            if p != q
        )

    def certificate(self) -> Certificate:
        """Return the certificate that these are all activation regions; see docs/certificate.md.

        Examples
        --------
        >>> from exactpwl import gallery, regions
        >>> regions(gallery.get("xor")).certificate().claim
        Partition(regions=3)
        """
        from exactpwl.certificate.answers import partition_certificate

        return partition_certificate(self)

    @cached_property
    def graph(self) -> networkx.Graph[Pattern]:
        """The adjacency graph: nodes are patterns with their region, edges facets with their flips.

        A node has ``region``, ``index``, ``bounded``; an edge has ``facet`` (the generators),
        ``vertices``, ``rays`` and ``flips`` (pairs of layer and neuron).
        """
        from exactpwl.graph import adjacency_graph

        return adjacency_graph(self)

    @cached_property
    def faces(self) -> FaceLattice:
        """All faces of all regions inside the domain."""
        from exactpwl.faces import FaceLattice

        return FaceLattice(self)

    @cached_property
    def volumes(self) -> Volumes:
        """The exact volume of each bounded region, computed when it is first asked for."""
        from exactpwl.volumes import Volumes

        return Volumes(self)

    @property
    def f_vector(self) -> tuple[int, ...]:
        """The number of faces of each dimension 0 .. d inside the open domain."""
        return self.faces.f_vector

    @property
    def f_vector_bounded(self) -> tuple[int, ...]:
        """The number of bounded faces of each dimension 0 .. d inside the open domain."""
        return self.faces.f_vector_bounded

    @property
    def euler_characteristic(self) -> int:
        """The alternating sum of `f_vector`; (-1)^d for every network and domain."""
        return sum((-1) ** k * n for k, n in enumerate(self.f_vector))

    @property
    def bounded_count(self) -> int:
        """The number of bounded activation regions."""
        if isinstance(self._source, ArrayCells):
            return self._source.bounded_count
        if self.lines:
            return 0
        return sum(all(g[-1] for g in cell.generators) for cell in self.cells)

    @cached_property
    def linear_regions(self) -> tuple[tuple[int, ...], ...]:
        """Linear regions (definition R4) as tuples of member regions."""
        from exactpwl.counts import linear_regions

        return linear_regions(self)

    @cached_property
    def closed_linear_regions(self) -> tuple[tuple[int, ...], ...]:
        """Closed linear regions (definition R5) as tuples of member regions."""
        from exactpwl.counts import closed_linear_regions

        return closed_linear_regions(self)

    @cached_property
    def affine_pieces(self) -> tuple[tuple[int, ...], ...]:
        """Affine pieces (definition R6): the regions of each distinct affine map."""
        from exactpwl.counts import affine_pieces

        return affine_pieces(self)

    @cached_property
    def literal_patterns(self) -> tuple[Pattern, ...]:
        """The non-empty literal patterns of any dimension (definition R1)."""
        from exactpwl.counts import literal_patterns

        return literal_patterns(self)

    def locate(self, x: Iterable[RationalLike]) -> Location:
        """Return where `x` lies: its region, or the face that it is on with all regions around.

        Regions are given by index; see `region_at` for the region itself.
        """
        from exactpwl.location import locate

        return locate(self, x)

    def __call__(self, x: Iterable[RationalLike]) -> tuple[Any, ...]:
        """Return the value at `x` through the region that contains it, exactly."""
        point = tuple(x)
        return self.region_at(point).affine_map(point)

    def region_at(self, x: Iterable[RationalLike]) -> Region:
        """Return the region that contains `x`; the first of them where it is on a face."""
        return self.regions[self.locate(x).regions[0]]

    def restrict(self, domain: DomainLike) -> PolyhedralComplex:
        """Return the complex over the intersection of the domain with another domain or a box."""
        from exactpwl.enumeration import regions

        return regions(self.network, self.domain.intersect(domain))

    def section(
        self, point: Sequence[RationalLike], directions: Sequence[Sequence[RationalLike]]
    ) -> PolyhedralComplex:
        """Return the complex of s -> f(point + sum s_i directions_i), over the domain's section."""
        from exactpwl.sections import section

        return section(self, point, directions)

    def boundary(self, kink: Kink | tuple[int, int, int]) -> tuple[Any, ...]:
        """Return the bent hyperplane of a kink: the maximal faces on which it vanishes."""
        from exactpwl.levelsets import bent_hyperplane

        return bent_hyperplane(self, Kink(*kink))

    def level_set(
        self, value: RationalLike = 0, functional: Sequence[RationalLike] | None = None
    ) -> tuple[LevelPiece, ...]:
        """Return {x : functional . f(x) = value} as polyhedra; see `exactpwl.levelsets`."""
        from exactpwl.levelsets import level_set

        return level_set(self, value, functional)

    def superlevel_components(
        self, value: RationalLike = 0, functional: Sequence[RationalLike] | None = None
    ) -> tuple[SuperlevelComponent, ...]:
        """Return the components of {x : functional . f(x) > value}; see `exactpwl.superlevel`."""
        from exactpwl.superlevel import superlevel_components

        return superlevel_components(self, value, functional)

    def save(self, path: str | Path) -> None:
        """Write the complex as ``atlas.json``; see docs/atlas-format.md."""
        from exactpwl.io import save_complex

        save_complex(self, path)

    @staticmethod
    def load(path: str | Path) -> PolyhedralComplex:
        """Read what `save` wrote."""
        from exactpwl.io import load_complex

        return load_complex(path)
