"""Networks that were trained, bundled as they are: their weights are exact multiples of 1/64.

A trained network is data, not a formula, so it lies beside the code as JSON in the native format,
and is read without rounding.  The scripts that made the files are in `exactpwl.gallery.training`.
"""

from __future__ import annotations

import json
from importlib.resources import files

from exactpwl.network import Network

__all__ = ["digits", "disc", "rings"]


def rings() -> Network:
    """Return a leaky-ReLU (1/50) network 2-8-8-8-8-1 fitted to concentric rings.

    Examples
    --------
    >>> rings().widths
    (8, 8, 8, 8)
    """
    return _bundled("rings")


def disc() -> Network:
    """Return three hidden ReLUs that separate a disc from the annulus around it.

    Examples
    --------
    >>> disc()
    <Network disc 2 -> 3 relu -> 1 linear>
    """
    return _bundled("disc")


def digits() -> Network:
    """Return ten hidden ReLUs that tell a 3 from an 8, in pictures of 8 x 8 points.

    Examples
    --------
    >>> digits()
    <Network digits 64 -> 10 relu -> 1 linear>
    """
    return _bundled("digits")


def _bundled(name: str) -> Network:
    text = files("exactpwl.gallery").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    return Network.from_dict(json.loads(text))
