"""The results as Markdown.

A cell is the median of CPU seconds; what did not end with a right answer says so instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from peers.goals import Goal, seconds
from peers.networks import RANDOM
from peers.results import Measured, projected, verdict
from peers.runner import Record
from peers.tools import CITED, Cited, Tool

__all__ = ["markdown", "rows_of"]

_DOMAINS = {"box": "[-1,1]^d", "space": "R^d"}


def markdown(
    results: Sequence[Measured],
    goals: Sequence[Goal],
    tools: Sequence[Tool],
    setting: dict[str, Any],
) -> str:
    """Return the whole page."""
    parts = [
        "# exactpwl and its peers",
        _setting(setting),
        "## Times",
        _times(results, tools),
        _LEGEND,
        "![CPU seconds against regions, both logarithmic](field.png)",
        "## Who is right on degenerate networks",
        _rightness(results, tools),
        "## Goals",
        rows_of(
            ("network", "goal", "measured", ""),
            ((g.network, g.goal, g.measured, g.word) for g in goals),
        ),
        "## What each one returns",
        _tools(results, tools, setting),
        "## What went wrong",
        _messages(results) or "Nothing.",
    ]
    return "\n\n".join(parts) + "\n"


_LEGEND = """\
CPU seconds of one process and its children on one core, medians; the tools took turns.
"Exact signs": how many signs exactpwl's float filter left to integers.
For exactpwl the region list and its adjacency; for the others the regions alone.
"n of N in t s (~ T s)": stopped after n regions, a whole run would take T at that rate.
An empty cell: the tool does not take such a network or domain.
† no proof from elsewhere: the count is exactpwl's own.
Columns in *italics* are cited: these tools are in no package index, and were measured earlier on
the same networks, on a machine of the same kind."""


def _setting(setting: dict[str, Any]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in setting.items() if name != "versions")


def _times(results: Sequence[Measured], tools: Sequence[Tool]) -> str:
    head = ["network", "sizes", "domain", "regions", "exact signs", *(tool.name for tool in tools)]
    head += [f"*{cited.name}*" for cited in CITED]
    rows = [_row(m, tools) for m in results if not m.is_ternary]
    return rows_of(head, rows)


def _row(measured: Measured, tools: Sequence[Tool]) -> list[str]:
    case = measured.case
    count = "?" if measured.truth is None else f"{measured.truth:,}"
    mark = "†" if measured.source == "exactpwl" else ""
    return [
        case.network,
        str(RANDOM.get(case.network, "")),
        _DOMAINS[case.domain],
        count + mark,
        _exact_signs(measured.records.get("exactpwl")),
        *(_cell(measured.records.get(tool.name), measured.truth) for tool in tools),
        *(_cited_cell(cited, measured) for cited in CITED),
    ]


def _exact_signs(record: Record | None) -> str:
    return "" if record is None or record.exact_signs is None else f"{record.exact_signs:,}"


def _cell(record: Record | None, truth: int | None) -> str:
    if record is None:
        return ""
    said = verdict(record, truth)
    if said in ("right", "unknown"):
        return seconds(record.seconds)
    if said == "wrong":
        of = f"{record.regions:,} regions" if record.complete else "incomplete"
        return f"wrong: {of} ({seconds(record.seconds)})"
    if said == "out of time" and record.regions is not None and truth is not None:
        whole = projected(record, truth)
        end = f" (~ {seconds(whole)} s)" if whole is not None else ""
        return f"{record.regions:,} of {truth:,} in {seconds(record.seconds)} s{end}"
    return said


def _cited_cell(cited: Cited, measured: Measured) -> str:
    if cited.domain != measured.case.domain or measured.case.network not in cited.seconds:
        return ""
    return f"*{cited.seconds[measured.case.network]:g}*"


def _rightness(results: Sequence[Measured], tools: Sequence[Tool]) -> str:
    """Return how often each tool was right, for each family and domain."""
    families: dict[tuple[str, str], list[Measured]] = {}
    for m in results:
        family = m.case.network.partition(" #")[0] if m.is_ternary else ""
        if ":" in m.case.network:
            family = m.case.network
        if family:
            families.setdefault((family, m.case.domain), []).append(m)
    rows = []
    for (family, domain), members in families.items():
        counts = [_counted(members, tool.name) for tool in tools]
        rows.append([family, _DOMAINS[domain], str(len(members)), *counts])
    return rows_of(["networks", "domain", "how many", *(tool.name for tool in tools)], rows)


def _counted(members: Iterable[Measured], tool: str) -> str:
    records = [(m.records[tool], m.truth) for m in members if tool in m.records]
    found = Counter(verdict(record, truth) for record, truth in records)
    return ", ".join(f"{n} {word}" if len(records) > 1 else word for word, n in found.most_common())


def _tools(results: Sequence[Measured], tools: Sequence[Tool], setting: dict[str, Any]) -> str:
    versions = setting.get("versions", {})
    head = ["tool", "version", "arithmetic", "returns", "adjacency", "domains", "exact"]
    rows: list[list[str]] = []
    for tool in tools:
        where = ", ".join(_DOMAINS[domain] for domain in tool.domains)
        if tool.dimensions:
            where += f" with d = {', '.join(map(str, tool.dimensions))}"
        exact = "yes" if tool.exact else "no"
        version = versions.get(tool.package, "")
        known = [(m.records[tool.name], m.truth) for m in results if tool.name in m.records]
        right = sum(verdict(record, truth) == "right" for record, truth in known)
        facts = (tool.arithmetic, tool.returns, tool.adjacency, where, exact)
        rows.append([tool.name, version, *facts, f"{right} of {len(known)}"])
    for cited in CITED:
        where = _DOMAINS[cited.domain]
        rows.append([f"*{cited.name}*", "", cited.arithmetic, cited.returns, "no", where, "no", ""])
    return rows_of([*head, "complete and right here"], rows)


def _messages(results: Sequence[Measured]) -> str:
    """Return the tools' own words: for each kind of failure how often, and the first in full."""
    seen: dict[tuple[str, str, str], list[str]] = {}
    for m in results:
        for name, record in m.records.items():
            if record.message:
                words = " ".join(record.message.split())
                kind = (name, record.status, words.partition(":")[0])
                seen.setdefault(kind, []).append(
                    f"{m.case.network}, {_DOMAINS[m.case.domain]}: {words}"
                )
    return "\n".join(
        f"* {name} {status}, {len(told)} time{'s' if told[1:] else ''}; first on {told[0][:300]}"
        for (name, status, _), told in seen.items()
    )


def rows_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(c.replace("|", "\\|") for c in line) + " |" for line in lines
    )
