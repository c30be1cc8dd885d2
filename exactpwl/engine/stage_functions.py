"""The affine functions of a stage on many cells at once: matrix products with proven errors.

On a cell where the earlier pieces are known every neuron's pre-activation is a homogeneous affine
function, r + 1 coefficients.  For all neurons and all cells they come from one matrix product, so
arrays are neuron-first: entry [k, i, c] is coefficient i of neuron k on cell c, and the product is
one call.  Each function has one bound for the error of its coefficients, so the bounds of all take
one more product, r + 1 times smaller.

Weights are integers as floats; all entries are 0 or at least 2^-900, so nothing underflows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from exactpwl.engine.filtered import EXACT_BELOW, SLACK, UNIT, floats, to_float
from exactpwl.engine.words import Ints, Words, unpack
from exactpwl.stages import Stage

__all__ = ["StageFunctions", "after_stage", "inputs", "stage_functions"]

Floats = npt.NDArray[np.float64]

LARGE = 2.0**500
LEAST = 2.0**-900
ONE_THREAD = 1 << 18
"""Multiplications in one call of the BLAS: so few that it does not wake up other threads."""

LEAST_COLUMNS = 64
"""Columns in one call of the BLAS: fewer would make it slow."""


@dataclass(frozen=True, slots=True)
class StageFunctions:
    """Affine functions on cells.

    Attributes
    ----------
    value : (n, r + 1, c) floats
        The coefficients of n functions on c cells.
    error : (n, c) floats
        Bounds of the coefficients' errors; 0 marks integers held exactly.
    """

    value: Floats
    error: Floats

    def chosen(self, functions: Sequence[int]) -> StageFunctions:
        """Return some of the functions, in the given order."""
        count = len(functions)
        if list(functions) == list(range(count)):
            return StageFunctions(self.value[:count], self.error[:count])
        numbers = np.array(functions, dtype=np.int64)
        return StageFunctions(self.value[numbers], self.error[numbers])


def inputs(cells: int, dimension: int, columns: Sequence[int]) -> StageFunctions:
    """Return the inputs themselves and t, as functions of the coordinates that vary."""
    value = np.zeros((dimension + 1, len(columns), cells))
    for place, column in enumerate(columns):
        value[column, place] = 1.0
    return StageFunctions(value, np.zeros((dimension + 1, cells)))


def stage_functions(stage: Stage, hidden: StageFunctions) -> tuple[StageFunctions, StageFunctions]:
    """Return the kinks' functions and the pre-activations, on all cells."""
    neurons = [neuron for neuron, _, _ in stage.kinks]
    if all(p == 0 and q == 1 for _, p, q in stage.kinks):
        pre = _product(stage.rows, hidden)
        return pre.chosen(neurons), pre
    scale = stage.rows[-1]
    rows = [
        [q * a - p * t for a, t in zip(stage.rows[neuron], scale, strict=True)]
        for neuron, p, q in stage.kinks
    ]
    both = _product([*rows, *stage.rows], hidden)
    cut = len(rows)
    return (
        StageFunctions(both.value[:cut], both.error[:cut]),
        StageFunctions(both.value[cut:], both.error[cut:]),
    )


def _product(rows: Sequence[Sequence[int]], hidden: StageFunctions) -> StageFunctions:
    """Return an integer matrix times the functions."""
    weights = floats(rows)
    size = np.abs(weights)
    rounding = (hidden.value.shape[0] + (8 if (size >= EXACT_BELOW).any() else 5)) * UNIT
    reach = np.maximum(hidden.value.max(axis=1), -hidden.value.min(axis=1))
    if reach.size and not reach.max() < LARGE:
        hidden = _brought_down(hidden, reach.max(axis=0))
        reach = np.abs(hidden.value).max(axis=1)
    inner, columns, cells = hidden.value.shape
    flat = _times(weights, hidden.value.reshape(inner, columns * cells))
    value = flat.reshape(len(weights), columns, cells)
    exact = ~hidden.error.any(axis=0)
    if exact.all():
        error = _times(size, reach)
        return StageFunctions(value, np.where(error < EXACT_BELOW, 0.0, rounding * SLACK * error))
    error = _times(size, hidden.error + rounding * reach) * SLACK
    if exact.any():
        total = _times(size, reach[:, exact])
        error[:, exact] = np.where(total < EXACT_BELOW, 0.0, error[:, exact])
    return StageFunctions(value, error)


def _times(left: Floats, right: Floats) -> Floats:
    step = max(LEAST_COLUMNS, ONE_THREAD // left.size)
    if step >= right.shape[1]:
        return left @ right
    found = np.empty((len(left), right.shape[1]))
    for low in range(0, right.shape[1], step):
        np.matmul(left, right[:, low : low + step], out=found[:, low : low + step])
    return found


def after_stage(stage: Stage, pre: StageFunctions, origin: Ints, above: Words) -> StageFunctions:
    """Return the homogeneous hidden vectors after the stage, as functions on cells.

    Parameters
    ----------
    stage : Stage
    pre : StageFunctions
        The pre-activations on the cells of the stage.
    origin : (c,) ints
        For each new cell the cell of the stage that it is a part of.
    above : (c, w) masks
        The kinks that it is above.
    """
    bits = unpack(above, len(stage.kinks)).T
    value, error = pre.value.take(origin, axis=2), pre.error.take(origin, axis=1)
    if _is_relu(stage):
        value[:-1] *= bits[:, np.newaxis]
        error[:-1] *= bits
        return StageFunctions(value, error)
    piece = np.zeros((stage.width, len(origin)), dtype=np.int64)
    for kink, (neuron, _, _) in enumerate(stage.kinks):
        piece[neuron] += bits[kink]
    slope = _factors(stage.slopes, piece)
    intercept = _factors(stage.intercepts, piece)
    return _combined(slope, intercept, to_float(stage.denominator), value, error)


def _is_relu(stage: Stage) -> bool:
    """Whether every neuron is 0 below its one kink, and the identity above it."""
    return (
        stage.denominator == 1
        and len(stage.kinks) == stage.width
        and all(slopes == (0, 1) for slopes in stage.slopes)
        and not any(map(any, stage.intercepts))
    )


def _factors(table: Sequence[Sequence[int]], piece: Ints) -> Floats:
    """Return the entry of each neuron's piece on each cell."""
    longest = max(map(len, table))
    padded = np.array([[*map(to_float, row), *[0.0] * (longest - len(row))] for row in table])
    return np.asarray(padded[np.arange(len(table))[:, np.newaxis], piece])


def _combined(
    slope: Floats, intercept: Floats, denominator: float, value: Floats, error: Floats
) -> StageFunctions:
    """Return slope z + intercept t for each neuron, and denominator t."""
    scale, scale_error = value[-1], error[-1]
    sizes = np.abs(slope), np.abs(intercept)
    reach = np.abs(value).max(axis=1)
    carried = sizes[0] * error[:-1] + sizes[1] * scale_error
    total = sizes[0] * reach[:-1] + sizes[1] * reach[-1]
    inner = slope[:, np.newaxis] * value[:-1] + intercept[:, np.newaxis] * scale
    last = denominator * scale
    bounds = np.concatenate([carried, [abs(denominator) * scale_error]])
    totals = np.concatenate([total, [abs(denominator) * reach[-1]]])
    exact = (bounds == 0) & (totals < EXACT_BELOW)
    bounds = np.where(exact, 0.0, (bounds + 8 * UNIT * totals) * SLACK)
    return StageFunctions(np.concatenate([inner, last[np.newaxis]]), bounds)


def _brought_down(functions: StageFunctions, largest: Floats) -> StageFunctions:
    """Scale the functions of cells where they are very large, all of a cell by one power of two."""
    high = np.isfinite(largest) & (largest > LARGE)
    exponent = np.where(high, -np.frexp(np.where(high, largest, 1.0))[1], 0)
    value = np.ldexp(functions.value, exponent)
    small = (value != 0) & (np.abs(value) < LEAST)
    error = np.ldexp(functions.error, exponent)
    error += np.where(high & functions.value.any(axis=1), 2 * LEAST, 0.0)
    return StageFunctions(np.where(small, 0.0, value), error)
