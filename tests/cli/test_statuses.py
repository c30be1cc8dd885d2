"""Exit statuses: 2 for wrong input in every command there is, 0 and 10 for answers."""

from pathlib import Path

import click
import pytest

from exactpwl.cli import main
from exactpwl.cli.app import STATUSES
from exactpwl.cli.destination import DESTINATION
from exactpwl.cli.verdict import NO, UNKNOWN, YES

LINE = '{"layers": [{"W": [[1]], "b": [0], "activation": "relu"}]}'
FILES = {
    "broken.json": LINE[:30],
    "nan.json": LINE.replace("[0]", "[NaN]"),
    "broken.npz": "no archive",
    "broken.onnx": "no model",
    "broken.onnx.gz": "no archive",
    "list.json": "[]",
    "net.txt": LINE,
    "line.json": '{"rows": [{"a": ["1"], "b": "1"}]}',
    "flat.json": '{"rows": [{"a": ["1", "0"], "b": "0"}, {"a": ["-1", "0"], "b": "0"}]}',
    "prop.vnnlib": "(assert",
    "points.csv": "0,0\n",
}
NEEDED = {
    "certify": ("--out", "new.cert"),
    "explore": ("--out", "new.html"),
    "prove": ("--out", "new.md"),
    "report": ("--out", "new"),
    "animate": ("--out", "new.gif"),
    "regions": ("--out", "new"),
    "data": ("points.csv",),
}
"""Options without which a command says that they are missing, and looks no further."""
FILLED = {"other": "xor", "prop": "prop.vnnlib", "witness": "points.csv", "pattern": "10"}
FIRST = ("net", "subject", "nets")


def commands() -> list[tuple[str, ...]]:
    """Return every command, and every figure of `plot`."""
    figures = main.commands["plot"]
    assert isinstance(figures, click.Group)
    named = [(name,) for name in main.commands if name != "plot"]
    return [*named, *[("plot", name) for name in figures.commands]]


def parameters(words: tuple[str, ...]) -> list[click.Parameter]:
    command = main.commands[words[0]]
    if isinstance(command, click.Group):
        command = command.commands[words[1]]
    return command.params


def line(words: tuple[str, ...], net: str) -> list[str]:
    """Return a command line with this network, and with what else the command needs."""
    arguments = [p for p in parameters(words) if isinstance(p, click.Argument) and p.required]
    given = [net if p.name in FIRST else FILLED.get(str(p.name), "x") for p in arguments]
    return [*words, *given, *NEEDED.get(words[0], ())]


def takes(words: tuple[str, ...], name: str) -> bool:
    return any(name in p.opts for p in parameters(words))


def of_commands(*names: str, first: bool = False) -> pytest.MarkDecorator:
    """Parametrize a test by the commands that have these options."""
    found = [words for words in commands() if all(takes(words, name) for name in names)]
    if first:
        found = [w for w in found if any(p.name in FIRST for p in parameters(w))]
    return pytest.mark.parametrize("words", found, ids=" ".join)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def is_wrong_input(run, folder: Path, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    *usage, last = result.stderr.splitlines()
    assert last.startswith("Error: ")
    assert not usage or usage[0].startswith("Usage: exactpwl ")
    assert "Traceback" not in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


NO_NETWORKS = (
    "missing.json",
    "broken.json",
    "broken.onnx",
    "nothing",
    "no/such/folder.npz",
    "missing.onnx",
    "nan.json",
    "list.json",
    "broken.npz",
    "broken.onnx.gz",
    "net.txt",
    ".",
    "",
    "lines:x",
    "xor:3",
    "disc-3@7777",
)
"""The first four are tried with every figure, too."""


def without_network() -> list[object]:
    """Return every command with each of these."""
    return [
        pytest.param(words, net, id=f"{' '.join(words)}-{net}")
        for words in commands()
        if any(p.name in FIRST for p in parameters(words))
        for net in (NO_NETWORKS if len(words) == 1 else NO_NETWORKS[:4])
    ]


@pytest.mark.parametrize(("words", "net"), without_network())
def test_no_network(run, folder: Path, words: tuple[str, ...], net: str) -> None:
    is_wrong_input(run, folder, line(words, net))


@of_commands()
def test_an_unknown_option(run, folder: Path, words: tuple[str, ...]) -> None:
    is_wrong_input(run, folder, [*line(words, "xor"), "--boks", "1"])


@of_commands()
def test_one_argument_too_many(run, folder: Path, words: tuple[str, ...]) -> None:
    if any(p.nargs == -1 for p in parameters(words)):
        pytest.skip("it takes any number of them")
    optional = [p for p in parameters(words) if isinstance(p, click.Argument) and not p.required]
    more = ["x"] * (len(optional) + 1)
    is_wrong_input(run, folder, [*line(words, "xor"), *more])


@of_commands("--box", first=True)
@pytest.mark.parametrize(
    "box",
    [
        ["1", "-1"],
        ["0", "0"],
        ["a", "b"],
        ["nan", "1"],
        ["1/0", "1"],
        ["0", "1", "--box", "0", "1", "--box", "0", "1"],
        ["0"],
    ],
    ids=" ".join,
)
def test_no_box(run, folder: Path, words: tuple[str, ...], box: list[str]) -> None:
    is_wrong_input(run, folder, [*line(words, "xor"), "--box", *box])


@of_commands("--domain", first=True)
@pytest.mark.parametrize("name", ["missing.json", "broken.json", "list.json", "line.json", "."])
def test_no_domain(run, folder: Path, words: tuple[str, ...], name: str) -> None:
    is_wrong_input(run, folder, [*line(words, "xor"), "--domain", name])


@of_commands("--domain", "--box", first=True)
def test_two_domains(run, folder: Path, words: tuple[str, ...]) -> None:
    both = ["--domain", "flat.json", "--box", "0", "1"]
    is_wrong_input(run, folder, [*line(words, "xor"), *both])


@pytest.mark.parametrize(
    "arguments",
    [
        "equal xor sawtooth:2",
        "equal xor",
        "equal xor broken.json",
        "equal xor missing.json",
        "equal xor disc --box 0 1 --out no/such/folder.cert",
        "range xor z",
        "range xor y2",
        "range xor y1+1",
        "range xor y<=1",
        "range xor y*y",
        "range xor 2",
        "range xor --out no/such/folder.cert",
        "lipschitz xor --norm 3",
        "lipschitz xor --norm",
        "lipschitz xor --out .",
        "certify xor --out c.cert --property y",
        "certify xor --out c.cert --property y=1",
        "certify xor --out c.cert --property y2<=1",
        "certify xor --out c.cert --equal sawtooth:2",
        "certify xor --out c.cert --equal missing.json",
        "certify xor --out c.cert --range z",
        "certify xor --out c.cert --lipschitz 3",
    ],
)
def test_other_wrong_input(run, folder: Path, arguments: str) -> None:
    is_wrong_input(run, folder, arguments.split())


@pytest.mark.parametrize("option", ["--equal", "--range", "--property"])
def test_an_empty_claim_is_not_the_claim_without_an_option(run, folder: Path, option: str) -> None:
    is_wrong_input(run, folder, ["certify", "xor", "--out", "c.cert", option, ""])


def test_the_statuses_of_answers(run) -> None:
    assert run("equal", "xor", "xor").exit_code == YES == 0
    assert run("equal", "xor", "disc").exit_code == NO == 10
    assert run("range", "xor").exit_code == YES
    assert run("lipschitz", "xor").exit_code == YES


def test_help_and_page_name_every_status(run) -> None:
    told = {int(status) for status, _ in STATUSES}
    assert told == {0, 1, 2, YES, UNKNOWN, NO}
    page = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    output = run("--help").output
    for status, meaning in STATUSES:
        assert f"| {status} | " in page
        assert meaning in " ".join(output.split())


def destinations() -> list[tuple[tuple[str, ...], str]]:
    """Return each option that takes a file to write."""
    found = [(words, p) for words in commands() for p in parameters(words)]
    return [(words, p.opts[0]) for words, p in found if p.type is DESTINATION]


@pytest.mark.parametrize(("words", "option"), destinations(), ids=str)
def test_a_file_in_no_folder_is_refused_before_the_work(
    run, words: tuple[str, ...], option: str
) -> None:
    given = line(words, "xor")
    new = str(Path("none") / "new.json")
    given = [*given, option, new] if option.startswith("--") else [*given[:-1], new]
    result = run(*given)
    assert result.exit_code == 2
    assert "make the folder 'none' first" in " ".join(result.stderr.split())


def test_there_are_files_to_write() -> None:
    assert (("verify",), "--witness") in destinations()
    assert (("equal",), "--out") in destinations()
