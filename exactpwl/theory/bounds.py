"""Upper bounds for the number of activation regions of a deep network, layer by layer.

On a region of the layers before it, a layer is an arrangement in the image of that region, whose
dimension d is at most that of the input and the width of every layer between.  A neuron with k
pieces is k - 1 parallel hyperplanes, so n neurons with k_1, ..., k_n pieces cut each region into at
most ``sum over j <= d of e_j(k_1 - 1, ..., k_n - 1)`` parts, e_j the elementary symmetric
polynomial; for ReLUs that is ``sum of C(n, j)``.  The product over the layers is the bound of
Montufar (2017), and it holds for every piecewise-linear activation; for the maximum over a group of
k arguments too, by the sharp bound for one maxout layer.  With d always the number of inputs, as if
no layer were narrow, it is the earlier and weaker bound of Raghu et al. (2017), who state what
grows in it: inputs times layers is the exponent of the width.

Serra, Tjandraatmadja and Ramalingam (2018) gain from ReLUs that are off: where j of n are, the
image has dimension n - j at most.  Their bound sums ``product of C(n_l, j_l)`` over all numbers
j_l of inactive units with ``j_l <= min(n_0, n_1 - j_1, ..., n_(l-1) - j_(l-1))``.  It holds for
ReLU only: an absolute value folds the plane without losing a dimension.  ``|x|, |y|`` and two
lines over the folded plane make 16 regions, where Serra's number would be 11.  Where the weights
are known, the same proof takes the rank of a layer's matrix for the most dimensions that it sees.

All need a plain stack of layers: a skip connection carries dimensions past a narrow layer.

References
----------
M. Raghu, B. Poole, J. Kleinberg, S. Ganguli, J. Sohl-Dickstein, On the expressive power of deep
neural networks, ICML 2017, arXiv:1606.05336, theorem 1 and its proof.
G. Montufar, Notes on the number of linear regions of deep neural networks, SampTA 2017.
T. Serra, C. Tjandraatmadja, S. Ramalingam, Bounding and counting linear regions of deep neural
networks, ICML 2018, arXiv:1711.02114, theorem 1.
G. Montufar, Y. Ren, L. Zhang, Sharp bounds for the number of regions of maxout networks and
vertices of Minkowski sums, SIAM J. Appl. Algebra Geometry 6, 2022, arXiv:2104.08135.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb, prod

from exactpwl.errors import NetworkError

__all__ = ["montufar_bound", "pieces_by_layer", "raghu_bound", "serra_bound"]


def raghu_bound(
    inputs: int, widths: Sequence[int], pieces: Sequence[Sequence[int]] | None = None
) -> int:
    """Return the bound of Raghu et al. (2017) for the number of activation regions.

    Parameters
    ----------
    inputs, widths, pieces
        As for `montufar_bound`.

    Returns
    -------
    int
        At least `montufar_bound` of the same arguments.

    Raises
    ------
    NetworkError
        As for `montufar_bound`.

    Examples
    --------
    Only the width of the layer itself counts, so that a narrow one in front changes nothing:

    >>> raghu_bound(10, [5, 10]), montufar_bound(10, [5, 10])
    (32768, 20416)
    """
    layers = pieces_by_layer(inputs, widths, pieces)
    return prod(_most_parts(layer, inputs) for layer in layers)


def montufar_bound(
    inputs: int, widths: Sequence[int], pieces: Sequence[Sequence[int]] | None = None
) -> int:
    """Return the bound of Montufar (2017) for the number of activation regions.

    Parameters
    ----------
    inputs : int
        Dimension of the input; the rank of the first layer serves too.
    widths : sequence of int
        Number of neurons of each layer, in order, the output layer left out.  With maxima over
        groups: the number of groups.
    pieces : sequence of sequence of int, optional
        For each layer the number of pieces of each neuron: 1 linear, 2 ReLU, leaky ReLU and abs,
        3 hard tanh, k a maximum of k arguments.  All 2 where left out.

    Returns
    -------
    int

    Raises
    ------
    NetworkError
        If a number is out of range or `pieces` does not fit `widths`.

    Examples
    --------
    >>> montufar_bound(2, [8, 8]), montufar_bound(10, [5, 10])
    (1369, 20416)
    >>> montufar_bound(2, [2], [[3, 3]])
    9
    """
    factors = []
    dimension = inputs
    for layer in pieces_by_layer(inputs, widths, pieces):
        factors.append(_most_parts(layer, dimension))
        dimension = min(dimension, len(layer))
    return prod(factors)


def serra_bound(
    inputs: int,
    widths: Sequence[int],
    pieces: Sequence[Sequence[int]] | None = None,
    ranks: Sequence[int] | None = None,
) -> int:
    """Return the bound of Serra et al. (2018) for the number of regions of a ReLU network.

    Parameters
    ----------
    inputs, widths, pieces
        As for `montufar_bound`.  Neurons with 2 pieces are taken for ReLUs, which is assumed and
        cannot be checked here; those with 1 piece are linear.
    ranks : sequence of int, optional
        For each layer the rank of its weight matrix; as large as it can be where left out.

    Returns
    -------
    int
        At most `montufar_bound` of the same arguments.

    Raises
    ------
    NetworkError
        As for `montufar_bound`, and if a neuron has more than 2 pieces or `ranks` does not fit.

    Examples
    --------
    >>> serra_bound(2, [8, 8]), serra_bound(10, [5, 10])
    (1369, 4944)

    Matrices of rank 1 make every layer cut the line:

    >>> serra_bound(2, [8, 8], ranks=[1, 1])
    81

    It does not hold for the absolute value; see the module's first lines.

    >>> serra_bound(2, [2, 2]), montufar_bound(2, [2, 2])
    (11, 16)
    """
    limits = _ranks(inputs, widths, ranks)
    regions = {inputs: 1}
    for index, layer in enumerate(pieces_by_layer(inputs, widths, pieces)):
        if max(layer) > 2:
            raise NetworkError(
                f"layer {index}: Serra's bound is for ReLUs, with 2 pieces, but a neuron has "
                f"{max(layer)}; montufar_bound takes any"
            )
        relus = layer.count(2)
        ways = [comb(relus, off) for off in range(min(relus, max(regions)) + 1)]
        following: dict[int, int] = {}
        for image_before, count in regions.items():
            dimension = min(image_before, limits[index])
            for off in range(min(dimension, relus) + 1):
                image = min(dimension, len(layer) - off)
                following[image] = following.get(image, 0) + count * ways[off]
        regions = following
    return sum(regions.values())


def _most_parts(layer: Sequence[int], dimension: int) -> int:
    """Return into how many parts neurons cut a space at most, by their numbers of pieces."""
    return sum(_elementary_symmetric([k - 1 for k in layer], dimension))


def _ranks(inputs: int, widths: Sequence[int], ranks: Sequence[int] | None) -> Sequence[int]:
    """Return the ranks, once they are seen to fit; the largest possible where there are none."""
    if ranks is None:
        return [inputs, *widths[:-1]]
    if len(ranks) != len(widths) or min(ranks, default=0) < 0:
        raise NetworkError(
            f"a rank of 0 or more for each of {len(widths)} layers is required, got {list(ranks)}"
        )
    return ranks


def _elementary_symmetric(values: Sequence[int], most: int) -> list[int]:
    """Return e_0, e_1, ... up to e_most: the first coefficients of ``prod(1 + v t)``."""
    coefficients = [1]
    for value in values:
        shifted = [0, *coefficients]
        grown = [a + value * b for a, b in zip([*coefficients, 0], shifted, strict=True)]
        coefficients = grown[: most + 1]
    return coefficients


def pieces_by_layer(
    inputs: int, widths: Sequence[int], pieces: Sequence[Sequence[int]] | None
) -> Iterator[Sequence[int]]:
    """Yield each layer's numbers of pieces, once they are seen to fit.

    Raises
    ------
    NetworkError
        See `montufar_bound`.

    Examples
    --------
    >>> list(pieces_by_layer(1, [2, 1], None))
    [[2, 2], [2]]
    """
    if inputs < 0:
        raise NetworkError(f"the input dimension must be 0 or more, got {inputs}")
    if pieces is not None and len(pieces) != len(widths):
        raise NetworkError(f"pieces of {len(widths)} layers are required, got {len(pieces)}")
    for index, width in enumerate(widths):
        layer = [2] * width if pieces is None else list(pieces[index])
        if width < 1 or len(layer) != width:
            raise NetworkError(
                f"layer {index}: a width of 1 or more and as many numbers of pieces are required, "
                f"got width {width} and {len(layer)} numbers"
            )
        if min(layer) < 1:
            raise NetworkError(f"layer {index}: a neuron has 1 piece or more, got {min(layer)}")
        yield layer
