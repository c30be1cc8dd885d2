"""All that a report says, found once, before a word is written.

A complex that fails a check is wrong, and whatever is made from it would be wrong in a handsome
way.  So the checks come first, and where one fails nothing else is made: the report says what
failed, with the exact numbers, and which file the network is in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from exactpwl.domain import Domain
from exactpwl.rationals import format_fraction
from exactpwl.report.blocks import Picture
from exactpwl.report.parts import Omission
from exactpwl.tables import Table

if TYPE_CHECKING:
    from exactpwl.checks import Report
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.report.proof import Proof

__all__ = ["Findings", "Window", "command"]

Window = tuple[tuple[Fraction, Fraction], ...]


@dataclass(frozen=True)
class Findings:
    """What is known of one complex, and what was written about it.

    Attributes
    ----------
    complex : PolyhedralComplex
    checks : Report
    command : str
        What makes the report again, in its folder.
    counts : mapping
        As `exactpwl.count` gives them; empty where a check fails.
    definitions : mapping
        For each of R1 to R6 the count, or None with the reason.
    empty : Table or None
        The empty patterns.
    pictures : tuple of Picture
    proof : Proof or None
        The certificate.
    explorer : str or None
        The file of the atlas to explore.
    omissions : tuple of Omission
    """

    complex: PolyhedralComplex
    checks: Report
    command: str
    counts: Mapping[str, Any] = field(default_factory=dict)
    definitions: Mapping[str, tuple[int | None, str]] = field(default_factory=dict)
    empty: Table[Any] | None = None
    pictures: tuple[Picture, ...] = ()
    proof: Proof | None = None
    explorer: str | None = None
    omissions: tuple[Omission, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no check fails and the independent checker, if it ran, found the proof valid."""
        return self.checks.passed and (self.proof is None or self.proof.valid is not False)


def command(
    domain: Domain,
    window: Window | None,
    *,
    figures: bool = True,
    budget: float | None = None,
    seed: int = 0,
) -> str:
    """Return the command line that makes a report again, from the files of its folder.

    Examples
    --------
    >>> command(Domain.box([(-1, 1), (-1, 1)]), None)
    'exactpwl report network.json --box -1 1 -o again'
    """
    parts = ["exactpwl report network.json"]
    box = domain.as_box()
    if box is not None:
        parts.append(_intervals("--box", box))
    elif not domain.is_whole_space:
        parts.append("--domain domain.json")
    if window is not None:
        parts.append(_intervals("--window", window))
    if not figures:
        parts.append("--no-figures")
    if budget is not None:
        parts.append(f"--budget {budget:g}")
    if seed:
        parts.append(f"--seed {seed}")
    return " ".join([*parts, "-o again"])


def _intervals(option: str, box: Window) -> str:
    distinct = box[:1] if len(set(box)) == 1 else box
    ends = (" ".join(map(format_fraction, interval)) for interval in distinct)
    return " ".join(f"{option} {pair}" for pair in ends)
