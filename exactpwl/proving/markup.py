r"""What stands inside a sentence: words, mathematics between dollars, code between backticks.

A proof is written once and read in three formats, so its sentences are in a notation of their own,
the smallest that does: ``$x \le 1$`` is mathematics in LaTeX, `` `10|11` `` is code (a pattern, a
command), all else is words.  A backslash before a dollar or a backtick makes it an ordinary sign.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from exactpwl.errors import FormatError

__all__ = ["Run", "quoted", "runs"]

_MARKED = re.compile(
    r"\$(?P<math>[^$]+)\$|`(?P<code>[^`]+)`|(?P<words>(?:\\[$`]|[^$`])+)|(?P<lonely>[$`])"
)


class Run(NamedTuple):
    """A stretch of a sentence that is all of one kind."""

    kind: Literal["words", "math", "code"]
    text: str


def runs(sentence: str) -> list[Run]:
    r"""Split a sentence into words, mathematics and code.

    Raises
    ------
    FormatError
        If a dollar or a backtick has no partner.

    Examples
    --------
    >>> for kind, text in runs(r"on `10` it is $-x \le 1$, for \$5"):
    ...     print(kind, repr(text))
    words 'on '
    code '10'
    words ' it is '
    math '-x \\le 1'
    words ', for $5'
    """
    found: list[Run] = []
    for match in _MARKED.finditer(sentence):
        if match["math"]:
            found.append(Run("math", match["math"].strip()))
        elif match["code"]:
            found.append(Run("code", match["code"]))
        elif match["words"]:
            found.append(Run("words", re.sub(r"\\([$`])", r"\1", match["words"])))
        else:
            raise FormatError(
                f"every {match['lonely']} needs a partner, or a backslash before it where it is "
                f"an ordinary sign; got {sentence!r}"
            )
    return found


def quoted(words: str) -> str:
    r"""Return words from elsewhere, a network's name for one, as they stand in a sentence.

    Examples
    --------
    >>> print(quoted("net`1`"))
    net\`1\`
    """
    return re.sub(r"([$`])", r"\\\1", words)
