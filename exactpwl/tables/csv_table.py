"""A table as CSV: for programs, hence whole.

No number is shortened here, whatever its length.  RFC 4180 with UTF-8 and bare line feeds; the
items of a cell stand between semicolons, because points have commas; ``inf`` is what float readers
take for infinity.  Where digits were asked for, decimals stand without a sign before them, so that
they can be read, and the column's heading says that they are rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from exactpwl.tables.notation import PlainNotation
from exactpwl.tables.numbers import Numbers

if TYPE_CHECKING:
    from exactpwl.tables.table import Table

__all__ = ["csv_table"]

QUOTE = '"'


class _CsvNotation(PlainNotation):
    infinity = "inf"
    approximately = ""

    def affine(self, weight: Sequence[Fraction], bias: Fraction, name: str = "") -> str:
        text = super().affine(weight, bias)
        return f"{name} = {text}" if name else text


def csv_table(table: Table[Any]) -> Iterator[str]:
    """Yield the lines of the CSV file."""
    notation = _CsvNotation(Numbers(table.digits, shorten=False))
    rounded = "" if table.digits is None else f" (rounded to {table.digits} digits)"
    yield _line([c.name + (rounded if c.has_numbers else "") for c in table.columns])
    joints = ["; " if column.joint == ", " else column.joint for column in table.columns]
    for row in table.rows(notation):
        yield _line([joint.join(items) for joint, items in zip(joints, row, strict=True)])


_SPECIAL = re.compile(r'[",\r\n]')


def _line(cells: list[str]) -> str:
    """Return a row; a cell with a comma, a quote or an end of line in it is quoted."""
    written = [f'"{c.replace(QUOTE, 2 * QUOTE)}"' if _SPECIAL.search(c) else c for c in cells]
    return ",".join(written) + "\n" if any(cells) or len(cells) > 1 else '""\n'
