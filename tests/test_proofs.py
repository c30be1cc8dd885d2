"""The computer algebra in proofs/ holds, and it can fail."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
import sympy

PROOFS = Path(__file__).resolve().parents[1] / "proofs" / "identities.py"


@pytest.fixture
def identities(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("identities", PROOFS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "identities", module)
    spec.loader.exec_module(module)
    return module


def test_all_identities_hold(identities: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert identities.main() == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(identities.PROOFS)
    assert all(line.startswith("proved") for line in lines)


def test_a_wrong_formula_is_not_proved(
    identities: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    right = identities.buck
    monkeypatch.setattr(identities, "buck", lambda d: right(d) + sympy.Integer(d == 2))
    assert identities.main() == 1
    assert "FAILED  n generic lines" in capsys.readouterr().out
