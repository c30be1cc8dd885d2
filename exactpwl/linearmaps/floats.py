"""The matrices C_j of large networks: pieces decided exactly, numbers in floating point.

The rows of 4,000 pictures for the ten outputs of a convolutional network are 31 million numbers,
and as fractions each has hundreds of digits.  Here they are float64, from a forward pass and, for
all outputs at once, a backward pass over batches of samples.  What may not be rounded is the
decision which piece each neuron is on: a wrong one is not a small error of a row but another row.
So the forward pass carries a bound for the error of every value.  For z = W h + b, with h known up
to e, the computed value is off by at most

    |W| (e + c |h|) + u |z|,    u = 2^-53, c = (n + 2) u / (1 - (n + 2) u)

for a sum of n products in any order (Higham 2002, section 3.1; no underflow assumed), and here twice
that is allowed, which covers the rounding of the bound itself.  A sum whose products all vanish is
the bias, exactly: therefore the empty corner of a picture gives values without an error, and ties
between them are seen as ties.  A sample with a piece that the bounds leave open is decided in
integers (`exactpwl.forward`), so each row is the exact row of `local_maps` but for rounding.

References
----------
Higham, "Accuracy and Stability of Numerical Algorithms", 2nd edition, SIAM 2002,
doi:10.1137/1.9780898718027.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from exactpwl.errors import DimensionError, OptionError
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum
from exactpwl.network import Network

__all__ = ["FloatMaps", "float_maps"]

Floats = NDArray[np.float64]
Places = NDArray[np.intp]

ROUND_OFF = 2.0**-53
BATCH_NUMBERS = 1 << 22
"""The most numbers of one array of a backward pass."""


class Values(NamedTuple):
    """Values of a layer at some samples, and bounds of their errors; rows are samples."""

    numbers: Floats
    errors: Floats


class Decision(NamedTuple):
    """The piece of each neuron at each sample, and at which samples all are proven."""

    pieces: Places
    proven: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class FloatMaps:
    """The local linear maps of a network at samples, in floating point.

    Attributes
    ----------
    rows : array, shape (outputs, samples, d + 1)
        `rows[j]` is C_j: gradient and constant of output j at each sample.
    by_integers : int
        The number of samples at which floating point left a piece open and integers decided it.
    """

    rows: Floats
    by_integers: int

    def __len__(self) -> int:
        return self.rows.shape[1]

    def __repr__(self) -> str:
        return f"<FloatMaps of {len(self)} samples, {self.by_integers} decided by integers>"

    @property
    def input_dimension(self) -> int:
        """The number d of inputs."""
        return self.rows.shape[2] - 1

    @property
    def output_dimension(self) -> int:
        """The number of outputs, and of matrices C_j."""
        return self.rows.shape[0]

    def matrix(self, output: int) -> Floats:
        """Return C_j: one row for each sample, gradient and constant."""
        found: Floats = self.rows[output]
        return found

    def floats(self) -> Floats:
        """Return all C_j, shape (outputs, samples, d + 1)."""
        return self.rows

    def values(self, points: Floats) -> Floats:
        """Return the outputs at the samples, shape (samples, outputs): each map at its sample."""
        products: Floats = np.einsum("jsk,sk->sj", self.rows[:, :, :-1], points)
        return products + self.rows[:, :, -1].T


def float_maps(network: Network, points: Any) -> FloatMaps:
    """Return the affine map of a network at each sample, in float64, its pieces decided exactly.

    Parameters
    ----------
    network : Network
    points : array, shape (n, d)
        Each float is the dyadic rational that it stores.

    Raises
    ------
    DimensionError
        If the points are not a matrix with d columns.
    OptionError
        If there is no point.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> found = float_maps(gallery.get("xor"), [(0, 0), (1, 1), (0, -0.5), (-1, -1)])
    >>> found
    <FloatMaps of 4 samples, 0 decided by integers>
    >>> found.matrix(0).tolist()
    [[2.0, 2.0, 1.0], [-2.0, -2.0, 1.0], [2.0, 2.0, 1.0], [0.0, 0.0, -1.0]]
    """
    given = np.asarray(points, dtype=np.float64)
    if given.ndim != 2 or given.shape[1] != network.input_dimension:
        raise DimensionError(
            f"samples are required as rows of {network.input_dimension} numbers, got an array of "
            f"shape {given.shape}"
        )
    if not len(given):
        raise OptionError("one sample or more is required, got none")
    layers = [_float_layer(layer) for layer in network.layers]
    widest = max(layer.inputs for layer in layers) * network.output_dimension
    size = max(1, BATCH_NUMBERS // widest)
    rows = np.empty((network.output_dimension, len(given), network.input_dimension + 1))
    by_integers = 0
    for start in range(0, len(given), size):
        batch = slice(start, start + size)
        pieces, opened = _pieces(network, layers, given[batch])
        by_integers += opened
        rows[:, batch] = _backward(layers, pieces, network.output_dimension).swapaxes(0, 1)
    return FloatMaps(rows, by_integers)


def _float_layer(layer: Layer) -> _FloatAffine | _FloatMaximum:
    return _FloatMaximum(layer) if isinstance(layer, Maximum) else _FloatAffine(layer)


def _pieces(
    network: Network, layers: list[_FloatAffine | _FloatMaximum], points: Floats
) -> tuple[list[Places], int]:
    """The exact pieces of all neurons, layer by layer, and how many samples took integers."""
    values = Values(points, np.zeros_like(points))
    pieces = []
    proven = np.ones(len(points), dtype=bool)
    for layer in layers:
        decision, values = layer.forward(values)
        pieces.append(decision.pieces)
        proven &= decision.proven
    kinked = [k for k, layer in enumerate(network.layers) if not layer.is_linear]
    for sample in np.flatnonzero(~proven):
        pattern = network.pattern_at(points[sample].tolist())
        for k, exact in zip(kinked, pattern, strict=True):
            pieces[k][sample] = exact
    return pieces, int((~proven).sum())


def _backward(
    layers: list[_FloatAffine | _FloatMaximum], pieces: list[Places], outputs: int
) -> Floats:
    """Gradient and constant of each output, shape (samples, outputs, d + 1)."""
    gradient = np.broadcast_to(np.eye(outputs), (len(pieces[0]), outputs, outputs))
    constant = np.zeros((len(pieces[0]), outputs))
    for layer, chosen in zip(reversed(layers), reversed(pieces), strict=True):
        gradient, added = layer.backward(gradient, chosen)
        constant += added
    return np.concatenate([gradient, constant[:, :, None]], axis=2)


class _FloatAffine:
    """An affine map and its activations; `table` is the transposed matrix of weights."""

    def __init__(self, layer: Layer) -> None:
        q = layer.denominator
        self.inputs = layer.input_dimension
        self.table = np.zeros((self.inputs, layer.width))
        for neuron, (heard, numerators) in enumerate(layer.sparse_rows):
            self.table[list(heard), neuron] = [w / q for w in numerators]
        self.bias = np.array([b / q for b in layer.bias_numerators])
        inexact = [b * 2**60 % q != 0 or abs(b) >= q << 53 for b in layer.bias_numerators]
        self.bias_error = np.where(inexact, ROUND_OFF * np.abs(self.bias), 0.0)
        self.kinds = [
            (activation, np.array([j for j, a in enumerate(layer.activations) if a == activation]))
            for activation in dict.fromkeys(layer.activations)
        ]

    @cached_property
    def _sizes(self) -> Floats:
        return np.abs(self.table)

    def forward(self, given: Values) -> tuple[Decision, Values]:
        unit = (self.inputs + 2) * ROUND_OFF
        z = given.numbers @ self.table + self.bias
        spread = (given.errors + unit / (1 - unit) * np.abs(given.numbers)) @ self._sizes
        error = 2 * (spread + np.where(spread > 0, ROUND_OFF * np.abs(z), 0.0) + self.bias_error)
        pieces = np.zeros(z.shape, dtype=np.intp)
        proven = np.ones(len(z), dtype=bool)
        for activation, neurons in self.kinds:
            for breakpoint_ in activation.breakpoints:
                distance = z[:, neurons] - float(breakpoint_)
                pieces[:, neurons] += distance > 0
                slack = error[:, neurons] + 2 * ROUND_OFF * (
                    abs(float(breakpoint_)) + (np.abs(distance) if breakpoint_ else 0.0)
                )
                proven &= ((np.abs(distance) > slack) | (slack == 0)).all(axis=1)
        return Decision(pieces, proven), self._through(z, error, pieces)

    def _through(self, z: Floats, error: Floats, pieces: Places) -> Values:
        slope, shift = self._lines(pieces)
        numbers = slope * z + shift
        steepest = np.zeros(z.shape[1])
        for activation, neurons in self.kinds:
            steepest[neurons] = max(abs(float(s)) for s in activation.slopes)
        plain = (shift == 0) & ((slope == 0) | (slope == 1))
        rounding = np.where(plain, 0.0, 4 * ROUND_OFF * (np.abs(slope * z) + np.abs(shift)))
        # a value whose piece is open may be on another one: by continuity it moves no more than this
        open_ = np.where((slope == 0) & (shift == 0) & (z + error <= 0), 0.0, steepest * error)
        return Values(numbers, open_ + rounding)

    def _lines(self, pieces: Places) -> tuple[Floats, Floats]:
        """Slope and intercept of the piece of each neuron at each sample."""
        slope, shift = np.empty(pieces.shape), np.empty(pieces.shape)
        for activation, neurons in self.kinds:
            lines = np.array([[float(s), float(t)] for s, t in activation.pieces])
            slope[:, neurons], shift[:, neurons] = np.moveaxis(lines[pieces[:, neurons]], 2, 0)
        return slope, shift

    def backward(self, gradient: Floats, pieces: Places) -> tuple[Floats, Floats]:
        slope, shift = self._lines(pieces)
        constant = np.einsum("sjn,sn->sj", gradient, shift)
        below = gradient * slope[:, None, :]
        return below @ self.table.T, constant + below @ self.bias


class _FloatMaximum:
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
        added = np.bincount(places, gradient.ravel(), minlength=samples * outputs * self.inputs)
        return added.reshape(samples, outputs, self.inputs), np.zeros((samples, outputs))
