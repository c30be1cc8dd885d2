"""The rooms of docs/architecture.md against the imports, and what holds for every module."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import exactpwl

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "exactpwl"
PAGE = ROOT / "docs" / "architecture.md"
LONGEST_MODULE = 500


class Import(NamedTuple):
    """An import of one module of the package by another."""

    importer: str
    imported: str
    in_function: bool
    line: int


class Room(NamedTuple):
    """A row of the table of rooms."""

    name: str
    modules: tuple[str, ...]
    knows: frozenset[str]


def table(heading: str) -> list[list[str]]:
    """Return the cells of the table whose first column is called `heading`."""
    lines = iter(PAGE.read_text(encoding="utf-8").splitlines())
    next(line for line in lines if line.startswith(f"| {heading} |"))
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            return rows
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


@cache
def rooms() -> list[Room]:
    found: list[Room] = []
    for name, modules, _, knows in table("room"):
        if knows == "all above":
            known = {room.name for room in found}
        else:
            known = set() if knows == "nothing" else set(knows.split(", "))
        found.append(Room(name, tuple(re.findall(r"`([^`]+)`", modules)), frozenset(known)))
    return found


@cache
def modules() -> dict[str, Path]:
    """Return the file of each module, by its name without the package's."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


@cache
def room_of(module: str) -> str:
    """Return the room of a module: that of its package, or of itself."""
    first = module.partition(".")[0]
    key = f"{first}/" if (PACKAGE / first).is_dir() else first
    return next((room.name for room in rooms() if key in room.modules), "")


def imports(name: str, path: Path) -> Iterator[Import]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body:
        yield from _imports_below(name, node, in_function=False)


def _imports_below(name: str, node: ast.AST, *, in_function: bool) -> Iterator[Import]:
    inside = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    inside = inside or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    if isinstance(node, ast.ImportFrom) and node.module:
        top, _, below = node.module.partition(".")
        if top == "exactpwl":
            targets = [below] if below else [alias.name for alias in node.names]
            for target in targets:
                yield Import(name, target, inside, node.lineno)
    for child in ast.iter_child_nodes(node):
        yield from _imports_below(name, child, in_function=inside)


def all_imports() -> list[Import]:
    return [found for name, path in modules().items() if name for found in imports(name, path)]


def test_every_module_is_in_one_room() -> None:
    names = [module for room in rooms() for module in room.modules]
    assert len(names) == len(set(names))
    homeless = [name for name in modules() if name and not room_of(name)]
    assert not homeless, f"docs/architecture.md names no room for {', '.join(homeless)}"


def test_every_module_of_the_table_exists() -> None:
    for room in rooms():
        for module in room.modules:
            path = PACKAGE / (module if module.endswith("/") else f"{module}.py")
            assert path.exists(), f"room {room.name} has {module}, but there is no {path}"


def test_a_room_knows_earlier_rooms_only() -> None:
    earlier: set[str] = set()
    for room in rooms():
        assert room.knows <= earlier, f"room {room.name} comes before a room that it knows"
        earlier.add(room.name)


def test_imports_go_one_way() -> None:
    knows = {room.name: room.knows for room in rooms()}
    doors = {(start, end) for start, end, _ in table("from")}
    wrong = []
    used = set()
    for found in all_imports():
        here, there = room_of(found.importer), room_of(found.imported)
        if here == there or there in knows[here]:
            continue
        if found.in_function and (here, there) in doors:
            used.add((here, there))
        else:
            wrong.append(f"{found.importer}, line {found.line}: {here} must not know {there}")
    assert not wrong, "\n".join(wrong)
    assert used == doors, f"docs/architecture.md names a door that nobody uses: {doors - used}"


def type_checking_block() -> ast.If:
    """Return what the package imports for type checkers alone."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    blocks = (node for node in tree.body if isinstance(node, ast.If))
    return next(b for b in blocks if isinstance(b.test, ast.Name) and b.test.id == "TYPE_CHECKING")


def test_the_package_itself_imports_none_of_its_modules() -> None:
    block = type_checking_block()
    found = imports("", PACKAGE / "__init__.py")
    assert not [f for f in found if not block.lineno <= f.line <= (block.end_lineno or 0)]


def test_type_checkers_know_the_public_names() -> None:
    told = {
        alias.asname: node.module if alias.name in exactpwl._PUBLIC else alias.name
        for node in type_checking_block().body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert told == exactpwl._PUBLIC | {room: room for room in exactpwl._ROOMS}


def test_no_module_is_too_long() -> None:
    lengths = {n: len(p.read_text(encoding="utf-8").splitlines()) for n, p in modules().items()}
    long = {name: length for name, length in lengths.items() if length > LONGEST_MODULE}
    assert not long, f"a module has at most {LONGEST_MODULE} lines: {long}"


def test_every_module_begins_with_what_it_is_for() -> None:
    for name, path in modules().items():
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert text, f"exactpwl.{name} has no docstring"


def public_objects() -> Iterator[tuple[str, object]]:
    """Yield what a user may call: the package's names and those of its rooms."""
    for name in exactpwl.__all__:
        thing = getattr(exactpwl, name)
        if inspect.ismodule(thing):
            for below in thing.__all__:
                yield f"exactpwl.{name}.{below}", getattr(thing, below)
        else:
            yield f"exactpwl.{name}", thing


def test_every_public_name_has_an_example() -> None:
    callables = [(n, t) for n, t in public_objects() if inspect.isclass(t) or inspect.isroutine(t)]
    bare = [n for n, t in callables if not (t.__doc__ or "").strip()]
    assert not bare, f"no docstring: {', '.join(bare)}"
    silent = [n for n, t in callables if ">>>" not in (t.__doc__ or "")]
    assert not silent, f"a docstring without an example: {', '.join(silent)}"
