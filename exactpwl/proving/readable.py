r"""LaTeX mathematics as a line of plain text: ``\tfrac{1}{2}x \le 3`` becomes ``(1/2)x <= 3``.

For a terminal, where nothing typesets.  The spelling is that of `exactpwl.formula`, so a proof in
text says what a table says.  It is no TeX: it knows fractions, roots, binomials, indices and
powers, alignments, and the names of signs.  A command that it does not know keeps its name, without
the backslash: nothing is left out that carries meaning, only spaces and sizes are.

The way is one pass: cut the source into commands, groups and signs, then read them from left to
right; a group is read by the same function.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

__all__ = ["readable"]

_TOKEN = re.compile(r"(\\[a-zA-Z]+)\*?|(\\.|[{}^_&~]|\s+|[^\\{}^_&~\s])", re.DOTALL)
_SPELLED = (  # \1 takes the spaces after it away, \2 those before it
    (" <= ", "le leq leqslant"),
    (" >= ", "ge geq geqslant"),
    (" < ", "lt"),
    (" > ", "gt"),
    (" != ", "ne neq"),
    (" -> ", "to mapsto rightarrow longrightarrow"),
    (" => ", "Rightarrow Longrightarrow implies"),
    (" <=> ", "iff Leftrightarrow Longleftrightarrow"),
    ("...", "ldots cdots dots dotsc dotsb vdots"),
    ("|\1", "lvert"),
    ("\2|", "rvert"),
    ("|", "vert"),
    (" | ", "mid"),
    ("||\1", "lVert"),
    ("\2||", "rVert"),
    ("||", "Vert |"),
    ("{", "{ lbrace"),
    ("}", "} rbrace"),
    (" ", ", : ; > thinspace enspace quad qquad"),
    ("", "! left right middle displaystyle textstyle limits nonumber"),
    ("", "big Big bigg Bigg bigl bigr Bigl Bigr bigm"),
    ("\n", "\\ cr"),
    (" * ", "cdot ast"),
    (" x ", "times"),
    (" o ", "circ"),
    (" ~ ", "approx"),
    (" in ", "in"),
    (" not in ", "notin"),
    (" union ", "cup bigcup"),
    (" intersected with ", "cap bigcap"),
    (" inside ", "subset subseteq"),
    (" without ", "setminus"),
    (" and ", "land wedge"),
    (" or ", "lor vee"),
    ("+-", "pm"),
    (" = ", "equiv"),
    (": ", "colon"),
    ("infinity", "infty"),
    ("<", "langle"),
    (">", "rangle"),
    ("floor(", "lfloor"),
    ("ceil(", "lceil"),
    (")", "rfloor rceil"),
    *((sign, sign) for sign in "%#$"),
)
_SIGNS = {name: sign for sign, names in _SPELLED for name in names.split()} | {"_": "_", " ": " "}
_WRAPPERS = frozenset(
    {"text", "textit", "textrm", "textbf", "texttt", "mathbf", "mathrm", "mathbb", "mathcal"}
    | {"mathit", "mathsf", "operatorname", "boldsymbol", "emph", "mbox", "boxed"}
)
_ACCENTS = frozenset(["bar", "hat", "tilde", "overline", "vec"])
_SPACE = re.compile(r" *\x02|\x01 *| (?=[,)])|(?<=\() ")
"""What the reading leaves and nobody would write."""
_NAMES = re.compile(r"[\w.]+|\([^()]*\)")


def readable(latex: str) -> str:
    r"""Return LaTeX mathematics as plain text.

    Parameters
    ----------
    latex : str
        What stands between the dollars, or in a display.

    Returns
    -------
    str
        One line, or one for each row of an alignment.

    Examples
    --------
    >>> readable(r"\tfrac{1}{2}x_{1}+x_{2} \le -\tfrac{3}{4}")
    '(1/2)x1+x2 <= -3/4'
    >>> readable(r"\sum_{k=0}^{d} (-1)^{k} f_{k} = (-1)^{d}")
    'sum_(k=0)^d (-1)^k f_k = (-1)^d'
    >>> readable(r"\binom{n}{2} \to \mathbf{R}^{2}")
    'C(n, 2) -> R^2'
    """
    text = _Reader(latex).sequence()
    lines = (re.sub(r" +", " ", line).strip(" \3") for line in text.split("\n"))
    return "\n".join(_columns([_SPACE.sub("", line) for line in lines if line]))


def _columns(lines: list[str]) -> list[str]:
    """Put the columns of an alignment below each other; ``&=`` and its like stay as they are."""
    rows = [re.split(r" ?\x03 ?(?=[<>=!])|(?: ?\x03)+ ?", line) for line in lines]
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


class _Reader:
    """Reads the tokens of a formula from left to right."""

    def __init__(self, latex: str) -> None:
        self.tokens = [command or sign for command, sign in _TOKEN.findall(latex)]
        self.place = 0

    def sequence(self) -> str:
        """Read up to the end, or to the brace that closes the group."""
        return "".join(self._parts())

    def _parts(self) -> Iterator[str]:
        while self.place < len(self.tokens):
            token = self._next()
            if token == "}":
                return
            yield self._read(token)

    def _next(self) -> str:
        token: str = self.tokens[self.place]
        self.place += 1
        return token

    def _argument(self) -> str:
        """Read a group, or the one sign that stands for it."""
        while self._following().isspace():
            self.place += 1
        if not self._following():
            return ""
        return self._read(self._next()).strip()

    def _read(self, token: str) -> str:
        if token == "{":
            return self.sequence()
        if token in "^_":
            return self._script(token)
        if token == "&":
            return "\3"
        if token == "~" or token.isspace():
            return " "
        return self._apart(self._command(token[1:])) if token[0] == "\\" else token

    def _command(self, name: str) -> str:
        if name in _SIGNS:
            return _SIGNS[name]
        if name in ("begin", "end"):
            return self._environment()
        if name in _WRAPPERS:
            return self._argument_with_spaces()
        if name in _ACCENTS:
            return f"{self._argument()}_{name}"
        if name == "sqrt":
            return f"sqrt({self._argument()})"
        if name in ("binom", "tbinom", "dbinom"):
            return f"C({self._argument()}, {self._argument()})"
        if name in ("frac", "tfrac", "dfrac"):
            return self._fraction()
        before = self.tokens[self.place - 2] if self.place > 1 else ""
        return f" {name}" if before.isalnum() or before == "}" else name

    def _apart(self, text: str) -> str:
        """Put a space between a word and the letter or number that follows it."""
        return f"{text} " if text[-1:].isalpha() and self._following().isalnum() else text

    def _following(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def _argument_with_spaces(self) -> str:
        if self._following() == "{":
            self.place += 1
            return self.sequence()
        return self._argument()

    def _environment(self) -> str:
        """Leave out the name of an environment, and the columns of an array."""
        if self._argument() == "array":
            self._argument()
        return ""

    def _script(self, sign: str) -> str:
        script = self._argument()
        if sign == "_" and script.isdigit() and self._stands_after_letter():
            return script
        return sign + _grouped(script)

    def _stands_after_letter(self) -> bool:
        """Whether an index follows the name of a variable: x1, but f_k and L_(k+1)."""
        before = self.place - 1
        while before >= 0 and self.tokens[before] != "_":
            before -= 1
        return before > 0 and self.tokens[before - 1].isalpha()

    def _fraction(self) -> str:
        """Write a fraction; in parentheses where a factor follows."""
        text = f"{_grouped(self._argument())}/{_grouped(self._argument())}"
        following = self._following()
        return f"({text})" if following.isalnum() or following in ("(", "{") else text


def _grouped(text: str) -> str:
    """Put parentheses around what is more than a name or a number."""
    return text if _NAMES.fullmatch(text) else f"({text})"
