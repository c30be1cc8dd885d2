"""What results and reports say."""

import json

import pytest

from exactpwl.checks import CheckResult, Report

PASSED = CheckResult("euler", "passed", 3, "the sum is (-1)^d", "2 - 3 = -1")
FAILED = CheckResult("facets", "failed", 2, "two sides", "", "region 01 has one side")
SILENT = CheckResult("volumes", "not applicable", 0, "they add up", "R^2 is not bounded")


def test_a_result_explains_itself() -> None:
    assert str(FAILED) == (
        "facets: failed. Statement: two sides. First failure: region 01 has one side."
    )
    assert str(SILENT) == (
        "volumes: not applicable. Statement: they add up. Evidence: R^2 is not bounded."
    )


def test_not_applicable_is_not_passed() -> None:
    assert (PASSED.passed, FAILED.passed, SILENT.passed) == (True, False, False)


def test_report() -> None:
    report = Report("two lines", (PASSED, FAILED, SILENT))
    assert not report.passed
    assert report.failures == (FAILED,)
    assert report.summary == "1 passed, 1 failed, 1 not applicable"
    assert [r.name for r in report] == ["euler", "facets", "volumes"]
    assert (len(report), report["volumes"]) == (3, SILENT)
    assert Report("", (PASSED, SILENT)).passed
    with pytest.raises(KeyError, match="census"):
        report["census"]


def test_report_shows_failures() -> None:
    assert str(Report("two lines", (FAILED,))).splitlines() == [
        "two lines",
        "  FAILED          facets        region 01 has one side",
        "0 passed, 1 failed, 0 not applicable",
    ]


def test_json() -> None:
    report = Report("two lines", (PASSED, FAILED))
    read = json.loads(json.dumps(report.as_dict()))
    assert read["passed"] is False
    assert read["results"][1] == {
        "name": "facets",
        "status": "failed",
        "checked": 2,
        "statement": "two sides",
        "evidence": "",
        "failure": "region 01 has one side",
    }
