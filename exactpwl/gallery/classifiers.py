"""Classifiers of digits: trained networks with as many inputs as a picture has points.

They are too large to be subdivided: what is asked of them is asked at data points.  Their weights
are the float32 numbers that training ended with, which are dyadic rationals, so each is an exact
network like every other.  The files hold the arrays of torch, ``weight0``, ``bias0``, ``weight1``,
...: a weight of four axes is a convolution with ReLUs, followed by max-pooling by 2, one of two
axes is a dense layer, with ReLUs if it is not the last.  The pictures are those of `picture_set`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from exactpwl.convolution import Convolution
from exactpwl.errors import GalleryError
from exactpwl.network import Network
from exactpwl.pooling import MaxPool

if TYPE_CHECKING:
    import numpy as np

__all__ = ["classifier", "classifier_names"]

_NAMES = ("digits-dense-1", "digits-dense-2", "mnist-dense", "mnist-conv-1", "mnist-conv-2")


def classifier_names() -> tuple[str, ...]:
    """Return the names of the bundled classifiers; what comes first is the set of pictures.

    Examples
    --------
    >>> classifier_names()[:2]
    ('digits-dense-1', 'digits-dense-2')
    """
    return _NAMES


@cache
def classifier(name: str) -> Network:
    """Return a trained classifier of digits: ten outputs, the largest is the class.

    Parameters
    ----------
    name : str
        ``digits-dense-1`` and ``-2`` (64-32-10, two seeds), ``mnist-dense`` (784-128-10), or
        ``mnist-conv-1`` and ``-2`` (two convolutions with max-pooling, then 320-50-10, two seeds).

    Raises
    ------
    GalleryError
        If there is none of that name.

    Examples
    --------
    >>> classifier("digits-dense-1")
    <Network digits-dense-1 64 -> 32 relu -> 10 linear>
    """
    if name not in _NAMES:
        raise GalleryError(f"a classifier is one of {', '.join(_NAMES)}, got {name!r}", spec=name)
    arrays = _arrays(name)
    count = sum(key.startswith("weight") for key in arrays)
    shape = (1, *arrays["shape"].tolist())
    layers: list[Any] = []
    for k in range(count):
        weight, bias = arrays[f"weight{k}"].tolist(), arrays[f"bias{k}"].tolist()
        if arrays[f"weight{k}"].ndim == 4:
            filtered = Convolution(weight, bias, "relu", input_shape=shape)
            pooled = MaxPool(filtered.output_shape, 2)
            layers += [filtered, pooled]
            shape = pooled.output_shape
        else:
            layers.append((weight, bias, "linear" if k == count - 1 else "relu"))
    return Network(layers, name=name)


def _arrays(name: str) -> dict[str, np.ndarray[Any, Any]]:
    import numpy as np

    resource = files("exactpwl.gallery").joinpath("data", "classifiers", f"{name}.npz")
    with as_file(resource) as path, np.load(path) as data:
        return {key: data[key] for key in data.files}
