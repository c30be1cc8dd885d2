"""``exactpwl injective``: the answer, and two points with the same outputs."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from exactpwl import Network, gallery
from judged import accepts


@pytest.mark.parametrize(
    ("name", "box", "status", "reason"),
    [
        ("tent", (), 10, "rank"),
        ("tent", ("--box", "0", "1"), 10, "fold"),
        ("tent", ("--box", "0", "1/2"), 0, "monotone"),
        ("xor", (), 10, "rank"),
    ],
)
def test_status_and_reason(run, name: str, box: tuple[str, ...], status: int, reason: str) -> None:
    result = run("injective", name, *box, "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["holds"], found["reason"]) == (status, not status, reason)
    if status:
        first, second = ([Fraction(c) for c in point] for point in found["points"])
        assert first != second
        image = tuple(map(Fraction, found["image"]))
        assert gallery.get(name)(first) == gallery.get(name)(second) == image
    else:
        assert found["points"] is found["image"] is None


def test_the_text(run) -> None:
    Network([([[2, 1], [1, 1]], [0, 1], "leaky_relu:1/10")]).save("leaky.json")
    text = run("injective", "leaky.json").stdout
    assert "yes, injective: all determinants have one sign, and the degree is 1" in text
    assert "regions: 4" in text
    assert "float runtime" in text
    text = run("injective", "leaky.json", "--box", "-1", "1").stdout
    assert "yes, injective: no two regions have distinct points with the same image" in text
    text = run("injective", "tent").stdout
    assert "no, not injective: a region on which the rank is less than the number of inputs" in text
    assert "-1 and 0 both go to 0 (region 0, pattern 00)" in text


def test_wrong_input(run) -> None:
    result = run("injective", "tnt")
    assert result.exit_code == 2
    assert "did you mean tent" in result.stderr


@pytest.mark.parametrize(
    ("box", "status"), [(("0", "1/2"), 0), (("0", "1"), 10), (("-1", "0"), 10)]
)
def test_either_answer_is_written_with_its_proof(run, box: tuple[str, ...], status: int) -> None:
    result = run("injective", "tent", "--box", *box, "--out", "injective.cert")
    assert result.exit_code == status
    assert "about the network (x, y) -> f(x) - f(y), in twice as many inputs" in result.stdout
    assert accepts(Path("injective.cert"))
