"""Files that are written whole or not at all.

A run writes into a temporary folder beside the place where its files belong, and only when all of
them are there, each is renamed into its place: a rename inside one file system is atomic.  Whoever
looks sees an old file or a new one, never half of one.  The temporary folder is made before the
work begins, so that a place that cannot be written to is found at once and not an hour later.
"""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from exactpwl.errors import FormatError

__all__ = ["staged", "write_whole", "written_whole"]


@contextmanager
def staged(folder: Path, *, replaces: Sequence[str] = ()) -> Iterator[Path]:
    """Provide a folder to write into, whose files move to `folder` when the block ends well.

    Parameters
    ----------
    folder : Path
        Made if it is not there; removed again if it was made in vain.
    replaces : sequence of str
        Names of files of an earlier run that go if this run writes none of that name.

    Raises
    ------
    FormatError
        If the folder cannot be made or written to.
    """
    made = [f for f in (folder, *folder.parents) if not f.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".exactpwl-", dir=folder) as name:
            stage = Path(name)
            yield stage
            new = sorted(f.name for f in stage.iterdir())
            for old in replaces:
                if old not in new:
                    (folder / old).unlink(missing_ok=True)
            for file in new:
                (stage / file).replace(folder / file)
    except BaseException as error:
        with suppress(OSError):  # not empty: then it is not ours to remove
            for folder_made in made:
                folder_made.rmdir()
        if isinstance(error, OSError) and _is_about(error, folder):
            raise _unwritable(error, folder) from None
        raise


def _is_about(error: OSError, folder: Path) -> bool:
    """Whether an error is of a file in the folder, or of a disk that is full."""
    if error.filename is None:
        return error.errno in (errno.ENOSPC, errno.EFBIG)
    file = Path(str(error.filename))
    return file == folder or folder in file.parents or file in folder.parents


def _unwritable(error: OSError, path: Path) -> FormatError:
    return FormatError(f"cannot be written: {error.strerror}", path=str(path))


def write_whole(path: Path, text: str) -> None:
    """Write one text file, whole or not at all; its folder must exist.

    Raises
    ------
    FormatError
        If it cannot be written.
    """
    with written_whole(path) as file:
        file.write_text(text, encoding="utf-8")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Provide a temporary file of that name, which takes the place of `path` when all went well.

    Raises
    ------
    FormatError
        If it cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".exactpwl-", dir=path.parent) as name:
            file = Path(name) / path.name
            yield file
            file.replace(path)
    except OSError as error:
        raise _unwritable(error, path) from None
