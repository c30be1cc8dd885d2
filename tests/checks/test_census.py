"""The census of all patterns against the regions."""

from dataclasses import replace

import pytest

import broken
from exactpwl import Census, Domain, Network, PolyhedralComplex, cddlib, regions
from exactpwl.checks import Effort, census, check_census
from exactpwl.errors import MissingDependencyError


def test_all_patterns(xor: PolyhedralComplex, deep: PolyhedralComplex) -> None:
    result = check_census(xor)
    assert (result.status, result.checked) == ("passed", 4)
    assert result.evidence == (
        "4 patterns: 3 full and proper, 0 full but not proper, 0 thin, 1 empty"
    )
    assert check_census(deep).checked == 32


def test_missing_region(xor: PolyhedralComplex) -> None:
    failure = check_census(broken.missing_region(xor, 1)).failure
    assert failure == "pattern 10 is full and proper, but no region has it"


def test_pattern_that_is_not_full(xor: PolyhedralComplex) -> None:
    cells = (*xor.cells, xor.cells[0]._replace(pattern=xor.network.pattern("01")))
    failure = check_census(broken.rebuilt(xor, cells=cells)).failure
    assert failure == "region 01 is not a full and proper pattern"


def test_doubled_region(xor: PolyhedralComplex) -> None:
    failure = check_census(broken.doubled_region(xor, 1)).failure
    assert failure == "4 regions have only 3 patterns"


@pytest.mark.parametrize("tampered", [True, False])
def test_certificates_are_verified(
    xor: PolyhedralComplex, monkeypatch: pytest.MonkeyPatch, tampered: bool
) -> None:
    true_census = census.census

    def forged(network: Network, domain: Domain, limit: int) -> Census:
        found = true_census(network, domain, limit=limit)
        blocks = []
        for block in found.blocks:
            proof = block.certificate
            if proof is not None:
                wrong = tuple(y + i for i, y in enumerate(proof.multipliers))
                proof = replace(proof, multipliers=wrong) if tampered else None
            blocks.append(replace(block, certificate=proof))
        return replace(found, blocks=tuple(blocks))

    monkeypatch.setattr(census, "census", forged)
    failure = str(check_census(xor).failure)
    assert failure.startswith("pattern 01")
    expected = "the variables must cancel" if tampered else "without a certificate"
    assert expected in failure


def test_too_many_patterns() -> None:
    wide = regions(Network([([[1]] * 20, range(20), "relu")]))
    result = check_census(wide)
    assert result.status == "not applicable"
    assert result.evidence == (
        "1048576 patterns to decide would take about 4.19e+03 s, more than the budget of 20 s; a "
        "budget of 4195 s is enough"
    )
    assert check_census(wide, Effort(budget=5000)).passed


def test_far_too_many_patterns_overflow_nothing() -> None:
    wide = regions(Network([([[1]] * 2000, range(2000), "relu")]), [(0, 1)])
    evidence = check_census(wide, Effort(budget=5000)).evidence
    assert evidence.startswith("2^2000 patterns")


def test_without_cdd(xor: PolyhedralComplex, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise MissingDependencyError("this needs pycddlib\nand more")

    monkeypatch.setattr(cddlib, "_cdd", missing)
    assert check_census(xor).status == "not applicable"
