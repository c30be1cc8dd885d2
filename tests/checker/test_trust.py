"""What trust in the checker rests on: it is short, knows nothing of exactpwl, and has no float."""

import ast
import sys
from pathlib import Path

import pytest

import exactpwl_check

FILES = sorted(Path(exactpwl_check.__file__).parent.glob("*.py"))
INEXACT = {"float", "complex", "round", "sqrt", "hypot", "fsum", "isclose", "limit_denominator"}


def names_of(tree: ast.AST) -> set[str]:
    """All names that code mentions: variables, attributes, imports and keywords."""
    found = set()
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                found.add(name)
    return found


def floats_of(source: str) -> list[str]:
    """Why a program may come across a float: literals, true division, powers, names."""
    tree = ast.parse(source)
    found = sorted(names_of(tree) & INEXACT)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            found.append(f"line {node.lineno}: {node.value}")
        if isinstance(node, ast.Div):
            found.append("/")
    return found


def modules_of(source: str) -> set[str]:
    """The top-level names of all modules that a program imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add("." if node.level else (node.module or "").partition(".")[0])
    return found


def test_the_checker_is_short() -> None:
    """What pruned proofs alone need is a module of its own."""
    lines = {file.stem: len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
    assert sum(lines.values()) <= 650
    assert sum(lines.values()) - lines["bounds"] <= 580


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_checker_has_no_float(file: Path) -> None:
    assert floats_of(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source", ["x = 0.5", "x = 1e3", "x = 2j", "x = a / b", "x /= b", "float(x)", "math.sqrt(2)"]
)
def test_a_float_would_be_seen(source: str) -> None:
    assert floats_of(source)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_checker_imports_the_standard_library_and_itself(file: Path) -> None:
    imported = modules_of(file.read_text(encoding="utf-8")) - {"exactpwl_check"}
    assert imported <= sys.stdlib_module_names


@pytest.mark.parametrize(
    "source", ["import exactpwl", "from exactpwl.rationals import x", "from . import x"]
)
def test_an_import_of_exactpwl_would_be_seen(source: str) -> None:
    assert not modules_of(source) <= sys.stdlib_module_names


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_runs_code_that_a_file_names(file: Path) -> None:
    names = names_of(ast.parse(file.read_text(encoding="utf-8")))
    assert not names & {"eval", "exec", "__import__", "pickle", "import_module"}
