"""The environment of a measurement: the peers' packages, one thread, one core.

The peers get a virtual environment of their own, made when it is first needed, so that nothing of
the project meets their dependencies.  `parx` refuses to be imported unless some program called
``julia`` is on the PATH, though the method measured here is pure Python: a dummy is put there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

__all__ = ["chosen_core", "dummy_julia", "peers_python", "variables", "versions"]

BENCHMARKS = Path(__file__).resolve().parents[1]
REQUIREMENTS = BENCHMARKS / "requirements-peers.txt"

_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "RAYON_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def peers_python(folder: Path) -> Path:
    """Return the interpreter of the peers' environment; make the environment if it is outdated.

    Raises
    ------
    subprocess.CalledProcessError
        If a package cannot be installed.
    """
    python = folder / "bin" / "python"
    stamp = folder / "installed.txt"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "-r", str(REQUIREMENTS)]
        subprocess.run(pip, check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return python


def dummy_julia(folder: Path) -> Path:
    """Put a program called ``julia`` that does nothing but fail into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "julia"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    program.chmod(0o755)
    return program


def variables(julia: Path, paths: tuple[Path, ...] = ()) -> Mapping[str, str]:
    """Return the environment variables of a worker: one thread, the dummy, our modules."""
    python_path = os.pathsep.join(map(str, (BENCHMARKS, *paths)))
    search = os.pathsep.join((os.environ.get("PATH", os.defpath), str(julia.parent)))
    return {
        **os.environ,
        **dict.fromkeys(_ONE_THREAD, "1"),
        "PATH": search,
        "PYTHONPATH": python_path,
        "PYTHONHASHSEED": "0",
        "RELUCENT_VERBOSE": "0",
    }


def chosen_core() -> int:
    """Return the last core that this process may use: the first ones are the busiest."""
    if hasattr(os, "sched_getaffinity"):
        return max(os.sched_getaffinity(0))
    return 0


def versions(python: Path, packages: list[str]) -> dict[str, str]:
    """Return the versions of packages in another interpreter's environment, where installed."""
    script = (
        "import sys\nfrom importlib import metadata\n"
        "for name in sys.argv[1:]:\n"
        "    try: print(name, metadata.version(name))\n"
        "    except metadata.PackageNotFoundError: pass\n"
    )
    told = subprocess.run(
        [str(python), "-c", script, *packages], check=True, capture_output=True, text=True
    )
    found = dict(line.split() for line in told.stdout.splitlines())
    found["exactpwl"] = metadata.version("exactpwl")
    return found
