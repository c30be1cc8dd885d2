"""exactpwl and its peers on the same networks, the same domain, one core, in one run.

    python benchmarks/field.py            # about twenty minutes; make benchmark does it too
    python benchmarks/field.py --quick    # two minutes: small networks, short limits
    python benchmarks/field.py --tools exactpwl,regioncam --networks c,d

Writes field.md, field.json, field.png and field.svg into benchmarks/results.  The peers come from
the package index and get an environment of their own (benchmarks/.venv-peers).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from peers import figure, table
from peers.bench import Bench
from peers.goals import goals
from peers.networks import Case, cases, is_ternary, network_arrays
from peers.results import Measured
from peers.runner import Limits
from peers.tools import POWERSET, TOOLS, Tool

HERE = Path(__file__).resolve().parent


def measure(bench: Bench, tools: Sequence[Tool], case: Case, limits: Limits) -> Measured:
    """Run all tools that take this network, and the judge where one is needed."""
    arrays = network_arrays(case.network)
    takers = [tool for tool in tools if tool.takes(case, arrays)]
    records = bench.measure(takers, arrays, case.domain, limits)
    if is_ternary(case.network):
        judge = bench.measure([POWERSET], arrays, case.domain, Limits(runs=1))
        return Measured(case, judge["powerset"].regions, "powerset", records)
    if case.regions is not None:
        return Measured(case, case.regions, "proven", records)
    own = records.get("exactpwl")
    return Measured(case, own.regions if own else None, "exactpwl", records)


def main() -> int:
    """Measure, write the results, and tell on the way what comes out."""
    options = _options()
    tools = [tool for tool in TOOLS if tool.name in options.tools]
    chosen = [
        case
        for case in cases(quick=options.quick)
        if not options.networks or case.network.partition(" ")[0] in options.networks
    ]
    options.out.mkdir(parents=True, exist_ok=True)
    limits = Limits(options.runs, options.limit / 3, options.limit, options.memory << 30)
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(tools, Path(scratch), options.peers_venv)
        setting = bench.setting(tools, limits)
        results = []
        for case in chosen:
            results.append(measure(bench, tools, case, limits))
            told = results[-1].as_dict()["tools"].items()
            line = "; ".join(f"{name} {r['verdict']} {r['seconds']}" for name, r in told)
            print(f"{case.key}: {line}", file=sys.stderr, flush=True)
    write(results, tools, setting, options.out)
    return 0


def write(
    results: Sequence[Measured], tools: Sequence[Tool], setting: dict[str, Any], out: Path
) -> None:
    """Write table, JSON and figure."""
    lines = goals(results)
    page = table.markdown(results, lines, tools, setting)
    data = {
        "setting": setting,
        "results": [m.as_dict() for m in results],
        "goals": [asdict(goal) for goal in lines],
    }
    (out / "field.md").write_text(page, encoding="utf-8")
    (out / "field.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    figure.draw(results, tools, out / "field")
    met = sum(goal.met is True for goal in lines)
    print(f"{out / 'field.md'}: {met} of {len(lines)} goals met")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="small networks, short limits")
    parser.add_argument("--runs", type=int, default=5, help="runs of each tool, at most")
    parser.add_argument("--limit", type=int, help="seconds for a run of a peer (30; quick: 5)")
    parser.add_argument("--memory", type=int, default=12, help="GiB for each process")
    parser.add_argument("--tools", default=",".join(tool.name for tool in TOOLS))
    parser.add_argument("--networks", default="", help="such as c,d,resonance:6")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--peers-venv", type=Path, default=HERE / ".venv-peers")
    options = parser.parse_args()
    options.limit = options.limit or (5 if options.quick else 30)
    options.tools = options.tools.split(",")
    options.networks = [name for name in options.networks.split(",") if name]
    unknown = set(options.tools) - {tool.name for tool in TOOLS}
    if unknown:
        parser.error(f"no such tool: {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    sys.exit(main())
