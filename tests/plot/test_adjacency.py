"""The adjacency graph as drawn: dots, lines by layer, colours, sizes, places."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from exactpwl import Domain, Network, gallery, regions
from exactpwl.errors import FigureError
from exactpwl.plot import region_graph
from exactpwl.plot.adjacency import active_neurons
from exactpwl.plot.layout import by_position, by_spectrum, laplacian
from exactpwl.plot.style import STROKES

XOR = regions(gallery.get("xor"))
LINES = regions(gallery.get("lines:8"))
HAT = regions(gallery.get("hat2d"))
BRAID = regions(gallery.get("braid:4"))
CONSTANT = regions(Network([([[0, 0]], [7], "linear")]))
COINCIDENT = regions(
    Network([([[1, 0], [2, 0], [-1, 0], [0, 1], [1, 1], [0, 0]], [0] * 6, "relu")])
)


def dots(ax: Axes) -> list[PathCollection]:
    return [c for c in ax.collections if c.get_gid() == "regions"]


def places(ax: Axes) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for c in dots(ax) for x, y in c.get_offsets()]


def lines(ax: Axes) -> dict[str, PathCollection]:
    return {
        str(c.get_label()): c
        for c in ax.collections
        if isinstance(c, PathCollection) and str(c.get_label()).endswith("layer")
    }


def length(found: PathCollection) -> int:
    """Return how many lines there are in one path."""
    (path,) = found.get_paths()
    return int((path.codes == path.MOVETO).sum())


@pytest.mark.parametrize("layout", ["position", "spectral"])
def test_every_region_is_a_dot_and_every_adjacency_a_line(layout: Any) -> None:
    ax = region_graph(HAT, layout=layout)
    assert len(places(ax)) == len(HAT)
    assert sum(length(c) for c in lines(ax).values()) == len(HAT.adjacencies)


def test_a_window_shows_what_is_visible() -> None:
    ax = region_graph(LINES, window=[(-6, 6), (-6, 6)])
    assert len(places(ax)) == 32
    assert length(lines(ax)["1st layer"]) == 54
    assert ax.texts[0].get_text().replace("\n", " ") == (
        "lines:8: 37 activation regions in the plane, 64 adjacencies; "
        "32 and 54 of them in this window"
    )


def test_lines_have_the_colour_of_the_layer_that_changes_first() -> None:
    ax = region_graph(HAT)
    for i, (name, found) in enumerate(sorted(lines(ax).items())):
        assert to_hex(found.get_edgecolor()[0]) == STROKES[i]
        layer = [
            (a, b)
            for a, b, _ in HAT.adjacencies
            if (HAT.cells[a].pattern[0] == HAT.cells[b].pattern[0]) == (name == "2nd layer")
        ]
        assert length(found) == len(layer)
    widths = [float(found.get_linewidth()[0]) for _, found in sorted(lines(ax).items())]
    assert widths == sorted(widths, reverse=True)


def crossings(paths: list[list[tuple[float, float]]]) -> Iterator[Any]:
    def side(p: Any, q: Any, r: Any) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    pieces = [piece for path in paths for piece in pairwise(path)]
    for (p, q), (r, s) in combinations(pieces, 2):
        if {p, q} & {r, s}:
            continue
        if side(p, q, r) * side(p, q, s) < 0 and side(r, s, p) * side(r, s, q) < 0:
            yield p, q, r, s


@pytest.mark.parametrize("complex_", [LINES, HAT, COINCIDENT])
def test_by_position_the_drawing_is_plane(complex_: Any) -> None:
    assert not list(crossings(list(by_position(complex_).paths.values())))


def test_a_line_goes_through_its_facet_and_a_dot_stands_in_its_region() -> None:
    layout = by_position(HAT)
    for region, point in layout.points.items():
        assert HAT.regions[region].contains(point, strict=True)
    window = Domain.box(layout.window or [])
    for (first, second), (_, (x, y), _) in layout.paths.items():
        middle = (Fraction(x).limit_denominator(1000), Fraction(y).limit_denominator(1000))
        assert all(HAT.regions[i].contains(middle) for i in (first, second))
        assert all(a * middle[0] + b * middle[1] + c >= 0 for (a, b), c in window.rows)


def test_with_one_input_the_dots_lie_on_the_graph() -> None:
    tent = regions(gallery.get("sawtooth:2"), [(0, 1)])
    layout = by_position(tent)
    for region, (x, y) in layout.places.items():
        assert y == float(tent.network(layout.points[region])[0])
        assert x == float(layout.points[region][0])
    kinks = {path[1] for path in layout.paths.values()}
    assert kinks == {(0.25, 1.0), (0.5, 0.0), (0.75, 1.0)}
    assert region_graph(tent).get_xlabel() == "x"


def test_colours_are_the_outputs_and_sizes_the_active_neurons() -> None:
    window = [(-2, 2), (-2, 2)]
    ax = region_graph(XOR, window=window)
    values = [float(XOR.network(point)[0]) for point in by_position(XOR, window).points.values()]
    bar = ax.child_axes[0]
    assert bar.get_ylim() == pytest.approx((min(values), max(values)))
    assert min(values) < 0 < max(values)
    assert [str(r.pattern) for r in XOR.regions] == ["00", "10", "11"]
    assert [c.get_label() for c in dots(ax)] == ["0 active", "1 active", "2 active"]
    for found, value in zip(dots(ax), values, strict=True):
        red, _, blue, _ = found.get_facecolor()[0]
        assert (red > blue) == (value > 0), "orange above 0, blue below"
    sizes = [float(c.get_sizes()[0]) for c in dots(ax)]
    assert sizes == sorted(set(sizes))
    ax = region_graph(XOR, colour_by="active")
    assert ax.child_axes[0].get_ylim() == pytest.approx((0, 2))
    assert ax.child_axes[0].get_ylabel() == "active neurons"
    assert [active_neurons(r.pattern) for r in XOR.regions] == [0, 1, 2]


def test_patterns_stand_beside_their_regions() -> None:
    ax = region_graph(XOR, patterns=True, caption=False)
    assert [t.get_text() for t in ax.texts] == ["00", "10", "11"]


def test_the_spectral_layout_is_made_of_eigenvectors() -> None:
    for complex_ in (LINES, BRAID, HAT):
        matrix = laplacian(complex_)
        values = np.linalg.eigvalsh(matrix)
        found = np.array(list(by_spectrum(complex_).places.values()))
        for column, value in zip(found.T, values[1:3], strict=True):
            assert matrix @ column == pytest.approx(value * column, abs=1e-9)
        assert found.T @ found == pytest.approx(np.eye(2), abs=1e-9)


def test_the_spectral_layout_faces_as_the_regions_do() -> None:
    found = np.array(list(by_spectrum(LINES).places.values()))
    inner = np.array([[float(c) for c in r.interior_point] for r in LINES.regions])
    inner -= inner.mean(axis=0)
    for column in found.T:
        along = column @ inner
        assert along[np.abs(along).argmax()] > 0


def test_the_permutohedron() -> None:
    ax = region_graph(BRAID, layout="spectral")
    degrees = laplacian(BRAID).diagonal()
    assert set(degrees) == {3.0}
    found = {(round(x, 6), round(y, 6)) for x, y in places(ax)}
    assert len(found) == 24, "none hides behind another"
    assert ax.texts[0].get_text() == "braid:4: 24 activation regions in R^4, 36 adjacencies"


@pytest.mark.parametrize("layout", ["position", "spectral"])
@pytest.mark.parametrize(
    "complex_",
    [
        pytest.param(CONSTANT, id="one region"),
        pytest.param(regions(Network([([[1, 1]], [0], "relu")])), id="two regions"),
        pytest.param(COINCIDENT, id="coincident, concurrent, identically zero"),
        pytest.param(regions(gallery.get("abs")), id="one input"),
        pytest.param(regions(Network([([[0]], [1], "linear")])), id="one input, constant"),
        pytest.param(regions(gallery.get("max:3")), id="three inputs"),
        pytest.param(regions(gallery.get("max:3"), [(0, 1)] * 3), id="a box of three"),
    ],
)
def test_odd_complexes_are_drawn(complex_: Any, layout: Any) -> None:
    ax = region_graph(complex_, layout=layout)
    assert len(places(ax)) == len(complex_)
    assert np.isfinite(places(ax)).all()
    ax.figure.canvas.draw()


def test_what_is_refused_says_why() -> None:
    with pytest.raises(FigureError, match="layout must be one of 'position', 'spectral', got 'x'"):
        region_graph(XOR, layout="x")  # type: ignore[arg-type]
    with pytest.raises(FigureError, match="colour_by must be one of 'output', 'active'"):
        region_graph(XOR, colour_by="x")  # type: ignore[arg-type]
    with pytest.raises(FigureError, match="the spectral one shows all"):
        region_graph(XOR, layout="spectral", window=[(-1, 1), (-1, 1)])
    with pytest.raises(FigureError, match=r"a window is for 2 inputs, got a complex with 4: restr"):
        region_graph(BRAID, window=[(-1, 1)] * 4)


def test_too_many_regions_for_all_eigenvectors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exactpwl.plot.layout.MOST_SPECTRAL", 30)
    with pytest.raises(FigureError, match="at most 30 regions, got 37: restrict the complex to a"):
        region_graph(LINES, layout="spectral")


def test_ones_own_axes_serve() -> None:
    ax = Figure().add_subplot()
    assert region_graph(XOR, ax) is ax
