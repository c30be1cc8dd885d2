"""The command line of the checker: what it prints, and its exit status."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from cases import case, written

from exactpwl import gallery, regions
from exactpwl_check.__main__ import main


@pytest.fixture
def valid(tmp_path: Path) -> Path:
    path = tmp_path / "valid.cert"
    path.write_bytes(written(case("partition")))
    return path


def test_a_valid_certificate(valid: Path, capsys: pytest.CaptureFixture[str]) -> None:
    digest = case("partition")[0]["sha256"][0]
    assert main([str(valid)]) == 0
    assert capsys.readouterr() == (
        "VALID: there are exactly 6 activation regions\n"
        f"network 2 -> 2 -> 2 -> 1, SHA-256 {digest}\n"
        "domain (1, 0).x + 1 >= 0, (-1, 0).x + 1 >= 0, (0, 1).x + 1 >= 0, (0, -1).x + 1 >= 0\n"
        "6 leaves, each with a point inside; 6 sides refuted as empty\n",
        "",
    )


WORDS = {
    "partition of the line": "there are exactly 3 activation regions",
    "property": "(1).y <= 9 and (-1).y < 10/3 is true everywhere in the domain",
    "property with inputs": "(3/2).y + (1/2, -1).x <= 1/3 is true everywhere in the domain",
    "property with alternatives": "[(1, 0).y <= -8 or (-1, 0).y < 8] and "
    "(0, -1/3).y + (-1/2, 0).x <= 2 is true everywhere in the domain",
    "bounded property": "(1, -1/2).y < 24/25 and [(1, 0).y <= 1/2 or "
    "(-1, 0).y + (1/3, 0).x < 1] is true everywhere in the domain",
    "failing property": "(1).y <= -3 is false at (1/2, 1/3)",
    "equal": "the two networks agree everywhere in the domain",
    "different": "the two networks differ at (7, 1)",
    "lipschitz inf": "the least Lipschitz constant in the norm inf is 9/2",
    "lipschitz 2 squared": "the least Lipschitz constant in the norm 2 squared is 5",
    "slope": "the greatest slope of (1, -1/2).y along (1, 2/3) is 17/4",
    "falling slope": "the greatest slope of (-1).y along (1/2) is 1/2",
    "range": "(1, -1/2).y goes down to -727/48 at (-1, 1) and up to -1727/240 at (1, 1)",
    "unbounded range": "(1).y goes down to -infinity and up to -73/60 at (0, 1/2)",
}


@pytest.mark.parametrize("kind", WORDS)
def test_a_claim_in_words(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.cert"
    path.write_bytes(written(case(kind)))
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"VALID: {WORDS[kind]}"


def test_the_whole_space(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.cert"
    path.write_bytes(written(case("partition of the line")))
    main([str(path)])
    assert "\ndomain the whole space\n" in capsys.readouterr().out


def test_a_compressed_certificate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "net.cert.gz"
    regions(gallery.get("xor")).certificate().save(path)
    assert main([str(path)]) == 0
    assert capsys.readouterr().out.startswith("VALID: there are exactly 3 activation regions\n")


def test_the_first_defect_and_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "wrong.cert"
    lines = case("partition")
    lines[3][1] = ["0", "0"]
    lines[-1][1] = 99
    path.write_bytes(written(lines))
    assert main([str(path)]) == 20
    found = capsys.readouterr()
    assert found == ("NOT VALID: line 4: the witness is not strictly inside row 0.0.0\n", "")


UNREADABLE = {
    "missing": None,
    "plain.gz": b"{}\n",
    "short.gz": gzip.compress(written(case("partition")))[:-20],
    "broken.gz": gzip.compress(written(case("partition")))[:40] + b"\0" * 40,
    "latin": '["ä"]'.encode("latin-1"),
    "packed": gzip.compress(b"{}"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    data = UNREADABLE[name]
    if data is not None:
        path.write_bytes(data)
    assert main([str(path)]) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert found.err.startswith(f"{path} cannot be read: ")
    assert found.err.count("\n") == 1


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 2


def test_an_empty_file_is_no_certificate(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "empty"
    path.touch()
    assert main([str(path)]) == 20
    assert capsys.readouterr().out.startswith("NOT VALID: line 1: ")


def test_the_help_teaches_and_names_the_other_check(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert text.startswith("usage: exactpwl-check [-h] FILE\n")
    assert "exactpwl check is another thing" in text
    assert "The exit status is 0" in text


def test_the_other_check_names_this_one() -> None:
    run = [sys.executable, "-m", "exactpwl", "check", "--help"]
    found = subprocess.run(run, capture_output=True, text=True, check=True)
    assert "exactpwl-check" in found.stdout


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["--fast"]])
def test_other_arguments(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage: exactpwl-check" in capsys.readouterr().err


def test_it_runs_as_a_module_without_exactpwl(valid: Path) -> None:
    """Also where nothing but the standard library can be imported."""
    package = Path(sys.modules["exactpwl_check"].__file__ or "").parent.parent
    code = (
        f"import sys; sys.path.insert(0, {str(package)!r}); sys.argv = ['x', {str(valid)!r}];"
        "import runpy; sys.modules['exactpwl'] = None;"
        "runpy.run_module('exactpwl_check', run_name='__main__')"
    )
    found = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("VALID")
