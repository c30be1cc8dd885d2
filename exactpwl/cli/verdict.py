"""What commands that answer a question share: the certificate's file, the last words, the status.

An answer that speaks of all inputs can be written down with its proof; ``--out FILE`` does that in
every such command, and what is printed ends with how to check it.  The exit status is 0 where the
answer is yes (the same function, no counterexample, monotone ...), 10 where it is no, 3 where a
budget ended before the answer was known.  With ``--json`` an answer is one object: what was asked,
in the words of all commands, then what was found, rational numbers as texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import click

from exactpwl.affine import AffineMap
from exactpwl.certificate import Certificate
from exactpwl.cli.destination import DESTINATION
from exactpwl.cli.messages import EXACTNESS, width, wrapped
from exactpwl.cli.progress import Bars
from exactpwl.domain import Domain
from exactpwl.network import Network
from exactpwl.rationals import format_fraction

__all__ = [
    "NO",
    "UNKNOWN",
    "YES",
    "asked",
    "certificate_option",
    "cut",
    "last_words",
    "map_json",
    "texts",
    "written",
]

YES, UNKNOWN, NO = 0, 3, 10
LONGEST_LIST = 20
"""Lines of a list that are printed."""


def certificate_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--out FILE``, which the command gets as ``out``."""
    return click.option(
        "--out",
        "-o",
        type=DESTINATION,
        metavar="FILE",
        help="Write the answer with its proof, for exactpwl-check; compressed by gzip if the name "
        "ends in .gz.",
    )(command)


def written(certificate: Certificate, path: Path | None, shown: Bars, *given: Network) -> list[str]:
    """Save a certificate if a path is given; return the lines that say so.

    Where the networks that were `given` take maxima, the certificate has other ones; that is said.
    """
    if path is None:
        return []
    certificate.save(path, shown.enumeration())
    replaced = "the certificate has the same function with ReLUs in place of maxima"
    return [
        f"written: {path}, {path.stat().st_size:,} bytes",
        *([replaced] if given and certificate.networks != given else []),
        *_hashes(certificate.sha256),
        f"check it by: exactpwl-check {path}",
    ]


def _hashes(names: Sequence[str]) -> list[str]:
    """Return what the networks in a certificate are called there."""
    if len(names) == 1:
        return [f"the network in it has the SHA-256 {names[0]}"]
    return [f"network {k} in it has the SHA-256 {name}" for k, name in enumerate(names, 1)]


def last_words(lines: list[str]) -> None:
    """Print the lines of `written`, and in which sense the answer is exact."""
    for line in lines:
        click.echo(wrapped(line, columns=width()))
    if lines:
        click.echo()
    click.echo(wrapped(EXACTNESS, columns=width()))


def asked(network: Network, domain: Domain) -> dict[str, Any]:
    """Return what an answer in JSON begins with: the network and the domain."""
    return {
        "network": network.name,
        "architecture": network.architecture,
        "sha256": network.sha256,
        "domain": domain.as_dict(),
    }


def texts(numbers: Iterable[Fraction | int]) -> list[str]:
    """Return rational numbers as JSON has them."""
    return [format_fraction(Fraction(number)) for number in numbers]


def map_json(found: AffineMap) -> dict[str, Any]:
    """Return an affine map as JSON has it."""
    return {"W": list(map(texts, found.weight)), "b": texts(found.bias)}


def cut(lines: Sequence[Any], line: Callable[[Any], str]) -> list[str]:
    """Return a line for each of the first items, and how many there are more."""
    shown = [line(item) for item in islice(lines, LONGEST_LIST)]
    more = len(lines) - len(shown)
    return [*shown, f"and {more} more; --json has all"] if more else shown
