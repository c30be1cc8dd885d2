"""Affine forms: what a number in a graph is, as a function of the units found so far.

A graph is read by running it on these instead of on numbers.  An entry of a tensor is a `Fraction`
where it does not depend on the input, else a `Form`: a constant plus a few multiples of *units*.
The inputs are units, and so is what leaves each non-linearity.  A form keeps only the coefficients
that are not zero, and arrays of forms are numpy arrays of objects, so that reshaping, broadcasting,
slicing and padding are numpy's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

__all__ = ["ONE", "Form", "NotAffineError", "combine_forms"]

ONE = Fraction(1)
_ZERO = Fraction(0)


class NotAffineError(Exception):
    """An operation on forms whose result is no form; caught where the node's name is known."""


class Form:
    """The function constant + sum of terms[u] * u over units u; treated as immutable.

    Parameters
    ----------
    terms : dict
        The coefficient of each unit that counts; none is zero.
    constant : Fraction

    Examples
    --------
    >>> x, y = Form({0: ONE}), Form({1: ONE})
    >>> 2 * x - y / 2 + 1
    Form({0: Fraction(2, 1), 1: Fraction(-1, 2)}, Fraction(1, 1))
    >>> (x - x).terms
    {}
    """

    __slots__ = ("constant", "terms")

    def __init__(self, terms: dict[int, Fraction], constant: Fraction = _ZERO) -> None:
        self.terms = terms
        self.constant = constant

    @property
    def unit(self) -> int | None:
        """The unit that this is, if it is one and nothing else."""
        if len(self.terms) != 1 or self.constant:
            return None
        ((unit, coefficient),) = self.terms.items()
        return unit if coefficient is ONE or coefficient == 1 else None

    def __add__(self, other: Any) -> Form:
        if not isinstance(other, Form):
            return Form(self.terms, self.constant + other)
        terms = dict(self.terms)
        for unit, coefficient in other.terms.items():
            total = terms.get(unit, _ZERO) + coefficient
            if total:
                terms[unit] = total
            else:
                del terms[unit]
        return Form(terms, self.constant + other.constant)

    __radd__ = __add__

    def __neg__(self) -> Form:
        return Form({unit: -c for unit, c in self.terms.items()}, -self.constant)

    def __sub__(self, other: Any) -> Form:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Form:
        return (-self).__add__(other)

    def __mul__(self, factor: Any) -> Form:
        if isinstance(factor, Form):
            raise NotAffineError("it multiplies two values that both depend on the input")
        if not factor:
            return Form({})
        return Form({u: factor * c for u, c in self.terms.items()}, factor * self.constant)

    __rmul__ = __mul__

    def __truediv__(self, divisor: Any) -> Form:
        if isinstance(divisor, Form):
            raise NotAffineError("it divides by a value that depends on the input")
        return self.__mul__(ONE / divisor)

    def __rtruediv__(self, dividend: Any) -> Form:
        raise NotAffineError("it divides by a value that depends on the input")

    def __repr__(self) -> str:
        return f"Form({self.terms}, {self.constant!r})"


def combine_forms(weights: Iterable[Any], entries: Iterable[Any], start: Any) -> Any:
    """Return start + sum of weight times entry; a `Form` if an entry is one.

    Examples
    --------
    >>> combine_forms([2, 3], [Form({0: ONE}), Fraction(1)], ONE)
    Form({0: Fraction(2, 1)}, Fraction(4, 1))
    """
    terms: dict[int, Fraction] = {}
    constant = start
    affine = False
    for weight, entry in zip(weights, entries, strict=True):
        if isinstance(weight, Form):
            if isinstance(entry, Form):
                raise NotAffineError("it multiplies two values that both depend on the input")
            weight, entry = entry, weight
        if not isinstance(entry, Form):
            constant += weight * entry
            continue
        affine = True
        if weight:
            _add_terms(terms, weight, entry)
            constant += weight * entry.constant
    return Form({u: c for u, c in terms.items() if c}, constant) if affine else constant


def _add_terms(terms: dict[int, Fraction], weight: Any, form: Form) -> None:
    for unit, coefficient in form.terms.items():
        product = Fraction(weight) if coefficient is ONE else weight * coefficient
        terms[unit] = terms[unit] + product if unit in terms else product
