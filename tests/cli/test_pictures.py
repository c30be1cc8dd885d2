"""Networks with convolutions and maxima on the command line."""

from pathlib import Path
from typing import Any

import pytest

from exactpwl import AveragePool, Convolution, Maximum, Network

PLANE = ([[1, 0], [0, 1], [-1, -1], [1, -1]], [0, 0, 0, 1], "linear")


@pytest.fixture
def maxout(tmp_path: Path) -> str:
    file = tmp_path / "maxout.json"
    Network([PLANE, Maximum([[0, 1, 2], [3, 1]]), ([[1, -2]], [0], "relu")]).save(file)
    return str(file)


def test_show_writes_maxima(run: Any, maxout: str) -> None:
    found = run("show", maxout)
    assert found.exit_code == 0
    assert "2 -> 4 linear -> 2 maximum -> 1 relu" in found.output
    assert "b0  = max(a0, a1, a2)" in found.output
    assert "b1  = max(a3, a1)" in found.output


def test_check_holds(run: Any, maxout: str) -> None:
    found = run("check", maxout)
    assert found.exit_code == 0
    assert "0 failed" in found.output


def test_a_report_says_that_it_has_no_certificate(run: Any, maxout: str, tmp_path: Path) -> None:
    found = run("report", maxout, "-o", str(tmp_path / "report"))
    assert found.exit_code == 0, found.output
    page = (tmp_path / "report" / "index.html").read_text(encoding="utf-8")
    assert "networks that take maxima over groups" in page
    assert not (tmp_path / "report" / "net.cert.gz").exists()


def test_a_certificate_is_refused_in_one_line(run: Any, maxout: str, tmp_path: Path) -> None:
    found = run("certify", maxout, "-o", str(tmp_path / "out.json"))
    assert found.exit_code != 0
    assert "a layer takes maxima over groups" in " ".join(found.output.split())


def test_show_says_the_size_of_large_layers(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    first = Convolution([[[[1]]]] * 2, input_shape=(1, 28, 28))
    Network([first, AveragePool(first.output_shape, 28)]).save(file)
    found = run("show", str(file))
    assert found.exit_code == 0
    assert "a0 .. a1567  2x28x28 convolution 1x1 relu, too many weights" in found.output
