"""The three kinds of film files: what is in them, read back."""

import json
import re
import shutil
import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

from exactpwl import animate, gallery
from exactpwl.animate import Film, Shot
from exactpwl.animate.palette import in_palette, palette_of
from exactpwl.errors import FigureError, MissingDependencyError

COLOURS = ("#ff0000", "#00ff00", "#0000ff", "#808080")


def coloured(number: int) -> Figure:
    """A white frame with a square in the frame's colour."""
    figure = Figure(figsize=(0.5, 0.31))
    square = Rectangle((0, 0), 0.5, 0.5, facecolor=COLOURS[number], transform=figure.transFigure)
    figure.add_artist(square)
    return figure


FILM = Film(
    'a </script> & "film"',
    tuple(Shot(f"frame <{i}>", 10 + i, i) for i in range(4)),
    coloured,
)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return FILM.save(tmp_path / "film.html", fps=8)


# GIF


def test_a_gif_has_the_frames_their_times_and_begins_again(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    path = FILM.save(tmp_path / "film.gif", fps=4, heard=lambda *said: heard.append(said))
    with Image.open(path) as film:
        assert (film.n_frames, film.size, film.info["loop"]) == (4, (50, 31), 0)
        times = []
        for number in range(4):
            film.seek(number)
            times.append(film.info["duration"])
            picture = film.convert("RGB")
            assert picture.getpixel((3, 28)) == FILM.image(number).getpixel((3, 28))
            assert picture.getpixel((45, 3)) == (255, 255, 255)
    assert times == [250, 250, 250, 1500]
    assert heard == [("drawing frames", number, 4) for number in range(4)]


def test_a_gif_of_one_frame(tmp_path: Path) -> None:
    one = Film("one", FILM.shots[:1], coloured)
    with Image.open(one.save(tmp_path / "one.gif")) as film:
        assert film.n_frames == 1


def test_the_palette_has_the_nearest_colours() -> None:
    film = animate.training(gallery.run("disc-3"), frames=2, panels=["output", "regions"])
    palette, image = palette_of(film, 50), film.image(1, 50)
    assert len(palette) <= 256
    assert palette[-1].tolist() == [255, 255, 255]
    true = np.asarray(image).astype(int)
    found = np.asarray(in_palette(image, palette).convert("RGB")).astype(int)
    errors = ((true - found) ** 2).sum(axis=2)
    best = np.min([((true - colour) ** 2).sum(axis=2) for colour in palette], axis=0)
    assert (errors == best).all()
    assert np.sqrt(errors.mean()) < 4


# A page with a player


def test_the_page_holds_every_frame(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    (line,) = re.findall(r"^const film = (.*);$", text, re.MULTILINE)
    film = json.loads(line)
    assert film["fps"] == 8
    assert film["labels"] == [shot.label for shot in FILM.shots]
    assert film["regions"] == [10, 11, 12, 13]
    assert film["seen"] == [0, 1, 2, 3]
    for number, encoded in enumerate(film["frames"]):
        with Image.open(BytesIO(b64decode(encoded))) as picture:
            assert picture.size == (50, 31)
            assert picture.convert("RGB").getpixel((3, 28)) == FILM.image(number).getpixel((3, 28))


def test_the_page_asks_nobody_for_anything(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert not re.findall(r"https?://|src=\"(?!data:)|@import|fetch\(|XMLHttpRequest", text)
    assert "{{" not in text


def test_words_are_words_in_the_page(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "<h1>a &lt;/script&gt; &amp; &quot;film&quot;</h1>" in text
    assert "frame &lt;3&gt;</button></td><td>13</td><td>3</td>" in text
    assert text.count("</script>") == 1


@pytest.mark.slow
def test_the_player_in_a_browser(browser: Any, page: Path) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 380, "height": 700})
    shown = context.new_page()
    told: list[str] = []
    shown.on("console", lambda message: told.append(message.text))
    shown.on("pageerror", lambda error: told.append(str(error)))
    shown.goto(page.as_uri())

    def now() -> str:
        return str(shown.inner_text("#said")).partition(":")[0]

    assert now() == "frame <0>", "with reduced motion it does not play by itself"
    shown.keyboard.press("ArrowRight")
    assert now() == "frame <1>"
    shown.keyboard.press("End")
    assert now() == "frame <3>"
    shown.keyboard.press("ArrowRight")
    assert now() == "frame <3>"
    shown.click("#back")
    assert (now(), shown.input_value("#slider")) == ("frame <2>", "2")
    shown.fill("#slider", "1")
    assert now() == "frame <1>"
    shown.select_option("#speed", "4")
    shown.click("#play")
    assert shown.inner_text("#play") == "Pause"
    shown.wait_for_selector("#play:text-is('Play')")
    assert now() == "frame <3>", "at the end it stops"
    shown.click("summary")
    shown.click("tbody tr:nth-child(2) button")
    assert now() == "frame <1>"
    assert shown.get_attribute("tbody tr:nth-child(2)", "aria-current") == "true"
    assert "11 activation regions" in shown.get_attribute("#frame", "alt")
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert told == []
    context.close()


# MP4


def test_ffmpeg_gets_every_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "data = sys.stdin.buffer.read()\n"
        "open(sys.argv[-1], 'w').write(' '.join(sys.argv[1:]) + f'\\n{len(data)}')\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    line, size = FILM.save(tmp_path / "film.mp4", fps=7).read_text().split("\n")
    assert "-pix_fmt rgb24 -s 50x31 -r 7 -i -" in line
    assert "libx264" in line
    assert int(size) == 4 * 50 * 31 * 3


def test_what_ffmpeg_complains_of_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text("#!/bin/sh\necho 'no such encoder' >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(FigureError, match=r"could not write film\.mp4: no such encoder"):
        FILM.save(tmp_path / "film.mp4")


def test_without_ffmpeg_it_is_said_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    with pytest.raises(MissingDependencyError, match=r"pip install imageio-ffmpeg.*or write \.gif"):
        FILM.save(tmp_path / "film.mp4")
    assert not (tmp_path / "film.mp4").exists()


@pytest.mark.slow
def test_a_real_mp4(tmp_path: Path) -> None:
    if not shutil.which("ffmpeg"):
        pytest.importorskip("imageio_ffmpeg", reason="an ffmpeg is needed")
    assert FILM.save(tmp_path / "film.mp4").read_bytes()[4:8] == b"ftyp"


# All of them


@pytest.mark.parametrize("name", ["film.avi", "film", "film.svg"])
def test_another_suffix_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(FigureError, match=r"written as \.gif, \.mp4 or \.html"):
        FILM.save(tmp_path / name)


@pytest.mark.parametrize("options", [{"fps": 0}, {"dpi": 0}])
def test_numbers_are_positive(tmp_path: Path, options: dict[str, int]) -> None:
    with pytest.raises(FigureError, match="must be at least 1, got 0"):
        FILM.save(tmp_path / "film.gif", **options)
