"""``exactpwl plot mapped`` writes its sheet, and says why it does not."""

from pathlib import Path
from typing import Any

import pytest

from exactpwl import Network


@pytest.mark.parametrize("show", ["decisions", "wireframes", "dual-points", "jumps"])
def test_each_kind_of_panels_is_written(run: Any, tmp_path: Path, show: str) -> None:
    result = run("plot", "mapped", "xor-2", "xor", "--show", show, "--grid", "5", "-o", "it.svg")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "it.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_one_network_and_one_input_are_refused(run: Any, tmp_path: Path) -> None:
    result = run("plot", "mapped", "xor-2", "--grid", "5")
    assert result.exit_code == 2
    assert "two networks or more are mapped to one another, got 1" in result.output
    Network([([[1]], [0], "relu")]).save(tmp_path / "one.json")
    result = run("plot", "mapped", "one.json", "one.json", "--grid", "5")
    assert result.exit_code == 2
    assert "needs a function of 2 inputs, got 1 input" in " ".join(result.output.split())
