"""What commands that answer a question share: the certificate's file, the last words, the status.

An answer that speaks of all inputs can be written down with its proof; ``--out FILE`` does that in
every such command, and what is printed ends with how to check it.  The exit status is 0 where the
answer is yes (the same function, no counterexample, monotone ...), 10 where it is no, 3 where a
budget ended before the answer was known.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from exactpwl.certificate import Certificate
from exactpwl.cli.messages import EXACTNESS, width, wrapped
from exactpwl.cli.progress import Bars

__all__ = ["NO", "UNKNOWN", "YES", "certificate_option", "last_words", "written"]

YES, UNKNOWN, NO = 0, 3, 10


def certificate_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--out FILE``, which the command gets as ``out``."""
    return click.option(
        "--out",
        "-o",
        type=click.Path(dir_okay=False, path_type=Path),
        metavar="FILE",
        help="Write the answer with its proof, for exactpwl-check; compressed by gzip if the name "
        "ends in .gz.",
    )(command)


def written(certificate: Certificate, path: Path | None, shown: Bars) -> list[str]:
    """Save a certificate if a path is given; return the lines that say so."""
    if path is None:
        return []
    certificate.save(path, shown.enumeration())
    return [
        f"written: {path}, {path.stat().st_size:,} bytes",
        *(f"the network in it has the SHA-256 {name}" for name in certificate.sha256),
        f"check it by: exactpwl-check {path}",
    ]


def last_words(lines: list[str]) -> None:
    """Print the lines of `written`, and in which sense the answer is exact."""
    for line in lines:
        click.echo(wrapped(line, columns=width()))
    click.echo()
    click.echo(wrapped(EXACTNESS, columns=width()))
