"""The maximum over groups of inputs: max-pooling, Maxout, any max of affine functions.

A maximum has a piece for each of its arguments: the one that is largest, the least index among
equal ones.  Its *kinks* are the pairs of its arguments, in the order (0, 1), (0, 2), (1, 2), (0, 3)
...: the function of (i, j) is argument j minus argument i, so that above it j is ahead.  Only pairs
with the largest argument bound a region; where another one is largest, a pair is no wall.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from exactpwl.activation import RELU
from exactpwl.errors import NetworkError
from exactpwl.layer import Layer
from exactpwl.rationals import shown
from exactpwl.structured import StructuredLayer
from exactpwl.windows import whole_numbers

__all__ = ["Maximum", "only_relus", "pairs"]


def pairs(count: int) -> tuple[tuple[int, int], ...]:
    """Return the pairs i < j of as many arguments, in the order of a maximum's kinks.

    Examples
    --------
    >>> pairs(3)
    ((0, 1), (0, 2), (1, 2))
    """
    return tuple((i, j) for j in range(count) for i in range(j))


def only_relus(layers: Iterable[Layer]) -> bool:
    """Return whether every kink of some layers is that of a ReLU."""
    bent = [layer for layer in layers if not layer.is_linear]
    if any(isinstance(layer, Maximum) for layer in bent):
        return False
    return {a for layer in bent for a in layer.activations if not a.is_linear} <= {RELU}


class Maximum(StructuredLayer):
    """A layer that hands on the largest input of each group; immutable.

    Parameters
    ----------
    groups : lists of int
        For each neuron the inputs among which it takes the largest, counted from 0.
    inputs : int, optional
        How many values enter; up to the last one in a group if left out.

    Raises
    ------
    NetworkError
        If there is no group, one is empty, or one names an input twice or one that is not there.

    Examples
    --------
    A Maxout neuron of three affine functions of the plane:

    >>> from exactpwl import Network, regions
    >>> tent = Network([([[1, 0], [0, 1], [-1, -1]], [0, 0, 0], "linear"), Maximum([[0, 1, 2]])])
    >>> tent, len(regions(tent)), tent.pattern_at((2, 2))
    (<Network 2 -> 3 linear -> 1 maximum>, 3, Pattern('0'))
    """

    _kept: tuple[str, ...] = ("groups", "inputs")

    def __init__(self, groups: Any, inputs: Any = None) -> None:
        listed = isinstance(groups, Iterable) and not isinstance(groups, (str, bytes))
        lists = list(groups) if listed else []
        made = [_group(group, number) for number, group in enumerate(lists)]
        if not made:
            raise NetworkError(f"a maximum needs at least one group of inputs, got {shown(groups)}")
        least = 1 + max(max(group) for group in made)
        count = whole_numbers(least if inputs is None else inputs, "inputs", 1, least=1)[0]
        if count < least:
            raise NetworkError(
                f"the groups name inputs up to {least - 1}, but only {count} values enter"
            )
        self._keep(groups=tuple(made), inputs=count)

    @property
    def members(self) -> tuple[tuple[int, ...], ...]:
        """For each neuron the inputs of its group."""
        groups: tuple[tuple[int, ...], ...] = self.__dict__["groups"]
        return groups

    @property
    def input_dimension(self) -> int:
        """The number of values that enter."""
        count: int = self.__dict__["inputs"]
        return count

    @property
    def width(self) -> int:
        """The number of groups."""
        return len(self.members)

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(groups, 1, 1)."""
        return (self.width, 1, 1)

    @property
    def is_linear(self) -> bool:
        """Whether every group has one input only."""
        return all(len(group) == 1 for group in self.members)

    @property
    def pieces(self) -> tuple[int, ...]:
        """The number of arguments of each maximum."""
        return tuple(map(len, self.members))

    @property
    def kink_counts(self) -> tuple[int, ...]:
        """The number of pairs of arguments of each maximum."""
        return tuple(len(group) * (len(group) - 1) // 2 for group in self.members)

    @property
    def text(self) -> str:
        """The width, and that it is a maximum."""
        return f"{self.width} maximum"

    def as_dict(self) -> dict[str, Any]:
        """Return the layer in the native JSON form."""
        return {
            "kind": "maximum",
            "inputs": self.input_dimension,
            "groups": [list(group) for group in self.members],
        }

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.input_dimension} -> {self.text}>"

    @property
    def _none(self) -> NoReturn:
        raise self._refusal("weights and activations")

    numerators = bias_numerators = denominator = activations = _none
    sparse_rows = affine = _none

    def _refusal(self, what: str) -> NetworkError:
        return NetworkError(
            f"a maximum over groups of inputs has no {what}: this is for layers of affine maps and "
            "activations; regions, checks, counts, tables and what belongs to one point "
            "(pattern_at, affine_map_at, inequalities_at) take maxima as well, and "
            "exactpwl.construct.relus_for_maxima(network) is the same function without"
        )


def _group(group: Any, number: int) -> tuple[int, ...]:
    listed = isinstance(group, Iterable) and not isinstance(group, (str, bytes))
    given = list(group) if listed else []
    if not given:
        raise NetworkError(f"group {number}: a list of inputs is required, got {shown(group)}")
    found = whole_numbers(given, f"group {number}", len(given), least=0)
    if len(set(found)) < len(found):
        raise NetworkError(f"group {number}: each input at most once is required, got {found}")
    return found
