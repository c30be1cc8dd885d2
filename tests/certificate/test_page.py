"""The page on certificates is true: its examples are valid, and are what the program writes."""

import re
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from exactpwl import Network
from exactpwl.certificate import certify_partition, certify_property, certify_range, certify_slope
from exactpwl_check.__main__ import main as judge

PAGE = Path(__file__).resolve().parents[2] / "docs" / "certificate.md"
EXAMPLES = dict(re.findall(r"### (.+?)\n.*?```jsonl\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL))


@pytest.mark.parametrize("name", EXAMPLES)
def test_examples_are_valid(name: str, tmp_path: Path) -> None:
    path = tmp_path / "example.cert"
    path.write_text(EXAMPLES[name], encoding="ascii")
    with patch.object(sys, "argv", ["exactpwl-check", str(path)]):
        assert judge() == 0
    path.write_text(EXAMPLES[name].replace('["end",', '["end",1'), encoding="ascii")
    with patch.object(sys, "argv", ["exactpwl-check", str(path)]):
        assert judge() == 20


def test_every_claim_has_an_example() -> None:
    kinds = {re.search(r'"kind":"(\w+)"', text)[1] for text in EXAMPLES.values()}
    assert kinds == {"partition", "property", "equal", "lipschitz", "slope", "range"}


def test_examples_are_what_is_written() -> None:
    relu = Network([([[1]], [0], "relu")])
    assert EXAMPLES["partition"] == "\n".join(certify_partition(relu).lines()) + "\n"
    assert EXAMPLES["property"] == "\n".join(certify_property(relu, [([-1], 0)]).lines()) + "\n"
    assert EXAMPLES["slope"] == "\n".join(certify_slope(relu, [1], [-1]).lines()) + "\n"
    assert EXAMPLES["range, unbounded"] == "\n".join(certify_range(relu, [1]).lines()) + "\n"
