"""What the engine tells while it works; whoever wants to know listens.

The library never prints.  A progress bar, statistics or a writer of results is a listener.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exactpwl.engine.subdivide import FinishedCell

__all__ = ["Listener"]


class Listener:
    """Hears what the engine does; override what you want to hear.

    Examples
    --------
    >>> from exactpwl import gallery, regions
    >>> class Names(Listener):
    ...     def region(self, cell, share):
    ...         print(cell.pattern)
    >>> complex = regions(gallery.get("xor"), listener=Names())
    00
    10
    11
    """

    def region(self, cell: FinishedCell, share: float) -> None:
        """Hear that a region is finished; the shares of all regions add up to 1."""

    def finished(self, count: int) -> None:
        """Hear that all `count` regions are there."""
