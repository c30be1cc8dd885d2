"""The scale of the colours: even as a rule, bent where the values reach far."""

from fractions import Fraction

import pytest

from exactpwl import Network, gallery, regions
from exactpwl.plot import top_down
from exactpwl.plot.scale import Scale, colour_scale
from exactpwl.plot.view import complex_view


def steep(factor: int, outputs: int = 1) -> Network:
    """x, and from x = 9 on `factor` times as steep."""
    first = ([[1, 0], [1, 0]], [0, -9], ["linear", "relu"])
    return Network([first, ([[1, factor]] * outputs, [0] * outputs, "linear")])


def scale_of(network: Network, level: int | None) -> Scale:
    view = complex_view(regions(network), [(-10, 10), (0, 1)])
    return colour_scale(view, None if level is None else Fraction(level))


@pytest.mark.parametrize("name", ["rings", "disc", "xor", "lines:8", "hat2d", "l1_annulus"])
def test_the_gallery_has_even_scales(name: str) -> None:
    exhibit = gallery.exhibit(name)
    view = complex_view(regions(exhibit.network), exhibit.window)
    for level in (Fraction(0), None):
        assert colour_scale(view, level).is_even


def test_far_values_bend_the_scale_at_the_median_distance_from_the_level() -> None:
    assert scale_of(steep(3), 0).is_even
    scale = scale_of(steep(1000), 0)
    assert scale.unit == pytest.approx(5)  # |x| < 5 on half of the window
    assert scale_of(steep(1000), None).centre == pytest.approx(0, abs=1e-6)  # f < 0 on half


def test_the_levels_and_ticks_of_a_bent_scale() -> None:
    scale = scale_of(steep(1000), 0)
    levels = scale.levels(48)
    assert levels == sorted(set(levels))
    assert all(scale.low < level < scale.high for level in levels)
    steps = scale.norm()([float(level) for level in levels])
    assert list(steps) == pytest.approx([i / 48 for i in range(1, 48)])
    assert scale.ticks() == [-10, -5, 0, 5, 10, 20, 50, 100, 200, 500, 1000]


def test_the_colour_bar_names_a_bent_scale_and_the_level_is_white() -> None:
    complex_ = regions(steep(1000))
    ax = top_down(complex_, window=[(-10, 10), (0, 1)])
    (bar,) = ax.child_axes
    assert bar.get_ylabel() == "f(x, y), asinh scale"
    shown = [label.get_text() for label in bar.get_yticklabels()]
    assert shown[:3] == ["\N{MINUS SIGN}10", "\N{MINUS SIGN}5", "0"]
    mesh = ax.collections[0]
    red, _, blue, _ = mesh.cmap(mesh.norm(0.0))
    assert abs(red - blue) < 0.05
    even = top_down(complex_, window=[(-10, 9), (0, 1)])
    assert even.child_axes[0].get_ylabel() == "f(x, y)"


@pytest.mark.parametrize("level", [0, None])
def test_values_at_the_ends_of_the_floats(level: int | None) -> None:
    assert scale_of(steep(10**11), level).reach[1] < 30
    assert scale_of(steep(10**308), level).is_even
    wide = Network([([[10**307, 0]], [0], "linear")])
    view = complex_view(regions(wide), [(-15, 15), (0, 1)])
    assert colour_scale(view, None if level is None else Fraction(level)).is_even


@pytest.mark.parametrize("level", [0, None])
def test_a_constant_function(level: int | None) -> None:
    scale = scale_of(Network([([[0, 0]], [7], "linear")]), level)
    assert scale.is_even
    assert scale.levels(48) == []
    assert (scale.norm().vmin, scale.norm().vmax) == (6, 8)
