"""Texts in regions: inside, as large as may be, beside what matters, or left out and counted."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Network, gallery, regions, top_down
from exactpwl.formula import format_affine
from exactpwl.plot.clip import Polygon, height, left_of
from exactpwl.plot.inscriptions import affine_lines, best_place
from exactpwl.plot.style import FONT
from exactpwl.plot.view import complex_view
from exactpwl.rationals import homogeneous
from strategies import networks, rationals

SQUARE = ((0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1))


def inside(polygon: Polygon, x: float, y: float) -> bool:
    """Return whether a place is inside, or outside by no more than floats are rounded."""
    place = homogeneous((Fraction(x), Fraction(y)))
    rows = [left_of(p, q) for p, q in zip(polygon, (*polygon[1:], polygon[0]), strict=True)]
    return all(
        Fraction(height(row, place), place[-1]) >= -max(map(abs, row)) / Fraction(10**12)
        for row in rows
    )


@given(networks(inputs=st.just(2)), st.floats(1, 9), st.floats(0.5, 4))
@settings(max_examples=30, deadline=None)
def test_the_box_of_a_text_lies_in_its_region(network: Network, wide: float, tall: float) -> None:
    view = complex_view(regions(network), [(-2, 2), (-2, 2)])
    for patch in view.patches:
        x, y, size = best_place(patch.polygon, (80.0, 50.0), (wide, tall))
        assert 0 < size <= FONT["text"]
        half = (wide * size / 160, tall * size / 100)
        for right in (-1, 1):
            for up in (-1, 1):
                assert inside(patch.polygon, x + right * half[0], y + up * half[1])


@pytest.mark.parametrize(
    ("box", "size"), [((20.0, 10.0), 5.0), ((10.0, 50.0), 2.0), ((1.0, 1.0), FONT["text"])]
)
def test_in_a_square_the_longer_side_decides(box: tuple[float, float], size: float) -> None:
    assert best_place(SQUARE, (100.0, 100.0), box) == pytest.approx((0.5, 0.5, size))


def test_in_a_triangle_a_text_moves_to_where_it_is_larger() -> None:
    triangle = ((0, 0, 1), (2, 0, 1), (0, 2, 1))
    place = best_place(triangle, (10.0, 10.0), (4.0, 1.0))
    # the largest box of this shape in a corner: w + h = 2, w = 4 h
    assert place.size * 4 / 10 == pytest.approx(8 / 5, rel=1 / 20)


def test_a_text_moves_aside_from_a_point_and_a_line_if_it_has_room() -> None:
    middle = (Fraction(1, 2), Fraction(1, 2))
    box = (2.0, 1.0)
    free = best_place(SQUARE, (100.0, 100.0), box)
    aside = best_place(SQUARE, (100.0, 100.0), box, [(middle, middle)])
    assert free[:2] == (0.5, 0.5)
    assert aside[:2] != (0.5, 0.5)
    assert aside.size == free.size
    line = ((Fraction(0), Fraction(1, 2)), (Fraction(1), Fraction(1, 2)))
    above = best_place(SQUARE, (100.0, 100.0), box, [line])
    assert abs(above.y - 0.5) > above.size / 200
    crowd = [((Fraction(0), Fraction(i, 50)), (Fraction(1), Fraction(i, 50))) for i in range(51)]
    assert best_place(SQUARE, (100.0, 100.0), box, crowd) == free


@given(st.lists(rationals(), min_size=2, max_size=2), rationals())
def test_a_map_is_broken_before_signs_only(slopes: list[Fraction], constant: Fraction) -> None:
    whole = format_affine(slopes, constant).replace("-", "\N{MINUS SIGN}")
    ways = affine_lines(slopes, constant)
    assert ways[0] == [whole]
    for lines in ways:
        assert "".join(lines) == whole
        assert len(lines) <= 3
        assert all(line[0] in "+\N{MINUS SIGN}" for line in lines[1:])


def test_a_deep_pattern_may_be_written_layer_by_layer() -> None:
    shown = gallery.exhibit("bent_lines")
    complex_ = regions(shown.network)
    ax = top_down(complex_, window=shown.window, patterns=True, caption=False)
    written = [text.get_text().replace("\n", "|") for text in ax.texts]
    assert set(written) <= {str(cell.pattern) for cell in complex_.cells}
    assert any("\n" in text.get_text() for text in ax.texts)
