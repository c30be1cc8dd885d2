"""Counts of a network's regions, given up where there are too many.

How many regions a network has is not known before they are counted, and the bounds of theory are
mostly far too high to say whether it is worth while.  So the enumeration begins, a listener counts
what it hears of, and where that is more than was agreed on, the work ends: there are more than so
many.  One layer over the whole space needs no enumeration for its activation regions
(`exactpwl.zaslavsky`).
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from exactpwl.domain import DomainLike
from exactpwl.engine.events import Listener
from exactpwl.errors import TooLargeError
from exactpwl.network import Network
from exactpwl.summary import count

__all__ = ["FeasibleCounts", "feasible_counts"]

KEYS = ("activation_regions", "linear_regions", "affine_pieces")


@dataclass(frozen=True)
class FeasibleCounts:
    """A network's own counts, each exact or None.

    Attributes
    ----------
    activation_regions, linear_regions, affine_pieces : int or None
        Definitions R2, R4 and R6 of arXiv:2505.16716.
    why_not : str
        Why one is None; empty where none is.
    """

    activation_regions: int | None = None
    linear_regions: int | None = None
    affine_pieces: int | None = None
    why_not: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the counts and the reason as plain JSON values."""
        return {key: getattr(self, key) for key in KEYS} | {"why_not": self.why_not or None}


def feasible_counts(
    network: Network,
    domain: DomainLike = None,
    most: int = 100_000,
    *,
    executor: Executor | None = None,
    listener: Listener | None = None,
) -> FeasibleCounts:
    """Count the regions of a network, and give up where there are more than `most`.

    Parameters
    ----------
    network : Network
    domain : Domain, or pairs (low, high), optional
        The whole space if left out.
    most : int
        So many regions are enumerated at most.
    executor, listener
        As in `exactpwl.regions`.

    Returns
    -------
    FeasibleCounts

    Raises
    ------
    DomainError
        If the domain is empty, flat, or of another dimension.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> feasible_counts(gallery.get("hat1d"))
    FeasibleCounts(activation_regions=4, linear_regions=4, affine_pieces=3, why_not='')
    >>> print(feasible_counts(gallery.get("sawtooth:8"), most=100).why_not)
    more than 100 activation regions
    """
    if most < 1:
        return FeasibleCounts(why_not="nothing was to be counted")
    options: dict[str, Any] = {"executor": executor, "listener": _Budget(most, listener)}
    found: dict[str, Any] = {}
    try:
        found |= _known(count(network, domain, only=KEYS[0], **options))
        if found[KEYS[0]] > most:
            return FeasibleCounts(**found, why_not=_more_than(most))
        options["listener"] = listener
        found |= _known(count(network, domain, only=KEYS[1:], **options))
    except TooLargeError as error:
        return FeasibleCounts(**found, why_not=str(error))
    return FeasibleCounts(**found)


def _known(counts: dict[str, Any]) -> dict[str, int]:
    return {key: value for key, value in counts.items() if value is not None}


def _more_than(most: int) -> str:
    return f"more than {most} activation regions"


class _Budget(Listener):
    """Ends the work when it has heard of too many regions; another listener hears the same."""

    def __init__(self, most: int, other: Listener | None) -> None:
        self._left, self._most = most, most
        self._other = Listener() if other is None else other

    def regions(self, count: int, share: float) -> None:
        """Count down."""
        self._left -= count
        if self._left < 0:
            raise TooLargeError(_more_than(self._most))
        self._other.regions(count, share)

    def finished(self, count: int) -> None:
        """Tell the other listener."""
        self._other.finished(count)
