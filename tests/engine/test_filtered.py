"""The bounds of the filter hold, against fractions, for numbers of every size."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Activation, Network
from exactpwl.engine.filtered import (
    Filtered,
    are_open,
    between,
    from_integers,
    kernel,
    normalised,
)
from exactpwl.engine.stage_functions import (
    StageFunctions,
    after_stage,
    inputs,
    stage_functions,
)
from exactpwl.engine.words import pack_columns

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")

Truth = list[Fraction]


@st.composite
def vectors(draw: st.DrawFn, size: int) -> tuple[list[float], float, Truth]:
    """A vector, its error, and a true one within it: small integers, or anything inexact."""
    if draw(st.booleans()):
        numbers = draw(st.lists(st.integers(-100, 100), min_size=size, max_size=size))
        return [float(n) for n in numbers], 0.0, [Fraction(n) for n in numbers]
    scale = 2.0 ** draw(st.integers(-200, 200))
    entry = st.sampled_from([0.0, 1.0, -1.5, 2.0**-30, -(2.0**-60), 0.7])
    values = [e * scale for e in draw(st.lists(entry, min_size=size, max_size=size))]
    error = (max(map(abs, values)) or scale) * 2.0 ** -draw(st.integers(1, 53))
    inside = st.sampled_from([Fraction(-1), Fraction(0), Fraction(1, 3), Fraction(1)])
    return values, error, [Fraction(v) + draw(inside) * Fraction(error) for v in values]


def filtered(drawn: list[tuple[list[float], float, Truth]]) -> tuple[Filtered, list[Truth]]:
    found = Filtered(np.array([v for v, _, _ in drawn]), np.array([e for _, e, _ in drawn]))
    return found, [t for _, _, t in drawn]


def several(count: int, size: int) -> st.SearchStrategy[Any]:
    return st.lists(vectors(size), min_size=count, max_size=count).map(filtered)


def dot(a: Truth, b: Truth) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


@given(several(4, 3), several(4, 3))
def test_a_sign_that_is_not_open_is_right(left: Any, right: Any) -> None:
    rows, points = normalised(left[0]), normalised(right[0])
    value = np.einsum("ij,ij->i", rows.value, points.value)
    length = np.abs(rows.value).sum(axis=1)
    found = are_open(value, (length, rows.error), (points.reach, points.error), 3)
    for v, undecided, a, b in zip(value, found, left[1], right[1], strict=True):
        if not undecided:
            truth = dot(a, b)
            assert np.sign(v) == (truth > 0) - (truth < 0)


@given(several(3, 3))
def test_scaling_keeps_the_true_vector_within_the_error(pair: Any) -> None:
    before, truths = pair
    after = normalised(before)
    for old, new, error, truth in zip(before.value, after.value, after.error, truths, strict=True):
        if not np.isfinite(error):
            continue
        largest = int(np.argmax(np.abs(old)))
        factor = Fraction(new[largest]) / Fraction(old[largest]) if old[largest] else 1
        assert all(
            abs(Fraction(v) - factor * t) <= Fraction(error)
            for v, t in zip(new, truth, strict=True)
        )
        assert error == 0 or (0.5 <= abs(new).max() < 1 and error >= 2.0**-54)


def determinant(rows: list[Truth]) -> Fraction:
    if not rows:
        return Fraction(1)
    return sum(
        (
            (-1) ** i * entry * determinant([r[:i] + r[i + 1 :] for r in rows[1:]])
            for i, entry in enumerate(rows[0])
        ),
        Fraction(0),
    )


@given(st.integers(1, 4).flatmap(lambda r: several(r, r + 1)))
def test_kernel(pair: Any) -> None:
    size = len(pair[1])
    rows = normalised(pair[0])
    scales = [
        Fraction(n[k]) / Fraction(o[k]) if o[k] else Fraction(1)
        for o, n in zip(pair[0].value, rows.value, strict=True)
        for k in [int(np.argmax(np.abs(o)))]
    ]
    truths = [[s * t for t in row] for s, row in zip(scales, pair[1], strict=True)]
    found = kernel(rows.value[np.newaxis], rows.error[np.newaxis])
    if not np.isfinite(found.error[0]):
        return
    for i in range(size + 1):
        minor = determinant([row[:i] + row[i + 1 :] for row in truths])
        truth = minor if (size - i) % 2 == 0 else -minor
        assert abs(Fraction(found.value[0, i]) - truth) <= Fraction(found.error[0])


def test_between_is_primitive_and_exact() -> None:
    rows = from_integers([[1, 0, 0], [1, 0, 0], [2**20, 0, 0]])
    start = from_integers([[2, 0, 1], [-4, 2, 2], [2**15, 0, 1]])
    end = from_integers([[-2, 4, 1], [4, 2, 2], [-(2**15), 1, 1]])
    points = between(rows, start, end)
    assert points.value.tolist() == [[0, 2, 1], [0, 1, 1], [0, 1, 2]]
    assert not points.error.any()


def test_integers_of_any_size() -> None:
    found = from_integers([[2**52 - 1, 0], [2**52 + 1, 0], [10**400, -1]])
    assert found.error[0] == 0
    assert found.error[1] > 0
    assert not np.isfinite(normalised(found).error[2])


def test_a_vector_that_may_be_zero_decides_nothing() -> None:
    tiny = normalised(Filtered(np.array([[0.0, 1.0]]), np.array([1.0])))
    assert np.isinf(tiny.error[0])
    value = np.array([5.0])
    assert are_open(value, (np.ones(1), np.zeros(1)), (tiny.reach, tiny.error), 2)[0]


weights = st.one_of(
    st.integers(-3, 3).map(Fraction),
    st.floats(-4, 4).map(Fraction),
    st.sampled_from([Fraction(1, 3), Fraction(10**30), Fraction(1, 10**30), Fraction(10**200)]),
)
kinds = st.sampled_from(
    [
        "relu",
        Activation.leaky_relu(Fraction(1, 10)),
        "hard_tanh",
        Activation.leaky_relu(Fraction(10**200, 3)),
    ]
)


@given(st.data())
def test_functions_of_a_stage_are_within_their_errors(data: st.DataObject) -> None:
    """Two stages, against exact matrices, for random pieces."""
    kind = data.draw(kinds)
    layer = [data.draw(st.lists(weights, min_size=3, max_size=3)) for _ in range(4)]
    network = Network(
        [
            ([row[:2] for row in layer[:2]], [row[2] for row in layer[:2]], kind),
            ([row[:2] for row in layer[2:]], [row[2] for row in layer[2:]], kind),
        ]
    )
    stages = network.stages
    first, second = stages.stages
    mask = data.draw(st.integers(0, 2 ** len(first.kinks) - 1))
    bits = np.array([[bool(mask >> k & 1) for k in range(len(first.kinks))]])
    hidden: Any = inputs(1, 2, [0, 1, 2])
    _, pre = stage_functions(first, hidden)
    exact = first.lift(stages.identity())
    within(pre, exact.tolist())
    hidden = after_stage(first, pre, np.array([0]), pack_columns(bits.T, 1))
    acted = first.act(exact.tolist(), first.pieces_of(mask))
    within(hidden, acted.tolist())
    kinks, pre = stage_functions(second, hidden)
    lifted = second.lift(acted).tolist()
    scale = scale_of(pre, lifted)
    within(pre, lifted, scale)
    within(kinks, [second.kink_row(lifted, k) for k in range(len(second.kinks))], scale)


def scale_of(found: StageFunctions, truth: Any) -> Fraction:
    """Return the power of two by which the functions of a cell were brought down, if they were."""
    sure = np.abs(found.value[:, :, 0]) > 4 * found.error
    size = np.abs(np.where(sure & np.isfinite(found.value[:, :, 0]), found.value[:, :, 0], 0.0))
    row, column = np.unravel_index(int(size.argmax()), size.shape)
    true = int(truth[row][column])
    if not true or not size[row, column]:
        return Fraction(1)
    ratio = Fraction(size[row, column]) / abs(true)
    guess = ratio.numerator.bit_length() - ratio.denominator.bit_length()
    powers = [Fraction(2) ** k for k in (guess - 1, guess, guess + 1)]
    return min(powers, key=lambda power: abs(ratio / power - 1))


def within(found: StageFunctions, truth: Any, scale: Fraction = Fraction(1)) -> None:
    for values, errors, row in zip(found.value, found.error, truth, strict=True):
        if np.isfinite(values).all() and np.isfinite(errors[0]):
            for value, number in zip(values[:, 0], row, strict=True):
                assert abs(Fraction(value) - scale * int(number)) <= Fraction(errors[0])
