"""A network of one input and one layer with kinks, as a sum of rays that is added up in order.

f(x) = a x + c + v_1 s_1(w_1 x + b_1) + ... + v_n s_n(w_n x + b_n).  For a ReLU the term is 0 on
one side of its breakpoint -b/w and a ray, of slope v w, on the other.  Every continuous
piecewise-linear function of one variable is such a sum (Arora et al. 2018, arXiv:1611.01491,
theorem 2.2): take the leftmost piece, and for each bend a ReLU with the change of slope as weight.

The terms are added from left to right, by their first breakpoints; those without one (a dead
neuron, an output weight 0) come first, with the affine part.  If all rays go to the right, each
partial sum is already the function up to the next breakpoint, and the next ray bends it there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from exactpwl.activation import Activation
from exactpwl.affine import AffineMap
from exactpwl.errors import FigureError
from exactpwl.formula import format_affine
from exactpwl.naming import neuron_names
from exactpwl.plot.caption import counted
from exactpwl.plot.curve import Curve, Meeting, Piece, name_of
from exactpwl.plot.patches import functional
from exactpwl.rationals import RationalLike, as_fraction, format_fraction
from exactpwl.stages import rational_map

if TYPE_CHECKING:
    from exactpwl.network import Network

__all__ = ["RaySum", "Term", "added", "curve_between"]


@dataclass(frozen=True)
class Term:
    """One neuron: weight * activation(slope * x + bias), and its name."""

    name: str
    weight: Fraction
    activation: Activation
    slope: Fraction
    bias: Fraction

    @property
    def breakpoints(self) -> tuple[Fraction, ...]:
        """Where the term bends, in increasing order."""
        if not self.weight * self.slope:
            return ()
        return tuple(sorted((c - self.bias) / self.slope for c in self.activation.breakpoints))

    @property
    def curve(self) -> Curve:
        """The term as a function of x."""
        formulas = [
            (self.weight * m * self.slope, self.weight * (m * self.bias + k))
            for m, k in self.activation.pieces
        ]
        if not self.breakpoints:
            value = self.weight * self.activation(self.bias)
            formulas = formulas[:1] if self.activation.is_linear else [(Fraction(0), value)]
        if self.slope < 0:
            formulas.reverse()
        return curve_between(self.breakpoints, formulas, (self.name,))

    def __str__(self) -> str:
        spec = self.activation.spec
        inner = format_affine((self.slope,), self.bias, ["x"])
        name = spec if isinstance(spec, str) else "s"
        size = format_fraction(abs(self.weight))
        size = "" if size == "1" else f"({size}) " if "/" in size else f"{size} "
        return f"{'-' if self.weight < 0 else ''}{size}{name}({inner})"


@dataclass(frozen=True)
class RaySum:
    """An affine function and the terms that are added to it.

    Attributes
    ----------
    start : (slope, intercept)
    terms : tuple of Term
        In the order of the neurons.
    label : str
        The name of the sum.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> print(RaySum.of(gallery.get("hat1d"), 0))
    relu(x+1) - 2 relu(x) + relu(x-1)
    """

    start: tuple[Fraction, Fraction]
    terms: tuple[Term, ...]
    label: str

    @classmethod
    def of(cls, network: Network, output: int | Sequence[RationalLike]) -> RaySum:
        """Return the sum that a network is.

        Raises
        ------
        FigureError
            If there is not one input, there is more than one layer with kinks, or no such output.
        """
        _check_shape(network)
        weights = functional(output, network.output_dimension)
        height = AffineMap((weights,), (Fraction(0),))
        stages = network.stages
        last = height @ rational_map(stages.output)
        if not stages.stages:
            return cls((last.weight[0][0], last.bias[0]), (), name_of(weights))
        (stage,) = stages.stages
        inner = rational_map(stage.rows)
        terms = zip(
            neuron_names(network, stage.layer),
            last.weight[0],
            network.layers[stage.layer].activations,
            (row[0] for row in inner.weight),
            inner.bias,
            strict=True,
        )
        return cls((Fraction(0), last.bias[0]), tuple(Term(*t) for t in terms), name_of(weights))

    def moved(
        self, weights: Mapping[int, RationalLike], biases: Mapping[int, RationalLike]
    ) -> RaySum:
        """Return the sum with some output weights and biases of neurons replaced.

        Raises
        ------
        FigureError
            If there is no such neuron.
        """
        terms = list(self.terms)
        for index, value in weights.items():
            self._require(index, "weight")
            terms[index] = replace(terms[index], weight=as_fraction(value))
        for index, value in biases.items():
            self._require(index, "bias")
            terms[index] = replace(terms[index], bias=as_fraction(value))
        return replace(self, terms=tuple(terms))

    def _require(self, index: int, field: str) -> None:
        if 0 <= index < len(self.terms):
            return
        if not self.terms:
            raise FigureError(f"there is no neuron whose {field} could be moved: all is affine")
        raise FigureError(
            f"a neuron from 0 to {len(self.terms) - 1} is required to move its {field}, got {index}"
        )

    @property
    def still(self) -> Curve:
        """The affine part and all terms without a breakpoint, an affine function."""
        sum_ = curve_between((), [self.start], ())
        for term in self.terms:
            if not term.breakpoints:
                sum_ = added(sum_, term.curve)
        return sum_

    @property
    def rays(self) -> list[Term]:
        """The terms with breakpoints, from left to right."""
        return sorted((t for t in self.terms if t.breakpoints), key=lambda t: t.breakpoints)

    @property
    def partial_sums(self) -> list[Curve]:
        """The still part, and the sums after each ray; the last one is the function."""
        sums = [self.still]
        for term in self.rays:
            sums.append(added(sums[-1], term.curve))
        return [replace(sum_, label=self.label) for sum_ in sums]

    def __str__(self) -> str:
        still = self.still.pieces[0]
        start = format_affine((still.slope,), still.intercept, ["x"])
        text = "" if start == "0" else start
        for term in self.rays:
            sign = "-" if term.weight < 0 else "+"
            text += f" {sign} {str(term).lstrip('-')}" if text else str(term)
        return text or "0"


def _check_shape(network: Network) -> None:
    inputs, layers = network.input_dimension, len(network.stages.stages)
    if inputs != 1:
        raise FigureError(
            f"rays are drawn of a network with 1 input, got {counted(inputs, 'input')}; "
            "plot.cross_section(network, [(point, direction)]) draws it along a line"
        )
    if layers > 1:
        raise FigureError(
            f"rays are drawn of a network with one layer with kinks, got {layers}; "
            "plot.function_graph(complex) and plot.derivatives(complex) draw it"
        )


def curve_between(
    breakpoints: Sequence[Fraction],
    formulas: Sequence[tuple[Fraction, Fraction]],
    neurons: tuple[str, ...],
) -> Curve:
    """Return the curve with these breakpoints, and slope and intercept of each piece."""
    ends = (None, *breakpoints, None)
    pieces = [
        Piece(low, high, *formula, str(i))
        for i, ((low, high), formula) in enumerate(zip(pairwise(ends), formulas, strict=True))
    ]
    meetings = [
        Meeting(x, *pair, neurons) for x, pair in zip(breakpoints, pairwise(pieces), strict=True)
    ]
    return Curve(tuple(pieces), tuple(meetings), "")


def added(first: Curve, second: Curve) -> Curve:
    """Return the sum of two curves over the whole line; its breakpoints are those of both.

    Examples
    --------
    >>> from exactpwl.plot.curve import curve_of
    >>> relu = curve_of(Activation.parse("relu"))
    >>> [piece.formula() for piece in added(relu, relu).pieces]
    ['0', '2x']
    """
    both = (first, second)
    places = [[m.x for m in curve.meetings] for curve in both]
    ends = sorted({x for listed in places for x in listed})
    formulas = []
    for last in (*ends, None):
        parts = [
            curve.pieces[len(at) if last is None else bisect_left(at, last)][2:4]
            for curve, at in zip(both, places, strict=True)
        ]
        slope, intercept = (sum(entries, Fraction(0)) for entries in zip(*parts, strict=True))
        formulas.append((slope, intercept))
    made = curve_between(ends, formulas, ())
    meeting = [
        m._replace(
            neurons=tuple(n for c in both for k in c.meetings if k.x == m.x for n in k.neurons)
        )
        for m in made.meetings
    ]
    return replace(made, meetings=tuple(meeting))
