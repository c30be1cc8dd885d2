"""The file of an atlas to explore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from exactpwl.errors import FigureError, FormatError

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["save_atlas"]


def save_atlas(complex_: PolyhedralComplex, path: str | Path, *, window: Any = None) -> Path:
    """Write a complex as one HTML file in which a person moves over the regions.

    The file has the exact data in it, needs no server, and loads nothing; see ``docs/explore.md``.
    The same complex and window give the same bytes.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        Of a network with one or two inputs; of one with more take a section.
    path : str or Path
        Ends in ``.html``.
    window : Domain that is a box, or a pair (low, high) of rationals for each input, optional
        What is seen first; by default the domain if it is a box, else a box around all vertices.

    Returns
    -------
    Path

    Raises
    ------
    FigureError
        If there are three or more inputs, the window is no box, or the suffix is another one.
    FormatError
        If the file cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from exactpwl import gallery, regions
    >>> with TemporaryDirectory() as folder:
    ...     path = save_atlas(regions(gallery.get("xor")), f"{folder}/xor.html")
    ...     path.name, path.read_text(encoding="utf-8")[:15]
    ('xor.html', '<!doctype html>')
    """
    from exactpwl.explore.contents import atlas_contents
    from exactpwl.explore.page import html_page
    from exactpwl.explore.palette import palette

    file = Path(path)
    if file.suffix != ".html":
        raise FigureError(
            f"an atlas to explore is written to a file .html, got {file.suffix or 'no suffix'}"
        )
    text = html_page(atlas_contents(complex_, window), palette())
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise FormatError(f"cannot be written: {error.strerror}", path=str(file)) from None
    return file
