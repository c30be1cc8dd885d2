"""Every table in every format, held against the files of ``tests/golden``."""

import shutil
import subprocess
from pathlib import Path

import pytest

from golden_tables import FORMATS, GOLDEN, TABLES


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", TABLES)
def test_table_is_the_golden_one(name: str, ending: str) -> None:
    golden = (GOLDEN / f"{name}.{ending}").read_text(encoding="utf-8")
    assert FORMATS[ending](TABLES[name]()) == golden, (
        "if the change is wanted: run tests/golden_tables.py and look at the difference"
    )


def test_there_is_no_golden_file_of_a_table_that_is_gone() -> None:
    expected = {f"{name}.{ending}" for name in TABLES for ending in FORMATS}
    assert {path.name for path in GOLDEN.iterdir()} == expected


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
@pytest.mark.parametrize("name", TABLES)
def test_latex_compiles(name: str, tmp_path: Path) -> None:
    (tmp_path / "table.tex").write_text(TABLES[name]().to_latex(standalone=True), encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "table.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-2000:]
    assert "Overfull" not in run.stdout
