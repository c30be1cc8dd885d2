"""The layers of a network in floating point, with proven decisions.

Forward, a layer takes values with bounds of their errors to the piece of each neuron, and says for
which samples all pieces are proven; backward, it takes gradients after it to gradients before it.
For z = W h + b, with h known up to e, the computed value is off by at most

    |W| (e + c |h|) + u |z|,    u = 2^-53, c = (n + 2) u / (1 - (n + 2) u)

for a sum of n products in any order (Higham 2002, section 3.1; no underflow assumed), and here
twice that is allowed, which covers the rounding of the bound itself.  A sum whose products all
vanish is the bias, exactly: therefore the empty corner of a picture gives values without an error,
and ties between them are seen as ties.

A convolution is not written out as a table: its windows are copied side by side, and one small
matrix product serves all of them.

References
----------
Higham, "Accuracy and Stability of Numerical Algorithms", 2nd edition, SIAM 2002,
doi:10.1137/1.9780898718027.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from exactpwl.activation import Activation
from exactpwl.convolution import Convolution
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum

__all__ = ["Decision", "FloatLayer", "Floats", "Places", "Values", "float_layer"]

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

ROUND_OFF = 2.0**-53


class Values(NamedTuple):
    """Values of a layer at some samples, and bounds of their errors; rows are samples."""

    numbers: Floats
    errors: Floats


class Decision(NamedTuple):
    """The piece of each neuron at each sample, and at which samples all are proven."""

    pieces: Places
    proven: NDArray[np.bool_]


class FloatLayer:
    """What every layer does."""

    inputs: int

    def forward(self, given: Values) -> tuple[Decision, Values]:
        """Return the pieces at each sample, and the values that leave the layer."""
        raise NotImplementedError

    def backward(self, gradient: Floats, pieces: Places) -> tuple[Floats, Floats]:
        """Take gradients over the outputs to those over the inputs, and to what a constant gains.

        Parameters
        ----------
        gradient : array, shape (samples, functions, neurons)
        pieces : array, shape (samples, neurons)

        Returns
        -------
        arrays of shapes (samples, functions, inputs) and (samples, functions)
        """
        raise NotImplementedError


def float_layer(layer: Layer) -> FloatLayer:
    """Return a layer in floating point."""
    if isinstance(layer, Maximum):
        return _FloatMaximum(layer)
    if isinstance(layer, Convolution) and layer.groups == 1:
        return _FloatConvolution(layer)
    return _FloatTable(layer)


class _FloatAffine(FloatLayer):
    """An affine map and its activations; `terms` is the number of products in a sum."""

    terms: int

    def __init__(self, layer: Layer) -> None:
        q = layer.denominator
        self.inputs = layer.input_dimension
        self.bias = np.array([b / q for b in layer.bias_numerators])
        inexact = [
            Fraction(b, q) != Fraction(f)
            for b, f in zip(layer.bias_numerators, self.bias.tolist(), strict=True)
        ]
        self.bias_error = np.where(inexact, ROUND_OFF * np.abs(self.bias), 0.0)
        neurons: dict[Activation, list[int]] = {}
        for j, activation in enumerate(layer.activations):
            neurons.setdefault(activation, []).append(j)
        self.kinds = [_Kind(activation, np.array(places)) for activation, places in neurons.items()]

    def product(self, values: Floats, *, sizes: bool = False) -> Floats:
        """Return W applied to rows, or the matrix of absolute values if `sizes`."""
        raise NotImplementedError

    def adjoint(self, gradient: Floats) -> Floats:
        """Return the transpose of W applied to the last axis."""
        raise NotImplementedError

    def forward(self, given: Values) -> tuple[Decision, Values]:
        unit = (self.terms + 2) * ROUND_OFF
        z = self.product(given.numbers) + self.bias
        reach = given.errors + unit / (1 - unit) * np.abs(given.numbers)
        spread = self.product(reach, sizes=True)
        error = 2 * (spread + np.where(spread > 0, ROUND_OFF * np.abs(z), 0.0) + self.bias_error)
        pieces = np.zeros(z.shape, dtype=np.intp)
        proven = np.ones(len(z), dtype=bool)
        for kind in self.kinds:
            found = kind.decide(z[:, kind.neurons], error[:, kind.neurons])
            pieces[:, kind.neurons] = found.pieces
            proven &= found.proven
        slope, shift = self._lines(pieces)
        numbers = slope * z + shift
        plain = (shift == 0) & ((slope == 0) | (slope == 1))
        rounding = np.where(plain, 0.0, 4 * ROUND_OFF * (np.abs(slope * z) + np.abs(shift)))
        return Decision(pieces, proven), Values(numbers, self._carried(z, error, pieces) + rounding)

    def _carried(self, z: Floats, error: Floats, pieces: Places) -> Floats:
        """What an error of z does to the value: by continuity no more than the steepest slope."""
        carried = np.empty(z.shape)
        for kind in self.kinds:
            at = kind.neurons
            carried[:, at] = kind.steepest * error[:, at]
            if kind.starts_flat:
                carried[:, at] *= z[:, at] + error[:, at] > 0
        return carried

    def _lines(self, pieces: Places) -> tuple[Floats, Floats]:
        """Slope and intercept of the piece of each neuron at each sample."""
        slope, shift = np.empty(pieces.shape), np.empty(pieces.shape)
        for kind in self.kinds:
            found = kind.lines[pieces[:, kind.neurons]]
            slope[:, kind.neurons], shift[:, kind.neurons] = found[..., 0], found[..., 1]
        return slope, shift

    def backward(self, gradient: Floats, pieces: Places) -> tuple[Floats, Floats]:
        slope, shift = self._lines(pieces)
        constant: Floats = (gradient @ shift[:, :, None])[:, :, 0]
        below = gradient * slope[:, None, :]
        return self.adjoint(below), constant + below @ self.bias


class _Kind:
    """The neurons of one activation, and its numbers."""

    def __init__(self, activation: Activation, neurons: Places) -> None:
        self.neurons = neurons
        self.breakpoints = [float(c) for c in activation.breakpoints]
        self.lines = np.array([[float(s), float(t)] for s, t in activation.pieces])
        self.steepest = float(np.abs(self.lines[:, 0]).max())
        self.starts_flat = activation == Activation.leaky_relu(0)

    def decide(self, z: Floats, error: Floats) -> Decision:
        pieces = np.zeros(z.shape, dtype=np.intp)
        proven = np.ones(len(z), dtype=bool)
        for place in self.breakpoints:
            distance = z - place
            # a breakpoint and the difference are rounded once each; at 0 neither is
            rounding = 4 * ROUND_OFF * (abs(place) + np.abs(distance)) if place else 0.0
            slack = error + rounding
            pieces += distance > 0
            proven &= ((np.abs(distance) > slack) | (slack == 0)).all(axis=1)
        return Decision(pieces, proven)


class _FloatTable(_FloatAffine):
    """An affine map written out as a table of weights."""

    def __init__(self, layer: Layer) -> None:
        super().__init__(layer)
        self.terms = self.inputs
        self.table = np.zeros((layer.width, self.inputs))
        for neuron, (heard, numerators) in enumerate(layer.sparse_rows):
            self.table[neuron, list(heard)] = [w / layer.denominator for w in numerators]

    def product(self, values: Floats, *, sizes: bool = False) -> Floats:
        found: Floats = values @ (np.abs(self.table) if sizes else self.table).T
        return found

    def adjoint(self, gradient: Floats) -> Floats:
        found: Floats = gradient @ self.table
        return found


class _FloatConvolution(_FloatAffine):
    """A convolution in one group; `kernel` has a row a filter."""

    def __init__(self, layer: Convolution) -> None:
        super().__init__(layer)
        self.windows = layer.windows
        numerators = [[w for row in filter_ for w in row] for filter_ in layer.filters]
        self.kernel = np.array([[w / layer.denominator for w in row] for row in numerators])
        self.terms = self.kernel.shape[1]

    @property
    def _padded(self) -> tuple[int, int, int]:
        """Channels, and the grid's height and width with its padding."""
        channels, height, width = self.windows.input_shape
        top, left, bottom, right = self.windows.padding
        return channels, height + top + bottom, width + left + right

    def _inner(self, grid: Floats) -> Floats:
        """The part of a padded grid that is no padding."""
        _, height, width = self.windows.input_shape
        top, left = self.windows.padding[:2]
        return grid[..., top : top + height, left : left + width]

    def _cells(self, grid: Floats) -> list[Floats]:
        """For each cell of a window the values under it, in all windows; views into the grid."""
        rows, columns = self.windows.output_size
        (down, right), (dy, dx) = self.windows.stride, self.windows.dilation
        return [
            grid[
                ...,
                a * dy : a * dy + down * (rows - 1) + 1 : down,
                b * dx : b * dx + right * (columns - 1) + 1 : right,
            ]
            for a in range(self.windows.size[0])
            for b in range(self.windows.size[1])
        ]

    def product(self, values: Floats, *, sizes: bool = False) -> Floats:
        grid = np.zeros((len(values), *self._padded))
        self._inner(grid)[...] = values.reshape(len(values), *self.windows.input_shape)
        seen = np.stack(self._cells(grid), axis=2).reshape(len(values), self.terms, -1)
        found: Floats = (np.abs(self.kernel) if sizes else self.kernel) @ seen
        return found.reshape(len(values), -1)

    def adjoint(self, gradient: Floats) -> Floats:
        ahead = gradient.shape[:-1]
        channels, size = self.windows.channels, self.windows.output_size
        seen = self.kernel.T @ gradient.reshape(*ahead, len(self.kernel), -1)
        parts = seen.reshape(*ahead, channels, -1, *size)
        grid = np.zeros((*ahead, *self._padded))
        for cell, view in enumerate(self._cells(grid)):
            view += parts[..., cell, :, :]
        return self._inner(grid).reshape(*ahead, self.inputs)


class _FloatMaximum(FloatLayer):
    """Maxima over groups; a short group is filled up with its first member."""

    def __init__(self, layer: Maximum) -> None:
        self.inputs = layer.input_dimension
        longest = max(map(len, layer.members))
        filled = [(*group, *group[:1] * (longest - len(group))) for group in layer.members]
        self.members = np.array(filled, dtype=np.intp)

    def forward(self, given: Values) -> tuple[Decision, Values]:
        numbers, errors = given.numbers[:, self.members], given.errors[:, self.members]
        best = numbers.argmax(axis=2)
        top = np.take_along_axis(numbers, best[:, :, None], axis=2)
        slack = errors + np.take_along_axis(errors, best[:, :, None], axis=2)
        surely = (top - numbers) * (1 - 2 * ROUND_OFF) > slack
        same = self.members[np.arange(len(self.members)), best][:, :, None] == self.members
        proven = (surely | (slack == 0) | same).all(axis=(1, 2))
        return Decision(best, proven), Values(top[:, :, 0], errors.max(axis=2))

    def backward(self, gradient: Floats, pieces: Places) -> tuple[Floats, Floats]:
        samples, outputs, width = gradient.shape
        chosen = self.members[np.arange(width), pieces]
        starts = self.inputs * np.arange(samples * outputs).reshape(samples, outputs, 1)
        places = (starts + chosen[:, None, :]).ravel()
        size = samples * outputs * self.inputs
        added = np.bincount(places, gradient.ravel(), minlength=size).astype(np.float64, copy=False)
        return added.reshape(samples, outputs, self.inputs), np.zeros((samples, outputs))
