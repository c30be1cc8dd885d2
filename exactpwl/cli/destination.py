"""A file that a command will write, refused before the work where it cannot stand there.

A proof may take an hour, and it is written at its end.  That its folder is missing is known before,
so it is said before.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

__all__ = ["DESTINATION"]


class Destination(click.Path):
    """The path of a file to write, in a folder that is there."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; fail if it is a folder, or in none."""
        path = Path(str(super().convert(value, param, ctx)))
        if not path.parent.is_dir():
            self.fail(
                f"a file in an existing folder is required, got {str(path)!r}: make the folder "
                f"{str(path.parent)!r} first",
                param,
                ctx,
            )
        return path


DESTINATION = Destination(dir_okay=False, path_type=Path)
"""What ``--out FILE`` takes."""
