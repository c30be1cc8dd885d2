"""Run proofs and print them: see ``python -m proofs --help``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from exactpwl.errors import ProofError
from exactpwl.proving import Document
from proofs import chosen, load, names


def main(arguments: list[str] | None = None) -> int:
    """Print the proofs that are asked for; return 1 if one fails, else 0."""
    parser = _parser()
    options = parser.parse_args(arguments)
    wanted = dict.fromkeys(name for wish in options.names for name in chosen(wish))
    for wish in options.names:
        if not chosen(wish):
            parser.error(f"no proof is called {wish}: there are {', '.join(names())}")
    failed = [name for name in wanted or names() if not _print_proof(name, options)]
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return int(bool(failed))


def _print_proof(name: str, options: argparse.Namespace) -> bool:
    module = load(name)
    try:
        print(_written(module.proof(), options.form))
    except ProofError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return False
    if options.figures is not None and hasattr(module, "figures"):
        options.figures.mkdir(parents=True, exist_ok=True)
        for path in module.figures(options.figures):
            print(f"figure {path}", file=sys.stderr)
    return True


def _written(document: Document, form: str) -> str:
    writers = {
        "text": document.to_text,
        "latex": document.to_latex,
        "markdown": document.to_markdown,
    }
    return writers[form]()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m proofs",
        description="Run proofs, check every step, and print them. Exit status 1 if one fails.",
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="such as 2 or xor; all if none")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--latex", dest="form", action="store_const", const="latex")
    form.add_argument("--markdown", dest="form", action="store_const", const="markdown")
    parser.add_argument("--figures", type=Path, metavar="DIR", help="draw the figures into DIR")
    parser.set_defaults(form="text")
    return parser


if __name__ == "__main__":
    sys.exit(main())
