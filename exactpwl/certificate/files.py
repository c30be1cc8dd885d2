"""Files of many lines, written as a stream, whole or not at all.

The lines go into a file beside the place where they belong, which takes that place when the last
one is written.  So who is interrupted leaves no half of a proof behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from gzip import GzipFile
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

__all__ = ["write_lines"]


def write_lines(
    path: str | Path, lines: Iterable[str], *, compressed: bool = False, encoding: str = "ascii"
) -> None:
    """Write lines to a file as they come, and put it in its place when all are written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_lines(f"{folder}/two.txt", ["one", "two"])
    ...     (Path(folder) / "two.txt").read_text(), len(list(Path(folder).iterdir()))
    ('one\\ntwo\\n', 1)
    """
    part = Path(f"{path}.part")
    try:
        with _opened(part, compressed=compressed, encoding=encoding) as file:
            for line in lines:
                file.write(line + "\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _opened(path: Path, *, compressed: bool, encoding: str) -> Iterator[IO[str]]:
    """Open a file to write into; compressed ones hold no name and no time, only their content."""
    with ExitStack() as stack:
        file: Any = stack.enter_context(path.open("wb"))
        if compressed:
            file = stack.enter_context(GzipFile(filename="", mode="wb", fileobj=file, mtime=0))
        yield stack.enter_context(TextIOWrapper(file, encoding=encoding, newline="\n"))
