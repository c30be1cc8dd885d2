"""Which changes of the checker's code no test notices: those that survivors.md explains."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def explained() -> list[str]:
    """Return the mutants that the page lists."""
    text = (HERE / "survivors.md").read_text(encoding="utf-8")
    return [
        line
        for block in re.findall(r"^```text\n(.*?)^```", text, re.M | re.S)
        for line in block.splitlines()
    ]


def test_each_survivor_changes_a_line_of_the_checker() -> None:
    for line in explained():
        before, arrow, after = line.partition("  ->  ")
        assert arrow
        assert before.partition(": ")[2] != after


@pytest.mark.slow
@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the page is written by Python 3.11")
def test_each_survivor_is_explained() -> None:
    run = [sys.executable, str(HERE / "mutate.py")]
    printed = subprocess.run(run, capture_output=True, text=True, check=True).stdout.splitlines()
    assert re.fullmatch(r"[0-9]{3,} mutants, [0-9]{4,} certificates, [0-9]+ survivors", printed[0])
    assert sorted(printed[1:]) == sorted(explained())
