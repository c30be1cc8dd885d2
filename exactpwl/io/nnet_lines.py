"""The lines of an ``.nnet`` file: which numbers stand where, and what is wrong if they do not.

After the comments there are, a line each: the numbers of layers, inputs and outputs, and the
largest layer; the layers' sizes; a flag; the least and the greatest inputs; means and ranges.  Then
come the layers, a row of weights a line, then a bias a line.  Numbers have commas between them, and
mostly one at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from exactpwl.errors import FormatError
from exactpwl.rationals import as_fraction, format_fraction, shown

__all__ = ["Numbers", "Stored", "read_lines"]

Numbers = tuple[Fraction, ...]


@dataclass(frozen=True)
class Stored:
    """What stands in a file: its numbers, and for the evaluation in floats their texts."""

    comments: tuple[str, ...]
    lows: Numbers
    highs: Numbers
    means: Numbers
    ranges: Numbers
    weights: list[list[Numbers]]
    biases: list[Numbers]
    lines: dict[str, list[list[str]]]

    @property
    def layers(self) -> list[Any]:
        """The layers as they stand: ReLUs between them, nothing after the last."""
        last = len(self.weights) - 1
        return [
            (w, b, "linear" if i == last else "relu")
            for i, (w, b) in enumerate(zip(self.weights, self.biases, strict=True))
        ]

    @property
    def before(self) -> tuple[Any, Any, str]:
        """The normalisation of the inputs, (x - mean) / range."""
        pairs = list(zip(self.means[:-1], self.ranges[:-1], strict=True))
        return _diagonal([1 / r for _, r in pairs]), [-m / r for m, r in pairs], "linear"

    @property
    def after(self) -> tuple[Any, Any, str]:
        """What becomes of the outputs, y range + mean."""
        outputs = len(self.biases[-1])
        return _diagonal([self.ranges[-1]] * outputs), [self.means[-1]] * outputs, "linear"


def _diagonal(entries: Sequence[Fraction]) -> list[list[Fraction]]:
    return [
        [entry if i == j else Fraction(0) for j in range(len(entries))]
        for i, entry in enumerate(entries)
    ]


def read_lines(file: Path) -> Stored:
    """Return what stands in a file.

    Raises
    ------
    FormatError
        If it cannot be read, or a line is not what the format has there; it names the line.
    """
    return _stored(_Lines(file))


class _Lines:
    """The lines of a file that hold numbers, one after the other."""

    def __init__(self, file: Path) -> None:
        self.path = str(file)
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is no text"
            raise FormatError(f"cannot be read: {why}", path=self.path) from None
        stripped = [(number, line.strip()) for number, line in enumerate(lines, 1)]
        told = [line for _, line in stripped if line.startswith("//")]
        self.comments = tuple(line.strip("/ ") for line in told if line.strip("/ "))
        self.rest: Iterator[tuple[int, str]] = iter(
            [(number, line) for number, line in stripped if line and not line.startswith("//")]
        )
        self.texts: dict[str, list[list[str]]] = {}

    def numbers(self, key: str, what: str, count: int | None) -> Numbers:
        """Return the numbers of the next line; `count` of them if it is known."""
        number, line = next(self.rest, (0, ""))
        wanted = "numbers" if count is None else f"{count} number" + "s" * (count != 1)
        required = f"{what}: {wanted} with commas between them required"
        if not number:
            raise FormatError(f"{required}, but the file ends", path=self.path)
        texts = line.removesuffix(",").split(",")
        if count not in (None, len(texts)):
            raise FormatError(f"line {number}: {required}, got {len(texts)}", path=self.path)
        try:
            found = tuple(_decimal(text) for text in texts)
        except ValueError as error:
            raise FormatError(f"line {number}: {what}: {error}", path=self.path) from None
        self.texts.setdefault(key, []).append(texts)
        return found

    def sizes(self, key: str, what: str, count: int | None) -> list[int]:
        """Return the numbers of the next line, which are whole and positive."""
        found = self.numbers(key, what, count)
        if any(n.denominator > 1 or n < 1 for n in found):
            listed = ", ".join(map(format_fraction, found))
            raise FormatError(
                f"{what}: positive whole numbers are required, got {listed}", path=self.path
            )
        return [int(n) for n in found]

    def end(self) -> None:
        """Refuse what stands after the last bias."""
        number, line = next(self.rest, (0, ""))
        if number:
            raise FormatError(
                f"line {number}: nothing may stand after the last bias, got {shown(line)}",
                path=self.path,
            )


def _decimal(text: str) -> Fraction:
    """Return the number that a decimal spells; one within the doubles, as the format's users have.

    Raises
    ------
    ValueError
        If it spells none.
    """
    number = as_fraction(text)
    if "/" in text or "x" in text.lower() or abs(float(text)) == float("inf"):
        raise ValueError(f"a decimal within the range of doubles is required, got {shown(text)}")
    return number


def _stored(lines: _Lines) -> Stored:
    """Return what stands in the lines."""
    head = "the numbers of layers, inputs and outputs, and the largest layer"
    depth, inputs, outputs, _ = lines.sizes("head", head, 4)
    sizes = lines.sizes("sizes", "the layers' sizes", depth + 1)
    if sizes[0] != inputs or sizes[-1] != outputs:
        raise FormatError(
            f"the sizes begin with the {inputs} inputs and end with the {outputs} outputs of the "
            f"first line, got {', '.join(map(str, sizes))}",
            path=lines.path,
        )
    lines.numbers("flag", "a flag that nobody uses", None)
    lows = lines.numbers("lows", "the least inputs", inputs)
    highs = lines.numbers("highs", "the greatest inputs", inputs)
    means = lines.numbers("means", "the means of the inputs, and of all outputs", inputs + 1)
    ranges = lines.numbers("ranges", "the ranges of the inputs, and of all outputs", inputs + 1)
    _check_scales(lows, highs, ranges, lines.path)
    weights, biases = [], []
    for i in range(depth):
        place = f"layer {i}, neuron"
        weights.append(
            [
                lines.numbers("weights", f"{place} {j}, weights", sizes[i])
                for j in range(sizes[i + 1])
            ]
        )
        rows = [lines.numbers("biases", f"{place} {j}, bias", 1) for j in range(sizes[i + 1])]
        biases.append(tuple(bias for (bias,) in rows))
    lines.end()
    return Stored(lines.comments, lows, highs, means, ranges, weights, biases, lines.texts)


def _check_scales(lows: Numbers, highs: Numbers, ranges: Numbers, path: str) -> None:
    for i, (low, high) in enumerate(zip(lows, highs, strict=True)):
        if low > high:
            ends = f"{format_fraction(low)} and {format_fraction(high)}"
            raise FormatError(
                f"input {i}: the least must not be above the greatest, got {ends}", path=path
            )
    if any(r <= 0 for r in ranges):
        raise FormatError(
            f"ranges must be positive, got {', '.join(map(format_fraction, ranges))}", path=path
        )
