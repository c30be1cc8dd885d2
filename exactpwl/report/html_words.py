"""Sentences in HTML: words, code, and mathematics made readable without a typesetter.

A page that loads nothing has no MathJax.  The mathematics of a report is affine formulas, so its
plain spelling (`exactpwl.proving.readable`) with true indices, powers and minus signs reads well.
Everything is escaped first; what is added afterwards is ours.
"""

from __future__ import annotations

import re
from html import escape

from exactpwl.proving.markup import runs
from exactpwl.proving.readable import readable

__all__ = ["code", "formula", "sentence", "words"]

_SIGN = re.compile(r"\bR\^(\w+)|-&gt;|(?<=\]) x (?=\[)|(?<=[\[(, ])-(?=\d)|(?<=[\d)])\^(\w+)")
_INDEX = re.compile(r"\b([a-z])(\d+)(?:_(\d+))?\b")
_POWER = re.compile(r"\^(\w+)")
_PRETTY = {"&lt;=": "≤", "&gt;=": "≥", "-&gt;": "→", "-": "\N{MINUS SIGN}"}


def words(text: str) -> str:
    """Return plain text in HTML; spaces R^d, arrows and minus signs look as they should.

    Examples
    --------
    >>> words("R^2 -> [-1, 1] & more")
    'ℝ<sup>2</sup> → [−1, 1] &amp; more'
    """
    return _SIGN.sub(_sign, escape(text))


def _sign(found: re.Match[str]) -> str:
    if found[1]:
        return f"ℝ<sup>{found[1]}</sup>"
    if found[2]:
        return f"<sup>{found[2]}</sup>"
    return {"-&gt;": "→", " x ": " × "}.get(found[0], "\N{MINUS SIGN}")


def formula(latex: str) -> str:
    r"""Return mathematics, in LaTeX, as HTML.

    Examples
    --------
    >>> formula(r"\operatorname{relu}(-a_{0}+\tfrac{1}{2}x \le 3)")
    '<span class="math">relu(−a<sub>0</sub>+(1/2)x ≤ 3)</span>'
    """
    text = escape(readable(latex))
    for plain, sign in _PRETTY.items():
        text = text.replace(plain, sign)
    text = _INDEX.sub(_index, text)
    text = _POWER.sub(r"<sup>\1</sup>", text)
    return f'<span class="math">{text}</span>'


def _index(found: re.Match[str]) -> str:
    letter, *numbers = found.groups()
    return f"{letter}<sub>{','.join(n for n in numbers if n is not None)}</sub>"


def code(text: str) -> str:
    """Return code in HTML."""
    return f"<code>{escape(text)}</code>"


def sentence(text: str) -> str:
    """Return a sentence in HTML.

    Examples
    --------
    >>> sentence("see `a|b` where $x_{1} > 0$")
    'see <code>a|b</code> where <span class="math">x<sub>1</sub> &gt; 0</span>'
    """
    write = {"words": words, "code": code, "math": formula}
    return "".join(write[run.kind](run.text) for run in runs(text))
