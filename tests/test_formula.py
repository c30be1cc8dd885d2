"""Affine functions and inequalities in text and LaTeX."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.formula import (
    format_affine,
    format_inequality,
    latex_affine,
    latex_fraction,
    latex_inequality,
    latex_name,
    variable_names,
)


@pytest.mark.parametrize(
    ("dimension", "names"),
    [(0, ()), (1, ("x",)), (2, ("x", "y")), (3, ("x", "y", "z")), (4, ("x1", "x2", "x3", "x4"))],
)
def test_variables_have_letters_up_to_three(dimension, names):
    assert variable_names(dimension) == names


@pytest.mark.parametrize(
    ("coefficients", "constant", "text", "latex"),
    [
        ((), 0, "0", "0"),
        ((), Fraction(-1, 2), "-1/2", r"-\tfrac{1}{2}"),
        ((0, 0), 0, "0", "0"),
        ((0, 0), 3, "3", "3"),
        ((1, 0), 0, "x", "x"),
        ((-1, -1), -1, "-x-y-1", "-x-y-1"),
        ((1, 2), Fraction(-1, 2), "x+2y-1/2", r"x+2y-\tfrac{1}{2}"),
        ((Fraction(1, 2), Fraction(-3, 2)), 0, "(1/2)x-(3/2)y", r"\tfrac{1}{2}x-\tfrac{3}{2}y"),
        ((0, 0, 0, 2), 1, "2x4+1", "2x_{4}+1"),
    ],
)
def test_affine_functions(coefficients, constant, text, latex):
    assert format_affine(coefficients, constant) == text
    assert latex_affine(coefficients, constant) == latex


def test_names_and_numbers_can_be_chosen():
    def decimal(value):
        return f"{float(value):.1f}"

    assert format_affine((2, -1), 0, ["u", "v"]) == "2u-v"
    assert format_affine((Fraction(1, 2), 1), Fraction(-1, 4), number=decimal) == "0.5x+y-0.2"
    assert latex_affine((Fraction(1, 2),), 1, ["u1"], number=decimal) == "0.5u_{1}+1.0"


def test_as_many_names_as_variables_are_required():
    with pytest.raises(ValueError, match="one name for each of the 2 variables is required, got 1"):
        format_affine((1, 1), 0, ["u"])


@pytest.mark.parametrize(
    ("relation", "text", "latex"),
    [
        (">=", "x-1 >= 0", r"x-1 \ge 0"),
        (">", "x-1 > 0", "x-1 > 0"),
        ("=", "x-1 = 0", "x-1 = 0"),
        ("<=", "x-1 <= 0", r"x-1 \le 0"),
        ("<", "x-1 < 0", "x-1 < 0"),
    ],
)
def test_inequalities(relation, text, latex):
    assert format_inequality((1,), -1, relation=relation) == text
    assert latex_inequality((1,), -1, relation=relation) == latex


def test_small_parts():
    assert latex_name("x10") == "x_{10}"
    assert latex_name("x") == "x"
    assert latex_fraction(Fraction(-7, 3)) == r"-\tfrac{7}{3}"
    assert latex_fraction(Fraction(-7)) == "-7"


@given(st.lists(st.fractions(max_denominator=9), min_size=1, max_size=5), st.fractions())
def test_the_text_means_the_function(coefficients, constant):
    names = variable_names(len(coefficients))
    text = format_affine(coefficients, constant)
    point = {name: Fraction(10) ** i for i, name in enumerate(names)}
    assert _read(text, point) == constant + sum(
        c * point[name] for c, name in zip(coefficients, names, strict=True)
    )


def _read(text, point):
    """Evaluate a formula by its own small grammar: signed terms, a number before a name."""
    total = Fraction(0)
    for term in text.replace("-", "+-").removeprefix("+").split("+"):
        sign, body = (-1, term[1:]) if term.startswith("-") else (1, term)
        name = next((n for n in sorted(point, key=len, reverse=True) if body.endswith(n)), None)
        if name is None:
            total += sign * Fraction(body)
        else:
            factor = body.removesuffix(name).strip("()")
            total += sign * (Fraction(factor) if factor else 1) * point[name]
    return total
