"""LaTeX mathematics as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.proving.readable import readable


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"x+\tfrac{1}{2}y \ge -\tfrac{1}{3}", "x+(1/2)y >= -1/3"),
        (r"\frac{n^2+n+2}{2}", "(n^2+n+2)/2"),
        (r"\frac12x", "(1/2)x"),
        (r"\{x : 0 \le x < 1\}", "{x : 0 <= x < 1}"),
        (r"f^{-1}(0), \alpha_1, x_{12}^2, 2^{2^{k}}", "f^(-1)(0), alpha_1, x12^2, 2^(2^k)"),
        (r"L_{k+1}^{(2)}", "L_(k+1)^(2)"),
        (r"\lvert x \rvert + \sin x\cos y", "|x| + sin x cos y"),
        (r"\max\left(0, \frac{x}{2}\right)", "max(0, x/2)"),
        (r"\operatorname{relu}(-\alpha x)", "relu(-alpha x)"),
        (r"n \text{ lines and more}", "n lines and more"),
        (r"2\,(x \ge 0) \;\Longrightarrow\; -1 \ge 0", "2 (x >= 0) => -1 >= 0"),
        (r"\begin{array}{ll} x & y \\ z & 1 \end{array}", "x  y\nz  1"),
        (r"1000000\ldots001", "1000000...001"),
        (r"\sqrt{2}\notacommand", "sqrt(2) notacommand"),
    ],
)
def test_formulas_as_people_type_them(latex: str, text: str) -> None:
    assert readable(latex) == text


@given(st.text(alphabet="\\{}^_&~ ax1+,frcbegind", max_size=40))
def test_whatever_comes_is_read_to_its_end(latex: str) -> None:
    assert "\\" not in readable(latex) or "\\\\" in latex
