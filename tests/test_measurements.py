"""What the scripts of the gallery measure and their texts say: the numbers, again."""

import re
import runpy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from exactpwl import gallery, layer_counts, regions, removals

SCRIPTS = Path(__file__).resolve().parents[1] / "docs" / "gallery"
LINES = runpy.run_path(str(SCRIPTS / "lines_and_neurons.py"))
SEEDS = runpy.run_path(str(SCRIPTS / "hundred_seeds.py"))


def words(name: str) -> str:
    """Return what a script says of its figure, in one line."""
    text = (SCRIPTS / f"{name}.py").read_text(encoding="utf-8").split('"""')[1]
    return re.sub(r"\s+", " ", text)


def test_closing_is_about_the_component_of_the_centre() -> None:
    closes, everywhere = SEEDS["closes"], SEEDS["is_right_everywhere"]
    disc = gallery.get("disc")
    assert closes(disc)
    assert everywhere(disc)
    assert not closes(gallery.get("xor"))
    assert not closes(gallery.get("l1_annulus")), "a bounded component, but not around the centre"
    right = gallery.run("disc-3").networks[-1]
    assert closes(right)
    assert not everywhere(right)


def first_epochs(name: str) -> tuple[int, int]:
    """Return the first epochs at which a run has closed the region, and is right on the data."""
    run = gallery.run(name)
    closed = next(k for k, network in enumerate(run.networks) if SEEDS["closes"](network))
    right = next(k for k in range(len(run)) if run.accuracy(k) == 1)
    return run.epochs[closed], run.epochs[right]


def test_first_epochs_of_the_runs() -> None:
    assert first_epochs("disc-3") == (20, 140)
    assert first_epochs("disc-8-8-8") == (40, 120)
    text = words("hundred_seeds")
    assert "first at epoch 20 by three units and at epoch 40 by 8-8-8" in text
    assert "right first at epoch 140 and at epoch 120" in text


@pytest.mark.slow
def test_a_hundred_seeds_of_three_units() -> None:
    last = [SEEDS["measured"](run)[-1] for run in gallery.family("disc-3-seeds")]
    counts = [sum(f.closed for f in last), sum(f.right for f in last)]
    assert [*counts, sum(f.everywhere for f in last)] == [32, 21, 10]
    assert all(f.closed for f in last if f.right)
    open_ones = [f.accuracy for f in last if not f.closed]
    half, two_thirds = Fraction(575, 1000), Fraction(7, 10)
    assert sum(a <= half for a in open_ones) == 16
    assert sum(half < a <= two_thirds for a in open_ones) == 13
    assert sum(two_thirds < a < Fraction(85, 100) for a in open_ones) == 39
    assert open_ones.count(Fraction(0)) == 1
    text = words("hundred_seeds")
    assert (
        "32 of the 100 networks have closed the region; 21 are right on the data, and only 10"
        in text
    )
    assert "16 at about half of the points" in text
    assert "13 at two thirds, 39 at four fifths" in text


@pytest.mark.slow
def test_twenty_seeds_of_three_layers_of_eight() -> None:
    found = [SEEDS["measured"](run) for run in gallery.family("disc-8-8-8-seeds")]
    epochs = gallery.family("disc-8-8-8-seeds")[0].epochs
    at = {epoch: [states[k] for states in found] for k, epoch in enumerate(epochs)}
    assert sum(f.closed for f in at[40]) == 14
    assert all(f.closed for f in at[80])
    assert all(f.right for f in at[160])
    assert not all(f.everywhere for f in at[160])
    assert all(f.everywhere for f in at[200])
    assert "14 by epoch 40, all by epoch 80; by epoch 160 all are right" in words("hundred_seeds")


def test_lines_and_layers() -> None:
    runs = gallery.family("xor-position-widths")
    small, large = runs[0], runs[-1]
    means = [
        LINES["mean_along_lines"](run.networks[k], run) for k in (0, -1) for run in (small, large)
    ]
    assert [100 * mean for mean in means] == [577, 4065, 1151, 6183]
    text = words("lines_and_neurons")
    assert "from 5.77 for 12 neurons to 40.65 for 96" in text
    assert "from 11.51 to 61.83" in text


def test_what_the_layers_add() -> None:
    run = gallery.run("disc-8-8-8")
    counts = [
        layer_counts(regions(run.networks[k], window))
        for window in (run.window, None)
        for k in (0, -1)
    ]
    assert [c[-1] for c in counts] == [54, 213, 414, 257]
    assert LINES["added"](run.networks[-1], run.window) == [23, 66, 124]


def numbers(name: str) -> tuple[int, int, int, int]:
    """Return how many neurons there are, and without how many a run keeps three things."""
    run = gallery.run(name)
    found = [r for r in removals(run.networks[-1], run.window, run.points) if r.way == "neuron"]
    keeps = ("keeps_function", "keeps_decision", "keeps_points")
    function, decision, points = (sum(getattr(r, key) for r in found) for key in keeps)
    return len(found), function, decision, points


def test_neurons_that_can_go_for_the_sake_of_points_or_of_the_window() -> None:
    assert numbers("disc-3") == (3, 0, 0, 0)
    assert numbers("xor-20") == (20, 0, 1, 20)


@pytest.mark.slow
def test_neurons_and_layers_that_can_go() -> None:
    assert numbers("disc-8-8-8") == (24, 1, 9, 15)
    assert numbers("xor-position") == (24, 0, 1, 1)
    assert numbers("heart") == (36, 7, 8, 8)
    run = gallery.run("disc-8-8-8")
    found = removals(run.networks[-1], run.window, run.points)
    layers: dict[int, Any] = {r.layer: r for r in found if r.way == "linearised"}
    assert [r.keeps_points for r in layers.values()] == [False, True, True]
    assert not any(r.keeps_decision for r in found if r.way != "neuron")
