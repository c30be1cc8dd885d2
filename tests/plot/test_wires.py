"""Wireframes and comparisons: which edges are drawn, in which order, and each row's numbers."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Network, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.plot import compare, decision_regions, new_panels, wireframe
from exactpwl.plot.comparison import new_rows
from exactpwl.plot.painter import PaintedScene
from plot.degenerate import DEEP, DEGENERATE, ONE_INPUT, THREE_INPUTS, TWO_OUTPUTS, XOR
from strategies import relu_networks

SQUARE = [(-2, 2), (-2, 2)]


def elements(ax: Any) -> Any:
    (scene,) = [c for c in ax.collections if isinstance(c, PaintedScene)]
    return scene.elements


@settings(max_examples=30)
@given(relu_networks(inputs=st.just(2), outputs=st.just(1)))
def test_all_edges_lie_on_the_graph(network: Network) -> None:
    for element in elements(wireframe(regions(network), window=SQUARE, level=None, hidden=False)):
        assert len(element.points) == 2
        for x, y, z in element.points:
            assert z == pytest.approx(float(network((x, y))[0]), rel=1e-9, abs=1e-9)


def test_kinks_and_border_of_xor() -> None:
    drawn = elements(wireframe(regions(XOR), window=SQUARE, level=None))
    faces = [e for e in drawn if len(e.points) > 2]
    kinks = [e for e in drawn if len(e.points) == 2 and e.width > 0.6]
    assert len(faces) == 3
    assert {face.face for face in faces} == {(1.0, 1.0, 1.0)}
    ends = {frozenset(e.points) for e in kinks}
    assert ends == {
        frozenset({(-2.0, 1.0, -1.0), (1.0, -2.0, -1.0)}),
        frozenset({(-2.0, 2.0, 1.0), (2.0, -2.0, 1.0)}),
    }


def test_the_widths_are_those_of_the_layers() -> None:
    drawn = elements(wireframe(regions(DEEP), window=SQUARE, hidden=False, level=None))
    widths = sorted({round(e.width, 6) for e in drawn})
    assert len(widths) == 4, "three layers and the border"


def test_hidden_edges_are_painted_before_the_face_that_hides_them() -> None:
    ax = wireframe(regions(XOR), window=SQUARE)
    ax.figure.draw_without_rendering()
    scene = next(c for c in ax.collections if isinstance(c, PaintedScene))
    order = scene.painting_order()
    assert sorted(order) == [*range(len(scene.elements))]
    assert len(elements(wireframe(regions(XOR), window=SQUARE, hidden=False))) == len(order) - 3


def test_points_stand_on_the_surface() -> None:
    drawn = elements(
        wireframe(regions(XOR), window=SQUARE, points=[(0, 0), (9, 9)], labels=[1, -1])
    )
    assert [e.points for e in drawn if e.mark] == [((0.0, 0.0, 1.0),)]


@pytest.mark.parametrize("name", DEGENERATE)
def test_degenerate_networks(name: str) -> None:
    complex_ = regions(DEGENERATE[name])
    wireframe(complex_, window=SQUARE).figure.draw_without_rendering()
    if DEGENERATE[name].output_dimension == 1:
        axes = compare([complex_, regions(XOR)], window=SQUARE, points=[(0, 1)], labels=[1])
        axes[0].figure.draw_without_rendering()


def test_a_comparison_has_three_panels_a_row_with_exact_numbers() -> None:
    runs = [gallery.run("xor-2"), gallery.run("xor-20")]
    complexes = [regions(run.networks[-1]) for run in runs]
    data = runs[0]
    axes = compare(complexes, window=data.window, points=data.points, labels=data.labels)
    assert len(axes) == 6
    for row, complex_ in enumerate(complexes):
        left, middle, right = axes[3 * row : 3 * row + 3]
        titles = [ax.texts[-1].get_text() for ax in (left, middle, right)]
        assert titles == [complex_.network.name, "Wireframe", "Dual points"]
        notes = [" ".join(ax.texts[0].get_text().split()) for ax in (left, middle, right)]
        assert notes[0] == "4 of 4 points right (100%)"
        assert notes[1].startswith(f"{len(complex_)} activation regions in the plane")
        assert notes[2].startswith(f"{len(complex_.affine_pieces)} distinct affine maps (R6): ◆")
    assert axes[2].get_xlim() == axes[5].get_xlim(), "one scale of slopes"
    assert axes[0].get_xlim() == axes[3].get_xlim() == (-2, 2)


def test_callers_axes_and_their_kinds() -> None:
    axes = new_rows(1)
    assert compare([regions(XOR)], axes, window=SQUARE) == axes
    with pytest.raises(FigureError, match="this figure has 3 panels, got 2 axes"):
        compare([regions(XOR)], axes[:2])
    with pytest.raises(FigureError, match="3d"):
        wireframe(regions(XOR), new_panels(1, 1)[0])


@pytest.mark.parametrize(
    ("networks", "message"),
    [
        ([], "one network or more are required to be compared, got none"),
        ([XOR, THREE_INPUTS], "needs a function of 2 inputs, got 3 inputs"),
        ([ONE_INPUT], "needs a function of 2 inputs, got 1 input"),
        ([TWO_OUTPUTS], "got 2 outputs; plot.decision_regions draws several classes"),
    ],
)
def test_refusals_of_a_comparison(networks: list[Network], message: str) -> None:
    with pytest.raises(FigureError) as error:
        compare([regions(network) for network in networks])
    assert message in str(error.value)


@pytest.mark.parametrize("network", [ONE_INPUT, THREE_INPUTS])
def test_a_wrong_dimension_is_refused(network: Network) -> None:
    with pytest.raises(FigureError, match="needs a function of 2 inputs"):
        wireframe(regions(network))


def test_the_figure_that_a_refusal_names_is_there() -> None:
    assert decision_regions(regions(TWO_OUTPUTS))
