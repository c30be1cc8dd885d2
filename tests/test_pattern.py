"""Patterns and their texts."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Pattern
from exactpwl.errors import PatternError

layers = st.lists(st.integers(0, 25), min_size=1, max_size=4)


@given(st.lists(layers, max_size=3))
def test_texts_read_back(pieces: list[list[int]]) -> None:
    pattern = Pattern(pieces)
    assert Pattern.parse(str(pattern)) == pattern
    assert pattern == tuple(map(tuple, pieces))
    assert pickle.loads(pickle.dumps(pattern)) == pattern
    assert isinstance(pickle.loads(pickle.dumps(pattern)), Pattern)


def test_text() -> None:
    assert str(Pattern([(1, 0), (12, 3)])) == "10|(12)3"
    assert repr(Pattern([(1, 0)])) == "Pattern('10')"
    assert Pattern.parse("") == ()
    assert {Pattern.parse("10"): "a node"}[Pattern([(1, 0)])] == "a node"


@pytest.mark.parametrize("text", ["1a", "1 0", "10/1", "(1", "(-1)", "1.0"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(PatternError, match=r"digit per neuron with \| between layers") as caught:
        Pattern.parse(text)
    assert repr(text) in str(caught.value)


def test_a_piece_of_thousands_of_digits_is_refused() -> None:
    with pytest.raises(PatternError, match=r"got '\(1111"):
        Pattern.parse(f"({'1' * 5000})")
