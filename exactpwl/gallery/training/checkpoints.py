"""Training with checkpoints: epoch by epoch, with the rounded network kept now and then.

A film of a training wants few regions in the beginning and many in the end, so a run starts from
small weights: uniform up to 1/sqrt(inputs), biases too, the usual start of dense layers.  He's
weights, with which `exactpwl.gallery.training.adam` trains the two networks that are shown for
themselves, begin with 113 to 215 regions where these begin with 41 to 58 (three seeds, widths 8, 8
and 8, the window of the disc).

An epoch is one pass over the data in a random order.  A checkpoint is the *rounded* network, also
in the first part of the training, in which the weights that are trained are not rounded; so the
bundled numbers are the network itself, and the last checkpoint was trained as it is.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np

from exactpwl.gallery.runs import Run
from exactpwl.gallery.training import common
from exactpwl.gallery.training.adam import Adam, Floats, Loss, Recipe, gradients, rounded
from exactpwl.gallery.training.common import DATA_DENOMINATOR, Integers

__all__ = ["Plan", "main", "record", "small_parameters", "told", "trained_run"]


@dataclass(frozen=True)
class Plan:
    """Everything that determines a run.

    Parameters
    ----------
    description : str
    widths : tuple of int
        Inputs, hidden widths, outputs.
    numerators : array, shape (n, 2)
        1024 times the points.
    labels : array, shape (n,)
        1 or -1.
    targets : array, shape (1, n)
        What the loss compares the outputs with.
    loss : function
    window : tuple of two texts
        The ends of the window, in each coordinate.
    epochs, every : int
        The number of epochs, and from one checkpoint to the next.
    batch, rate, seed : int, float, int
        As in `Recipe`.
    slope : Fraction
        Of the hidden activation below 0.
    start : Run, optional
        Go on from its last checkpoint instead of from random numbers.
    """

    description: str
    widths: tuple[int, ...]
    numerators: Integers
    labels: Integers
    targets: Floats
    loss: Loss
    window: tuple[str, str]
    epochs: int
    every: int
    batch: int
    rate: float
    seed: int
    slope: Fraction = Fraction(0)
    start: Run | None = None

    @property
    def recipe(self) -> Recipe:
        """The same for the optimiser; the last three tenths are made with rounded weights."""
        steps = self.epochs * (len(self.labels) // self.batch)
        return Recipe(self.widths, float(self.slope), steps, self.batch, self.rate, 0.3, self.seed)


def small_parameters(widths: Sequence[int], random: np.random.Generator) -> list[Floats]:
    """Weights and biases uniform in +-1/sqrt(inputs), as ``[W0, b0, W1, b1, ...]``."""
    parameters: list[Floats] = []
    for inputs, outputs in pairwise(widths):
        reach = 1 / math.sqrt(inputs)
        parameters.append(random.uniform(-reach, reach, (outputs, inputs)))
        parameters.append(random.uniform(-reach, reach, (outputs, 1)))
    return parameters


def parameters_of(run: Run) -> list[Floats]:
    """The parameters of a run's last checkpoint, in the same form."""
    parameters: list[Floats] = []
    for layer in run.networks[-1].layers:
        parameters.append(np.array(layer.weight, dtype=np.float64))
        parameters.append(np.array(layer.bias, dtype=np.float64)[:, None])
    return parameters


def record(plan: Plan) -> list[tuple[int, list[Floats]]]:
    """Train, and return epoch and rounded parameters of each checkpoint."""
    recipe, points = plan.recipe, plan.numerators.T / DATA_DENOMINATOR
    random = np.random.default_rng(plan.seed)
    fresh = small_parameters(plan.widths, random)
    adam = Adam(fresh if plan.start is None else parameters_of(plan.start))
    kept, step = [(0, rounded(adam.parameters))], 0
    for epoch in range(1, plan.epochs + 1):
        order = random.permutation(len(plan.labels))
        for batch in np.array_split(order, recipe.steps // plan.epochs):
            used = rounded(adam.parameters) if recipe.rounds_at(step) else adam.parameters
            slopes = gradients(
                used, recipe.slope, points[:, batch], plan.targets[:, batch], plan.loss
            )
            adam.step(slopes, recipe.rate_at(step))
            step += 1
        if epoch % plan.every == 0:
            kept.append((epoch, rounded(adam.parameters)))
    return kept


def trained_run(name: str, plan: Plan) -> Run:
    """Train by a plan, and return the run."""
    kind = f"leaky_relu:{plan.slope}" if plan.slope else "relu"
    kept = record(plan)
    low, high = map(Fraction, plan.window)
    return Run(
        name=name,
        description=plan.description,
        points=tuple((x, y) for x, y in common.fractions(plan.numerators)),
        labels=tuple(int(label) for label in plan.labels),
        window=((low, high), (low, high)),
        epochs=tuple(epoch for epoch, _ in kept),
        networks=tuple(
            common.trained_network(f"{name}, epoch {epoch}", parameters, kind)
            for epoch, parameters in kept
        ),
    )


def main(plans: Mapping[str, Callable[[], Plan]], arguments: Sequence[str] | None = None) -> None:
    """The command line of the scripts that make runs.

    Parameters
    ----------
    plans : mapping
        For each name a function that makes its plan.
    arguments : list of str, optional
        Instead of the process's own.
    """
    parser = argparse.ArgumentParser(description="Train networks, and keep the checkpoints.")
    parser.add_argument("--run", choices=[*plans, "all"], default="all", help="which run")
    parser.add_argument("--seed", type=int, help="instead of the bundled run's own")
    parser.add_argument("--out", type=Path, default=Path(), help="folder to write to")
    options = parser.parse_args(arguments)
    for name in plans if options.run == "all" else [options.run]:
        plan = plans[name]()
        seed = plan.seed if options.seed is None else options.seed
        made = trained_run(name, replace(plan, seed=seed))
        made.save(options.out / f"{name}.json")
        sys.stdout.write(f"{told(made)}\n")


def told(made: Run) -> str:
    """The result of a run as a sentence."""
    count = len(made.points)
    right = made.accuracy(-1) * count
    head = f"{made.name}: {len(made)} checkpoints"
    return f"{head}, the last with {right} of {count} points right (exact)"
