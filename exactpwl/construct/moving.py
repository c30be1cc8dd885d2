"""What moving one weight does to a function of one variable with one hidden layer.

f(x) = c + sum of a_j relu(w_j x + b_j).  If one number of neuron j is moved, all other terms stay,
so the change of f is the change of that one term.  Moving its output weight by d adds
d relu(w_j x + b_j), which is 0 on the inactive side of its breakpoint and a ray on the other: in a
network through points, whose ReLUs all look to the right, the first ReLU's weight moves everything,
and the last one's only the last segment.  Moving its bias shifts the breakpoint; the slopes on both
sides of the shift stay, and the active side is lifted by a constant.

The change is not read off this formula: the network after the move minus the network before it is
a network itself (`exactpwl.construct.add`), and its pieces are enumerated.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exactpwl.activation import RELU
from exactpwl.construct.joins import add
from exactpwl.construct.one_input import LinePiece, line_pieces, one_layer
from exactpwl.errors import NetworkError, OptionError
from exactpwl.formula import format_affine
from exactpwl.network import Network
from exactpwl.rationals import RationalLike, as_fraction, format_fraction

__all__ = ["Move", "Ray", "formula", "move", "rays"]


@dataclass(frozen=True)
class Ray:
    """One ReLU of a network with one input: output_weight * relu(weight * x + bias).

    Examples
    --------
    >>> print(Ray(Fraction(1, 2), Fraction(1), Fraction(-8)))
    -8 relu(x+1/2)
    """

    bias: Fraction
    weight: Fraction
    output_weight: Fraction

    @property
    def breakpoint(self) -> Fraction | None:
        """Where it bends; None for a constant one."""
        return -self.bias / self.weight if self.weight else None

    def __str__(self) -> str:
        inner = format_affine((self.weight,), self.bias, ["x"])
        size = format_fraction(abs(self.output_weight))
        size = "" if size == "1" else f"({size}) " if "/" in size else f"{size} "
        return f"{'-' if self.output_weight < 0 else ''}{size}relu({inner})"


def rays(network: Network) -> tuple[Ray, ...]:
    """Return the ReLUs of a network with one input, one output and one hidden layer, in order.

    Raises
    ------
    NetworkError
        If the network is of another shape.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> [str(ray) for ray in rays(gallery.get("hat1d"))]
    ['relu(x+1)', '-2 relu(x)', 'relu(x-1)']
    """
    last = network.layers[-1]
    hidden = network.layers[:-1]
    fits = (
        (network.input_dimension, network.output_dimension) == (1, 1)
        and all(a.is_identity for a in last.activations)
        and len(hidden) <= 1
        and all(a == RELU for layer in hidden for a in layer.activations)
    )
    if not fits:
        raise NetworkError(
            "a network with one input, at most one hidden layer of ReLUs and one linear output is "
            f"required, got {network.architecture}"
        )
    return tuple(
        Ray(bias, row[0], a)
        for layer in hidden
        for row, bias, a in zip(layer.weight, layer.bias, last.weight[0], strict=True)
    )


def formula(network: Network) -> str:
    """Return such a network as people write it.

    Raises
    ------
    NetworkError
        As `rays`.

    Examples
    --------
    >>> from exactpwl import construct
    >>> made = construct.from_points([(-1, -1), ("-1/2", 1), (0, -1), (1, 0)])
    >>> formula(made.network)
    '-1 + 4 relu(x+1) - 8 relu(x+1/2) + 5 relu(x)'
    """
    terms = rays(network)
    last = network.layers[-1]
    if len(network.layers) == 1:
        return format_affine(last.weight[0], last.bias[0], ["x"])
    text = format_fraction(last.bias[0]) if last.bias[0] else ""
    for ray in terms:
        if ray.output_weight:
            sign = "-" if ray.output_weight < 0 else "+"
            text += f" {sign} {str(ray).lstrip('-')}" if text else str(ray)
    return text or "0"


@dataclass(frozen=True)
class Move:
    """A network with one hidden layer before and after one of its numbers was moved.

    Attributes
    ----------
    neuron : int
    before, after : Network
    difference : tuple of LinePiece
        The pieces of after - before, from left to right.

    Examples
    --------
    >>> from exactpwl import construct
    >>> made = construct.from_points([(-1, -1), ("-1/2", 1), (0, -1), (1, 0)])
    >>> print(move(made.network, 2, output_weight=6))
    unchanged for x <= 0, changed by x for x >= 0
    """

    neuron: int
    before: Network
    after: Network
    difference: tuple[LinePiece, ...]

    @property
    def changed(self) -> tuple[LinePiece, ...]:
        """The pieces of the difference that are not 0."""
        return tuple(p for p in self.difference if p.slope or p.constant)

    @property
    def segments(self) -> tuple[int, ...]:
        """The pieces of the function before, counted from the left, whose inside changes."""
        return tuple(
            i
            for i, piece in enumerate(line_pieces(self.before))
            if any(_overlap(piece, change) for change in self.changed)
        )

    def __str__(self) -> str:
        return ", ".join(_said(piece) for piece in self.difference)


def move(
    network: Network,
    neuron: int,
    *,
    output_weight: RationalLike | None = None,
    bias: RationalLike | None = None,
    weight: RationalLike | None = None,
) -> Move:
    """Move one number of one ReLU, and return exactly where the function changes and by how much.

    Parameters
    ----------
    network : Network
        With one input, one hidden layer of ReLUs, one linear output.
    neuron : int
        Counted from 0.
    output_weight, bias, weight : rational, optional
        The new value of what is moved; one of the three.

    Raises
    ------
    NetworkError
        If the network is of another shape.
    OptionError
        If there is no such neuron, or not one number to be moved.

    Examples
    --------
    >>> from exactpwl import construct
    >>> made = construct.from_points([(-1, -1), ("-1/2", 1), (0, -1), (1, 0)])
    >>> moved = move(made.network, 0, output_weight=5)
    >>> print(moved, "| pieces", *moved.segments)
    unchanged for x <= -1, changed by x+1 for x >= -1 | pieces 1 2 3
    >>> print(move(made.network, 1, bias=0))
    unchanged for x <= -1/2, changed by 8x+4 for -1/2 <= x <= 0, changed by 4 for x >= 0
    """
    terms = list(rays(network))
    if not 0 <= neuron < len(terms):
        known = f"the ReLUs are 0 to {len(terms) - 1}" if terms else "there is no ReLU"
        raise OptionError(f"{known}, got {neuron}")
    given = {"output_weight": output_weight, "bias": bias, "weight": weight}
    chosen = {key: as_fraction(value) for key, value in given.items() if value is not None}
    if len(chosen) != 1:
        raise OptionError(
            f"one of output_weight, bias and weight is to be moved, got {len(chosen)} of them"
        )
    old = {key: getattr(terms[neuron], key) for key in given}
    terms[neuron] = Ray(**{**old, **chosen})
    constant = network.layers[-1].bias[0]
    after = one_layer(constant, [(t.output_weight, t.weight, t.bias) for t in terms])
    difference = add([after, network], [1, -1]).network
    return Move(neuron, network, after, tuple(line_pieces(difference)))


def _overlap(one: LinePiece, other: LinePiece) -> bool:
    """Whether two intervals have inner points in common."""
    lows = [end for end in (one.left, other.left) if end is not None]
    highs = [end for end in (one.right, other.right) if end is not None]
    return not lows or not highs or max(lows) < min(highs)


def _said(piece: LinePiece) -> str:
    change = format_affine((piece.slope,), piece.constant, ["x"])
    what = "unchanged" if change == "0" else f"changed by {change}"
    left, right = (None if end is None else format_fraction(end) for end in piece[:2])
    if left is None:
        return f"{what} everywhere" if right is None else f"{what} for x <= {right}"
    return f"{what} for x >= {left}" if right is None else f"{what} for {left} <= x <= {right}"
