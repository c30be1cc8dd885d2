"""``exactpwl animate``: films of runs and of ways between networks."""

import json

import pytest
from PIL import Image

from exactpwl import gallery


def test_a_run_is_filmed_and_counted(run, tmp_path) -> None:
    line = ["animate", "disc-8-8-8", "--frames", "2", "--panels", "regions", "--dpi", "40"]
    result = run(*line)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "disc-8-8-8, training, 2 frames",
        "epoch 0: 414 activation regions in the plane, 54 in the window",
        "epoch 400: 257 activation regions in the plane, 213 in the window",
        "wrote disc-8-8-8.gif",
    ]
    with Image.open(tmp_path / "disc-8-8-8.gif") as film:
        assert film.n_frames == 2


def test_a_run_file_is_a_run(run, tmp_path) -> None:
    gallery.run("xor-2").save(tmp_path / "mine.json")
    result = run("animate", "mine.json", "--frames", "1", "--panels", "regions", "-o", "m.html")
    assert result.stdout.startswith("xor-2, training, 1 frames\nepoch 400:")
    assert (tmp_path / "m.html").is_file()


def test_the_way_between_networks(run, tmp_path) -> None:
    gallery.get("disc").save(tmp_path / "disc.json")
    line = ["disc-3@0", "disc.json", "--frames", "3", "--dpi", "30", "--panels", "layers"]
    result = run("animate", *line, "-o", "way.html", "--window", "-1", "1")
    first, *_, last = result.stdout.splitlines()
    assert first == "disc-3, epoch 0 → disc, 4 frames"
    assert last == "wrote way.html"
    text = (tmp_path / "way.html").read_text(encoding="utf-8")
    data = json.loads(text.partition("const film = ")[2].partition(";\n")[0])
    assert data["labels"] == [
        "disc-3, epoch 0",
        "1/3 of the way to disc",
        "2/3 of the way to disc",
        "disc",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (["disk-3"], "no run named 'disk-3' in the gallery"),
        (["disc-3", "-o", "film.avi"], "a film is written as .gif, .mp4 or .html"),
        (["disc-3", "--panels", "layer"], "did you mean layers?"),
        (["disc-3", "disc-8-8-8"], "networks need equal widths and activations"),
        (["xor", "nowhere.json"], "there is no file 'nowhere.json'"),
        (["disc-3", "--window", "0", "1", *["--window", "0", "1"] * 2], "it came 3 times"),
        (["disc-3", "disc", "--panels", "accuracy"], "panels are some of output, layers"),
    ],
)
def test_what_cannot_be_filmed_is_one_line(run, tmp_path, line: list[str], message: str) -> None:
    result = run("animate", *line)
    assert result.exit_code == 2
    assert message in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_missing_ffmpeg_is_found_before_the_work(run, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(__import__("sys").modules, "imageio_ffmpeg", None)
    monkeypatch.setattr("exactpwl.animate.training", None)
    result = run("animate", "rings", "-o", "rings.mp4")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the program ffmpeg is required and was not found" in result.stderr
