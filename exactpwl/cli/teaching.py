"""Help that teaches: every command ends its ``--help`` with examples that run as they stand.

The examples are data, so the tests run them and look for them in ``docs/cli.md``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

__all__ = ["Taught", "write_examples"]


class Taught(click.Command):
    """A command with examples.

    Parameters
    ----------
    examples : sequence of str
        Command lines.
    """

    def __init__(self, *args: Any, examples: Sequence[str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.examples = tuple(examples)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, unwrapped, so that they can be copied."""
        write_examples(self.examples, formatter)


def write_examples(examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """Write command lines as a section of the help."""
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"{'':{formatter.current_indent}}{example}\n")
