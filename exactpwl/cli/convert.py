"""``exactpwl convert``: a network from one file format into another, exactly or rounded."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from exactpwl.cli.destination import DESTINATION
from exactpwl.cli.inputs import json_option, load_source, network_argument
from exactpwl.cli.messages import EXACTNESS, aligned, printable, width, wrapped
from exactpwl.cli.teaching import Taught
from exactpwl.errors import FormatError
from exactpwl.io import Rounding, is_onnx_name, rounded_network, write_onnx
from exactpwl.network import Network
from exactpwl.rationals import format_fraction

__all__ = ["convert"]

_POINTS = 3


@click.command(
    cls=Taught,
    examples=(
        "exactpwl convert xor xor.onnx",
        "exactpwl convert net.npz net.json",
        "exactpwl convert rings rings.onnx.gz --round float32",
    ),
)
@network_argument
@click.argument("out", type=DESTINATION)
@click.option(
    "--round",
    "precision",
    type=click.Choice(["float32", "float64"]),
    help="Round each number to the nearest float of 32 or 64 bits, and report what was changed.",
)
@json_option
def convert(net: str, out: Path, precision: str | None, as_json: bool) -> int:
    """Convert NET into another file format, exactly or rounded as asked for.

    OUT ends in .json (native), .onnx or .onnx.gz. A native file holds every network exactly. ONNX
    holds floats: a network with another number, such as 1/3, is refused unless --round asks for
    the nearest floats, and then what was changed is reported. The file is read back and compared.
    """
    source = load_source(net)
    written, rounding = _written(source.network, out, precision)
    verdict = _read_back(out, written)
    if as_json:
        click.echo(json.dumps(_as_dict(out, written, rounding, verdict)))
        return 0
    facts = [
        ("network", f"{printable(source.origin)}: {source.network.architecture}"),
        *((word, printable(text)) for word, text in source.facts),
        ("written", f"{printable(str(out))}, {out.stat().st_size:,} bytes"),
        *([("rounded", str(rounding))] if rounding else []),
        ("read back", verdict),
        ("sha256", written.sha256),
    ]
    click.echo(aligned(facts, indent="", columns=width()))
    click.echo()
    click.echo(wrapped(EXACTNESS, columns=width()))
    return 0


def _written(network: Network, out: Path, precision: str | None) -> tuple[Network, Rounding | None]:
    """Write the network; return what stands in the file, and what was rounded for it."""
    if is_onnx_name(out):
        writing = write_onnx(network, out, rounding=precision)
        return writing.network, writing.rounding
    if precision is None:
        network.save(out)
        return network, None
    made, rounding = rounded_network(network, precision)
    made.save(out)
    return made, rounding


def _read_back(out: Path, written: Network) -> str:
    """Return how the file, read back, compares with what was written.

    Raises
    ------
    FormatError
        If it is another function.
    """
    again = Network.load(out)
    if again == written:
        return "equal, layer by layer"
    numbers = random.Random(0)
    for _ in range(_POINTS):
        point = [Fraction(numbers.randint(-64, 64), 24) for _ in range(written.input_dimension)]
        if again(point) != written(point):
            place = ", ".join(map(format_fraction, point))
            raise FormatError(
                f"read back, the network has another value at ({place}); please report it",
                path=str(out),
            )
    return f"other layers, {again.architecture}; exactly the same values at {_POINTS} random points"


def _as_dict(out: Path, written: Network, rounding: Rounding | None, verdict: str) -> Any:
    made: dict[str, Any] = {
        "written": str(out),
        "bytes": out.stat().st_size,
        "architecture": written.architecture,
        "sha256": written.sha256,
        "read_back": verdict,
        "rounding": None,
    }
    if rounding is not None:
        made["rounding"] = {
            "precision": rounding.precision,
            "numbers": rounding.numbers,
            "rounded": rounding.rounded,
        }
        for word in ("largest_absolute", "largest_relative"):
            one = getattr(rounding, word)
            made["rounding"][word] = one and {
                "place": one.place,
                "value": format_fraction(one.value),
                "nearest": format_fraction(one.nearest),
            }
    return made
