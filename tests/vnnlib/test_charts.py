"""Charts: flat input sets in coordinates in which they have an interior."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.errors import DomainError
from exactpwl.inequality import primitive_row
from exactpwl.vnnlib import Chart, Constraint, InputSet, parse_query
from exactpwl.vnnlib.charts import chart_of
from strategies import points, rationals, rows

HEAD = "".join(f"(declare-const {n} Real)" for n in ("X_0", "X_1", "X_2", "Y_0"))


def at(chart: Chart, coordinates: list[Fraction]) -> tuple[Fraction, ...]:
    return tuple(
        start + sum((s * v[i] for s, v in zip(coordinates, chart.directions, strict=True)), 0)
        for i, start in enumerate(chart.point)
    )


def input_set(conditions: str) -> InputSet:
    (case,) = parse_query(f"{HEAD}(assert (and {conditions}))").cases()
    return case.input_set


def test_a_set_with_an_interior_keeps_its_coordinates() -> None:
    inputs = input_set("(<= 0 X_0 1) (<= 0 X_1 1) (<= 0 X_2 1)")
    chart = inputs.chart()
    assert chart.domain == inputs.domain()
    assert chart.point == (0, 0, 0)
    assert chart.directions == ((1, 0, 0), (0, 1, 0), (0, 0, 1))


def test_equations_between_inputs_are_solved() -> None:
    chart = input_set("(= X_0 (* 2 X_1)) (= X_2 (+ X_0 1)) (<= 0 X_0 1)").chart()
    assert chart.directions == ((1, Fraction(1, 2), 1),)
    assert chart.point == (0, 0, 1)
    assert str(chart.domain) == "the box [0, 1]"


def test_a_point_has_no_directions() -> None:
    chart = input_set("(= X_0 0.5) (= X_1 1) (= X_2 -1) (< X_0 1)").chart()
    assert chart == Chart((Fraction(1, 2), Fraction(1), Fraction(-1)), (), None)


@pytest.mark.parametrize(
    ("conditions", "words"),
    [
        ("(= X_0 X_1) (= X_1 X_2) (= X_2 (+ X_0 1))", "the equations of the input set contradict"),
        ("(= X_0 X_1) (< X_1 X_0)", "the constraints of the input set contradict its equations"),
    ],
)
def test_contradictions_that_are_seen(conditions: str, words: str) -> None:
    text = conditions.replace("(< X_1 X_0)", "(= X_2 0) (< (+ X_1 X_2) X_0)")
    with pytest.raises(DomainError, match=words):
        input_set(text).chart()


@given(st.data())
def test_the_chart_has_the_points_of_the_set(data: st.DataObject) -> None:
    listed = [primitive_row(row) for row in data.draw(rows(3)) if any(row[0])]
    listed += [(tuple(-a for a in normal), -offset) for normal, offset in listed[:2]]
    constraints = tuple(
        Constraint(tuple((i, a) for i, a in enumerate(normal) if a), (), offset)
        for normal, offset in listed
    )
    inputs = InputSet(3, constraints)
    try:
        chart = chart_of(constraints, 3)
    except DomainError:
        assert inputs.polyhedron.status == "empty"
        return
    coordinates = [data.draw(rationals()) for _ in chart.directions]
    inside = chart.domain is None or chart.domain.contains(coordinates)
    assert inputs.contains(at(chart, coordinates)) == inside
    other = data.draw(points(3))
    if inputs.contains(other):
        free = [next(i for i, a in enumerate(vector) if a) for vector in chart.directions]
        assert at(chart, [other[i] for i in free]) == other
