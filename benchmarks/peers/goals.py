"""What exactpwl promises, held against what was measured.

Every goal is a line with what was asked, what came, and "met", "not met" or "not measured".  A peer
that was stopped counts with the time that it would take at the rate it had by then, and the line
says so; a peer that fails is no comparison.  On our side the complete region list and the adjacency
are in the time, on theirs only the regions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peers.networks import RANDOM
from peers.results import Measured, projected, verdict
from peers.tools import CITED

__all__ = ["Goal", "goals", "seconds"]

LARGE = 2000
"""From so many regions on, a 2-D network must be as fast as with the compiled tool."""
SMALL_FACTOR = 5
PEER_FACTOR = 500
GIBIBYTE = 1 << 30


@dataclass(frozen=True)
class Goal:
    """A line: `met` is None where something was not measured."""

    network: str
    goal: str
    measured: str
    met: bool | None

    @property
    def word(self) -> str:
        """The verdict in words."""
        return {True: "met", False: "**not met**", None: "not measured"}[self.met]


def goals(results: Sequence[Measured]) -> list[Goal]:
    """Return all goals, in the order in which they were set."""
    generic = {*RANDOM, "rings"}
    lines = [
        _compiled(m) for m in results if "regioncam" in m.records and m.case.network in generic
    ]
    for peer in ("relucent", "parx"):
        lines += [
            _times_faster(m, peer)
            for m in results
            if peer in m.records and m.case.network in tuple("bcdefgh")
        ]
    edge = next(cited for cited in CITED if cited.name == "edge subdivision")
    lines += [
        _no_slower(m, edge.seconds[m.case.network])
        for m in results
        if m.case.domain == "box" and m.case.network in tuple("efgh")
    ]
    lines += [_big(m) for m in results if m.case.network == "resonance:6"]
    right = _degenerate(results)
    return [*lines, *([right] if right else [])]


def _ours(measured: Measured) -> float | None:
    """Return our time, if our count is not known to be wrong."""
    record = measured.records.get("exactpwl")
    if record is None or verdict(record, measured.truth) not in ("right", "unknown"):
        return None
    return record.seconds


def _name(measured: Measured) -> str:
    where = "[-1,1]^d" if measured.case.domain == "box" else "R^d"
    return f"{measured.case.network}, {where}"


def _compiled(measured: Measured) -> Goal:
    large = (measured.truth or 0) >= LARGE
    factor = 1 if large else SMALL_FACTOR
    goal = "at least as fast as regioncam" if large else f"within {factor}x of regioncam"
    ours, theirs = _ours(measured), measured.records["regioncam"]
    said = verdict(theirs, measured.truth)
    if ours is None or theirs.seconds is None or said not in ("right", "unknown"):
        return Goal(_name(measured), goal, f"regioncam {said}", None)
    ratio = ours / theirs.seconds
    told = f"{seconds(ours)} s, regioncam {seconds(theirs.seconds)} s: {ratio:.2f}x its time"
    return Goal(_name(measured), goal, told, ratio <= factor)


def _times_faster(measured: Measured, peer: str) -> Goal:
    goal = f"{PEER_FACTOR} times faster than {peer}"
    ours, record = _ours(measured), measured.records[peer]
    theirs = projected(record, measured.truth)
    if ours is None or theirs is None:
        return Goal(_name(measured), goal, f"{peer} {record.status}", None)
    told = f"{seconds(ours)} s, {peer} {seconds(theirs)} s"
    if record.status != "done":
        told += f" at its rate ({record.regions} regions in {seconds(record.seconds)} s)"
    return Goal(_name(measured), goal, f"{told}: {theirs / ours:,.0f} times", theirs / ours >= 500)


def _no_slower(measured: Measured, cited: float) -> Goal:
    goal = f"no slower than the float32 edge subdivision ({cited} s, cited)"
    ours = _ours(measured)
    if ours is None:
        return Goal(_name(measured), goal, "-", None)
    told = f"{seconds(ours)} s: {ours / cited:.2f}x its time"
    return Goal(_name(measured), goal, told, ours <= cited)


def _big(measured: Measured) -> Goal:
    goal = "1,066,044 regions in minutes, under 8 GiB"
    record = measured.records.get("exactpwl")
    if record is None:
        return Goal(_name(measured), goal, "-", None)
    peak = (record.peak or 0) / GIBIBYTE
    told = f"{verdict(record, measured.truth)}, {seconds(record.seconds)} s, {peak:.1f} GiB"
    met = _ours(measured) is not None and (record.seconds or 0) < 600 and peak < 8
    return Goal(_name(measured), goal, told, met)


def _degenerate(results: Sequence[Measured]) -> Goal | None:
    """Return the line on being right wherever the truth is known."""
    known = [m for m in results if m.truth is not None and "exactpwl" in m.records]
    if not known:
        return None
    right = sum(verdict(m.records["exactpwl"], m.truth) == "right" for m in known)
    told = f"right on {right} of {len(known)}"
    return Goal("all with a proven count", "every count right", told, right == len(known))


def seconds(value: float | None) -> str:
    """Return a time with about three digits, without an exponent."""
    if value is None:
        return "-"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value >= 0.001 else f"{value:.6f}".rstrip("0")
