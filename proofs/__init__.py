"""The proofs: one theorem a module, argued in sentences and checked in exact arithmetic.

A module ``pNN_name.py`` has a docstring with the theorem and its sources, and a function ``proof``
that returns the finished `exactpwl.proving.Document`.  Its steps are functions that take the
document and the numbers of the theorem; a step with a wrong number raises a `ProofError`.  A module
may also have a function ``figures``, which draws into a folder and returns the files.

    python -m proofs                 all of them, in text
    python -m proofs xor 5 --latex   some of them, in LaTeX
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

__all__ = ["chosen", "load", "names"]


def names() -> tuple[str, ...]:
    """Return the names of all proofs, in order; a new file is found by its name."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("p[0-9][0-9]_*.py")))


def load(name: str) -> ModuleType:
    """Return the module of a proof."""
    return import_module(f"{__name__}.{name}")


def chosen(wish: str) -> tuple[str, ...]:
    """Return the proofs that are meant by a number (2, p02) or by a part of a name (xor)."""
    number = wish.removeprefix("p")
    if number.isdecimal():
        return tuple(name for name in names() if name.startswith(f"p{int(number):02}_"))
    return tuple(name for name in names() if wish in name)
