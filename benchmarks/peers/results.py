"""The results of a run, as the table, the figure and the goals read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from peers.networks import Case, is_ternary
from peers.runner import Record

__all__ = ["Measured", "projected", "rate", "verdict"]


@dataclass
class Measured:
    """One case: its true count, where that comes from, and the record of each tool."""

    case: Case
    truth: int | None
    source: str
    records: dict[str, Record]

    @property
    def is_ternary(self) -> bool:
        """Whether it belongs to the networks that the table adds up."""
        return is_ternary(self.case.network)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it for JSON."""
        return {
            "network": self.case.network,
            "domain": self.case.domain,
            "regions": self.truth,
            "source": self.source,
            "tools": {
                name: {**record.as_dict(), "verdict": verdict(record, self.truth)}
                for name, record in self.records.items()
            },
        }


def verdict(record: Record, truth: int | None) -> str:
    """Return "right", "wrong", "unknown" where no truth is known, or the status if not done."""
    if record.status != "done":
        return record.status
    if truth is None:
        return "unknown"
    return "right" if record.regions == truth and record.complete else "wrong"


def rate(record: Record) -> float | None:
    """Return regions per CPU second, also of a run that was stopped."""
    if not record.regions or not record.seconds:
        return None
    return record.regions / record.seconds


def projected(record: Record, truth: int | None) -> float | None:
    """Return the CPU seconds of a whole run: measured, or at the rate that it had when stopped."""
    if record.status == "done":
        return record.seconds
    speed = rate(record)
    if record.status != "out of time" or truth is None or speed is None:
        return None
    return truth / speed
