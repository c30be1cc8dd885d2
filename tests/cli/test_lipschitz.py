"""`exactpwl lipschitz`: what it prints and writes is what the library finds."""

import json
from pathlib import Path

import pytest

from exactpwl import Network
from judged import accepts


@pytest.mark.parametrize(
    ("norm", "words", "count"),
    [
        ("1", "in the l1 norm is 1", 6),
        ("inf", "in the l-infinity norm is 2", 2),
        ("2", "is the square root of 2, which is between 1.41421356237 and 1.41421356238", 2),
    ],
)
def test_the_hat(run, tmp_path: Path, norm: str, words: str, count: int) -> None:
    result = run("lipschitz", "hat2d", "--norm", norm, "--out", "steep.cert")
    assert result.exit_code == 0
    assert words in " ".join(result.output.split())
    assert f"it is attained on {count} of 12 regions:\n" in result.output
    assert "  around (-1/3, 1/3), pattern 011001|1: f = x-y+1\n" in result.output
    assert accepts(tmp_path / "steep.cert")
    found = json.loads(run("lipschitz", "hat2d", "--norm", norm, "--json").output)
    assert len(found["regions"]) == count
    assert found["square"] == {"1": "1", "inf": "4", "2": "2"}[norm]
    assert found["value"] == {"1": "1", "inf": "2", "2": None}[norm]


def test_a_rational_euclidean_constant(run, tmp_path: Path) -> None:
    Network([([[3, 4]], [0], "relu")]).save(tmp_path / "net.json")
    output = run("lipschitz", "net.json", "--norm", "2").output
    assert "the least Lipschitz constant in the Euclidean norm is 5\n" in output


def test_several_outputs(run, tmp_path: Path) -> None:
    Network([([[1, -2], [3, 4]], [7, 7], "linear")]).save(tmp_path / "two.json")
    assert "l1 norm is 6\n" in run("lipschitz", "two.json", "--norm", "1").output
    output = run("lipschitz", "two.json").output
    assert "l-infinity norm is 7\n" in output
    assert "pattern (no kinks): f = (x-2y+7, 3x+4y+7)\n" in output
    refused = run("lipschitz", "two.json", "--norm", "2")
    assert refused.exit_code == 2
    assert "is for one output" in refused.stderr
