"""What every neuron computes at the corners of a complex, by one forward pass.

What leaves a neuron is a continuous function that is affine on every cell on which the kinks before
it do not bend.  An affine function on a cell is told by its values at the cell's vertices and its
slopes along the cell's directions and lines, so a neuron, as a function on the whole domain, *is*
its row of values at the generators of all cells: its range is read off the row, and functions are
equal, or dependent, iff their rows are.  A direction is evaluated by the recession function, in the
same integers (`exactpwl.stages`), so infinity needs no case of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from flint import fmpz_mat

from exactpwl.complex import PolyhedralComplex
from exactpwl.errors import NetworkError
from exactpwl.layer import Layer
from exactpwl.network import Network
from exactpwl.stages import Stage, Stages

__all__ = ["LayerValues", "corners", "cut_before", "hidden_values", "without_maxima"]

Vector = tuple[int, ...]


class LayerValues(NamedTuple):
    """A layer with kinks at some vectors, in integers.

    Attributes
    ----------
    layer : int
        Counted from 0 over all layers.
    before, after : per neuron a row of ints, one a vector
        The pre-activations and the values that leave the layer, times a positive number that is
        common to all neurons.
    before_scale, after_scale : rows of ints
        That number where the vector is a point; 0 at directions.
    """

    layer: int
    before: list[list[Any]]
    before_scale: list[Any]
    after: list[list[Any]]
    after_scale: list[Any]


def cut_before(network: Network, layer: int) -> Network:
    """Return the network whose outputs are the pre-activations of a layer.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> cut_before(gallery.get("sawtooth:2"), 1)
    <Network 1 -> 2 relu -> 2 linear>
    """
    last = network.layers[layer]
    return Network([*network.layers[:layer], Layer.of(last.weight, last.bias, "linear")])


def without_maxima(network: Network, what: str) -> None:
    """Refuse a network with a layer of maxima.

    Raises
    ------
    NetworkError
        If it has one; the message says what the same function without is.
    """
    for index, stage in zip(_bent(network), network.stages.stages, strict=True):
        if stage.takes_maxima:
            raise NetworkError(
                f"layer {index} takes maxima over groups, whose neurons have no pre-activation, so "
                f"they have no {what}: ask exactpwl.construct.relus_for_maxima(network).network, "
                "which is the same function",
                layer=index,
            )


def _bent(network: Network) -> list[int]:
    return [stage.layer for stage in network.stages.stages]


def corners(complex_: PolyhedralComplex) -> list[Vector]:
    """Return the generators of a complex and the directions of its lines, both ways."""
    found = list(complex_.generators)
    for line in complex_.lines:
        found += [(*line, 0), (*(-c for c in line), 0)]
    return found


def hidden_values(stages: Stages, vectors: Sequence[Vector]) -> Iterator[LayerValues]:
    """Yield the values of each layer with kinks at homogeneous vectors (x, t), t >= 0.

    Parameters
    ----------
    stages : Stages
        Without maxima.
    vectors : sequence of d + 1 ints

    Examples
    --------
    >>> from exactpwl import gallery
    >>> (found,) = hidden_values(gallery.get("xor").stages, [(2, 0, 1), (-1, -1, 0)])
    >>> found.before, found.before_scale, found.after
    ([[3, -2], [2, -2]], [1, 0], [[3, 0], [2, 0]])
    """
    hidden = fmpz_mat([list(column) for column in zip(*vectors, strict=True)])
    for stage in stages.stages:
        *before, scale = stage.lift(hidden).tolist()
        pieces = _pieces(stage, [*before, scale])
        after = [
            [slopes[k] * z + shifts[k] * t for k, z, t in zip(own, values, scale, strict=True)]
            for own, values, slopes, shifts in zip(
                pieces, before, stage.slopes, stage.intercepts, strict=True
            )
        ]
        after_scale = [stage.denominator * t for t in scale]
        yield LayerValues(stage.layer, before, scale, after, after_scale)
        hidden = fmpz_mat([*after, after_scale])


def _pieces(stage: Stage, pre: Sequence[Sequence[Any]]) -> list[list[int]]:
    """Return for each neuron the piece that it is on at each vector."""
    pieces = [[0] * len(pre[-1]) for _ in range(stage.width)]
    for (neuron, _, _), values in zip(stage.kinks, stage.kink_values(pre), strict=True):
        own = pieces[neuron]
        for place, value in enumerate(values):
            own[place] += value > 0
    return pieces
