"""What the engine tells while it works; whoever wants to know listens.

The library never prints.  A progress bar, statistics or a writer of results is a listener.
"""

from __future__ import annotations

__all__ = ["Listener"]


class Listener:
    """Hears what the engine does; override what you want to hear.

    Examples
    --------
    >>> from exactpwl import Listener, gallery, regions
    >>> class Total(Listener):
    ...     def finished(self, count: int) -> None:
    ...         print(count, "regions")
    >>> _ = regions(gallery.get("xor"), listener=Total())
    3 regions
    """

    def regions(self, count: int, share: float) -> None:
        """Hear that `count` more regions are there; the shares of the work add up to 1."""

    def finished(self, count: int) -> None:
        """Hear that all `count` regions are there."""
