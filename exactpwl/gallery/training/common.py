"""From trained numbers to a network, and its accuracy in integers.

A measured accuracy is a claim about one network, so it is measured on the file, not on the floats
that the training ended with, and without rounding: weights and slopes are rational, and the data
sets are points with denominator 1024, so that the denominator of every value is known in advance.
If s is that of the values entering a layer with weights in integers over q, then s q is that of its
pre-activations, and s q times the denominator of the slope that of its outputs.  Numerators are
Python integers in numpy object arrays: one matrix product a layer evaluates all points, and nothing
can overflow.  Four thousand points take a tenth of a second.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from exactpwl.errors import ExactPWLError
from exactpwl.gallery.training.adam import Floats
from exactpwl.network import Network

Integers = NDArray[np.int64]

DATA_DENOMINATOR = 1024
BUNDLED = Path(__file__).resolve().parents[1] / "data"


def trained_network(name: str, parameters: Sequence[Floats], activation: str) -> Network:
    """The network of a list of parameters; each float is the dyadic rational that it is.

    Parameters
    ----------
    name : str
    parameters : list of arrays
        ``[W0, b0, W1, b1, ...]``, biases as columns.
    activation : str
        Of the hidden layers, in the words of the file format; the last layer is linear.

    Examples
    --------
    >>> halves = [np.array([[0.5]]), np.array([[-0.25]])]
    >>> trained_network("half", halves, "relu").layers[0].affine(["1/2"])
    (Fraction(0, 1),)
    """
    count = len(parameters) // 2
    return Network(
        (
            (_rationals(parameters[2 * k]), _rationals(parameters[2 * k + 1].T)[0], kind)
            for k, kind in enumerate([activation] * (count - 1) + ["linear"])
        ),
        name=name,
    )


def _rationals(matrix: Floats) -> list[list[Fraction]]:
    return [[Fraction(float(value)) for value in row] for row in matrix]


def exact_outputs(network: Network, numerators: Integers) -> tuple[list[int], int]:
    """The first output of a ReLU or leaky-ReLU network at many points, exactly.

    Parameters
    ----------
    network : Network
        Every neuron of a layer with kinks has one breakpoint, at 0, and the slope 1 above it, and
        all of a layer have the same slope below; this is not checked.
    numerators : array, shape (n, d)
        1024 times the points.

    Returns
    -------
    list of int, int
        The n numerators of the outputs, and their common denominator.
    """
    values = numerators.T.astype(object)
    scale = DATA_DENOMINATOR
    for layer in network.layers:
        biases = np.array(layer.bias_numerators, dtype=object)[:, None]
        values = np.array(layer.numerators, dtype=object) @ values + biases * scale
        scale *= layer.denominator
        if not layer.is_linear:
            slope = layer.activations[0].slopes[0]
            values = np.where(values > 0, values * slope.denominator, values * slope.numerator)
            scale *= slope.denominator
    return [int(value) for value in values[0]], scale


def accuracy(outputs: Sequence[int], labels: Iterable[int]) -> Fraction:
    """The share of points whose output is not zero and has the sign of the label.

    Examples
    --------
    >>> accuracy([3, -2, 0, 5], np.array([1, -1, 1, -1]))
    Fraction(1, 2)
    """
    right = sum(int(label) * output > 0 for output, label in zip(outputs, labels, strict=True))
    return Fraction(right, len(outputs))


def fractions(numerators: Integers) -> list[tuple[Fraction, ...]]:
    """Rows of numerators as rational points.

    Examples
    --------
    >>> fractions(np.array([[512, -256]]))
    [(Fraction(1, 2), Fraction(-1, 4))]
    """
    return [tuple(Fraction(int(x), DATA_DENOMINATOR) for x in row) for row in numerators]


def integers(points: Iterable[Sequence[Fraction]]) -> Integers:
    """Rational points as rows of numerators; the inverse of `fractions`.

    Examples
    --------
    >>> integers([(Fraction(1, 2), Fraction(-1, 4))])
    array([[ 512, -256]])
    """
    return np.array([[int(x * DATA_DENOMINATOR) for x in point] for point in points])


def main(
    name: str,
    seed: int,
    trained: Callable[[int], Network],
    report: Callable[[Network], str],
    arguments: Sequence[str] | None = None,
) -> None:
    """The command line that both scripts share: train and write, or read; then measure.

    Parameters
    ----------
    name : str
        Of the network and of its file.
    seed : int
        The seed of the bundled network.
    trained : function
        From a seed to the network.
    report : function
        From a network to a sentence about its accuracy.
    arguments : list of str, optional
        Instead of the process's own.
    """
    parser = argparse.ArgumentParser(description=f"Train the network {name!r}, or measure it.")
    parser.add_argument("--seed", type=int, default=seed, help="of weights and batches")
    parser.add_argument("--out", type=Path, default=Path(f"{name}.json"), help="file to write")
    parser.add_argument(
        "--measure",
        type=Path,
        nargs="?",
        const=BUNDLED / f"{name}.json",
        metavar="FILE",
        help="train nothing: measure FILE, or the bundled network",
    )
    options = parser.parse_args(arguments)
    try:
        if options.measure is None:
            network = trained(options.seed)
            network.save(options.out)
        else:
            network = Network.load(options.measure)
    except (OSError, ExactPWLError) as error:
        parser.error(str(error))
    sys.stdout.write(f"{name}: {report(network)}\n")
