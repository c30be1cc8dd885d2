"""One activation region: its pattern, inequalities, affine map, facets, generators, neighbours.

A region is a view of its complex; what it is asked for is computed then, from the integers that
the engine left, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from itertools import chain
from operator import and_
from typing import TYPE_CHECKING

from exactpwl.affine import AffineMap
from exactpwl.engine.cell import AT_INFINITY
from exactpwl.geometry import chosen, inner_vector, members
from exactpwl.inequality import Inequality, IntegerRow, as_point
from exactpwl.network import Kink
from exactpwl.pattern import Pattern
from exactpwl.rationals import RationalLike, ordinary

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.stages import KinkFunction

__all__ = ["Facet", "Region", "RegionInequality"]

Origins = tuple[list[Kink], list[int]]
"""The kinks and the domain's rows that put one inequality on a region."""


@dataclass(frozen=True)
class RegionInequality(Inequality):
    """An inequality of a region, and everything that puts it there.

    Attributes
    ----------
    normal : d ints
    offset : int
    kinks : tuple of Kink
        The kinks whose functions are positive multiples of it, or negative ones where the region
        is below them.
    domain_rows : tuple of int
        The rows of the domain that say the same.
    """

    kinks: tuple[Kink, ...] = ()
    domain_rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Facet:
    """A facet of a region.

    Attributes
    ----------
    inequality : RegionInequality
        The region's inequality that is tight on it, with every kink that lies behind it.
    generators : tuple of int
        Its vertices and rays, as indices into `PolyhedralComplex.generators`.
    neighbour : int or None
        The index of the region on the other side; None on the domain's boundary.
    """

    inequality: RegionInequality
    generators: tuple[int, ...]
    neighbour: int | None


class Region:
    """An activation region of a complex (definition R2 of arXiv:2505.16716).

    Attributes
    ----------
    index : int
        Its place in `PolyhedralComplex.regions`.
    pattern : Pattern

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> region = regions(gallery.get("xor"))["10"]
    >>> region, region.is_bounded, region.interior_point
    (<Region 1: 10>, False, (Fraction(0, 1), Fraction(-1, 2)))
    >>> [(facet.inequality.normal, facet.inequality.offset) for facet in region.facets]
    [((1, 1), 1), ((-1, -1), 0)]
    """

    def __init__(self, complex_: PolyhedralComplex, index: int) -> None:
        self.complex = complex_
        self.index = index
        self.pattern: Pattern = complex_.cells[index].pattern

    def __repr__(self) -> str:
        return f"<Region {self.index}: {self.pattern}>"

    @cached_property
    def signs(self) -> tuple[tuple[int, ...], ...]:
        """For each kink, stage by stage: +1 above, -1 below, 0 where it vanishes identically.

        A pair of arguments of a maximum is 0 as well where a third one is largest: there it is no
        wall, and it may have any sign.
        """
        vanishing = reduce(and_, self._zeros)
        found = []
        for sides in self._sides:
            signs: list[int] = list(sides)
            for kink in members(vanishing & ((1 << len(signs)) - 1)):
                signs[kink] = 0
            vanishing >>= len(signs)
            found.append(tuple(signs))
        return tuple(found)

    @cached_property
    def _sides(self) -> list[tuple[int, ...]]:
        """For each stage the sides of its kinks that the pattern tells; 0 where it tells none."""
        stages = self.complex.network.stages.stages
        return [stage.sides(pieces) for stage, pieces in zip(stages, self.pattern, strict=True)]

    @cached_property
    def _zeros(self) -> list[int]:
        """For each generator the kinks that are zero there, as a mask without end."""
        around = (self.complex.positions[i] for i in self.complex.generator_ids[self.index])
        return [~(position.above | position.below) for position in around]

    @property
    def sign_vector(self) -> str:
        """The signs as a text of -, 0 and +, with | between layers (Masden 2022)."""
        return "|".join("".join("-0+"[s + 1] for s in layer) for layer in self.signs)

    @property
    def affine_map(self) -> AffineMap:
        """The exact affine map x -> W x + b of the network on the region."""
        return self.complex.affine_maps[self.index]

    @cached_property
    def inequalities(self) -> tuple[RegionInequality, ...]:
        """Every inequality of the pattern and the domain that has variables; equal ones merged."""
        return tuple(
            RegionInequality(*row, tuple(kinks), tuple(rows))
            for row, (kinks, rows) in self._origins().items()
        )

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """The facets: the irredundant inequalities, with what lies behind each.

        Behind a facet are the kinks that vanish at all its generators, but not on the region.
        """
        cell = self.complex.cells[self.index]
        facet_ids = self.complex.facet_ids[self.index]
        rows, kinks = self.complex.domain.rows, self.complex.network.kinks
        zeros = self._zeros
        everywhere = reduce(and_, zeros)
        told = sum(1 << k for k, side in enumerate(chain(*self._sides)) if side)
        found = []
        for mask, ids in zip(self.complex.facet_masks[self.index], facet_ids, strict=True):
            bits = reduce(and_, chosen(cell.tight, mask)) & ~AT_INFINITY
            row = self._row_of_bit((bits & -bits).bit_length() - 1)
            behind = reduce(and_, chosen(zeros, mask)) & ~everywhere & told
            inequality = RegionInequality(
                *row,
                tuple([kinks[k] for k in members(behind)]),
                tuple([i for i, other in enumerate(rows) if other == row]),
            )
            found.append(Facet(inequality, ids, self.complex.across(self.index, ids)))
        return tuple(found)

    @property
    def neighbours(self) -> tuple[Region, ...]:
        """The regions that share a facet with this one, in order."""
        return tuple(self.complex.regions[i] for i in self.complex.neighbours[self.index])

    @property
    def generators(self) -> tuple[tuple[int, ...], ...]:
        """The homogeneous generators: primitive integer vectors (x, t)."""
        return self.complex.cells[self.index].generators

    @property
    def vertices(self) -> tuple[tuple[Fraction, ...], ...]:
        """The vertices (modulo lineality: one point of each minimal face)."""
        return tuple(ordinary(g) for g in self.generators if g[-1])

    @property
    def rays(self) -> tuple[tuple[int, ...], ...]:
        """The extreme directions, as primitive integer vectors."""
        return tuple(g[:-1] for g in self.generators if not g[-1])

    @property
    def lines(self) -> tuple[tuple[int, ...], ...]:
        """A basis of the lineality space, the same for all regions of a complex."""
        return self.complex.lines

    @cached_property
    def interior_point(self) -> tuple[Fraction, ...]:
        """A point of the interior, near the mean of the vertices moved along the rays.

        See `exactpwl.geometry.inner_vector`.
        """
        return ordinary(self.interior_vector)

    @cached_property
    def interior_vector(self) -> tuple[int, ...]:
        """The interior point as a primitive homogeneous vector."""
        return inner_vector(self.generators)

    @property
    def is_bounded(self) -> bool:
        """Whether the recession cone is {0}: no ray and no line."""
        return not self.complex.lines and all(g[-1] for g in self.generators)

    @cached_property
    def volume(self) -> Fraction | None:
        """The exact volume, or None where the region is unbounded."""
        if not self.is_bounded:
            return None
        return self.complex.volumes[self.index]

    def contains(self, x: Iterable[RationalLike], *, strict: bool = False) -> bool:
        """Return whether `x` satisfies every inequality, strictly if `strict`.

        Raises
        ------
        DimensionError
            If `x` has not d coordinates.
        """
        point = as_point(x, self.complex.dimension)
        values = [q.at(point) for q in self.inequalities]
        return all(v > 0 if strict else v >= 0 for v in values)

    @property
    def kink_functions(self) -> list[KinkFunction]:
        """The affine function of each kink on the region, in the order of `Network.kinks`.

        Positive where the pre-activation is above the breakpoint; in primitive integers.
        """
        return self.complex.shared_kink_functions(self.pattern)

    def _origins(self) -> dict[IntegerRow, Origins]:
        """Return the kinks and the domain's rows behind each inequality."""
        origins: dict[IntegerRow, Origins] = {}
        for index, row in enumerate(self.complex.domain.rows):
            origins.setdefault(row, ([], []))[1].append(index)
        kinks = iter(self.complex.network.kinks)
        by_stage = self.complex.shared_kink_functions.by_stage(self.pattern)
        for functions, sides in zip(by_stage, self._sides, strict=True):
            for function, side, kink in zip(functions, sides, kinks, strict=False):
                if side and any(function.normal):
                    row = _inner_row(function, side > 0)
                    origins.setdefault(row, ([], []))[0].append(kink)
        return origins

    def _row_of_bit(self, bit: int) -> IntegerRow:
        """Return the inequality of a bit of `FinishedCell.tight`; that of t >= 0 is bit 0."""
        rows = self.complex.domain.rows
        if bit <= len(rows):
            return rows[bit - 1]
        return self.complex.shared_kink_functions.inner_row(self.pattern, bit - 1 - len(rows))


def _inner_row(function: KinkFunction, above: bool) -> IntegerRow:
    """Return the inequality that a kink puts on a region above it, or below it."""
    if above:
        return function.normal, function.offset
    return tuple([-c for c in function.normal]), -function.offset
