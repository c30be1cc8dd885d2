"""Mutation testing of the checker: is each token of its code needed by some test?

    python tests/checker/mutate.py

changes one thing in the code of `exactpwl_check` (a comparison, a connective, a number, a statement
that is left out) and judges a corpus with what has come out: the certificates of all other tests of
this folder, with the answers of the checker as it is.  A mutant is killed if it accepts what the
checker refuses, or the reverse, or says other words of what is proved, or crashes, or takes a
hundred times as long.  Those that live are printed; survivors.md says of each why it may.

Texts of messages, docstrings, and ``strict=True`` of zip (which guards nothing that is not checked
before) are not changed.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import itertools
import multiprocessing
import os
import signal
import sys
import time
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parents[1])]

PACKAGE = HERE.parents[1] / "exactpwl_check"
MODULES = ("reading", "network", "proof", "bounds", "claims", "__main__")
MOST_OF_A_KIND = 3
JOBS = 2 * (os.cpu_count() or 1)
LONGEST = 20
"""CPU seconds for the whole corpus."""

COMPARISONS: dict[type, list[type]] = {
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}
OPERATORS: dict[type, list[type]] = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Add, ast.FloorDiv],
    ast.FloorDiv: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.LShift: [ast.RShift],
}
NAMES = {"any": "all", "all": "any", "min": "max", "max": "min", "gcd": "lcm", "lcm": "gcd"}


def mutants(source: str) -> Iterator[tuple[str, str, ast.Module]]:
    """Yield what stood there, what stands there now, and the changed module."""
    tree = ast.parse(source)
    for node in list(ast.walk(tree)):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
    for node in list(ast.walk(tree)):
        if not spared(node):
            for old, new in changes(node):
                yield from changed(tree, node, old, new)


def spared(node: ast.AST) -> bool:
    """Whether a node belongs to a message, a docstring, an annotation or a zip's strict."""
    while (parent := getattr(node, "parent", None)) is not None:
        if isinstance(parent, ast.Call) and isinstance(parent.func, ast.Name):
            message = {"require": 1, "Defect": 0, "index": 2}.get(parent.func.id)
            if message is not None and node in parent.args[message:]:
                return True
        if isinstance(node, ast.keyword) and node.arg in ("strict", "help", "description"):
            return isinstance(node.value, ast.Constant)
        if isinstance(parent, ast.AnnAssign | ast.arg) and node is parent.annotation:
            return True
        if isinstance(parent, ast.FunctionDef) and node is parent.returns:
            return True
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return True
        node = parent
    return False


def changes(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield pairs: a part of the tree, and what to put in its place."""
    if isinstance(node, ast.Compare):
        for i, operator in enumerate(node.ops):
            for other in COMPARISONS[type(operator)]:
                ops = [*node.ops[:i], other(), *node.ops[i + 1 :]]
                yield node, ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BinOp | ast.AugAssign):
        for other in OPERATORS.get(type(node.op), []):
            new = copy.copy(node)
            new.op = other()
            yield node, new
    elif isinstance(node, ast.BoolOp):
        yield node, ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
        for value in node.values:
            yield node, value
    elif isinstance(node, ast.UnaryOp):
        yield node, node.operand
    elif isinstance(node, ast.IfExp):
        yield node, node.body
        yield node, node.orelse
    elif isinstance(node, ast.Constant):
        yield from ((node, ast.Constant(other)) for other in other_constants(node.value))
    elif isinstance(node, ast.Name) and node.id in NAMES:
        yield node, ast.Name(NAMES[node.id], node.ctx)
    elif isinstance(node, ast.Expr | ast.Raise | ast.AugAssign):
        yield node, ast.Pass()
    elif isinstance(node, ast.If | ast.While):
        truths = [truth for truth in (True, False) if ast.unparse(node.test) != str(truth)]
        yield from ((node.test, ast.Constant(truth)) for truth in truths)
    if isinstance(node, ast.comprehension) and node.ifs:
        yield node.ifs[0], ast.Constant(True)


def other_constants(value: object) -> list[Any]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    if isinstance(value, str):
        return [value + "x"]
    return [] if value is None else [None]


def changed(
    tree: ast.Module, node: ast.AST, old: ast.AST, new: ast.AST
) -> Iterator[tuple[str, str, ast.Module]]:
    """Yield the tree while it is changed, and change it back."""
    parent = old.parent  # type: ignore[attr-defined]
    statement = old
    while not isinstance(statement, ast.stmt):
        statement = statement.parent  # type: ignore[attr-defined]
    before = headline(statement)
    for field, value in ast.iter_fields(parent):
        if value is old:
            setattr(parent, field, new)
        elif isinstance(value, list) and any(entry is old for entry in value):
            setattr(parent, field, [new if entry is old else entry for entry in value])
        else:
            continue
        after = headline(new if statement is old else statement)
        yield before, after, ast.fix_missing_locations(copy.deepcopy(tree))
        setattr(parent, field, value)


def headline(statement: ast.AST) -> str:
    """Return a statement on one line, without what it encloses."""
    return ast.unparse(statement).strip().split("\n")[0]


def load(name: str, tree: ast.Module | None) -> None:
    """Load the package afresh, one module of it changed."""
    for module in MODULES:
        path = PACKAGE / f"{module}.py"
        full = f"exactpwl_check.{module}"
        made = types.ModuleType(full)
        made.__file__ = str(path)
        sys.modules[full] = made
        setattr(sys.modules["exactpwl_check"], module, made)
        code = tree if module == name and tree else ast.parse(path.read_text(encoding="utf-8"))
        exec(compile(code, str(path), "exec"), made.__dict__)


def answer(data: bytes) -> str:
    """Return what the loaded checker says of a certificate: words, or that it refuses it."""
    reading, main = sys.modules["exactpwl_check.reading"], sys.modules["exactpwl_check.__main__"]
    try:
        return str(main.prove(reading.Lines(io.BytesIO(data))))
    except reading.Defect:
        return "refused"
    except UnicodeDecodeError:
        return "no text"


def from_command_line(path: str) -> tuple[int, bool, bool]:
    """Return the exit status, and whether something was printed and complained of."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = sys.modules["exactpwl_check.__main__"].main([path])
        except SystemExit as stop:
            status = stop.code
    return status, out.getvalue(), err.getvalue()


def corpus() -> list[bytes]:
    """Return the certificates that the tests judge, some for each test and kind of claim."""
    import cases
    import changing
    import test_hostile
    import test_hostile_trees
    import test_limits
    import test_mutants
    import test_rules
    import test_rules_of_bounds
    import test_rules_of_claims

    found: dict[bytes, None] = {cases.written(test_mutants.certificate(name)): None
                                for name in test_mutants.NAMES}  # fmt: skip
    recorded: dict[tuple[str, str], list[bytes]] = {}
    now, all_of_them = "", False

    def judge(lines: Any) -> str:
        data = lines if isinstance(lines, bytes) else cases.written(lines)
        result = cases.judge(data)
        if all_of_them:
            found[data] = None
        recorded.setdefault((now, result.partition(": ")[2]), []).append(data)
        return result

    rules = [test_rules, test_rules_of_bounds, test_rules_of_claims]
    others = [test_limits, test_hostile, test_hostile_trees, test_mutants]
    for module in (changing, *rules, *others):
        module.judge = judge  # type: ignore[attr-defined]
        all_of_them = module in rules
        for name, function in list(vars(module).items()):
            if name.startswith("test_") and "slow" not in str(getattr(function, "pytestmark", "")):
                for arguments in parameters(function):
                    now = f"{name} {arguments.get('kind')}"
                    with contextlib.suppress(TypeError):
                        function(**arguments)
    for examples in recorded.values():
        examples.sort(key=len)
        found.update(dict.fromkeys(examples[:: 1 + len(examples) // MOST_OF_A_KIND]))
    return list(found)


def parameters(function: Any) -> Iterator[dict[str, Any]]:
    """Yield the arguments with which pytest would call a test."""
    marks = [m for m in getattr(function, "pytestmark", []) if m.name == "parametrize"]
    for chosen in itertools.product(*(mark.args[1] for mark in marks)):
        found: dict[str, Any] = {}
        for mark, value in zip(marks, chosen, strict=True):
            names = mark.args[0]
            found.update(
                {names: value} if isinstance(names, str) else zip(names, value, strict=True)
            )
        yield found


def files(folder: Path) -> list[str]:
    """Write certificates for the command line: valid, not valid, not readable."""
    import gzip

    import cases

    valid = cases.written(cases.case("partition"))
    made = {
        "valid": valid,
        "valid.gz": gzip.compress(valid),
        "wrong": valid[:-4],
        "packed": gzip.compress(valid),
        "plain.gz": valid,
        "short.gz": gzip.compress(valid)[:-20],
        "broken.gz": gzip.compress(valid)[:40] + b"\0" * 40,
    }
    for name, data in made.items():
        (folder / name).write_bytes(data)
    return ["--help", *(str(folder / name) for name in [*made, "missing"])]


def killed(
    name: str, tree: ast.Module, known: list[tuple[bytes, str]], paths: dict[str, Any]
) -> bool:
    """Return whether a mutant gives another answer, in a process of its own."""
    child = os.fork()
    if child == 0:
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            load(name, tree)
            same = all(from_command_line(path) == told for path, told in paths.items()) and all(
                answer(data) == told for data, told in known
            )
        except BaseException:
            same = False
        os._exit(0 if same else 1)
    return os.waitpid(child, 0)[1] != 0


KNOWN: list[tuple[bytes, str]] = []
PATHS: dict[str, Any] = {}
"""What the checker as it is says of certificates and files; here, so that all workers have it."""


def living(share: int) -> list[tuple[int, str]]:
    """Return those that live of a share of the mutants: number, module, before and after."""
    found = []
    count = 0
    for name in MODULES:
        source = (PACKAGE / f"{name}.py").read_text(encoding="utf-8")
        for before, after, tree in mutants(source):
            count += 1
            if count % JOBS == share and not killed(name, tree, KNOWN, PATHS):
                found.append((count, f"{name}: {before}  ->  {after}"))
    return found


def survivors(report: Any = None) -> list[str]:
    """Return what can be changed without any test noticing: module, before and after."""
    import tempfile

    import exactpwl_check

    assert exactpwl_check.__file__
    certificates = sorted(corpus(), key=len)
    load("", None)
    KNOWN[:] = [(data, answer(data)) for data in certificates]
    sources = [(PACKAGE / f"{name}.py").read_text(encoding="utf-8") for name in MODULES]
    count = sum(1 for source in sources for _ in mutants(source))
    with tempfile.TemporaryDirectory() as folder:
        PATHS.update({path: from_command_line(path) for path in files(Path(folder))})
        with multiprocessing.get_context("fork").Pool(JOBS) as pool:
            found = sorted(each for part in pool.map(living, range(JOBS)) for each in part)
    if report:
        report(f"{count} mutants, {len(certificates)} certificates, {len(found)} survivors")
    return [line for _, line in found]


if __name__ == "__main__":
    start = time.process_time()
    for line in survivors(print):
        print(line)
