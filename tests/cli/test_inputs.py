"""Wrong input: every case is status 2 and says what was required; most are one line."""

import json
import multiprocessing
import time
from pathlib import Path

import pytest

from exactpwl.cli.inputs import workers

LINE = '{"layers": [{"W": [[1]], "b": [0], "activation": "relu"}]}'

FILES = {
    "nan.json": LINE.replace("[0]", "[NaN]"),
    "broken.json": LINE[:30],
    "list.json": "[]",
    "none.json": '{"layers": []}',
    "ragged.json": LINE.replace("[[1]]", "[[1], [1, 2]]"),
    "twice.json": '{"layers": [], "layers": []}',
    "deep.json": "[" * 100_000,
    "no_ending": LINE,
    "broken.npz": "no archive",
    "good.json": LINE,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    return tmp_path


@pytest.mark.parametrize("command", ["regions", "count", "check", "show"])
@pytest.mark.parametrize(
    ("net", "message"),
    [
        ("nan.json", "nan.json: layer 0, bias, entry 0: a rational number such as"),
        ("broken.json", "broken.json: line 1, column 31: JSON is required"),
        ("list.json", "list.json: an object with the key layers is required, got a list"),
        ("none.json", "none.json: a network needs at least one layer, got none"),
        ("ragged.json", "ragged.json: layer 0, row 1: every row needs the same positive number"),
        ("twice.json", "twice.json: every key may stand once in an object, 'layers' is repeated"),
        ("deep.json", "deep.json: the brackets are nested too deeply"),
        ("bytes.json", "bytes.json: a text in UTF-8 is required, byte 0 is not"),
        ("no_ending", "no_ending: a file name that ends in .json, .npz, .onnx, .onnx.gz"),
        ("broken.npz", "broken.npz: an .npz archive is required, this is no zip file"),
        ("missing.npz", "there is no file 'missing.npz'"),
        ("god.json", "there is no file 'god.json'; did you mean good.json"),
        ("there/is.json", "there is no file 'there/is.json'"),
        (".", "'.' is a folder; a file .json, .npz, .onnx, .nnet or .keras, or"),
        ("rngs", "there is no file 'rngs' and no network of that name in the gallery; did you"),
        ("lime:8", "there is no file 'lime:8' and no network of that name in the gallery"),
        ("", "there is no file '' and no network of that name in the gallery; the gallery has"),
        ("lines:x", "lines:n needs a whole number n from 1 to 1000, got 'lines:x'"),
        ("xor:3", "xor takes no parameter, got 'xor:3'"),
    ],
)
def test_no_network(run, folder: Path, command: str, net: str, message: str) -> None:
    before = sorted(folder.iterdir())
    result = run(command, net)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"Error: {message}")
    assert result.stderr.count("\n") == 1
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize("command", ["regions", "count", "check"])
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ("--box 1 -1", "a box needs low < high in every coordinate, got [1, -1]"),
        ("--box 0 0", "a flat box has no regions"),
        ("--box 1", "requires 2 arguments"),
        ("--box a b", "Invalid value for '--box': a rational number such as"),
        ("--box nan 1", "Invalid value for '--box': a"),
        ("--box 1/0 1", "Invalid value for '--box': "),
        ("--box 0 1 --box 0 1 --box 0 1", "--box is given once for all coordinates, or once for"),
        ("--box 0 1 --domain square.json", "--box and --domain both give a domain"),
        ("--domain missing.json", "missing.json"),
        ("--domain line.json", "R^1"),
        ("--domain flat.json", "has no interior"),
        ("--domain words.json", "words.json"),
        ("--jobs 0", "Invalid value for '--jobs': 0 is not in the range"),
    ],
)
def test_no_domain(run, tmp_path: Path, command: str, options: str, message: str) -> None:
    domains = {
        "square": {"rows": [{"a": ["1", "0"], "b": "1"}]},
        "line": {"rows": [{"a": ["1"], "b": "1"}]},
        "flat": {"rows": [{"a": ["1", "0"], "b": "0"}, {"a": ["-1", "0"], "b": "0"}]},
        "words": {"rows": [{"a": ["one", "0"], "b": "1"}]},
    }
    for name, rows in domains.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    result = run(command, "xor", *options.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "xor-atlas").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("count xor --only regions", "the keys are activation_regions, linear_regions"),
        ("count xor --only f_vektor", "there is no 'f_vektor'; did you mean f_vector?"),
        ("count xor --only f_vector,f_vector", "each of the keys is named once, f_vector came"),
        ("check xor --only eular", "there is no 'eular'; did you mean euler?"),
        ("check xor --budget 0", "a positive number of seconds, or inf, is required, got '0'"),
        ("check xor --budget nan", "or inf, is required, got 'nan'"),
        ("regions xor --budget long", "or inf, is required, got 'long'"),
        ("pattern xor 0", "a pattern with 2 pieces is required, layer by layer, got '0'"),
        ("pattern xor 0|1", "a pattern with 2 pieces is required, layer by layer, got '0|1'"),
        ("pattern xor 02", "pieces from 0 to 1 are required there, got 2"),
        ("pattern xor ab", "a pattern is one digit per neuron with | between layers"),
        ("pattern xor 01 --box 1 0", "a box needs low < high"),
        ("pattern xor 01 --json --latex", "--latex and --json are two forms of the answer"),
        ("regions xor --columns patern", "there is no 'patern'; did you mean pattern?"),
        ("regions xor --columns pattern,pattern", "pattern came twice"),
        ("regions xor --digits 0", "Invalid value for '--digits'"),
        ("regions xor --method guess", "Invalid value for '--method'"),
        ("regions xor --method powerset --jobs 2", "--jobs is for --method subdivide"),
        ("regions xor --window 1 0", "--window LO HI needs LO < HI, got 1 0"),
        ("regions xor --window 0 1 --no-figure", "there is none with --no-figure"),
        ("regions tent --window 0 1", "two inputs: NET has input dimension 1"),
        ("regions xor --window 0 1 --window 0 1 --window 0 1", "it came 3 times"),
        ("regions xor --out file", "file: cannot be written: File exists"),
        ("regions xor --out file/below", "file/below: cannot be written: Not a directory"),
        ("regions resonance:12 --box 0 1 --jobs 0", "Invalid value for '--jobs'"),
        ("count braid:30", "independent directions"),
        ("gallery nothing", "no network named 'nothing' in the gallery"),
        ("gallery xor --save xor.txt", "xor.txt: a network is saved under a name that ends in"),
        ("gallery xor --save no/xor.json", "no/xor.json: cannot be written: No such file"),
        ("gallery --save xor.json", "--save needs a name"),
        ("show", "Missing argument 'NET'"),
        ("enumerate xor", "No such command 'enumerate'"),
        ("--boks", "No such option"),
    ],
)
def test_no_answer(run, tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    result = run(*line.split())
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text(encoding="utf-8") == "kept"


def test_an_overwritten_file_is_whole(run, tmp_path: Path) -> None:
    (tmp_path / "net.json").write_text("old", encoding="utf-8")
    assert run("gallery", "xor", "--save", "net.json").exit_code == 0
    assert run("show", "net.json").exit_code == 0


def test_one_job_needs_no_pool() -> None:
    with workers(1) as pool:
        assert pool is None


def test_no_worker_outlives_an_interruption() -> None:
    before = set(multiprocessing.active_children())
    started = time.perf_counter()

    def interrupted() -> None:
        with workers(2) as pool:
            assert pool is not None
            pool.submit(time.sleep, 60)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert set(multiprocessing.active_children()) <= before
    assert time.perf_counter() - started < 30
