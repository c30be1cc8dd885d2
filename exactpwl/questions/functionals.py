"""Which output is meant: a linear combination of the outputs, checked once for all questions.

Many questions are about one real-valued function.  Of a network with several outputs that is a
combination c . f, and the affine map of c . f on a region is that of f followed by c.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exactpwl.affine import AffineMap
from exactpwl.errors import OptionError
from exactpwl.rationals import RationalLike, as_fractions

__all__ = ["functional"]


def functional(coefficients: Sequence[RationalLike] | None, outputs: int) -> AffineMap:
    """Return the linear map y -> coefficients . y; for one output it may be left out.

    Raises
    ------
    OptionError
        If there is not one coefficient for each output.

    Examples
    --------
    >>> functional([1, -2], 2)((5, 1))
    (Fraction(3, 1),)
    >>> functional(None, 1)((5,))
    (Fraction(5, 1),)
    """
    if coefficients is None and outputs == 1:
        coefficients = (1,)
    if coefficients is None or len(coefficients) != outputs:
        came = "none" if coefficients is None else len(coefficients)
        raise OptionError(
            f"one coefficient for each output is required, {outputs}; got {came}: "
            "the question is about one combination of the outputs"
        )
    return AffineMap((as_fractions(coefficients),), (Fraction(0),))
