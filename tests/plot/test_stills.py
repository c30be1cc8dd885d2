"""The panels of a training: exact numbers at each checkpoint, one scale for all."""

from dataclasses import replace
from typing import Any

import pytest
from matplotlib.collections import LineCollection

from exactpwl import Network, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.plot import new_panels, training_panels, training_sheet
from exactpwl.plot.stills import PANELS, output_panel, place_of, training_limits
from exactpwl.plot.view import complex_view, regions_in_window
from plot.degenerate import DEGENERATE, THREE_INPUTS, TWO_OUTPUTS

DISC = gallery.run("disc-3")


def notes(axes: Any) -> list[str]:
    return [" ".join(ax.texts[0].get_text().split()) for ax in axes]


def run_of(network: Network) -> Any:
    """A run with one network at both of its checkpoints."""
    points, labels = DISC.points[:3], DISC.labels[:3]
    twice = (network, network)
    return replace(DISC, points=points, labels=labels, epochs=(0, 40), networks=twice)


@pytest.mark.parametrize("index", [0, 4, -1])
def test_six_panels_with_the_numbers_of_the_checkpoint(index: int) -> None:
    axes = training_panels(DISC, index)
    complex_ = regions(DISC.networks[index])
    found = dict(zip(PANELS, notes(axes), strict=True))
    right = DISC.accuracy(index) * len(DISC.points)
    assert found["decision"].startswith(f"epoch {DISC.epochs[index]},")
    assert found["accuracy"].startswith(f"{right} of {len(DISC.points)} points right")
    assert found["dual"].startswith(f"{len(complex_.affine_pieces)} affine maps:")
    assert found["boundaries"] == "3 of 3 neurons with a boundary here"
    shown = len(regions_in_window(complex_, DISC.window))
    assert found["layers"] == f"{len(complex_)} activation regions, {shown} in this window"


def test_the_accuracy_is_drawn_up_to_the_checkpoint_on_the_scale_of_the_run() -> None:
    ax = training_panels(DISC, 4)[3]
    curve = next(line for line in ax.lines if len(line.get_xdata()) == 5)
    assert tuple(curve.get_xdata()) == DISC.epochs[:5]
    assert list(curve.get_ydata()) == [float(100 * DISC.accuracy(i)) for i in range(5)]
    assert ax.get_xlim() == training_panels(DISC, -1)[3].get_xlim()
    assert ax.get_ylim() == (0, 105)


def test_the_boundaries_have_a_colour_for_each_layer_or_for_each_neuron_of_one() -> None:
    def colours(axes: Any) -> set[Any]:
        drawn = [c for c in axes[4].collections if isinstance(c, LineCollection)]
        return {tuple(c.get_colors()[0]) for c in drawn if c.get_segments()}

    assert len(colours(training_panels(DISC, -1))) == 3
    assert len(colours(training_panels(gallery.run("disc-8-8-8"), 0))) == 3


def test_a_known_complex_and_limits_are_used() -> None:
    complexes = [regions(DISC.networks[i]) for i in (0, -1)]
    limits = training_limits(complexes)
    axes = training_panels(DISC, 0, complex_=complexes[0], limits=limits, headings=False)
    assert (axes[2].get_xlim(), axes[2].get_ylim()) == limits
    assert not any(ax.texts for ax in axes[:3])


def test_a_sheet_has_a_row_for_every_fortieth_epoch_and_one_scale() -> None:
    axes = training_sheet(DISC, [0, 40, 400])
    assert len(axes) == 18
    assert list(notes(axes)[::6]) == ["epoch 0", "epoch 40", "epoch 400"]
    assert len({ax.get_xlim() for ax in axes[2::6]}) == 1
    titles = [ax.texts[-1].get_text() for ax in axes[:6]]
    assert titles == ["Decision", "Output", "Dual points", "Accuracy", "Boundaries", "All layers"]
    few = replace(DISC, epochs=DISC.epochs[:9], networks=DISC.networks[:9])
    assert list(notes(training_sheet(few))[::6]) == ["epoch 0", "epoch 40", "epoch 80"]


def test_colours_are_white_at_0_also_where_0_is_not_reached() -> None:
    network = Network([([[1, 0]], [5], "linear")])
    complex_ = regions(network)
    (ax,) = new_panels(1, 1)
    output_panel(ax, complex_, complex_view(complex_, [(-1, 1), (-1, 1)]), bar=False)
    (mesh,) = [c for c in ax.collections if hasattr(c, "_triangulation")]
    assert (mesh.norm.vmin, mesh.norm.vmax) == (0, 6)
    red, _, blue, _ = mesh.cmap(mesh.norm(0.0))
    assert abs(red - blue) < 0.05


@pytest.mark.parametrize("name", [n for n, net in DEGENERATE.items() if net.output_dimension == 1])
def test_degenerate_networks(name: str) -> None:
    axes = training_panels(run_of(DEGENERATE[name]), 1)
    axes[0].figure.draw_without_rendering()
    training_sheet(run_of(DEGENERATE[name]))[0].figure.draw_without_rendering()


def test_refusals() -> None:
    with pytest.raises(FigureError, match="2 inputs and 1 output, got 3 inputs and 1 output"):
        training_panels(run_of(THREE_INPUTS), 0)
    with pytest.raises(FigureError, match="got 2 inputs and 2 outputs"):
        training_panels(run_of(TWO_OUTPUTS), 0)
    with pytest.raises(FigureError, match="disc-3 has checkpoints from 0 to 40, got 41"):
        training_panels(DISC, 41)
    with pytest.raises(FigureError, match="this figure has 6 panels, got 2 axes"):
        training_panels(DISC, 0, new_panels(1, 2))
    with pytest.raises(FigureError, match="this figure has 12 panels, got 6 axes"):
        training_sheet(DISC, [0, 40], new_panels(1, 6))
    with pytest.raises(FigureError, match=r"has checkpoints at epochs 0, .*; got 41"):
        place_of(DISC, 41)
