"""Lower bounds for the largest number of regions that an architecture of ReLUs can have.

They are of another kind than the upper bounds: *some* network of the widths has so many activation
regions, by a construction; a given one may have fewer, even one.

The construction folds.  Share the neurons of a layer among the n inputs, p to each.  With p ReLUs
a zigzag on the line is made, whose p pieces all run through the same interval; n of them, one for
each coordinate, fold a cube of p^n smaller ones onto one.  Whatever the next layer draws in the
image is drawn in all of them, mirrored, and the last layer draws as many regions as hyperplanes in
general position can.  That is Montufar et al. (2014).

Serra et al. (2018) get one piece more from the same p ReLUs, if p is 3 or more: with one of them
turned around, the zigzag also runs through the interval on its way in from infinity, where the
other construction is constant.  With one input their bound equals the upper ones.

The factor of each layer but the last is ``p^n`` or ``(p + 1)^n`` with ``p = floor(width / n)``, the
last one ``sum over j <= n of C(width, j)``.

References
----------
G. Montufar, R. Pascanu, K. Cho, Y. Bengio, On the number of linear regions of deep neural networks,
NeurIPS 2014, arXiv:1402.1869.
T. Serra, C. Tjandraatmadja, S. Ramalingam, Bounding and counting linear regions of deep neural
networks, ICML 2018, arXiv:1711.02114.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from exactpwl.theory.bounds import pieces_by_layer
from exactpwl.theory.generic import generic_regions

__all__ = ["montufar_lower_bound", "serra_lower_bound"]


def montufar_lower_bound(inputs: int, widths: Sequence[int]) -> int | None:
    """Return the bound of Montufar et al. (2014): some ReLU network has so many regions, or more.

    Parameters
    ----------
    inputs : int
        Dimension n of the input.
    widths : sequence of int
        Number of ReLUs of each hidden layer.

    Returns
    -------
    int or None
        None where the theorem says nothing: it asks for n >= 1, a layer, and a width of n or more
        everywhere.

    Raises
    ------
    NetworkError
        If a number is out of range.

    Examples
    --------
    >>> montufar_lower_bound(2, [8, 8]), montufar_lower_bound(4, [5, 3])
    (592, None)
    """
    return _folded(inputs, widths, least=1, more=0)


def serra_lower_bound(inputs: int, widths: Sequence[int]) -> int | None:
    """Return the bound of Serra et al. (2018): some ReLU network has so many regions, or more.

    Parameters
    ----------
    inputs, widths
        As for `montufar_lower_bound`.

    Returns
    -------
    int or None
        At least `montufar_lower_bound`; None where the theorem says nothing: it asks for n >= 1,
        a layer, and a width of 3 n or more everywhere.

    Raises
    ------
    NetworkError
        As for `montufar_lower_bound`.

    Examples
    --------
    >>> serra_lower_bound(2, [8, 8]), serra_lower_bound(2, [4, 4])
    (925, None)
    """
    return _folded(inputs, widths, least=3, more=1)


def _folded(inputs: int, widths: Sequence[int], least: int, more: int) -> int | None:
    """Return the product; a coordinate has `least` ReLUs, and their zigzag `more` pieces than p."""
    sizes = [len(layer) for layer in pieces_by_layer(inputs, widths, None)]
    if inputs < 1 or not sizes or min(sizes) < least * inputs:
        return None
    folds: int = prod((size // inputs + more) ** inputs for size in sizes[:-1])
    return folds * generic_regions(inputs, sizes[-1])
