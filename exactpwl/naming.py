"""What the neurons of a network are called where it is written out for people.

The layers are a, b, c, ... and their neurons a0, a1, ..., counted from 0 as everywhere; the output
is f, or f0, f1, ... where there are several.  From the sixth layer on letters would run into f, and
a neuron is h5_0: the layer, then its place.  A network's own name comes from a file, and may hold
anything; `printable` makes it harmless.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from exactpwl.formula import latex_name

if TYPE_CHECKING:
    from exactpwl.network import Network

__all__ = ["latex_neuron", "neuron_names", "printable"]

_LETTERS = "abcde"


def neuron_names(network: Network, layer: int) -> list[str]:
    """Return the names of a layer's neurons.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> xor = gallery.get("xor")
    >>> neuron_names(xor, 0), neuron_names(xor, 1)
    (['a0', 'a1'], ['f'])
    """
    width = network.layers[layer].width
    if layer == len(network.layers) - 1:
        return ["f"] if width == 1 else [f"f{j}" for j in range(width)]
    letter = _LETTERS[layer] if layer < len(_LETTERS) else f"h{layer}_"
    return [f"{letter}{j}" for j in range(width)]


def latex_neuron(name: str) -> str:
    """Return a neuron's name, or a variable's, in LaTeX.

    Examples
    --------
    >>> latex_neuron("a1"), latex_neuron("h5_12"), latex_neuron("x")
    ('a_{1}', 'h_{5,12}', 'x')
    """
    return re.sub(r"(\d+)_(\d+)$", r"_{\1,\2}", name) if "_" in name else latex_name(name)


def printable(text: str) -> str:
    r"""Return a text from a file with its control characters escaped.

    Examples
    --------
    >>> printable("ring" + chr(27) + "[31m")
    'ring\\x1b[31m'
    """
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )
