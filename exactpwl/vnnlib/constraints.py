"""Linear functions of inputs and outputs, and the inequalities that they make.

A constraint is ``a . x + b . y + offset >= 0``, or ``> 0`` where it is strict, in coprime integers.
The form is unique, so two constraints are the same half-space iff they are equal.  Only the
coefficients that are not zero are kept: a picture has hundreds of inputs, and each of its bounds
names one of them.

On a cell where the network is y = W x + c a constraint is an inequality over x alone (`on_piece`);
that is how a question about inputs and outputs becomes one about polyhedra.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from exactpwl.affine import AffineMap
from exactpwl.errors import DimensionError, TooLargeError
from exactpwl.inequality import IntegerRow, Row
from exactpwl.rationals import clear_denominators, primitive
from exactpwl.vnnlib.decimals import MAX_BITS

__all__ = ["Constraint", "LinearForm", "Terms", "Variable", "check_size"]

Terms = tuple[tuple[int, int], ...]
"""Pairs (index, coefficient), by index; no coefficient is zero."""


@dataclass(frozen=True, order=True)
class Variable:
    """An input or an output, by its place among all inputs or all outputs."""

    is_output: bool
    index: int


@dataclass(frozen=True)
class LinearForm:
    """A linear function of inputs and outputs with a constant, in fractions.

    Examples
    --------
    >>> x, y = LinearForm.variable(Variable(False, 0)), LinearForm.variable(Variable(True, 0))
    >>> x.scaled(Fraction(1, 2)).plus(y).plus(x.scaled(Fraction(-1, 2))).coefficients
    {Variable(is_output=True, index=0): Fraction(1, 1)}
    """

    coefficients: Mapping[Variable, Fraction] = field(default_factory=dict)
    constant: Fraction = Fraction(0)

    @classmethod
    def variable(cls, variable: Variable) -> LinearForm:
        """Return the function that is a variable."""
        return cls({variable: Fraction(1)})

    @property
    def is_constant(self) -> bool:
        """Whether no variable is left."""
        return not self.coefficients

    def plus(self, other: LinearForm) -> LinearForm:
        """Return the sum."""
        return total([self, other])

    def scaled(self, factor: Fraction) -> LinearForm:
        """Return a multiple.

        Raises
        ------
        TooLargeError
            If a coefficient becomes too long.
        """
        if not factor:
            return LinearForm()
        for number in (*self.coefficients.values(), self.constant):
            check_size(number, factor)
        made = {v: c * factor for v, c in self.coefficients.items()}
        return LinearForm(made, self.constant * factor)


def total(forms: Iterable[LinearForm]) -> LinearForm:
    """Return the sum of linear functions."""
    summed: dict[Variable, Fraction] = {}
    constant = Fraction(0)
    for form in forms:
        constant += form.constant
        for variable, coefficient in form.coefficients.items():
            summed[variable] = summed.get(variable, Fraction(0)) + coefficient
    return LinearForm({v: c for v, c in summed.items() if c}, constant)


def check_size(*numbers: Fraction | int) -> None:
    """Refuse factors whose product is too long to compute with.

    Raises
    ------
    TooLargeError
    """
    bits = sum(max(n.numerator.bit_length(), n.denominator.bit_length()) for n in numbers)
    if bits > MAX_BITS:
        raise TooLargeError(
            f"a constraint's numbers may have up to {MAX_BITS} bits, this one needs {bits}; "
            "divide the comparison by a power of ten"
        )


@dataclass(frozen=True)
class Constraint:
    """A weak or strict linear inequality over inputs and outputs, in coprime integers.

    Attributes
    ----------
    inputs, outputs : tuple of (index, coefficient)
        The coefficients that are not zero, by index.
    offset : int
    strict : bool
        Whether it reads ``> 0`` instead of ``>= 0``.

    Examples
    --------
    ``y0 - 2 x1 + 1/2 > 0``:

    >>> form = LinearForm(
    ...     {Variable(True, 0): Fraction(1), Variable(False, 1): Fraction(-2)}, Fraction(1, 2)
    ... )
    >>> constraint = Constraint.of(form, strict=True)
    >>> constraint
    Constraint(inputs=((1, -4),), outputs=((0, 2),), offset=1, strict=True)
    >>> constraint.value([0, 1], [2]), constraint.holds([0, 1], ["3/2"])
    (Fraction(1, 1), False)
    """

    inputs: Terms
    outputs: Terms
    offset: int
    strict: bool = False

    @classmethod
    def of(cls, form: LinearForm, *, strict: bool) -> Constraint:
        """Return ``form >= 0``, or ``form > 0``.

        Raises
        ------
        TooLargeError
            If its integers are too long.
        """
        variables = sorted(form.coefficients)
        numbers = [form.coefficients[v] for v in variables]
        entries, _ = clear_denominators((*numbers, form.constant))
        for entry in entries:
            check_size(entry)
        *coefficients, offset = primitive(entries)
        pairs = list(zip(variables, coefficients, strict=True))
        return cls(
            tuple((v.index, c) for v, c in pairs if not v.is_output),
            tuple((v.index, c) for v, c in pairs if v.is_output),
            offset,
            strict,
        )

    @property
    def is_constant(self) -> bool:
        """Whether it has no variables, so that it holds everywhere or nowhere."""
        return not self.inputs and not self.outputs

    @property
    def negation(self) -> Constraint:
        """The constraint that holds exactly where this one fails."""
        return Constraint(
            tuple((i, -c) for i, c in self.inputs),
            tuple((i, -c) for i, c in self.outputs),
            -self.offset,
            not self.strict,
        )

    @property
    def direction(self) -> tuple[Terms, Terms]:
        """The coefficients divided by their greatest common divisor."""
        divisor = self._divisor
        return (
            tuple((i, c // divisor) for i, c in self.inputs),
            tuple((i, c // divisor) for i, c in self.outputs),
        )

    @property
    def bound(self) -> Fraction:
        """The least value that `direction` may have, where it is allowed to have it."""
        return Fraction(-self.offset, self._divisor)

    @property
    def _divisor(self) -> int:
        return math.gcd(*(c for _, c in (*self.inputs, *self.outputs)))

    def value(
        self, x: Sequence[Fraction | int | str], y: Sequence[Fraction | int | str]
    ) -> Fraction:
        """Return ``a . x + b . y + offset``."""
        result = Fraction(self.offset)
        for index, coefficient in self.inputs:
            result += coefficient * Fraction(x[index])
        for index, coefficient in self.outputs:
            result += coefficient * Fraction(y[index])
        return result

    def holds(self, x: Sequence[Fraction | int | str], y: Sequence[Fraction | int | str]) -> bool:
        """Whether inputs and outputs satisfy it, exactly."""
        value = self.value(x, y)
        return value > 0 or (value == 0 and not self.strict)

    def input_row(self, dimension: int) -> IntegerRow:
        """Return it as a row over the inputs; the strictness is left to the caller.

        Raises
        ------
        DimensionError
            If it speaks of outputs.
        """
        if self.outputs:
            raise DimensionError("a constraint on inputs alone is required; use on_piece")
        normal = [0] * dimension
        for index, coefficient in self.inputs:
            normal[index] = coefficient
        return tuple(normal), self.offset

    def on_piece(self, piece: AffineMap) -> Row:
        """Return it as a row over the inputs where the network is `piece`.

        Examples
        --------
        ``y0 >= x0`` where y = (3 x + 1/2) is ``2 x + 1/2 >= 0``:

        >>> row = Constraint(((0, -1),), ((0, 1),), 0).on_piece(AffineMap.of([[3]], ["1/2"]))
        >>> [str(number) for number in (*row[0], row[1])]
        ['2', '1/2']
        """
        normal = [Fraction(0)] * piece.input_dimension
        offset = Fraction(self.offset)
        for index, coefficient in self.inputs:
            normal[index] += coefficient
        for index, coefficient in self.outputs:
            offset += coefficient * piece.bias[index]
            for i, weight in enumerate(piece.weight[index]):
                normal[i] += coefficient * weight
        return tuple(normal), offset
