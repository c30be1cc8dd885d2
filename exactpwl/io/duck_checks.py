"""Networks from torch and scikit-learn held against the objects that they were read from.

The readers know classes by name and attributes by name; what they take them to mean is checked here
by the object itself, where it is a real one and can compute.  A torch module computes layer by
layer, a copy of it in doubles: so nothing hides behind short floats, and no fast convolution, which
rounds otherwise than a sum does, is in the way.  A regressor predicts values, a classifier classes,
and a class must be that of the largest exact score, unless two scores are so near that rounding may
turn them.

Nothing is imported: whoever has such an object has loaded its library.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from exactpwl.errors import FormatError
from exactpwl.io.agreement import compare_floats, rounding_bounds, weight_count
from exactpwl.network import Network

__all__ = ["check_sklearn", "check_torch"]

_MOST_CHECKED = 1 << 19


def check_torch(
    network: Network, parts: Sequence[Any], marks: Sequence[int], shape: Sequence[int]
) -> None:
    """Compare a network with the modules that it was read from, if they are torch's own.

    Parameters
    ----------
    network : Network
    parts : sequence of torch.nn.Module
        In the order in which they act.
    marks : sequence of int
        For each how many layers of the network end with it; 0 if none does.
    shape : sequence of int
        Of what enters.

    Raises
    ------
    FormatError
        If they differ by more than rounding explains.
    """
    torch = sys.modules.get("torch")
    if torch is None or not all(isinstance(part, torch.nn.Module) for part in parts):
        return
    if weight_count(network) > _MOST_CHECKED:
        return
    try:
        doubles = [copy.deepcopy(part).cpu().double() for part in parts]
    except (RuntimeError, NotImplementedError):  # of tensors that are still part of a computation
        return

    def evaluate(point: list[float]) -> list[list[float] | None]:
        found: list[list[float] | None] = [None] * len(network.layers)
        value = torch.tensor(point, dtype=torch.float64).reshape(1, *shape)
        with torch.no_grad():
            for part, mark in zip(doubles, marks, strict=True):
                value = part(value)
                if mark:
                    found[mark - 1] = value.flatten().tolist()
        return found

    compare_floats(network, network, evaluate, source="module", precision="float64")


def check_sklearn(network: Network, estimator: Any) -> None:
    """Compare a network with the predictions of the estimator that it was read from.

    Raises
    ------
    FormatError
        If they differ by more than rounding explains.
    """
    if not callable(getattr(estimator, "predict", None)):
        return
    short = any(np.asarray(one).dtype != np.float64 for one in estimator.coefs_)
    precision = "float32" if short else "float64"
    kind = type(estimator).__name__
    classes = getattr(estimator, "classes_", None)

    def evaluate(point: list[float]) -> list[list[float] | None]:
        got = np.ravel(estimator.predict(np.array([point])))
        found: list[list[float] | None] = [None] * len(network.layers)
        if classes is None:
            found[-1] = got.tolist()
        elif len(got) == 1:
            _check_class(network, point, list(classes).index(got[0]), precision, kind)
        return found

    compare_floats(network, network, evaluate, source=kind, precision=precision)


def _check_class(
    network: Network, point: list[float], chosen: int, precision: str, kind: str
) -> None:
    """Refuse a class that is not that of the largest exact score, beyond rounding."""
    place = [Fraction(x) for x in point]
    *_, (scores, errors) = rounding_bounds(network.layers, place, precision)
    if len(scores) == 1:  # of two classes the sign of one score tells
        scores, errors = [Fraction(0), *scores], [0.0, *errors]
    for score, error in zip(scores, errors, strict=True):
        if score - scores[chosen] > Fraction(error) + Fraction(errors[chosen]):
            raise FormatError(
                f"{kind}: the class of the largest exact score at {point} is not the predicted "
                f"one, {chosen}, and rounding does not explain it; please report it"
            )
