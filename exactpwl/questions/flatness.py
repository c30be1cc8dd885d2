"""Where a network is flat: the regions on which its gradient vanishes, joined across facets.

There a gradient method stands still, and the network does not see its input at all.  Flat regions
that share a facet have the same value, because the network is continuous, and make one flat piece:
a linear region (definition R4) on which the network is constant.  Flat pieces may still touch each
other in faces of lower dimension.  A flat set without interior, such as a ridge, is none; what of
it is a local minimum or maximum is told by `exactpwl.questions.local_extrema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from flint import fmpq

from exactpwl.counts import components
from exactpwl.linear import sum_in_pairs
from exactpwl.questions.heights import Functional, heights

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["FlatPiece", "flat_pieces", "flat_volumes"]


class FlatPiece(NamedTuple):
    """A maximal set of regions on which the network is constant, connected across facets.

    Attributes
    ----------
    value : tuple of Fraction
        The constant outputs; the one combination of them that was asked for, if so.
    regions : tuple of int
    volume : Fraction or None
        None where it is infinite.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> flat_pieces(regions(gallery.get("hat1d")))[0]
    FlatPiece(value=(Fraction(0, 1),), regions=(0,), volume=None)
    """

    value: tuple[Fraction, ...]
    regions: tuple[int, ...]
    volume: Fraction | None


def flat_pieces(
    complex_: PolyhedralComplex, functional: Functional = None
) -> tuple[FlatPiece, ...]:
    """Return where all outputs are constant, or where functional . f is.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    functional : sequence of rationals, optional
        One coefficient an output.  All outputs if left out.

    Returns
    -------
    tuple of FlatPiece
        Ordered by their first regions.  Exact.

    Raises
    ------
    DimensionError
        If the functional does not fit the outputs.

    Examples
    --------
    A hat is flat where it is zero:

    >>> from exactpwl import gallery, regions
    >>> hat = regions(gallery.get("hat2d"), [(-2, 2), (-2, 2)])
    >>> [(piece.value, len(piece.regions), piece.volume) for piece in flat_pieces(hat)]
    [((Fraction(0, 1),), 6, Fraction(13, 1))]
    """
    constants = _constants(complex_, functional)
    links = [
        (a, b) for a, b in complex_.adjacency_array.tolist() if a in constants and b in constants
    ]
    return tuple(
        FlatPiece(constants[group[0]], group, _volume(complex_, group))
        for group in components(constants, links)
    )


def flat_volumes(
    complex_: PolyhedralComplex, pieces: Sequence[FlatPiece]
) -> tuple[Fraction | None, Fraction | None]:
    """Return the volume of flat pieces together, and that of the domain; None is infinite.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> hat = regions(gallery.get("hat2d"), [(-2, 2), (-2, 2)])
    >>> flat_volumes(hat, flat_pieces(hat))
    (Fraction(13, 1), Fraction(16, 1))
    """
    inside = (i for piece in pieces for i in piece.regions)
    return _volume(complex_, inside), _volume(complex_, range(len(complex_)))


def _constants(
    complex_: PolyhedralComplex, functional: Functional
) -> dict[int, tuple[Fraction, ...]]:
    """Return the values on the flat regions."""
    outputs = complex_.network.output_dimension
    functionals: list[Functional] = [functional]
    if functional is None:
        functionals = [[int(k == j) for k in range(outputs)] for j in range(outputs)]
    functions = zip(*(heights(complex_, each) for each in functionals), strict=True)
    return {
        i: tuple(Fraction(height.row[-1], height.scale) for height in here)
        for i, here in enumerate(functions)
        if all(height.is_flat for height in here)
    }


def _volume(complex_: PolyhedralComplex, regions: Iterable[int]) -> Fraction | None:
    found: Sequence[Fraction | None] = [complex_.regions[i].volume for i in regions]
    finite = [fmpq(part.numerator, part.denominator) for part in found if part is not None]
    return sum_in_pairs(finite) if len(finite) == len(found) else None
