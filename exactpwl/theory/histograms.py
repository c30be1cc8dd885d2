"""Upper bounds by histograms of dimensions: one matrix for each layer of ReLUs.

A ReLU layer takes a region's image, of some dimension, to several images of other dimensions.  So
count the regions of the first layers by the dimension of their image: a vector, the histogram, with
one entry for each dimension from 0 on.  At first it is one region of dimension n, the input.  What
a layer of width m makes of one region of dimension d at the worst is a histogram, too, and these
are the columns of a matrix: the layer multiplies the histogram by it.  The sum of the last
histogram bounds the number of regions.  No image has more dimensions than what it is the image of:
what seems to have more counts as having that many.

That is the framework of Hinz & van de Geer (2019), and what is put in as the worst case gives one
bound or another.  Sound is every histogram that no layer can exceed from above, where one is the
larger if it has at least as many regions of dimension k and more, for each k.  Three of theirs are
here, for d dimensions and m ReLUs:

* "naive": all 2^m patterns, with the full dimension;
* "montufar": the ``sum over j <= d of C(m, j)`` regions of hyperplanes in general position, with
  the full dimension: this gives the bound of Montufar (2017);
* "serra": as many, but the ``C(m, j)`` of them that have j ReLUs off, or more, with dimension
  ``m - j`` only: the strongest, and equal to the bound of Serra et al. (2018).

The product is computed column by column, in integers; that it equals the sums of
`exactpwl.theory.bounds` is a check of both.

References
----------
P. Hinz, S. van de Geer, A framework for the construction of upper bounds on the number of affine
linear regions of ReLU feed-forward neural networks, IEEE Trans. Inform. Theory 65, 2019,
arXiv:1806.01918.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import comb

from exactpwl.errors import NetworkError, OptionError
from exactpwl.theory.bounds import pieces_by_layer

__all__ = ["WORST_CASES", "dimension_histogram", "hinz_bound"]

Histogram = tuple[int, ...]


def _naive(relus: int, ways: Sequence[int], width: int) -> Histogram:
    return (*[0] * width, 2**relus)


def _montufar(relus: int, ways: Sequence[int], width: int) -> Histogram:
    return (*[0] * width, sum(ways))


def _serra(relus: int, ways: Sequence[int], width: int) -> Histogram:
    return (*[0] * (width + 1 - len(ways)), *reversed(ways))


WORST_CASES: dict[str, Callable[[int, Sequence[int], int], Histogram]] = {
    "naive": _naive,
    "montufar": _montufar,
    "serra": _serra,
}
"""By name: from the number of ReLUs, in how many ways 0, 1, ... d of them are off, and the width,
to a histogram with an entry for each of 0 .. width.
"""


def dimension_histogram(
    inputs: int,
    widths: Sequence[int],
    pieces: Sequence[Sequence[int]] | None = None,
    worst: str = "serra",
) -> Histogram:
    """Return a bound for the regions of a ReLU network, by the dimension of their image.

    Parameters
    ----------
    inputs, widths, pieces
        As for `exactpwl.theory.serra_bound`.
    worst : {"serra", "montufar", "naive"}
        What a layer is taken to do at the worst.

    Returns
    -------
    tuple of int
        Entry k belongs to dimension k, from 0 to the last width.  For each k, the entries from k on
        sum to a bound for the regions whose image in the last layer has dimension k or more.

    Raises
    ------
    NetworkError
        As for `exactpwl.theory.serra_bound`.
    OptionError
        If there is no such worst case.

    Examples
    --------
    Three ReLUs in the plane: one region of dimension 3 at most becomes one of dimension 2, because
    the plane has no more; with one off, three of dimension 2; with two off, three of dimension 1.

    >>> dimension_histogram(2, [3])
    (0, 3, 4, 0)
    """
    if worst not in WORST_CASES:
        known = ", ".join(WORST_CASES)
        raise OptionError(f"worst cases are {known}; got {worst!r}")
    found = (*[0] * inputs, 1)
    for index, layer in enumerate(pieces_by_layer(inputs, widths, pieces)):
        if max(layer) > 2:
            raise NetworkError(
                f"layer {index}: histograms are for ReLUs, with 2 pieces, but a neuron has "
                f"{max(layer)}; montufar_bound takes any"
            )
        found = _applied(found, layer.count(2), len(layer), worst)
    return found


def hinz_bound(
    inputs: int,
    widths: Sequence[int],
    pieces: Sequence[Sequence[int]] | None = None,
    worst: str = "serra",
) -> int:
    """Return the bound of Hinz & van de Geer (2019) for the number of regions of a ReLU network.

    Parameters
    ----------
    inputs, widths, pieces, worst
        As for `dimension_histogram`.

    Returns
    -------
    int
        The sum of the histogram.

    Raises
    ------
    NetworkError, OptionError
        As for `dimension_histogram`.

    Examples
    --------
    >>> hinz_bound(4, [5, 3]), hinz_bound(4, [5, 3], worst="montufar")
    (218, 248)
    """
    return sum(dimension_histogram(inputs, widths, pieces, worst))


def _applied(found: Histogram, relus: int, width: int, worst: str) -> Histogram:
    """Multiply by a layer's matrix; columns of dimensions that do not occur are not made."""
    occurring = max(dimension for dimension, regions in enumerate(found) if regions)
    ways = [comb(relus, off) for off in range(min(relus, occurring) + 1)]
    following = [0] * (width + 1)
    for dimension, regions in enumerate(found):
        if regions:
            column = _cut(WORST_CASES[worst](relus, ways[: dimension + 1], width), dimension)
            for image, number in enumerate(column):
                following[image] += regions * number
    return tuple(following)


def _cut(histogram: Histogram, most: int) -> Histogram:
    """Count what has more dimensions than `most` as having that many."""
    above = histogram[most + 1 :]
    if not above:
        return histogram
    return (*histogram[:most], histogram[most] + sum(above), *[0] * len(above))
