"""Lines of JSON, one at a time, and what may stand in them; anything else is a `Defect`.

A rational is a text such as "-3/4", so that no reader can round it.
"""

import json
import re
from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import IO, Any

Vector = list[int]

INTEGER = "([0-9]{1,4000}|0x[0-9a-f]{1,100000})"
RATIONAL = re.compile(f"(-?){INTEGER}(?:/{INTEGER})?")


class Defect(Exception):  # noqa: N818
    """What is wrong with a certificate."""


def require(condition: object, defect: str) -> None:
    """Raise a defect unless a condition holds."""
    if not condition:
        raise Defect(defect)


class Lines:
    """The lines of a file; `number` is that of the line read last."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.number = stream, 0

    def read(self) -> Any:
        """Return the value on the next line; 1.5 becomes the text "1.5", which is no rational."""
        self.number += 1
        text = self.stream.readline(1 << 26).decode("utf-8")
        try:
            return json.loads(text, parse_float=str, parse_constant=str, object_pairs_hook=_object)
        except (ValueError, RecursionError):
            raise Defect(
                "a line of JSON is required, neither deep nor with huge integers"
            ) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    require(len(made) == len(pairs), "a key stands twice in one object")
    return made


def members(value: Any, /, **kinds: type) -> list[Any]:
    """Return the values of an object that has exactly these keys, and exactly these types."""
    wanted = ", ".join(f"{key} ({kind.__name__})" for key, kind in kinds.items())
    fits = type(value) is dict and {key: type(value[key]) for key in value} == kinds
    require(fits, f"an object with exactly these keys is required: {wanted}")
    return [value[key] for key in kinds]


def items(value: Any, count: int | None = None) -> list[Any]:
    """Return a list, of `count` entries if that is given."""
    fits = type(value) is list and count in (None, len(value))
    require(fits, f"a list is required{'' if count is None else f', of {count} entries'}")
    return list(value)


def index(value: Any, bound: int, what: str) -> int:
    """Return an integer from 0 to below `bound`; true is none."""
    require(type(value) is int and 0 <= value < bound, f"{what}: 0 to below {bound} is required")
    return int(value)


def rational(value: Any) -> Fraction:
    """Return the number that a text such as "-3/4" or "0x1f/0x20" is."""
    match = RATIONAL.fullmatch(value) if type(value) is str else None
    if match is None:
        raise Defect('a number must be a text such as "-3/4"')
    above, below = (int(t, 16 if "x" in t else 10) for t in (match[2], match[3] or "1"))
    require(below, "a denominator must not be 0")
    return Fraction(-above if match[1] else above, below)


def rationals(value: Any, count: int | None = None) -> list[Fraction]:
    """Return a list of numbers."""
    return [rational(entry) for entry in items(value, count)]


def primitive(values: Sequence[Fraction | int]) -> Vector:
    """Return the coprime integers that are a positive multiple of the values."""
    common = lcm(*(value.denominator for value in values))
    numbers = [value.numerator * (common // value.denominator) for value in values]
    divisor = gcd(*numbers) or 1
    return [number // divisor for number in numbers]
