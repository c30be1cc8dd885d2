"""The command ``exactpwl``: its commands, and the one place where errors become exit statuses.

0 means done and every check holds, 1 that a check fails, 2 that the input is wrong (so it is for
click's own usage errors, and for files that cannot be read or written).  A question is answered by
0 for yes and 10 for no, 3 if a budget ended before its answer was known.  A user never sees a
traceback: what the library raises on purpose is already a sentence, and is printed as one line.
What it does not raise on purpose is a bug of ours; it is called one, with a status of its own, and
``EXACTPWL_TRACEBACK=1`` shows where it happened.  Help and version load no command.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any, NoReturn

import click

import exactpwl
from exactpwl.cli.late import LateCommands
from exactpwl.cli.teaching import write_examples
from exactpwl.errors import ExactPWLError

__all__ = ["Application", "main"]

EXAMPLES = (
    "exactpwl gallery",
    "exactpwl regions rings --out demo",
    "exactpwl count lines:8 --json",
)

COMMANDS = {
    "regions": "Compute the atlas of NET: every region, checked, exactly.",
    "count": "Count the regions, faces and neighbours of NET, exactly.",
    "check": "Run every check on a network or on a stored atlas.json.",
    "certify": "Write a certificate: a claim about NET with a proof that anyone can check.",
    "verify": "Decide a property of NET, exactly: is there an input that fulfils all of "
    "PROP.vnnlib?",
    "replay": "Check a counterexample that another tool printed, exactly, and repair it if it "
    "misses.",
    "equal": "Decide whether NET and OTHER are the same function, and show where they differ.",
    "range": "Compute the exact minimum and maximum of an output of NET, and where they are.",
    "lipschitz": "Compute the least Lipschitz constant of NET, exactly, and where it is attained.",
    "monotone": "Decide whether outputs of NET rise or fall everywhere, in its inputs or along "
    "directions.",
    "convex": "Decide whether outputs of NET are convex, or show three points where they are not.",
    "injective": "Decide whether NET is injective, or show two points with the same outputs.",
    "integral": "Compute the exact integral of each output of NET, or say why it has none.",
    "mean": "Compute the exact mean of each output of NET over a bounded domain.",
    "volume": "Measure where outputs of NET are above or below a level: exact volumes, and shares.",
    "extrema": "List all local minima and maxima of outputs of NET, points and plateaus, exactly.",
    "flat": "List the regions of NET on which its gradient vanishes, joined across facets.",
    "dead": "Tell the neurons of NET that are dead on a domain, always active, or that switch.",
    "reduce": "Make NET smaller without changing the function on a domain, and prove that.",
    "topology": "Count components, holes and cavities of the level sets and of the classes of NET.",
    "robust": "Find the largest ball around a point in which the class of NET does not change.",
    "levelset": "Compute a level set of NET, or its decision boundary, as a polyhedral complex.",
    "build": "Build a network by hand, and prove that it is what it was built from.",
    "bounds": "Print theory's bounds for the number of regions, and NET's own number beside them.",
    "convert": "Convert NET into another file format, exactly or rounded as asked for.",
    "animate": "Write the film of a training RUN, or of the way from network to network.",
    "data": "Show where data points are among the regions of NET, exactly.",
    "explore": "Write an atlas of NET to explore in a browser: one file, no server, no network.",
    "measure": "Measure what layers of NET add, what lines meet, and what the decision can spare.",
    "pattern": "Show the polyhedron of one activation pattern of NET, exactly.",
    "plot": "Draw one figure of NET, from exact data: exactpwl plot FIGURE NET.",
    "prove": "Write a document that proves what is said of NET, for a lecture.",
    "report": "Write all that is known of NET into a folder: a page, an article, and their files.",
    "show": "Show a network: layers, weights, hash and origin.",
    "gallery": "List the networks of the gallery, or show the one called NAME.",
}
"""For each command its line in the help, which is the first sentence of its own."""

STATUSES = (
    ("0", "done: every check holds, the answer is yes or a number"),
    ("1", "a check fails"),
    ("2", "wrong input"),
    ("3", "a budget ended before the answer was known"),
    ("10", "the answer is no: a difference, a counterexample"),
)
INPUT_IS_WRONG = 2
INTERNAL_ERROR = 70
INTERRUPTED = 128 + signal.SIGINT
READER_LEFT = 128 + 13  # SIGPIPE, which Windows does not have


class Application(click.Group):
    """A group whose commands return their exit status and whose errors are one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; leave with the status that it returns, or that its error means."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                # a name may hold what the terminal cannot show
                stream.reconfigure(errors="backslashreplace")
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except (click.ClickException, click.exceptions.Exit):
            raise
        except (KeyboardInterrupt, click.Abort):
            raise click.exceptions.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _leave_quietly()
        except (ExactPWLError, OSError, MemoryError) as error:
            _fail(_sentence(error), INPUT_IS_WRONG)
        except Exception as error:
            if _is_broken_executor(error):
                _fail(_sentence(MemoryError()), INPUT_IS_WRONG)
            if os.environ.get("EXACTPWL_TRACEBACK"):
                import traceback

                traceback.print_exc()
            _fail(
                f"internal error ({type(error).__name__}: {error}): this is a bug of exactpwl, "
                "please report it with the command and its input",
                INTERNAL_ERROR,
            )
        raise click.exceptions.Exit(status or 0)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of each command, without loading it."""
        if isinstance(self.commands, LateCommands):
            self.commands.write_lines(formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the first three commands to try, and the exit statuses."""
        write_examples(EXAMPLES, formatter)
        with formatter.section("Exit status"):
            formatter.write_dl(STATUSES)


def _fail(message: str, status: int) -> NoReturn:
    from exactpwl.cli.messages import one_line

    click.echo(f"Error: {one_line(message)}", err=True)
    raise click.exceptions.Exit(status)


def _leave_quietly() -> NoReturn:
    """Leave without another write to a reader who has gone (``exactpwl ... | head -1``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise click.exceptions.Exit(READER_LEFT)


def _is_broken_executor(error: Exception) -> bool:
    from concurrent.futures import BrokenExecutor

    return isinstance(error, BrokenExecutor)


def _sentence(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return (
            "the memory did not suffice: take a smaller domain (--box LO HI), a section, "
            "or fewer --jobs"
        )
    if isinstance(error, OSError) and not isinstance(error, ExactPWLError) and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


@click.group(
    cls=Application,
    commands=LateCommands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(exactpwl.__version__, "--version", prog_name="exactpwl")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Compute piecewise-linear networks exactly: every region, its proof, its neighbours.

    NET is a network's file (.json in the native format, .npz with arrays W0, b0, W1, b1, ...,
    .onnx, .keras, .nnet:fold or .nnet:ignore) or a name of the gallery, with a parameter where it
    takes one: xor, rings, lines:8, sawtooth:5.

    Exact means exact for the real-valued function that the stored numbers define. It says nothing
    about what a float runtime returns for the same weights.
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
