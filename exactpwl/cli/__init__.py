"""The command line ``exactpwl``: thin commands that call the library, one a module.

Results go to stdout, progress and messages to stderr.  An error of the library is one line, never
a traceback.  ``docs/cli.md`` documents every command and every option.
"""

from exactpwl.cli.app import main

__all__ = ["main"]
