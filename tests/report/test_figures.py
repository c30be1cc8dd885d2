"""Which figures a report has, and why one has not."""

from dataclasses import replace
from pathlib import Path

import pytest

from exactpwl import Network, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.report import figures
from exactpwl.report.blocks import Picture
from exactpwl.report.figures import FIGURES, draw_figures
from exactpwl.report.parts import Omission
from exactpwl.report.planes import axes_through, plane_name, plane_section

FIVE = Network([([[1, 2, 0, 0, -1], [0, 1, 1, 0, 0]], [0, 1], "relu"), ([[1, -1]], [0], "linear")])
CONSTANT = Network([([[0, 0]], [1], "relu"), ([[1]], [2])], name="constant")
AFFINE = Network([([[1, 2], [3, 4]], [0, 1])], name="affine")


PLANE = ("top-down", "surface", "regions", "layers", "dual")


def drawn(complex_, folder: Path, window=None) -> list[Picture | Omission]:
    return list(draw_figures(complex_, folder, window, lambda _: None))


def stems(complex_) -> list[str]:
    return [figure.stem for figure in FIGURES if figure.serves(complex_)]


@pytest.mark.parametrize(
    ("network", "expected"),
    [
        (gallery.get("tent"), ["network", "function", "derivatives", "rays"]),
        (gallery.get("sawtooth:2"), ["network", "function", "derivatives", "by-layer"]),
        (gallery.get("xor"), ["network", *PLANE, "graph"]),
        (gallery.get("hat2d"), ["network", *PLANE, "graph", "by-layer"]),
        (AFFINE, ["network", *PLANE, "graph"]),
        (gallery.get("resonance:3"), ["network", "solid", "section", "lines", "graph"]),
        (FIVE, ["network", "section", "lines", "graph"]),
    ],
    ids=str,
)
def test_each_network_has_its_figures(network: Network, expected: list[str]) -> None:
    assert stems(regions(network)) == expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("network", "box"),
    [
        (gallery.get("tent"), [(0, 1)]),
        (gallery.get("xor"), None),
        (gallery.get("hat2d"), [(-1, 1), (0, 1)]),
        (gallery.get("max:3"), None),
        (gallery.get("threshold:2"), [(1, 2)] * 3),
        (FIVE, None),
        (CONSTANT, None),
        (AFFINE, None),
    ],
    ids=str,
)
def test_every_figure_is_drawn_or_says_why_not(network, box, tmp_path: Path) -> None:
    complex_ = regions(network, box)
    found = drawn(complex_, tmp_path)
    assert len(found) == len(stems(complex_))
    for thing in found:
        if isinstance(thing, Picture):
            assert (tmp_path / thing.printed).read_bytes().startswith(b"%PDF")
            assert (tmp_path / thing.shown).exists()
        else:
            assert thing.why
    assert sum(isinstance(thing, Picture) for thing in found) >= 2


def test_too_many_regions_are_a_reason(tmp_path: Path, monkeypatch) -> None:
    few = replace(next(f for f in FIGURES if f.stem == "graph"), most_regions=2)
    monkeypatch.setattr(figures, "FIGURES", (few,))
    (omission,) = drawn(regions(gallery.get("xor")), tmp_path)
    assert omission == Omission(
        "figure: Which regions share a facet", "drawn for at most 2 regions, there are 3"
    )


def test_what_cannot_be_drawn_is_told(tmp_path: Path, monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise FigureError("nothing\nto see")

    bad = replace(FIGURES[0], draw=refuse)
    monkeypatch.setattr(figures, "FIGURES", (bad,))
    (omission,) = drawn(regions(gallery.get("xor")), tmp_path)
    assert omission.why == "nothing to see"
    assert not list(tmp_path.iterdir())


def test_a_large_drawing_is_pixels_for_browsers(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(figures, "MOST_SVG_BYTES", 100)
    monkeypatch.setattr(figures, "FIGURES", FIGURES[1:2])
    (picture,) = drawn(regions(gallery.get("tent"), [(0, 1)]), tmp_path)
    assert (picture.shown, picture.printed) == ("figure-function.png", "figure-function.pdf")
    assert {f.name for f in tmp_path.iterdir()} == {picture.shown, picture.printed}


def test_more_inputs_are_shown_in_a_plane() -> None:
    complex_ = regions(gallery.get("resonance:4"))
    assert plane_name(complex_) == "x1 and x2 vary, through the origin"
    assert len(plane_section(complex_)) == 6
    assert len(axes_through(complex_, 10)) == 4


def test_the_plane_goes_through_the_domain() -> None:
    complex_ = regions(gallery.get("max:3"), [(1, 2)] * 3)
    assert complex_.domain.contains(axes_through(complex_, 1)[0][0], strict=True)
    assert "through the point (" in plane_name(complex_)
    assert len(plane_section(complex_)) >= 1
