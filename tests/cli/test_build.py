"""``exactpwl build``: the function, its rays, its proof, its files, and what is refused."""

import json

import pytest

from exactpwl import Network, construct
from exactpwl.construct import Comparison

ZIGZAG = "-1,-1 -1/2,1 0,-1 1,0"
FORM = '{"max": [{"min": [{"w": [1, 0], "b": 0}]}, {"min": [{"w": [0, 1], "b": 0}]}]}'
PYRAMID = (
    '{"points": [[0, 0], [1, 0], [0, 1], [-1, -1]], "values": [1, 0, 0, 0], '
    '"simplices": [[0, 1, 2], [0, 2, 3], [0, 3, 1]]}'
)


def test_the_zigzag(run, tmp_path) -> None:
    result = run("build", "--points", ZIGZAG, "-o", "net.json", "--figure", "net.svg")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "f(x) = -1 + 4 relu(x+1) - 8 relu(x+1/2) + 5 relu(x)"
    table = [line.split()[:5] for line in lines[3:6]]
    assert table == [
        ["0", "1", "1", "4", "-1"],
        ["1", "1/2", "1", "-8", "-1/2"],
        ["2", "0", "1", "5", "0"],
    ]
    assert [line.rsplit(",", 1)[1].strip() for line in lines[3:6]] == [
        "3 pieces",
        "2 pieces",
        "1 piece",
    ]
    assert "proved   equal to the function through 4 points on R^1" in result.stdout
    saved = Network.load(tmp_path / "net.json")
    assert saved == construct.from_points([(-1, -1), ("-1/2", 1), (0, -1), (1, 0)]).network
    assert (tmp_path / "net.svg").read_text(encoding="utf-8").startswith("<?xml")


def test_files_by_default(run, tmp_path) -> None:
    assert run("build", "--points", ZIGZAG).exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"built.json", "built.svg"}
    result = run("build", "--points", ZIGZAG, "-o", "other.json", "--no-figure")
    assert "wrote    other.json" in result.stdout
    assert not (tmp_path / "other.svg").exists()


def test_what_was_done_to_the_points_is_said(run) -> None:
    text = run("build", "--points", "1,0 0,1 0,1 2,-1 3,4").stdout
    assert "note     the points were sorted by x" in text
    assert "note     (0, 1) came more than once: merged" in text
    assert "note     (1, 0) is on the line through its neighbours" in text


def test_moving(run) -> None:
    found = run("build", "--points", ZIGZAG, "--weight", "2", "6", "--bias", "0", "0", "--json")
    moves = json.loads(found.stdout)["moves"]
    assert moves[0] == (
        "the output weight of ReLU 2 from 5 to 6: f is unchanged for x <= 0, changed by x for "
        "x >= 0"
    )
    assert moves[1].startswith("the bias of ReLU 0 from 1 to 0: f is unchanged for x <= -1, ")


def test_json(run) -> None:
    found = json.loads(run("build", "--points", ZIGZAG, "-o", "z.json", "--json").stdout)
    assert found["rays"][1] == {"bias": "1/2", "weight": "1", "output_weight": "-8"}
    assert found["formula"] == "-1 + 4 relu(x+1) - 8 relu(x+1/2) + 5 relu(x)"
    assert found["is_equal"] is True
    assert found["files"] == ["z.json", "z.svg"]
    assert Network.from_dict(found["network"]).sha256 == found["sha256"]


def test_slopes(run) -> None:
    text = run("build", "--breakpoints", "0 1", "--slopes", "-1 0 2", "--through", "0,0").stdout
    assert text.startswith("f(x) = relu(-x) + 2 relu(x-1)\n")
    assert "x <= 0, 1 piece" in text


def test_a_constant_has_no_table(run) -> None:
    lines = run("build", "--points", "0,1").stdout.splitlines()
    assert lines[:3] == ["f(x) = 1", "", "network  1 -> 1 linear"]


@pytest.mark.parametrize(("option", "text"), [("--max-min", FORM), ("--triangulation", PYRAMID)])
def test_files(run, tmp_path, option: str, text: str) -> None:
    (tmp_path / "in.json").write_text(text, encoding="utf-8")
    sizes = []
    for passing in ("relu", "linear"):
        result = run("build", option, "in.json", "--passing", passing, "-o", "out.json")
        assert result.exit_code == 0
        assert "proved   equal to " in result.stdout
        assert "f(x) =" not in result.stdout
        sizes.append(sum(Network.load(tmp_path / "out.json").widths))
    assert {path.name for path in tmp_path.iterdir()} == {"in.json", "out.json"}
    assert sizes[0] > sizes[1]
    refused = run("build", option, "in.json", "--figure", "x.svg")
    assert refused.exit_code == 2
    assert "exactpwl plot FIGURE FILE.json" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--points", "0,1 0,2"], "one value at each place is required, got 1 and 2 at x = 0"),
        (["--points", "0,1,2"], "point 0: two coordinates x and y are required"),
        (["--points", ""], "at least one point"),
        (["--points", "0,a"], "a rational number such as"),
        ([], "one of --points, --breakpoints, --max-min and --triangulation is required, got 0"),
        (["--points", "0,0", "--max-min", "x"], "is required, got 2 of them"),
        (["--breakpoints", "0"], "needs --slopes"),
        (["--points", "0,0", "-o", "x.npz"], "-o FILE ends in .json, got .npz"),
        (["--points", "0,0 1,1", "--weight", "1", "0"], "the ReLUs are 0 to 0, got 1"),
        (["--breakpoints", "0", "--slopes", "1 2", "--through", "1"], "one point, got 1 numbers"),
        (["--max-min", "nowhere.json"], "nowhere.json: cannot be read"),
    ],
)
def test_what_cannot_be_built_is_one_line(run, arguments: list[str], message: str) -> None:
    result = run("build", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_what_is_not_equal_is_told_and_not_written(run, monkeypatch, tmp_path) -> None:
    def differs(network: object, target: construct.Target) -> Comparison:
        return Comparison(target.text, target.domain, 1, 1, (1,), ((3,), (2,)))

    monkeypatch.setattr("exactpwl.construct.built.compare", differs)
    result = run("build", "--points", ZIGZAG, "-o", "net.json")
    assert result.exit_code == 1
    assert "FAILED   not equal to the function through 4 points: at 1 the network is 3" in (
        result.stdout
    )
    assert not (tmp_path / "net.json").exists()
