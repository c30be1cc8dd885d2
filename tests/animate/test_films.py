"""Films by their numbers: exact counts, frames of one size, panels at fixed places."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from exactpwl import Network, animate, gallery, regions
from exactpwl.animate.frames import new_frame
from exactpwl.animate.trainings import TRAINING_PANELS, chosen_checkpoints
from exactpwl.errors import FigureError, NetworkError
from exactpwl.plot import regions_in_window
from exactpwl.plot.window import as_window

DEGENERATE = Network(
    [
        ([[1, 1], [2, 2], [-1, -1], [0, 0], [0, 1]], [0, 0, 0, -1, 0], "relu"),
        ([[1, 0, -1, 0, 1]], [0], "relu"),
        ([[1]], [0], "linear"),
    ]
)
CONSTANT = Network([([[0, 0]], [-1], "relu"), ([[1]], [2], "linear")])
LINEAR = Network([([[1, 2]], [1], "linear")])


def words(ax: Any) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in ax.texts)


# Counts


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("rings", (543, 41), (970, 410)),
        ("xor-position", (280, 47), (559, 416)),
        ("disc-8-8-8", (414, 54), (257, 213)),
    ],
)
def test_few_polygons_before_training_many_after(
    name: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    run = gallery.run(name)
    film = animate.training(run, frames=2, panels=["regions"])
    assert [shot[1:] for shot in film.shots] == [first, last]
    assert last[1] > 3 * first[1]
    # the same by another way: the box as a domain cuts the regions instead of the window
    for network, (_, seen) in zip((run.networks[0], run.networks[-1]), (first, last), strict=True):
        assert len(regions(network, run.window)) == seen


def test_counts_of_a_passage() -> None:
    run = gallery.run("disc-3")
    way = animate.interpolate([run.networks[0], run.networks[-1]], 3)
    film = animate.passage(way, window=run.window)
    for network, shot in zip(way, film.shots, strict=True):
        complex_ = regions(network)
        seen = regions_in_window(complex_, run.window)
        assert (shot.regions, shot.seen) == (len(complex_), len(seen))


def test_the_count_is_in_the_picture() -> None:
    film = animate.training(gallery.run("rings"), frames=3, panels=["layers", "regions"])
    for number, shot in enumerate(film.shots):
        layers, curve = film.draw(number).axes
        assert f"{shot.regions} activation regions, {shot.seen} in this window" in words(layers)
        assert f"{shot.seen} seen here, {shot.regions} in the plane" in words(curve)


def test_the_curve_shows_the_counts_so_far_on_the_scale_of_all() -> None:
    film = animate.training(gallery.run("rings"), frames=5, panels=["regions"])
    (curve,) = film.draw(2).axes
    plane, seen = ([s[k] for s in film.shots] for k in (1, 2))
    drawn = [line.get_ydata() for line in curve.lines]
    assert [list(y) for y in (drawn[0], drawn[3])] == [plane, seen]
    assert [list(y) for y in (drawn[1], drawn[4])] == [plane[:3], seen[:3]]
    assert list(curve.lines[1].get_xdata()) == [0, 200, 400]
    assert curve.get_ylim()[1] > max(plane)
    assert [ax.get_ylim() for ax in film.draw(0).axes] == [curve.get_ylim()]


# Frames


def test_a_training_has_the_panels_of_the_study_and_the_count() -> None:
    film = animate.training(gallery.run("disc-3"), frames=2)
    assert [shot.label for shot in film.shots] == ["epoch 0", "epoch 400"]
    axes = [ax for ax in film.draw(1).axes if ax.texts]
    assert [ax.texts[-1].get_text() for ax in axes] == [
        "Decision and data",
        "Output",
        "Dual points",
        "Accuracy so far",
        "Boundaries of the neurons",
        "Decision over all layers",
        "Activation regions",
    ]
    assert "1024 of 1024 points right (100%)" in words(axes[3])


def test_panels_come_in_the_order_asked_for() -> None:
    film = animate.training(gallery.run("disc-3"), frames=1, panels=["regions", "accuracy", "dual"])
    assert [ax.texts[-1].get_text() for ax in film.draw(0).axes] == [
        "Activation regions",
        "Accuracy so far",
        "Dual points",
    ]


def test_frames_do_not_shake() -> None:
    film = animate.training(gallery.run("disc-8-8-8"), frames=3, panels=["output", "regions"])
    figures = [film.draw(number) for number in range(3)]
    for figure in figures:
        figure.draw_without_rendering()
    places = [[ax.get_position().bounds for ax in figure.axes] for figure in figures]
    assert places[0] == places[1] == places[2]
    assert {film.image(number, 50).size for number in range(3)} == {(285, 180)}


def test_the_last_panel_takes_the_room_of_its_row() -> None:
    window = as_window([(-1, 1), (-1, 1)])
    widths = [[ax.get_position().width for ax in new_frame(n, "", window)[1]] for n in (1, 4, 7)]
    assert [len(set(np.round(w, 6))) for w in widths] == [1, 1, 2]
    assert widths[2][-1] > 2 * widths[2][0]


def test_a_window_is_that_of_all_panels() -> None:
    film = animate.training(
        gallery.run("disc-3"), frames=2, window=[(0, 1), (0, "1/2")], panels=["layers", "decision"]
    )
    for ax in film.draw(1).axes:
        assert (ax.get_xlim(), ax.get_ylim()) == ((0, 1), (0, 0.5))
    assert film.shots[1].seen < film.shots[1].regions


def test_checkpoints_are_evenly_spread() -> None:
    for count in range(1, 12):
        for frames in range(2, count + 1):
            chosen = chosen_checkpoints(count, frames)
            assert len(set(chosen)) == frames
            assert (chosen[0], chosen[-1]) == (0, count - 1)
            gaps = {b - a for a, b in pairwise(chosen)}
            assert max(gaps) - min(gaps) <= 1


@pytest.mark.parametrize("network", [DEGENERATE, CONSTANT, LINEAR])
def test_any_network_of_two_inputs_has_a_film(network: Network) -> None:
    film = animate.passage(
        [network, network],
        panels=("output", "layers", "boundaries", "regions"),
        window=[(-1, 1)] * 2,
    )
    assert film.shots[0].regions == len(regions(network))
    assert [film.image(number, 40).size for number in range(2)] == [(460, 144)] * 2


def test_labels_are_names_or_numbers() -> None:
    named = Network(LINEAR.layers, name="plane")
    film = animate.passage([named, LINEAR], panels=["regions"], window=[(-1, 1)] * 2)
    assert [shot.label for shot in film.shots] == ["plane", "network 1"]


def test_accuracies_are_those_of_the_checkpoints() -> None:
    run = gallery.run("xor-2")
    assert run.accuracies == tuple(run.accuracy(i) for i in range(len(run)))
    other = replace(run, labels=tuple(-label for label in run.labels))
    assert other.accuracies[-1] == 0 < run.accuracies[-1] == Fraction(1)


# What cannot be filmed


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"frames": 0}, "one frame or more, got 0"),
        ({"panels": []}, "got none"),
        ({"panels": ["layer"]}, f"panels are some of {', '.join(TRAINING_PANELS)}"),
        ({"panels": ["dual", "dual"]}, "each once; got dual, dual"),
        ({"window": [(0, 1)]}, "a window is two pairs"),
    ],
)
def test_a_film_that_cannot_be(options: dict[str, Any], message: str) -> None:
    with pytest.raises(FigureError, match=message):
        animate.training(gallery.run("xor-2"), **options)


@pytest.mark.parametrize("inputs", [1, 3])
def test_another_number_of_inputs_names_what_serves(inputs: int) -> None:
    network = Network([([[1] * inputs], [0], "relu")])
    message = "a top-down figure needs a function of 2 inputs"
    with pytest.raises(FigureError, match=message):
        animate.passage([network])
    with pytest.raises(FigureError, match=message):
        animate.training(replace(gallery.run("xor-2"), networks=(network,) * 41))


def test_no_network_and_too_few_labels() -> None:
    with pytest.raises(FigureError, match="one network or more, got none"):
        animate.passage([])
    with pytest.raises(FigureError, match="one label a network is required, 2, got 1"):
        animate.passage([LINEAR, LINEAR], labels=["one"])
    with pytest.raises(NetworkError):
        animate.interpolate([LINEAR, CONSTANT])
