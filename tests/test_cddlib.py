"""The door to cddlib: alone, lazy, and clear where the library is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

import exactpwl
from exactpwl import cddlib
from exactpwl.errors import CertificateError, MissingDependencyError, TooLargeError
from exactpwl.feasibility import feasibility


class TestMissingLibrary:
    def test_the_error_names_the_packages_of_each_system(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "cdd.gmp", None)
        cddlib._cdd.cache_clear()
        with pytest.raises(MissingDependencyError) as caught:
            feasibility([((1, 0), 1)], 2)
        cddlib._cdd.cache_clear()
        message = str(caught.value)
        assert "apt-get install libcdd-dev libgmp-dev python3-dev gcc" in message
        assert "dnf install cddlib-devel gmp-devel python3-devel gcc" in message
        assert "brew install cddlib gmp" in message
        assert "pycddlib-standalone has no cdd.gmp" in message
        assert isinstance(caught.value, ImportError)

    def test_importing_the_module_does_not_load_it(self):
        code = "import sys, exactpwl.polyhedron; print('cdd' in sys.modules)"
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == "False"

    def test_a_program_without_an_optimum_is_an_error(self):
        with pytest.raises(CertificateError, match="ended as"):
            cddlib.maximize([[0, 1]], [0, 1])

    def test_no_other_module_imports_it(self):
        package = Path(exactpwl.__file__).parent
        users = [p.name for p in package.rglob("*.py") if 'cdd.gmp")' in p.read_text("utf-8")]
        users += [p.name for p in package.rglob("*.py") if "import cdd" in p.read_text("utf-8")]
        assert users == ["cddlib.py"]


class TestRowsOfVeryDifferentSize:
    """On these rows cddlib's dual simplex writes outside its tableau and the process aborts."""

    ROWS = (
        (
            (35653697393103936326451186987389943808, -48604619326721236529336619364236918784),
            -167462982543150245084721976946196480000,
        ),
        ((-54692227380582857106638601246537154560, -17119900239214288277681306063308062720), -1),
        (
            (
                1097637500524441827068963383209462753122058240,
                -527954707283834501809389394534090310544261120,
            ),
            -3340214062671427809630574954282031084445029052,
        ),
    )

    def test_feasibility(self):
        found = feasibility(self.ROWS, 2)
        assert found.status == "full"
        assert all(
            sum(a * c for a, c in zip(normal, found.point, strict=True)) + offset > 0
            for normal, offset in self.ROWS
        )

    def test_scales_are_undone(self):
        found = cddlib.maximize([[10**40, -(10**20), 0], [0, 0, -1], [1, 0, 0]], [0, 10**50, 1])
        assert found.value == 10**70
        assert found.point == (10**20, 0)
        assert dict(found.multipliers) == {0: 10**30, 1: 1}


def test_numbers_that_cddlib_cannot_take_are_refused() -> None:
    with pytest.raises(TooLargeError, match="numbers of at most 4300 digits are required"):
        cddlib.to_generators([[10**5000 + 1, 3]])
