"""What each count is called and what exactly is counted: no number is printed without it.

"Linear region" alone is ambiguous in the literature; R2, R4 and R6 are sorted out in Stargalla,
Hertrich & Reichman 2025 (arXiv:2505.16716).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exactpwl.cli.messages import aligned
from exactpwl.domain import Domain
from exactpwl.report.definitions import DEFINITIONS, SOURCE

__all__ = ["counts_text"]


def _named(definition: str) -> tuple[str, str]:
    name, meaning = DEFINITIONS[definition]
    return name, f"{definition}: {meaning}"


_DEFINITIONS = {
    "activation_regions": _named("R2"),
    "bounded_regions": ("  bounded", "the bounded ones among these"),
    "linear_regions": _named("R4"),
    "affine_pieces": _named("R6"),
    "adjacencies": ("adjacencies", "pairs of activation regions that share a facet"),
    "f_vector": ("f-vector", ""),
    "dimension": ("dimension", "the number d of inputs"),
    "lineality": (
        "lineality",
        "independent directions on which no kink and no domain row depends",
    ),
}


def counts_text(counts: Mapping[str, Any], domain: Domain, *, columns: int = 100) -> str:
    """Return the counts, each with its definition; those that are None are left out."""
    rows = []
    for key, (label, definition) in _DEFINITIONS.items():
        value = counts.get(key)
        if value is None:
            continue
        if key == "f_vector":
            definition = _f_vector_definition(domain)
            value = ", ".join(map(str, value))
        rows.append((label, str(value), definition))
    text = aligned(rows, columns=columns)
    cited = [label for label in ("R2", "R4", "R6") if f"  {label}: " in text]
    return f"{text}\n\n  {', '.join(cited)}: {SOURCE}." if cited else text


def _f_vector_definition(domain: Domain) -> str:
    faces = f"k-faces for k = 0 .. {domain.dimension}"
    return faces if domain.is_whole_space else f"{faces}, none on the boundary of the domain"
