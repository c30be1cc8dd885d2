"""Python's cyclic garbage collector, paused while much is made and nothing is thrown away.

Objects without references are freed at once, by counting; the collector is there for cycles alone.
It looks for them whenever many objects have come to stay, and looks through old ones as well.  A
check or a table makes hundreds of thousands of tuples and fractions that stay, and no cycles: a
quarter of its time would go into that search.  It is made up for afterwards, by the next one.

`gc.freeze` would spare the old objects only, and for good.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_paused"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the collector, if it is on, until the end of the block, or of the function decorated.

    Examples
    --------
    >>> with collector_paused():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
