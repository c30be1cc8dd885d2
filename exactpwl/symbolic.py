"""A complex as a sympy ``Piecewise``: for display, for proofs, for computer algebra.

Conditions are the facets of each region, weakly: where two regions meet, their maps agree, so it
does not matter which of them comes first.  The last region of the whole space needs no condition.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from exactpwl.errors import OptionError
from exactpwl.formula import variable_names

if TYPE_CHECKING:
    import sympy

    from exactpwl.complex import PolyhedralComplex

__all__ = ["as_piecewise"]


def as_piecewise(complex_: PolyhedralComplex, output: int = 0) -> sympy.Piecewise:
    """Return one output as a sympy ``Piecewise`` in real symbols, one piece a linear region's part.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network over the whole space or a domain; outside the domain the expression is
        undefined.
    output : int, default 0

    Returns
    -------
    sympy.Piecewise
        With rational coefficients.  The symbols are named as everywhere: x; x, y; x, y, z; x1 ...

    Raises
    ------
    OptionError
        If there is no such output.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> as_piecewise(regions(gallery.get("abs")))
    Piecewise((-x, -x >= 0), (x, True))
    """
    import sympy

    outputs = complex_.network.output_dimension
    if not 0 <= output < outputs:
        raise OptionError(f"an output from 0 to {outputs - 1} is required, got {output}")
    symbols = [sympy.Symbol(name, real=True) for name in variable_names(complex_.dimension)]
    pieces = []
    for region in complex_.regions:
        affine_map = region.affine_map
        value = _affine(affine_map.weight[output], affine_map.bias[output], symbols)
        rows = [facet.inequality for facet in region.facets]
        conditions = [_affine(q.normal, q.offset, symbols) >= 0 for q in rows]
        pieces.append((value, sympy.And(*conditions)))
    if complex_.domain.is_whole_space:
        pieces[-1] = (pieces[-1][0], True)
    return sympy.Piecewise(*pieces, evaluate=False)


def _affine(
    coefficients: Sequence[Fraction | int], constant: Fraction | int, symbols: Sequence[Any]
) -> Any:
    import sympy

    def rational(value: Fraction | int) -> Any:
        return sympy.Rational(value.numerator, value.denominator)

    terms = (rational(c) * s for c, s in zip(coefficients, symbols, strict=True))
    return sum(terms, rational(constant))
