"""Properties of the verification competition, decided exactly, with certificates that are checked.

    python benchmarks/vnn.py                     # all instances
    python benchmarks/vnn.py cartpole needle     # those whose names hold one of these words
    python benchmarks/vnn.py --timeout 60        # seconds an instance, 600 by default
    python benchmarks/vnn.py --docs              # also write the table into docs/verify.md

Each instance of the shared folder has a process of its own, with one thread: network and property
are read, `exactpwl.verify` decides, the certificates are written, and `exactpwl-check`, which
shares no code with it, judges them in another process.  A counterexample is written in the form of
the competition, read back, and replayed exactly.  CPU seconds are those of the one process, reading
left out, writing the certificates included.

Writes results/vnn.md and results/vnn.json.  Exit status 1 if a certificate is not believed, a
counterexample fails, or a verdict is another one than expected; then the exact witness is printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exactpwl import Network
from exactpwl.errors import ExactPWLError
from exactpwl.rationals import EXACTNESS, format_point
from exactpwl.verification import replay, written_witness
from exactpwl.vnnlib import Query, load_query, parse_witness
from peers.goals import seconds
from peers.table import rows_of

if TYPE_CHECKING:
    from exactpwl.verification import Verdict

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared" / "vnn"
PAGE = HERE.parent / "docs" / "verify.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
REFUSED = "refused"
_REFUTED = re.compile(r"leaves, .*; ([0-9]+) sides refuted")


@dataclass(frozen=True)
class Instance:
    """A network, a property, and the verdict that is expected."""

    benchmark: str
    onnx: str
    vnnlib: str
    expected: str

    @property
    def name(self) -> str:
        """The benchmark, and the property's file; the network's where the file is for several."""
        stem = Path(self.vnnlib).name.removesuffix(".gz").removesuffix(".vnnlib")
        net = Path(self.onnx).name.removesuffix(".gz").removesuffix(".onnx")
        return f"{self.benchmark}: {net if stem == 'test_prop' else stem}"


@dataclass(frozen=True)
class Outcome:
    """What became of an instance.

    Attributes
    ----------
    verdict : str
        sat, unsat, unknown, refused (the network cannot be read), or failed.
    seconds : float
        CPU seconds to decide and to write the certificates.
    leaves, refuted : int
        Branches of the subdivision that ended; of the certificates, sides refuted as empty.
    certificates, size : int
        How many certificates there are, and their bytes, compressed.
    checker_seconds : float
        CPU seconds of the checker, for all certificates.
    believed : bool or None
        Whether the checker believes all certificates; None if there is none.
    replayed : bool or None
        Whether the written counterexample holds exactly; None if there is none.
    witness : str
        The exact counterexample.
    message : str
        How far an unknown one came, or why it was refused.
    """

    verdict: str
    seconds: float = 0.0
    leaves: int = 0
    refuted: int = 0
    certificates: int = 0
    size: int = 0
    checker_seconds: float = 0.0
    believed: bool | None = None
    replayed: bool | None = None
    witness: str = ""
    message: str = ""


@dataclass
class Measured:
    """An instance and its outcome."""

    instance: Instance
    outcome: Outcome = field(default_factory=lambda: Outcome("failed"))

    @property
    def word(self) -> str:
        """What is to be said about the outcome."""
        outcome, expected = self.outcome, self.instance.expected
        if outcome.believed is False:
            return "**certificate not believed**"
        if outcome.replayed is False:
            return "**witness fails**"
        if outcome.verdict == "failed":
            return "**failed**"
        if outcome.verdict == REFUSED:
            return "as expected" if expected == "unknown" else "**refused**"
        if outcome.verdict == "unknown":
            return "budget ended"
        if outcome.verdict != expected:
            return "**another verdict**"
        if outcome.verdict == "sat":
            return "witness holds exactly" if outcome.replayed else "**no witness**"
        return "checked" if outcome.believed else "**no proof**"

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong: an unknown verdict is not."""
        return "**" not in self.word


def instances() -> Iterator[Instance]:
    """Yield the instances of the shared folder, the float traps at the end."""
    for row in _rows(SHARED / "index.csv"):
        yield Instance(row["benchmark"], row["onnx"], row["vnnlib"], row["expected"])
    for row in _rows(SHARED / "float_traps" / "index.csv"):
        paths = (f"float_traps/{row[key]}" for key in ("onnx", "vnnlib"))
        yield Instance("float_traps", *paths, row["exact_verdict_z3"])


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def judged(onnx: Path, vnnlib: Path, timeout: float) -> Outcome:
    """Decide one instance in this process, and have the certificates checked in others."""
    try:
        network, query = Network.load(onnx), load_query(vnnlib)
    except ExactPWLError as error:
        return Outcome(REFUSED, message=str(error).removeprefix(f"{onnx}: "))
    from exactpwl.verification import verify

    start = time.process_time()
    found = verify(network, query, timeout=timeout)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{k}.cert.gz" for k in range(len(found.certificates))]
        for certificate, path in zip(found.certificates, paths, strict=True):
            certificate.save(path)
        spent = time.process_time() - start
        checks = [checked(path) for path in paths]
        size = sum(path.stat().st_size for path in paths)
    held = None if found.witness is None else holds_as_written(network, query, found.witness)
    return Outcome(
        found.answer,
        spent,
        found.leaves,
        sum(refuted for _, _, refuted in checks),
        len(paths),
        size,
        sum(taken for _, taken, _ in checks),
        all(believed for believed, _, _ in checks) if checks else None,
        held,
        "" if found.witness is None else format_point(found.witness),
        _progress(found) if found.answer == "unknown" else "",
    )


def _progress(found: Verdict) -> str:
    done = f"{found.share.numerator / found.share.denominator:.4%}"
    return f"the budget ended after {found.leaves:,} leaves, with {done} of the subdivision done"


def checked(path: Path) -> tuple[bool, float, int]:
    """Run the checker; return whether it believes, its seconds, and how many sides it refuted."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    command = [sys.executable, "-m", "exactpwl_check", path]
    done = subprocess.run(command, check=False, cwd=HERE.parent, capture_output=True, text=True)
    taken = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    sides = _REFUTED.search(done.stdout)
    return not done.returncode, taken, int(sides[1]) if sides else 0


def holds_as_written(network: Network, query: Query, witness: Sequence[Fraction]) -> bool:
    """Write a counterexample, read it back, and replay it."""
    written = written_witness(network, query, witness)
    said = parse_witness(written.text, query)
    return replay(network, query, said).holds and query.holds(said.inputs, said.outputs or ())


def measured(instance: Instance, timeout: float) -> Measured:
    """Run one instance in a process of its own."""
    paths = [str(SHARED / instance.onnx), str(SHARED / instance.vnnlib)]
    command = [sys.executable, __file__, "--one", *paths, "--timeout", str(timeout)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        return Measured(instance, Outcome("failed", message=said))
    return Measured(instance, Outcome(**json.loads(done.stdout)))


def page(results: Sequence[Measured], timeout: float) -> str:
    """Return the results as Markdown."""
    solved = [m for m in results if m.outcome.verdict in ("sat", "unsat")]
    parts = [
        "# Properties of the verification competition, exactly",
        f"{len(solved)} of {len(results)} instances were decided, within {timeout:g} s each. "
        "CPU seconds of one process on one core; bytes of the compressed certificates. "
        + EXACTNESS,
        table(results),
    ]
    said: dict[str, list[str]] = {}
    for m in results:
        if m.outcome.message:
            said.setdefault(m.outcome.message, []).append(m.instance.name)
    remarks = [f"* {', '.join(names)}: {message}" for message, names in said.items()]
    finds = [m for m in results if m.word == "**another verdict**"]
    for m in finds:
        remarks.append(
            f"* {m.instance.name}: expected {m.instance.expected}, found {m.outcome.verdict}"
            + (f", with the exact witness {m.outcome.witness}" if m.outcome.witness else "")
        )
    if remarks:
        parts += ["## Remarks", "\n".join(remarks)]
    return "\n\n".join(parts) + "\n"


def table(results: Sequence[Measured]) -> str:
    """Return the table alone."""
    head = ("instance", "verdict", "expected", "CPU s", "leaves", "refuted sides")
    head += ("certificate, bytes", "checker, CPU s", "")
    return rows_of(head, map(_row, results))


def _row(m: Measured) -> tuple[str, ...]:
    outcome = m.outcome
    decided = outcome.verdict not in (REFUSED, "failed")
    proof = ("", "", "")
    if outcome.certificates:
        counts = (outcome.refuted, outcome.size)
        proof = (*(f"{n:,}" for n in counts), seconds(outcome.checker_seconds))
    spent = (seconds(outcome.seconds), f"{outcome.leaves:,}") if decided else ("", "")
    return (m.instance.name, outcome.verdict, m.instance.expected, *spent, *proof, m.word)


def write_docs(text: str) -> None:
    """Put the table between the marks of the page on verifying."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise SystemExit(f"{PAGE} has no place for the table: {BEGIN} ... {END}")
    PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def main() -> int:
    """Measure, and write table and JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="*", help="only instances whose names hold one of these")
    parser.add_argument("--timeout", type=float, default=600, help="seconds for an instance")
    parser.add_argument("--out", type=Path, default=HERE / "results")
    parser.add_argument("--docs", action="store_true", help="write the table into docs/verify.md")
    parser.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(asdict(judged(*options.one, options.timeout))))
        return 0
    if not SHARED.is_dir():
        raise SystemExit(f"the instances are not beside the repository: no {SHARED}")
    chosen = [i for i in instances() if any(w in i.name for w in options.words or [""])]
    results = []
    for instance in chosen:
        results.append(measured(instance, options.timeout))
        print(*_row(results[-1]), results[-1].outcome.message, file=sys.stderr, flush=True)
    options.out.mkdir(parents=True, exist_ok=True)
    data: dict[str, Any] = {
        "timeout": options.timeout,
        "python": platform.python_version(),
        "instances": [asdict(m.instance) | {"outcome": asdict(m.outcome)} for m in results],
    }
    text = page(results, options.timeout)
    (options.out / "vnn.md").write_text(text, encoding="utf-8")
    (options.out / "vnn.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    if options.docs:
        write_docs(table(results))
    print(text)
    return int(not all(m.is_good for m in results))


if __name__ == "__main__":
    sys.exit(main())
