"""Training a small dense network with numpy alone, so that its rounded weights are good.

Why not PyTorch: the two networks of the gallery have 257 and 13 numbers.  The gradient of a stack
of dense layers is twenty lines, Adam [1]_ is five, and whoever wants to train them again needs
nothing that the package does not install anyway.

A bundled network has multiples of 1/64 for weights; it is not the float network it came from.
Rounding at the end would cost accuracy, so the last part of the training is *quantisation aware*:
the forward and backward pass use the rounded weights, and the gradient is applied to the unrounded
ones as if rounding were the identity (the straight-through estimator [2]_).  The rounded network
then wanders among neighbouring lattice points, and the best one seen on the whole training set is
kept.

A run is determined by its seed on one machine.  Another BLAS adds in another order, and thousands
of steps amplify the last bit: training again elsewhere gives a network of the same kind, seldom the
same one.  The file in ``gallery/data`` is the network.

References
----------
.. [1] D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, arXiv:1412.6980.
.. [2] Y. Bengio, N. Leonard, A. Courville, "Estimating or propagating gradients through stochastic
   neurons for conditional computation", 2013, arXiv:1308.3432.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Loss = Callable[[Floats, Floats], tuple[float, Floats]]
"""From outputs and targets, both (1, n), to the mean loss and its gradient by the outputs."""

WEIGHT_DENOMINATOR = 64
LOOK_EVERY = 250
"""Steps between two looks at the loss of the rounded network on the whole training set."""


@dataclass(frozen=True)
class Recipe:
    """Everything that determines a training run, apart from the data.

    Parameters
    ----------
    widths : tuple of int
        Inputs, hidden widths, outputs: ``(2, 3, 1)``.
    slope : float
        Slope of the hidden activation for negative arguments, 0 for ReLU.
    steps, batch, rate : int, int, float
        Number of Adam steps, points a step, and largest learning rate; the rate warms up over the
        first hundredth of the steps, then falls like a half cosine.
    rounded_share : float
        The share of the steps, at the end, that is made with rounded weights.
    seed : int
        Seeds the initial weights and the choice of batches.
    """

    widths: tuple[int, ...]
    slope: float
    steps: int
    batch: int
    rate: float
    rounded_share: float
    seed: int

    def rate_at(self, step: int) -> float:
        """The learning rate of a step."""
        warm_up = min(1.0, 100 * (step + 1) / self.steps)
        return self.rate * warm_up * 0.5 * (1 + math.cos(math.pi * step / self.steps))

    def rounds_at(self, step: int) -> bool:
        """Whether a step is made with rounded weights."""
        return step >= self.steps * (1 - self.rounded_share)


def initial_parameters(recipe: Recipe, random: np.random.Generator) -> list[Floats]:
    """He-normal weights and uniform biases (columns), as ``[W0, b0, W1, b1, ...]``."""
    parameters: list[Floats] = []
    for inputs, outputs in pairwise(recipe.widths):
        parameters.append(random.normal(size=(outputs, inputs)) * math.sqrt(2 / inputs))
        parameters.append(random.uniform(-0.5, 0.5, (outputs, 1)))
    return parameters


def rounded(parameters: Sequence[Floats]) -> list[Floats]:
    """The nearest multiples of 1/64; floats hold them exactly.

    Examples
    --------
    >>> print(rounded([np.array([[0.3]])])[0] * 64)
    [[19.]]
    """
    return [np.round(p * WEIGHT_DENOMINATOR) / WEIGHT_DENOMINATOR for p in parameters]


def forward(
    parameters: Sequence[Floats], slope: float, points: Floats
) -> tuple[list[Floats], list[Floats]]:
    """Values entering each layer, the output last, and the slopes taken in each hidden layer."""
    values, slopes = [points], []
    for k in range(0, len(parameters), 2):
        z = parameters[k] @ values[-1] + parameters[k + 1]
        if k < len(parameters) - 2:
            slopes.append(np.where(z > 0, 1.0, slope))
            z = z * slopes[-1]
        values.append(z)
    return values, slopes


def gradients(
    parameters: Sequence[Floats], slope: float, points: Floats, targets: Floats, loss: Loss
) -> list[Floats]:
    """Gradient of the mean loss by every parameter, by backward differentiation."""
    values, slopes = forward(parameters, slope, points)
    _, delta = loss(values[-1], targets)
    result: list[Floats] = []
    for k in range(len(slopes), -1, -1):
        result += [delta.sum(axis=1, keepdims=True), delta @ values[k].T]
        if k > 0:
            delta = (parameters[2 * k].T @ delta) * slopes[k - 1]
    return result[::-1]


class Adam:
    """Moving averages of the gradient and of its square, and the step that they give."""

    def __init__(self, parameters: Sequence[Floats]) -> None:
        self.parameters = list(parameters)
        self.mean = [np.zeros_like(p) for p in parameters]
        self.square = [np.zeros_like(p) for p in parameters]
        self.count = 0

    def step(self, gradient: Sequence[Floats], rate: float) -> None:
        """Move every parameter by one step."""
        self.count += 1
        mean_bias, square_bias = 1 - 0.9**self.count, 1 - 0.999**self.count
        for i, g in enumerate(gradient):
            self.mean[i] += 0.1 * (g - self.mean[i])
            self.square[i] += 0.001 * (g * g - self.square[i])
            direction = self.mean[i] / (np.sqrt(self.square[i] / square_bias) + 1e-9)
            self.parameters[i] = self.parameters[i] - rate / mean_bias * direction


def train(recipe: Recipe, points: Floats, targets: Floats, loss: Loss) -> list[Floats]:
    """Fit a network and return its best rounded parameters.

    Parameters
    ----------
    recipe : Recipe
        Architecture, schedule and seed.
    points : array, shape (d, n)
    targets : array, shape (1, n)
    loss : function
        From outputs and targets to the mean loss and its gradient by the outputs.

    Returns
    -------
    list of arrays
        ``[W0, b0, W1, b1, ...]``, every entry a multiple of 1/64.  A line of progress goes to
        stderr.
    """
    random = np.random.default_rng(recipe.seed)
    adam = Adam(initial_parameters(recipe, random))
    best, best_loss = rounded(adam.parameters), math.inf
    for step in range(recipe.steps):
        start = int(random.integers(0, points.shape[1] - recipe.batch + 1))
        batch = slice(start, start + recipe.batch)
        used = rounded(adam.parameters) if recipe.rounds_at(step) else adam.parameters
        gradient = gradients(used, recipe.slope, points[:, batch], targets[:, batch], loss)
        adam.step(gradient, recipe.rate_at(step))
        if (step + 1) % LOOK_EVERY == 0:
            candidate = rounded(adam.parameters)
            now = loss(forward(candidate, recipe.slope, points)[0][-1], targets)[0]
            if now < best_loss:
                best, best_loss = candidate, now
            sys.stderr.write(f"\rstep {step + 1} of {recipe.steps}, best loss {best_loss:.6f}")
    sys.stderr.write("\n")
    return best
