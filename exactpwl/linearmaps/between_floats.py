"""Maps between local linear maps in floating point, for networks with hundreds of inputs.

The rows of a network on pictures of 28 x 28 are all different and have 785 numbers, so the normal
equations are of size 786 with fractions of thousands of digits.  Here M_j comes from numpy's
`lstsq` instead: a singular value decomposition of C_j in float64, in which singular values below
max(rows, columns) times 2^-52 of the greatest count as 0, and the solution of least norm among what
remains.  So the rank is a verdict of floating point, unlike that of `maps_between`.

The mapped function is evaluated at a sample by its row: row times M_j, at the sample.  Its class is
the largest output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from exactpwl.errors import DimensionError, OptionError

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = ["FloatMapsBetween", "MapsAtSamples", "float_maps_between"]


class MapsAtSamples(Protocol):
    """What has all C_j as floats: `LocalMaps` and `FloatMaps`."""

    def floats(self) -> Floats:
        """Return all C_j, shape (outputs, samples, d + 1)."""


@dataclass(frozen=True, eq=False)
class FloatMapsBetween:
    """One matrix M_j for each output j, in float64.

    Attributes
    ----------
    matrices : array, shape (outputs, d + 1 or d + 2, d + 1)
        The last row is the intercept, if there is one.
    ranks : tuple of int
        Of each C_j with its column of ones, as `lstsq` finds it.
    intercept : bool

    Examples
    --------
    >>> doubling = FloatMapsBetween(np.array([[[2.0, 0.0], [0.0, 2.0]]]), (2,), intercept=False)
    >>> doubling.rows(np.array([[[3.0, 1.0]]])).tolist()
    [[[6.0, 2.0]]]
    """

    matrices: Floats
    ranks: tuple[int, ...]
    intercept: bool

    def rows(self, floats: Floats) -> Floats:
        """Return the mapped rows of rows of the first network.

        Parameters
        ----------
        floats : array, shape (outputs, samples, d + 1)

        Raises
        ------
        DimensionError
            If the rows have another shape than M_j takes.
        """
        given = np.asarray(floats, dtype=np.float64)
        outputs, height, width = self.matrices.shape
        if given.ndim != 3 or given.shape[::2] != (outputs, height - self.intercept):
            raise DimensionError(
                f"rows of shape ({outputs}, samples, {width}) are required, got {given.shape}"
            )
        mapped: Floats = given @ self.matrices[:, :width]
        return mapped + self.matrices[:, width:] if self.intercept else mapped

    def values(self, maps: MapsAtSamples, points: Any) -> Floats:
        """Return the mapped function at samples, shape (samples, outputs).

        Parameters
        ----------
        maps : LocalMaps or FloatMaps
            Of the first network at these samples.
        points : array, shape (samples, d)

        Raises
        ------
        DimensionError
            If the rows have another shape than M_j takes.
        OptionError
            If there is not one row for each point.
        """
        rows = self.rows(maps.floats())
        given = np.asarray(points, dtype=np.float64)
        if given.shape != (rows.shape[1], rows.shape[2] - 1):
            raise OptionError(
                f"points of shape {(rows.shape[1], rows.shape[2] - 1)} are required, one for each "
                f"row, got {given.shape}"
            )
        found: Floats = np.einsum("jsk,sk->sj", rows[:, :, :-1], given)
        return found + rows[:, :, -1].T


def float_maps_between(
    first: MapsAtSamples, *seconds: MapsAtSamples, intercept: bool = True
) -> tuple[FloatMapsBetween, ...]:
    """Return the matrices of least squares from one network's rows to those of others, in float64.

    Parameters
    ----------
    first, *seconds : LocalMaps or FloatMaps
        Of networks with the same inputs and outputs, at the same samples in the same order.  Each
        C_j of the first is decomposed once for all others.
    intercept : bool
        Whether M_j is an affine map of rows; a linear one if not.

    Returns
    -------
    tuple of FloatMapsBetween
        One for each of `seconds`.

    Raises
    ------
    DimensionError
        If the networks differ in inputs or outputs, or the samples are not equally many.

    Examples
    --------
    The first column is 0, and so is what it is mapped by:

    >>> from exactpwl import Network
    >>> from exactpwl.linearmaps import local_maps
    >>> networks = [Network([([row], [b], "linear")]) for row, b in (((0, 1), 1), ((0, 3), 5))]
    >>> maps = [local_maps(network, [(0, 0), (1, 1)]) for network in networks]
    >>> (found,) = float_maps_between(*maps, intercept=False)
    >>> found.ranks, np.round(found.matrices[0], 9).tolist()
    ((1,), [[0.0, 0.0, 0.0], [0.0, 1.5, 2.5], [0.0, 1.5, 2.5]])
    """
    source = first.floats()
    targets = [second.floats() for second in seconds]
    for target in targets:
        if target.shape != source.shape:
            raise DimensionError(
                "rows of one shape (outputs, samples, d + 1) are required for all networks, got "
                f"{source.shape} and {target.shape}"
            )
    fits = [_fit(source[j], [t[j] for t in targets], intercept) for j in range(len(source))]
    ranks = tuple(rank for _, rank in fits)
    return tuple(
        FloatMapsBetween(np.stack([parts[k] for parts, _ in fits]), ranks, intercept)
        for k in range(len(targets))
    )


def _fit(source: Floats, targets: list[Floats], intercept: bool) -> tuple[list[Floats], int]:
    """Return the solutions for several right sides, and the rank."""
    columns = [source, np.ones((len(source), 1))] if intercept else [source]
    solution, _, rank, _ = np.linalg.lstsq(np.hstack(columns), np.hstack(targets), rcond=None)
    width = source.shape[1]
    return [solution[:, k : k + width] for k in range(0, solution.shape[1], width)], int(rank)
