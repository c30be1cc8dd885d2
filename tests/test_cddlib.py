"""The door to cddlib: alone, lazy, and clear where the library is missing."""

import subprocess
import sys
from pathlib import Path

import pytest

import exactpwl
from exactpwl import cddlib
from exactpwl.errors import CertificateError, MissingDependencyError
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
