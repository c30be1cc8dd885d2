"""A network's neurons as formulas, one below the other: ``a_0 = relu(x+y+1)``.

A page with every weight is read only where there are few; `MOST_WEIGHTS` says how many those are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from exactpwl.formula import latex_affine, variable_names
from exactpwl.maximum import Maximum
from exactpwl.naming import latex_neuron, neuron_names

if TYPE_CHECKING:
    from exactpwl.activation import Activation
    from exactpwl.network import Network

__all__ = ["MOST_WEIGHTS", "aligned_neurons", "neuron_formulas", "weight_count"]

MOST_WEIGHTS = 120
"""Beyond so many weights the layers are not written out."""


def weight_count(network: Network) -> int:
    """Return the number of weights, biases left out.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> weight_count(gallery.get("xor"))
    6
    """
    affine = (layer for layer in network.layers if not isinstance(layer, Maximum))
    return sum(layer.width * layer.input_dimension for layer in affine)


def neuron_formulas(network: Network) -> Iterator[tuple[str, str]]:
    r"""Yield the name and the value of each neuron, layer by layer, in LaTeX.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> name, value = next(neuron_formulas(gallery.get("xor")))
    >>> print(name, "=", value)
    a_{0} = \operatorname{relu}(x+y+1)
    """
    names = list(variable_names(network.input_dimension))
    for index, layer in enumerate(network.layers):
        own = neuron_names(network, index)
        if isinstance(layer, Maximum):
            for name, group in zip(own, layer.members, strict=True):
                arguments = ", ".join(latex_neuron(names[i]) for i in group)
                yield latex_neuron(name), rf"\max({arguments})"
            names = own
            continue
        for name, weight, bias, activation in zip(
            own, layer.weight, layer.bias, layer.activations, strict=True
        ):
            sum_ = latex_affine(weight, bias, names)
            value = sum_ if activation.is_identity else f"{_activation(activation)}({sum_})"
            yield latex_neuron(name), value
        names = own


def aligned_neurons(network: Network) -> str:
    """Return all neurons as one display, equal signs below each other."""
    lines = [f"{name} &= {value}" for name, value in neuron_formulas(network)]
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _activation(activation: Activation) -> str:
    name, colon, slope = str(activation).partition(":")
    spelled = rf"\operatorname{{{name}}}" if name.isalpha() else rf"\text{{{_spaced(name)}}}"
    return spelled + (f"_{{{slope}}}" if colon else "")


def _spaced(name: str) -> str:
    return name.replace("_", " ")
