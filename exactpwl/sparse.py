"""Sparse layers: neurons that hear a few inputs each, in no regular way.

What is neither a full table of weights nor the same kernel at every place: a convolution with
values carried around it, a matrix that was pruned.  Each row is its places and its weights; nothing
of the size of the table is kept, so that evaluation and the maps at a data point take such layers
at any size.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from exactpwl.activation import Activation
from exactpwl.errors import NetworkError
from exactpwl.layer import SparseRow, parse_activations
from exactpwl.rationals import as_fraction, clear_denominators, format_fraction, shown
from exactpwl.structured import StructuredLayer
from exactpwl.windows import whole_numbers

__all__ = ["SparseLayer"]


class SparseLayer(StructuredLayer):
    """A layer whose rows name the inputs that they hear; immutable.

    Parameters
    ----------
    rows : for each neuron a list of pairs (input, weight)
        Inputs counted from 0, each at most once; what is not named has the weight 0.
    bias : one rational a neuron
    activation : str, mapping, Activation, or a list with one a neuron
    inputs : int
        How many values enter.

    Attributes
    ----------
    inputs : int
    sparse_rows : for each neuron the inputs with weights that are not zero, and the numerators
    bias_numerators : tuple of int
    denominator : int
    activations : tuple of Activation

    Raises
    ------
    NetworkError
        If there is no row, a row names an input twice or one that is not there, a number is not a
        finite rational, or sizes do not fit.

    Examples
    --------
    >>> layer = SparseLayer([[(0, 1), (999, "-1/2")], []], [0, 3], "relu", inputs=1000)
    >>> layer, layer.sparse_rows
    (<SparseLayer 1000 -> 2 sparse relu>, (((0, 999), (2, -1)), ((), ())))
    """

    inputs: int
    denominator: int
    bias_numerators: tuple[int, ...]
    activations: tuple[Activation, ...]

    _kept = ("inputs", "sparse_rows", "bias_numerators", "denominator", "activations")

    def __init__(self, rows: Any, bias: Any, activation: Any = "relu", *, inputs: Any) -> None:
        (count,) = whole_numbers(inputs, "inputs", 1, least=1)
        made = [_row(row, j, count) for j, row in enumerate(_listed(rows, "rows"))]
        offsets = [_number(value, f"bias {j}") for j, value in enumerate(_listed(bias, "bias"))]
        if not made or len(offsets) != len(made):
            raise NetworkError(
                f"one or more rows, and one bias a row, are required, got {len(made)} and "
                f"{len(offsets)}"
            )
        numerators, denominator = clear_denominators(
            [*(w for row in made for w in row.values()), *offsets]
        )
        numbers = iter(numerators)
        found: list[SparseRow] = [(tuple(row), tuple(next(numbers) for _ in row)) for row in made]
        self._keep(
            inputs=count,
            sparse_rows=tuple(found),
            bias_numerators=tuple(numbers),
            denominator=denominator,
            activations=parse_activations(activation, len(made), None),
        )

    @property
    def input_dimension(self) -> int:
        """The number of values that enter."""
        return self.inputs

    @property
    def width(self) -> int:
        """The number of neurons."""
        return len(self.sparse_rows)

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(neurons, 1, 1)."""
        return (self.width, 1, 1)

    @property
    def bias(self) -> tuple[Fraction, ...]:
        """The bias of each neuron."""
        return tuple(Fraction(b, self.denominator) for b in self.bias_numerators)

    @property
    def text(self) -> str:
        """Width and activations in a few words."""
        kinds = list(dict.fromkeys(map(str, dict.fromkeys(self.activations))))
        shown_kinds = kinds[:3] + (["..."] if len(kinds) > 3 else [])
        return f"{self.width} sparse {'/'.join(shown_kinds)}"

    def as_dict(self) -> dict[str, Any]:
        """Return the layer in the native JSON form."""
        q = self.denominator
        return {
            "kind": "sparse",
            "inputs": self.inputs,
            "rows": [
                [[i, format_fraction(Fraction(n, q))] for i, n in zip(*row, strict=True)]
                for row in self.sparse_rows
            ],
            "b": [format_fraction(b) for b in self.bias],
            "activation": self.activation_spec,
        }

    def __repr__(self) -> str:
        return f"<SparseLayer {self.inputs} -> {self.text}>"


def _listed(values: Any, what: str) -> list[Any]:
    if isinstance(values, (str, bytes, dict)) or not isinstance(values, Iterable):
        raise NetworkError(f"{what}: a list is required, got {shown(values)}")
    return list(values)


def _row(row: Any, number: int, inputs: int) -> dict[int, Fraction]:
    """Return the weights of a row that are not zero, by their inputs, in order."""
    found: dict[int, Fraction] = {}
    for pair in _listed(row, f"row {number}"):
        if isinstance(pair, str) or not isinstance(pair, Iterable) or len(both := list(pair)) != 2:
            raise NetworkError(
                f"row {number}: pairs (input, weight) are required, got {shown(pair)}"
            )
        (place,) = whole_numbers(both[0], f"row {number}, an input", 1, least=0)
        if place >= inputs or place in found:
            raise NetworkError(
                f"row {number}: each of the inputs 0 to {inputs - 1} at most once is required, "
                f"got {place}"
            )
        found[place] = _number(both[1], f"row {number}, input {place}")
    return {place: found[place] for place in sorted(found) if found[place]}


def _number(value: Any, where: str) -> Fraction:
    try:
        return as_fraction(value)
    except (TypeError, ValueError) as error:
        raise NetworkError(f"{where}: {error}") from None
