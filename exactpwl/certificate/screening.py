"""Floats that guess where a branch can be closed early, and which kink to split by.

On a cell each hidden neuron is an affine function of x up to an error.  Where its pre-activation
can only lie between two numbers, its activation lies between two parallel lines; the error grows by
half the distance between them.  With vertices of the cell as columns that is one matrix product a
layer.  Nothing is decided here: what looks closed is proved in integers by
`exactpwl.certificate.enclosure`, and what does not is split.

The lines are those of zonotope domains (Singh et al., Fast and effective robustness certification,
NeurIPS 2018) without their noise symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from exactpwl.engine.view import StageView
from exactpwl.network import Network

__all__ = [
    "Extent",
    "FloatLayer",
    "Screened",
    "float_layers",
    "in_floats",
    "outputs_about",
    "screened",
]

Floats = npt.NDArray[np.float64]
Extent = Callable[[Floats], tuple[Floats, Floats]]


class FloatLayer(NamedTuple):
    """A layer in floats; `bends` are padded by infinity, and pieces by the last one."""

    weight: Floats
    bias: Floats
    bends: Floats
    slopes: Floats
    values: Floats

    def at(self, points: Floats) -> Floats:
        """Return about what the layer makes of points that are columns."""
        before = self.weight @ points + self.bias[:, np.newaxis]
        piece = (self.bends[:, :, np.newaxis] < before[:, np.newaxis, :]).sum(axis=1)
        each = np.arange(len(before))[:, np.newaxis]
        return np.asarray(self.slopes[each, piece] * before + self.values[each, piece])

    def lines(self, low: Floats, high: Floats) -> tuple[Floats, Floats, Floats]:
        """Return slope, middle and half the distance of parallel lines around each activation."""
        ends = low[:, np.newaxis], high[:, np.newaxis]
        points = np.concatenate([*ends, np.clip(self.bends, *ends)], axis=1)
        piece = (self.bends[:, np.newaxis, :] < points[:, :, np.newaxis]).sum(axis=2)
        each = np.arange(len(low))[:, np.newaxis]
        values = self.slopes[each, piece] * points + self.values[each, piece]
        width = high - low
        chord = (values[:, 1] - values[:, 0]) / np.where(width > 0, width, 1.0)
        slope = np.where(width > 0, chord, self.slopes[each, piece][:, 1])
        shifts = values - slope[:, np.newaxis] * points
        top, bottom = shifts.max(axis=1), shifts.min(axis=1)
        return slope, (top + bottom) / 2, (top - bottom) / 2


def float_layers(network: Network) -> tuple[FloatLayer, ...]:
    """Return the layers in floats.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> float_layers(gallery.get("xor"))[0].bends.tolist()
    [[0.0], [0.0]]
    """
    found = []
    for layer in network.layers:
        most = max(len(a.breakpoints) for a in layer.activations)
        bends = np.full((layer.width, most), np.inf)
        pieces = np.zeros((2, layer.width, most + 1))
        for n, activation in enumerate(layer.activations):
            bends[n, : len(activation.breakpoints)] = [float(c) for c in activation.breakpoints]
            known = np.array([[float(s), float(v)] for s, v in activation.pieces]).T
            pieces[:, n, : known.shape[1]] = known
            pieces[:, n, known.shape[1] :] = known[:, -1:]
        weight = np.array([[float(w) for w in row] for row in layer.weight])
        bias = np.array([float(b) for b in layer.bias])
        found.append(FloatLayer(weight, bias, bends, *pieces))
    return tuple(found)


class Screened(NamedTuple):
    """What floats say of a cell.

    Attributes
    ----------
    functions : for each layer from the first open one on: (n, d + 1) pre-activations without errors
    gaps : (n,) what the neurons of the first open layer cost: their errors times later weights
    outputs, errors : (m, d + 1) and (m,)
    """

    functions: list[Floats]
    gaps: Floats
    outputs: Floats
    errors: Floats

    @property
    def is_finite(self) -> bool:
        """Whether no number is too large for floats."""
        known = (*self.functions, self.gaps, self.outputs, self.errors)
        return all(bool(np.isfinite(each).all()) for each in known)


def outputs_about(layers: Sequence[FloatLayer], points: Floats) -> Floats:
    """Return about the outputs at points that are columns."""
    for layer in layers:
        points = layer.at(points)
    return points


def screened(
    layers: Sequence[FloatLayer], first: int, functions: Floats, extent: Extent
) -> Screened:
    """Return what floats say of a cell on which the pre-activations of layer `first` are known.

    Parameters
    ----------
    layers : sequence of FloatLayer
    first : int
    functions : (n, d + 1) floats
    extent : callable
        The least and the greatest value on the cell of functions like these.
    """
    errors = np.zeros(len(functions))
    gaps = np.zeros(len(functions))
    known = []
    for number in range(first, len(layers)):
        if number > first:
            layer = layers[number]
            functions = layer.weight @ functions
            functions[:, -1] += layer.bias
            errors = np.abs(layer.weight) @ errors
        known.append(functions)
        low, high = extent(functions)
        slope, middle, half = layers[number].lines(low - errors, high + errors)
        functions = slope[:, np.newaxis] * functions
        functions[:, -1] += middle
        errors = np.abs(slope) * errors + half
        if number == first:
            after = layers[number + 1].weight if number + 1 < len(layers) else np.eye(len(half))
            gaps = half * np.abs(after).sum(axis=0)
    return Screened(known, gaps, functions, errors)


def in_floats(view: StageView) -> Floats:
    """Return the pre-activations of a stage on a cell."""
    size = int(view.pre[-1][-1])
    return np.array([[int(c) / size for c in row] for row in view.pre[:-1]])
