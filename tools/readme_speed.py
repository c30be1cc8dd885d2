"""Write the speed table of the README from what `make benchmark` measured.

    python tools/readme_speed.py

Reads benchmarks/results/field.json and growth.json, and replaces what stands between the two marks
in README.md.  Nothing is measured here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results"
BEGIN, END = "<!-- speed: begin -->\n", "<!-- speed: end -->\n"
TOOLS = ("exactpwl", "regioncam", "relucent", "parx")
SHOWN = (
    *(("box", name) for name in ("b", "c", "d", "j", "e", "f", "g", "h", "rings")),
    *(("space", name) for name in ("b", "c", "e", "h", "resonance:5", "resonance:6")),
)

sys.path.insert(0, str(ROOT / "benchmarks"))

from peers.networks import RANDOM  # noqa: E402  (the benchmarks are no package)
from peers.tools import CITED  # noqa: E402

EDGES = next(cited for cited in CITED if cited.name == "edge subdivision").seconds

HEAD = ("network", "domain", "regions", *TOOLS, "*edge subdivision*")


def main() -> None:
    """Replace the table."""
    field = json.loads((RESULTS / "field.json").read_text("utf-8"))
    growth = json.loads((RESULTS / "growth.json").read_text("utf-8"))
    readme = ROOT / "README.md"
    text = readme.read_text("utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    readme.write_text(before + BEGIN + "\n" + page(field, growth) + "\n" + END + after, "utf-8")


def page(field: dict[str, Any], growth: dict[str, Any]) -> str:
    """Return the tables and the sentences."""
    found = {(r["domain"], r["network"]): r for r in field["results"]}
    lines = [
        "| " + " | ".join(HEAD) + " |",
        "|---" * len(HEAD) + "|",
        *(row(found[key]) for key in SHOWN if key in found),
    ]
    goals = field["goals"]
    missed = [goal for goal in goals if goal["met"] is not True]
    lines += ["", f"{len(goals) - len(missed)} of {len(goals)} goals are met. Not met:", ""]
    lines += [f"* {goal['network']}: {goal['goal']} ({goal['measured']});" for goal in missed]
    lines[-1] = lines[-1][:-1] + "."
    told = ", ".join(f"{p:.2f} ({name})" for name, p in growth["exponents"].items())
    lines += ["", f"Time grows like regions^p with p = {told}."]
    return "\n".join(lines) + "\n"


def row(result: dict[str, Any]) -> str:
    """Return one network's line."""
    box = result["domain"] == "box"
    name = result["network"]
    tools = result["tools"]
    shape = RANDOM.get(name)
    sizes = f" ({shape.inputs}; {','.join(map(str, shape.hidden))})" if shape else ""
    cells = [
        f"{name}{sizes}",
        "[-1,1]^d" if box else "R^d",
        f"{result['regions']:,}",
        *(cell(tools.get(tool), result["regions"]) for tool in TOOLS),
        f"*{EDGES[name]}*" if box and name in EDGES else "",
    ]
    return "| " + " | ".join(cells) + " |"


def cell(record: dict[str, Any] | None, regions: int) -> str:
    """Return a time; of a run that was stopped, what a whole one would take at its rate."""
    if record is None:
        return ""
    if record["status"] == "done":
        return number(record["seconds"]) if record["verdict"] == "right" else record["verdict"]
    if record["status"] == "out of time" and record["regions"]:
        return "~ " + number(record["seconds"] * regions / record["regions"])
    return str(record["status"])


def number(seconds: float) -> str:
    """Return seconds with two or three digits."""
    return f"{seconds:,.0f}" if seconds >= 100 else f"{seconds:.2g}"


if __name__ == "__main__":
    main()
