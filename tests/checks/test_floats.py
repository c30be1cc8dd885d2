"""Floats with an error bound: what they call negative is negative."""

from hypothesis import given
from hypothesis import strategies as st

from exactpwl.checks.floats import error_bound, nearly

entries = st.integers(-(2**70), 2**70) | st.sampled_from([0, 1, -1, 2**2000, -(2**2000) + 1])


@given(
    st.integers(1, 6).flatmap(lambda n: st.tuples(*[st.lists(entries, min_size=n, max_size=n)] * 2))
)
def test_a_sure_sign_is_right(pair: tuple[list[int], list[int]]) -> None:
    row, vector = pair
    value = float((nearly([row]) @ nearly([vector]).T)[0, 0])
    exact = sum(a * b for a, b in zip(row, vector, strict=True))
    if abs(value) > error_bound([row]):
        assert (value > 0) == (exact > 0)


def test_a_cancellation_is_not_decided() -> None:
    row, vector = [2**60 + 1, -(2**60)], [2**60, 2**60 + 1]
    assert not abs(float((nearly([row]) @ nearly([vector]).T)[0, 0])) > error_bound([row])
