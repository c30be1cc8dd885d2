"""Activations: every continuous piecewise-linear function of one variable, in one representation.

An activation is its breakpoints c_1 < ... < c_{k-1}, its k slopes, and its value at 0.  Continuity
is built in: the intercept of each piece follows from its neighbour's.  ReLU, leaky ReLU, abs, hard
tanh, ReLU6 and the identity are names for particular numbers, not cases of their own, so no other
module asks which activation it meets.  A breakpoint without a change of slope is no breakpoint and
is dropped: leaky ReLU of slope 1 *is* the identity, and equal functions compare equal.

A value z is on piece i iff c_i < z <= c_{i+1}: for ReLU, 0 = inactive (z <= 0), 1 = active (z > 0).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from exactpwl.errors import NetworkError
from exactpwl.rationals import (
    RationalLike,
    as_fraction,
    as_fractions,
    clear_denominators,
    format_fraction,
    shown,
)

__all__ = ["Activation", "IntegerPieces"]

_KNOWN = "relu, leaky_relu:SLOPE, abs, linear, hard_tanh, relu6"


class IntegerPieces(NamedTuple):
    """An activation in integers: breakpoints p/q, and slopes and intercepts over `denominator`."""

    breakpoints: tuple[tuple[int, int], ...]
    lines: tuple[tuple[int, int], ...]
    denominator: int

    def over(self, denominator: int) -> IntegerPieces:
        """Return the same over a multiple of the denominator."""
        factor = denominator // self.denominator
        lines = tuple((slope * factor, shift * factor) for slope, shift in self.lines)
        return IntegerPieces(self.breakpoints, lines, denominator)


@dataclass(frozen=True)
class Activation:
    """A continuous piecewise-linear function of one variable, exactly.

    Parameters
    ----------
    breakpoints : sequence of k - 1 rationals, strictly increasing
    slopes : sequence of k rationals
        The slope left of the first breakpoint, between each two, and right of the last.
    value_at_zero : rational, default 0

    Raises
    ------
    NetworkError
        If the breakpoints do not increase or the numbers of breakpoints and slopes do not fit.

    Examples
    --------
    >>> hard_tanh = Activation((-1, 1), (0, 1, 0))
    >>> hard_tanh(Fraction(1, 2)), hard_tanh(7)
    (Fraction(1, 2), Fraction(1, 1))
    >>> Activation.parse("leaky_relu:1") == Activation.parse("linear")
    True
    """

    breakpoints: tuple[Fraction, ...]
    slopes: tuple[Fraction, ...]
    value_at_zero: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        breakpoints = as_fractions(self.breakpoints)
        slopes = as_fractions(self.slopes)
        if len(slopes) != len(breakpoints) + 1:
            raise NetworkError(
                f"one slope more than breakpoints is required ({len(breakpoints) + 1}), "
                f"got {len(slopes)}"
            )
        if any(a >= b for a, b in pairwise(breakpoints)):
            listed = ", ".join(map(format_fraction, breakpoints))
            raise NetworkError(f"breakpoints must increase strictly, got {listed}")
        bends = [i for i in range(len(breakpoints)) if slopes[i] != slopes[i + 1]]
        object.__setattr__(self, "breakpoints", tuple(breakpoints[i] for i in bends))
        object.__setattr__(self, "slopes", (slopes[0], *(slopes[i + 1] for i in bends)))
        object.__setattr__(self, "value_at_zero", as_fraction(self.value_at_zero))

    @cached_property
    def pieces(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """Slope and intercept of each piece, from left to right."""
        start = bisect_left(self.breakpoints, 0)
        intercepts = {start: self.value_at_zero}
        for i in range(start, len(self.breakpoints)):
            change = self.slopes[i] - self.slopes[i + 1]
            intercepts[i + 1] = intercepts[i] + change * self.breakpoints[i]
        for i in range(start - 1, -1, -1):
            change = self.slopes[i + 1] - self.slopes[i]
            intercepts[i] = intercepts[i + 1] + change * self.breakpoints[i]
        return tuple((slope, intercepts[i]) for i, slope in enumerate(self.slopes))

    @cached_property
    def integers(self) -> IntegerPieces:
        """The breakpoints and the pieces in integers.

        Examples
        --------
        >>> Activation.leaky_relu("1/2").integers
        IntegerPieces(breakpoints=((0, 1),), lines=((1, 0), (2, 0)), denominator=2)
        """
        flat, denominator = clear_denominators([n for piece in self.pieces for n in piece])
        return IntegerPieces(
            tuple((c.numerator, c.denominator) for c in self.breakpoints),
            tuple(zip(flat[::2], flat[1::2], strict=True)),
            denominator,
        )

    def piece_of(self, z: Fraction) -> int:
        """Return the index of the piece of `z`; a breakpoint belongs to its left piece."""
        return bisect_left(self.breakpoints, z)

    def __call__(self, z: RationalLike) -> Fraction:
        """Return the exact value at `z`."""
        value = as_fraction(z)
        slope, intercept = self.pieces[self.piece_of(value)]
        return slope * value + intercept

    @property
    def is_linear(self) -> bool:
        """Whether there is no breakpoint: such a neuron never splits a region."""
        return not self.breakpoints

    @property
    def is_identity(self) -> bool:
        """Whether this is z -> z."""
        return self == IDENTITY

    @classmethod
    def leaky_relu(cls, slope: RationalLike) -> Activation:
        """Return z -> z for z > 0 and slope * z for z <= 0; slope 0 is the ReLU, -1 is abs."""
        return cls((Fraction(0),), (as_fraction(slope), Fraction(1)))

    @classmethod
    def parse(cls, spec: Activation | str | Mapping[str, Any]) -> Activation:
        """Read an activation from its written form.

        Parameters
        ----------
        spec : str or mapping
            ``relu``, ``leaky_relu:1/50`` (any rational slope), ``abs``, ``linear`` (or
            ``identity``), ``hard_tanh``, ``relu6``; or a mapping with ``breakpoints``, ``slopes``
            and, where it is not 0, ``value_at_zero``.

        Raises
        ------
        NetworkError
            If it is none of these.

        Examples
        --------
        >>> Activation.parse({"breakpoints": [0, "1/2"], "slopes": [0, 1, -1]})(1)
        Fraction(0, 1)
        """
        if isinstance(spec, Activation):
            return spec
        if isinstance(spec, Mapping):
            return cls._from_mapping(spec)
        if isinstance(spec, str):
            if spec in _NAMED:
                return _NAMED[spec]
            name, colon, argument = spec.partition(":")
            if name in ("leaky_relu", "prelu") and colon:
                return cls.leaky_relu(argument)
        raise NetworkError(
            f"unknown activation {shown(spec)}: one of {_KNOWN}, or an object with breakpoints, "
            "slopes and value_at_zero, is required"
        )

    @classmethod
    def _from_mapping(cls, spec: Mapping[str, Any]) -> Activation:
        allowed = {"breakpoints", "slopes", "value_at_zero"}
        unknown = sorted(set(spec) - allowed)
        missing = sorted({"breakpoints", "slopes"} - set(spec))
        if unknown or missing:
            raise NetworkError(
                "an activation object has breakpoints, slopes and (optional) value_at_zero; "
                + (f"unknown: {', '.join(unknown)}" if unknown else f"missing: {missing[0]}")
            )
        for key in ("breakpoints", "slopes"):
            if isinstance(spec[key], str) or not isinstance(spec[key], Sequence):
                raise NetworkError(f"{key} of an activation must be a list, got {shown(spec[key])}")
        return cls(tuple(spec["breakpoints"]), tuple(spec["slopes"]), spec.get("value_at_zero", 0))

    @property
    def spec(self) -> str | dict[str, Any]:
        """The written form, which `parse` reads: a name where there is one, else a mapping.

        Examples
        --------
        >>> Activation.leaky_relu("1/50").spec
        'leaky_relu:1/50'
        """
        for name, activation in _NAMED.items():
            if activation == self:
                return name
        if self == Activation.leaky_relu(self.slopes[0]):
            return f"leaky_relu:{format_fraction(self.slopes[0])}"
        mapping: dict[str, Any] = {
            "breakpoints": [format_fraction(c) for c in self.breakpoints],
            "slopes": [format_fraction(m) for m in self.slopes],
        }
        if self.value_at_zero:
            mapping["value_at_zero"] = format_fraction(self.value_at_zero)
        return mapping

    def __str__(self) -> str:
        if isinstance(self.spec, str):
            return self.spec
        bends = ", ".join(map(format_fraction, self.breakpoints))
        slopes = ", ".join(map(format_fraction, self.slopes))
        at_zero = f"; {format_fraction(self.value_at_zero)} at 0" if self.value_at_zero else ""
        return f"pwl(slopes {slopes}; bends {bends}{at_zero})" if bends else f"{slopes}*z{at_zero}"


IDENTITY = Activation((), (Fraction(1),))
RELU = Activation.leaky_relu(0)

_NAMED = {
    "relu": RELU,
    "abs": Activation.leaky_relu(-1),
    "linear": IDENTITY,
    "identity": IDENTITY,
    "hard_tanh": Activation((Fraction(-1), Fraction(1)), (Fraction(0), Fraction(1), Fraction(0))),
    "relu6": Activation((Fraction(0), Fraction(6)), (Fraction(0), Fraction(1), Fraction(0))),
}
