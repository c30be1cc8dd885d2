"""The matrices C_j of large networks: pieces decided exactly, numbers in floating point.

The rows of 4,000 pictures for the ten outputs of a convolutional network are 31 million numbers,
and as fractions each has hundreds of digits.  Here they are float64, from a forward pass and, for
all outputs at once, a backward pass over batches of samples.  What may not be rounded is the
decision which piece each neuron is on: a wrong one is not a small error of a row but another row.
So the forward pass carries a bound for the error of every value
(`exactpwl.linearmaps.float_layers`), and a sample with a piece that the bounds leave open is
decided in integers: each row is the exact row of `local_maps` but for rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from exactpwl.errors import DimensionError, OptionError
from exactpwl.linearmaps.float_layers import FloatLayer, Floats, Places, Values, float_layer
from exactpwl.network import Network

__all__ = ["FloatMaps", "float_maps"]

BATCH_NUMBERS = 1 << 20
"""The most numbers of one array of a backward pass."""


@dataclass(frozen=True, eq=False)
class FloatMaps:
    """The local linear maps of a network at samples, in floating point.

    Attributes
    ----------
    rows : array, shape (outputs, samples, d + 1)
        `rows[j]` is C_j: gradient and constant of output j at each sample.
    by_integers : int
        The number of samples at which floating point left a piece open and integers decided it.

    Examples
    --------
    >>> FloatMaps(np.array([[[2.0, 1.0], [0.0, 1.0]]]), 0).values(np.array([[3.0], [3.0]])).tolist()
    [[7.0], [1.0]]
    """

    rows: Floats
    by_integers: int

    def __len__(self) -> int:
        return int(self.rows.shape[1])

    def __repr__(self) -> str:
        return f"<FloatMaps of {len(self)} samples, {self.by_integers} decided by integers>"

    @property
    def input_dimension(self) -> int:
        """The number d of inputs."""
        return int(self.rows.shape[2]) - 1

    @property
    def output_dimension(self) -> int:
        """The number of outputs, and of matrices C_j."""
        return int(self.rows.shape[0])

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
    layers = [float_layer(layer) for layer in network.layers]
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


def _pieces(network: Network, layers: list[FloatLayer], points: Floats) -> tuple[list[Places], int]:
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


def _backward(layers: list[FloatLayer], pieces: list[Places], outputs: int) -> Floats:
    """Gradient and constant of each output, shape (samples, outputs, d + 1)."""
    gradient = np.broadcast_to(np.eye(outputs), (len(pieces[0]), outputs, outputs))
    constant = np.zeros((len(pieces[0]), outputs))
    for layer, chosen in zip(reversed(layers), reversed(pieces), strict=True):
        gradient, added = layer.backward(gradient, chosen)
        constant += added
    return np.concatenate([gradient, constant[:, :, None]], axis=2)
