"""Level sets of the output and bent hyperplanes of the neurons, as polyhedra.

On a region the output is affine, so the level set meets it in a polyhedron whose generators the cut
of the engine gives (`exactpwl.engine.cell.cut`): those of the region on which the function vanishes
and one on each edge that it crosses.  A kink cuts no region: its zero set in a region is the face
spanned by the generators where it vanishes.  Each piece is listed once, and only maximal ones.

The bent hyperplane of a neuron (Hanin & Rolnick 2019, arXiv:1901.09021; Grigsby & Lindsey 2022) may
have pieces of every dimension: a vertex that a deep neuron only touches, a whole region on which it
vanishes.

No kink depends on the lineality space, but the output may; then it does so with the same slope in
every region, and each region meets the level set in a copy of its own section, moved along a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from exactpwl.affine import AffineMap
from exactpwl.engine.cell import Cell, cut
from exactpwl.errors import DimensionError, OptionError
from exactpwl.faces import Face
from exactpwl.linear import rank
from exactpwl.network import Kink
from exactpwl.rationals import (
    RationalLike,
    as_fraction,
    as_fractions,
    clear_denominators,
    ordinary,
    primitive,
)

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.network import Network
    from exactpwl.region import Region

__all__ = ["LevelPiece", "bent_hyperplane", "height_above", "level_set"]

Vector = tuple[int, ...]


class LevelPiece(NamedTuple):
    """A polyhedron of a level set.

    Attributes
    ----------
    dimension : int
    generators : tuple of homogeneous vectors (x, t)
    regions : tuple of int
        The regions that contain it.
    lines : tuple of integer vectors
        A basis of its lineality space.
    """

    dimension: int
    generators: tuple[Vector, ...]
    regions: tuple[int, ...]
    lines: tuple[Vector, ...]

    @property
    def vertices(self) -> tuple[tuple[Fraction, ...], ...]:
        """Its vertices."""
        return tuple(ordinary(g) for g in self.generators if g[-1])

    @property
    def rays(self) -> tuple[Vector, ...]:
        """Its extreme directions."""
        return tuple(g[:-1] for g in self.generators if not g[-1])


def level_set(
    complex_: PolyhedralComplex,
    value: RationalLike = 0,
    functional: Sequence[RationalLike] | None = None,
) -> tuple[LevelPiece, ...]:
    """Return {x : functional . f(x) = value} inside the open domain.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    value : rational
    functional : sequence of rationals, optional
        One coefficient an output; may be left out where there is one output.  The decision boundary
        between outputs 0 and 1 is ``level_set(0, [1, -1])``.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> absolute = regions(Network([([[1]], [0], "abs")]))
    >>> [piece.vertices[0][0] for piece in absolute.level_set(2)]
    [Fraction(-2, 1), Fraction(2, 1)]
    """
    height = height_above(complex_.network, value, functional)
    pieces: dict[tuple[Vector, ...], list[int]] = {}
    lines = complex_.lines
    for i in range(len(complex_)):
        here = height @ complex_.affine_maps[i]
        row, _ = clear_denominators((*here.weight[0], *here.bias))
        across = [line for line in complex_.lines if sum(map(mul, row, line))]
        if across:
            generators = [_slid(g, row, (*across[0], 0)) for g in complex_.cells[i].generators]
            lines = tuple(
                _slid((*line, 0), row, (*across[0], 0))[:-1]
                for line in complex_.lines
                if line != across[0]
            )
        else:
            generators = _zero_part(complex_, i, row)
        if generators:
            pieces.setdefault(tuple(sorted(generators)), []).append(i)
    return tuple(
        LevelPiece(rank(key) - 1 + len(lines), key, tuple(pieces[key]), lines)
        for key in _maximal(pieces)
    )


def height_above(
    network: Network, value: RationalLike, functional: Sequence[RationalLike] | None
) -> AffineMap:
    """Return y -> functional . y - value on the outputs of a network.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs, or is left out where there are several.
    """
    outputs = network.output_dimension
    if functional is None and outputs != 1:
        raise DimensionError(
            f"a functional is required, a coefficient for each of the {outputs} outputs, got none"
        )
    weights = as_fractions((1,) if functional is None else functional)
    if len(weights) != outputs:
        raise DimensionError(
            f"a functional with {outputs} coefficients is required, one for each output, "
            f"got {len(weights)}"
        )
    return AffineMap((weights,), (-as_fraction(value),))


def _slid(vector: Vector, row: Vector, line: Vector) -> Vector:
    """Return the vector moved along a line onto {row = 0}."""
    along, value = sum(map(mul, row, line)), sum(map(mul, row, vector))
    sign = 1 if along > 0 else -1
    return primitive([sign * (along * v - value * c) for v, c in zip(vector, line, strict=True)])


def _zero_part(complex_: PolyhedralComplex, index: int, row: Vector) -> list[Vector]:
    """Return the generators of {row = 0} in a region, none if it misses the open domain."""
    _, generators, tight = complex_.cells[index]
    values = [sum(map(mul, row, g)) for g in generators]
    above = tuple(int(v > 0) for v in values)
    below = tuple(int(v < 0) for v in values)
    bit = 1 << max(1, *(mask.bit_length() for mask in tight))
    if any(above) and any(below):
        cell = Cell(generators, tight, above, below)
        rank = complex_.dimension - complex_.lineality
        _, half = cut(cell, row, 1, bit, rank, lambda point, mask: (0, 0))
        assert half is not None
        found = [(g, t & ~bit) for g, t in zip(half.generators, half.tight, strict=True) if t & bit]
    else:
        found = [(g, t) for g, t, v in zip(generators, tight, values, strict=True) if v == 0]
    return _inside(found, complex_.domain_mask)


def _inside(found: list[tuple[Vector, int]], domain_mask: int) -> list[Vector]:
    common = domain_mask
    for _, mask in found:
        common &= mask
    if common or not any(g[-1] for g, _ in found):
        return []
    return [g for g, _ in found]


def _is_told(region: Region, kink: Kink) -> bool:
    """Whether the region's pattern says on which side of the kink it is."""
    stages = region.complex.network.stages.stages
    for stage, pieces in zip(stages, region.pattern, strict=True):
        if stage.layer == kink.layer:
            first = next(k for k, (neuron, _, _) in enumerate(stage.kinks) if neuron == kink.neuron)
            return bool(stage.side(first + kink.breakpoint, pieces))
    return False


def _maximal(keys: Iterable[tuple[Vector, ...]]) -> list[tuple[Vector, ...]]:
    holders: dict[Vector, list[frozenset[Vector]]] = {}
    for key in keys:
        whole = frozenset(key)
        for vector in key:
            holders.setdefault(vector, []).append(whole)
    return [
        key for key in sorted(keys) if not any(frozenset(key) < other for other in holders[key[0]])
    ]


def bent_hyperplane(complex_: PolyhedralComplex, kink: Kink) -> tuple[Face, ...]:
    """Return the maximal faces on which a kink's function vanishes.

    Raises
    ------
    OptionError
        If the network has no such kink.
    """
    if kink not in complex_.network.kinks:
        raise OptionError(f"the network has no kink at {kink}; see Network.kinks")
    place = complex_.network.kinks.index(kink)
    numbers = {g: i for i, g in enumerate(complex_.generators)}
    found: dict[tuple[Vector, ...], None] = {}
    for i, region in enumerate(complex_.regions):
        if not _is_told(region, kink):
            continue
        function = region.kink_functions[place]
        row = (*function.normal, function.offset)
        generators = _zero_part(complex_, i, row)
        if generators:
            found[tuple(sorted(generators))] = None
    return tuple(
        Face(
            rank(key) - 1 + complex_.lineality,
            tuple(sorted(numbers[g] for g in key)),
        )
        for key in _maximal(found)
    )
