"""Words, mathematics and code inside a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.errors import FormatError
from exactpwl.proving.markup import quoted, runs


@pytest.mark.parametrize("sentence", ["it costs $5", "a `pattern", "$x$ and $y"])
def test_a_sign_without_a_partner_is_refused(sentence: str) -> None:
    with pytest.raises(FormatError, match=r"every [$`] needs a partner, or a backslash before it"):
        runs(sentence)


@given(st.text())
def test_quoted_words_stay_words(words: str) -> None:
    found = runs(quoted(words))
    assert "".join(run.text for run in found).replace("\\", "") == words.replace("\\", "")
    assert all(run.kind == "words" for run in found)


def test_code_and_mathematics_hide_each_others_signs() -> None:
    assert [run.kind for run in runs("`$` $`$ x")] == ["code", "words", "math", "words"]
