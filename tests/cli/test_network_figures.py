"""The figures of networks, graphs and counts on the command line: what they read and refuse."""

from pathlib import Path

import pytest

from exactpwl.gallery.training.digits import glyph


def test_the_diagram_of_a_pattern_and_of_none(run) -> None:
    assert run("plot", "diagram", "xor").output == "wrote xor-diagram.png\n"
    assert run("plot", "diagram", "xor", "--pattern", "10", "-o", "x.svg").exit_code == 0
    assert Path("x.svg").read_text(encoding="utf-8").count("<path") > 20
    refused = run("plot", "diagram", "xor", "--box", "0", "1")
    assert refused.exit_code == 2
    assert "bound the region of a pattern: add --pattern" in " ".join(refused.output.split())
    assert "one digit per neuron" in run("plot", "diagram", "xor", "--pattern", "1x").output


def test_the_graph_takes_a_window_by_position_alone(run) -> None:
    shown = run("plot", "graph", "lines:8", "--window", "-6", "6", "-o", "g.svg")
    assert shown.output == "wrote g.svg\n"
    assert run("plot", "graph", "lines:8", "--layout", "spectral", "-o", "s.svg").exit_code == 0
    for net, words in [("lines:8", "the spectral one shows all"), ("braid:3", "by position")]:
        line = ("plot", "graph", net, "--window", "-6", "6", "--layout", "spectral")
        refused = run(*line)
        assert refused.exit_code != 0
        assert words in " ".join(refused.output.split())


def test_by_width_takes_several_networks(run) -> None:
    assert run("plot", "by-width", "lines:2", "lines:4").output == "wrote lines-2-by-width.png\n"
    refused = run("plot", "by-width", "xor", "tent")
    assert refused.exit_code != 0
    assert "the same number of inputs are required, got 1, 2" in " ".join(refused.output.split())
    assert run("plot", "by-width").exit_code == 2


def test_a_picture_is_read_from_a_file(run) -> None:
    Path("eight.txt").write_text("\n".join(map(str, glyph(8))), encoding="utf-8")
    done = run("plot", "gradient", "digits", "--image", "eight.txt", "-o", "eight.svg")
    assert done.output == "wrote eight.svg\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "give --point, --image or --pattern"),
        (("--point", "1", "--pattern", "1"), "give --point, --image or --pattern"),
        (("--point", "1", "--shape", "8"), "rows and columns such as 8x8 are required, got '8'"),
        (("--image", "nowhere.txt"), "a text file of numbers is required"),
        (("--point", "1", "--shape", "9x9"), "rows times columns must be 64, got 9 x 9"),
        (("--point", "1,2"), "64 coordinates is required, got 2"),
    ],
)
def test_what_the_gradient_refuses(run, arguments: tuple[str, ...], words: str) -> None:
    refused = run("plot", "gradient", "digits", *arguments)
    assert refused.exit_code != 0
    assert words in " ".join(refused.output.split())
