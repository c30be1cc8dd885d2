"""The commands of ``exactpwl``, each loaded when it is called.

A command imports what it works with: the engine, numpy, checks, tables.  Whoever asks for help or
for the version needs none of it, and who counts needs no tables.  So the group is told of every
command by its name and its line in the help alone; that the line is the command's own is tested.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module

import click

__all__ = ["LateCommands"]


class LateCommands(MutableMapping[str, click.Command]):
    """Commands by name; that of the name N is the attribute N of the module N of a package.

    In Python's names a hyphen is an underscore, and a name that Python itself has ends in one.

    Parameters
    ----------
    lines : mapping
        For each name the line that the help of the group has for it.
    package : str
        Where the modules are.

    Examples
    --------
    >>> commands = LateCommands({"show": "Show a network: layers, weights, hash and origin."})
    >>> commands["show"].get_short_help_str(limit=80) == commands.lines["show"]
    True
    """

    def __init__(self, lines: Mapping[str, str], package: str = "exactpwl.cli") -> None:
        self.lines = dict(lines)
        self._package = package
        self._loaded: dict[str, click.Command] = {}

    def __getitem__(self, name: str) -> click.Command:
        if name not in self.lines:
            raise KeyError(name)
        if name not in self._loaded:
            attribute = name.replace("-", "_") + "_" * hasattr(builtins, name)
            module = import_module(f"{self._package}.{attribute}")
            self._loaded[name] = getattr(module, attribute)
        return self._loaded[name]

    def __setitem__(self, name: str, command: click.Command) -> None:
        self._loaded[name] = command
        self.lines[name] = command.get_short_help_str()

    def __delitem__(self, name: str) -> None:
        del self.lines[name]
        self._loaded.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def write_lines(self, formatter: click.HelpFormatter, heading: str = "Commands") -> None:
        """Write the line of each command, without loading it."""
        with formatter.section(heading):
            formatter.write_dl(sorted(self.lines.items()))
