"""``exactpwl build``: a network by hand, with the proof that it is what it was built from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exactpwl.cli.figures.options import figure_file, vector
from exactpwl.cli.inputs import json_option, rational
from exactpwl.cli.messages import EXACTNESS, aligned, width, wrapped
from exactpwl.cli.staging import written_whole
from exactpwl.cli.teaching import Taught
from exactpwl.errors import DimensionError
from exactpwl.rationals import format_fraction

if TYPE_CHECKING:
    from exactpwl.construct import Built, Comparison, LinePiece, Move, Ray

__all__ = ["build"]

A_CHECK_FAILS = 1
Moved = tuple[int, Fraction]
Point = tuple[Fraction, ...]

ZIGZAG = "-1,-1 -1/2,1 0,-1 1,0"
COLUMNS = ("ReLU", "bias", "weight 1", "output weight", "bends at", "slope", "its weight moves")


def points_text(text: str) -> tuple[Point, ...]:
    """Read points ``x,y`` with blanks between them.

    Examples
    --------
    >>> points_text("0,1 1/2,-3")[1]
    (Fraction(1, 2), Fraction(-3, 1))
    """
    return tuple(vector(part) for part in text.split())


def numbers_text(text: str) -> tuple[Fraction, ...]:
    """Read rational numbers with blanks between them.

    Examples
    --------
    >>> numbers_text("0 4 -1/2")
    (Fraction(0, 1), Fraction(4, 1), Fraction(-1, 2))
    """
    return tuple(map(rational, text.split()))


@click.command(
    cls=Taught,
    examples=(
        f'exactpwl build --points "{ZIGZAG}"',
        f'exactpwl build --points "{ZIGZAG}" --weight 1 -6 --figure moved.pdf',
        'exactpwl build --breakpoints "0 1" --slopes "-1 0 2" --through 0,0 -o valley.json',
    ),
)
@click.option(
    "--points",
    type=points_text,
    metavar="X,Y ...",
    help="The function of one variable through these points, with segments between them; constant "
    "left of the first one.",
)
@click.option(
    "--breakpoints",
    type=numbers_text,
    metavar="T ...",
    help="The function of one variable with these breakpoints, which increase; with --slopes and "
    "--through.",
)
@click.option(
    "--slopes",
    type=numbers_text,
    metavar="M ...",
    help="The slopes left of the first breakpoint, between two, and right of the last one.",
)
@click.option(
    "--through", type=vector, metavar="X,Y", help="A point of the graph, for --breakpoints."
)
@click.option(
    "--max-min",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The largest of some smallest affine functions of a JSON file.",
)
@click.option(
    "--triangulation",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The function with given values at the points of a triangulation, of a JSON file.",
)
@click.option(
    "--passing",
    type=click.Choice(["relu", "linear"]),
    default="relu",
    show_default=True,
    help="How layers of --max-min and --triangulation pass on a value: by two ReLUs, or by a "
    "neuron without an activation, which has no kink.",
)
@click.option(
    "--weight",
    "weights",
    type=(int, rational),
    multiple=True,
    metavar="J W",
    help="Tell what moving the output weight of ReLU J, counted from 0, to W changes.",
)
@click.option(
    "--bias",
    "biases",
    type=(int, rational),
    multiple=True,
    metavar="J B",
    help="Tell what moving the bias of ReLU J to B changes.",
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("built.json"),
    show_default=True,
    metavar="FILE",
    help="Where the network is saved: FILE.json in the native format.",
)
@click.option(
    "--figure",
    type=figure_file,
    metavar="FILE",
    help="Where it is drawn how each ReLU bends the sum of those before it: FILE.pdf, FILE.svg or "
    "FILE.png, by default beside the network as .svg. For functions by points or slopes.",
)
@click.option("--no-figure", is_flag=True, help="Draw nothing.")
@json_option
def build(
    *,
    weights: tuple[Moved, ...],
    biases: tuple[Moved, ...],
    out: Path,
    figure: Path | None,
    no_figure: bool,
    as_json: bool,
    **asked: Any,
) -> int:
    """Build a network by hand, and prove that it is what it was built from.

    The network is saved, and a function of one variable is drawn. N segments take N ReLUs in one
    hidden layer. The table of rays has bias, weight 1 and output weight of each, where it bends
    the function and from which slope to which, and which part of the function moves with its
    output weight. Points are sorted, repeated ones merged, collinear ones left out, and it is said;
    two values at one place are refused.

    The proof compares the network with what it was built from on every region of their common
    refinement, exactly. If they differ nothing is written, and the status is 1. Exact means exact
    for the real-valued function of the stored numbers, not for a float runtime.
    """
    if out.suffix != ".json":
        raise click.UsageError(f"-o FILE ends in .json, got {out.suffix or 'no ending'}")
    made = _built(**asked)
    is_line = asked["points"] is not None or asked["breakpoints"] is not None
    if not is_line and (weights or biases or figure):
        raise click.UsageError(
            "--weight, --bias and --figure are for --points and --breakpoints; other networks are "
            "drawn from their files: exactpwl plot FIGURE FILE.json"
        )
    moves = _moves(made, weights, biases)
    proof = made.check()
    files = []
    if proof:
        with written_whole(out) as file:
            made.network.save(file)
        files.append(out)
    if proof and is_line and not no_figure:
        files.append(figure or out.with_suffix(".svg"))
        _draw(made, files[-1], asked["points"], weights=dict(weights), biases=dict(biases))
    if as_json:
        click.echo(json.dumps(_as_json(made, proof, moves, files, is_line)))
    else:
        click.echo(_text(made, proof, moves, files, is_line))
    return 0 if proof else A_CHECK_FAILS


def _built(
    points: tuple[Point, ...] | None,
    breakpoints: tuple[Fraction, ...] | None,
    slopes: tuple[Fraction, ...] | None,
    through: Point | None,
    max_min: Path | None,
    triangulation: Path | None,
    passing: str,
) -> Built:
    from exactpwl import construct

    ways = [way is not None for way in (points, breakpoints, max_min, triangulation)]
    if sum(ways) != 1:
        raise click.UsageError(
            "one of --points, --breakpoints, --max-min and --triangulation is required, "
            f"got {sum(ways)} of them"
        )
    if points is not None:
        return construct.from_points(points)
    if breakpoints is not None:
        if slopes is None or through is None:
            raise click.UsageError('--breakpoints "T ..." needs --slopes "M ..." and --through X,Y')
        if len(through) != 2:
            raise DimensionError(f"--through X,Y is one point, got {len(through)} numbers")
        return construct.from_slopes(breakpoints, slopes, (through[0], through[1]))
    if max_min is not None:
        return construct.from_max_min(construct.load_max_min(max_min), passing=passing)
    assert triangulation is not None
    return construct.from_triangulation(
        *construct.load_triangulation(triangulation), passing=passing
    )


def _moves(made: Built, weights: Iterable[Moved], biases: Iterable[Moved]) -> list[str]:
    from exactpwl import construct

    said = []
    for neuron, new in weights:
        moved = construct.move(made.network, neuron, output_weight=new)
        said.append(_said(moved, "output weight", "output_weight"))
    for neuron, new in biases:
        said.append(_said(construct.move(made.network, neuron, bias=new), "bias", "bias"))
    return said


def _said(moved: Move, what: str, attribute: str) -> str:
    from exactpwl import construct

    old, new = (
        format_fraction(getattr(construct.rays(network)[moved.neuron], attribute))
        for network in (moved.before, moved.after)
    )
    return f"the {what} of ReLU {moved.neuron} from {old} to {new}: f is {moved}"


def _draw(made: Built, path: Path, points: tuple[Point, ...] | None, **moved: Any) -> None:
    from exactpwl import plot

    window = None
    places = sorted(point[0] for point in points or ())
    if places and places[0] < places[-1]:
        room = (places[-1] - places[0]) / 8
        window = [(places[0] - room, places[-1] + room)]
    axes = plot.rays(made.network, window=window, **moved)
    with written_whole(path) as file:
        plot.save_figure(axes[0], file, "Rays and their running sum")


def _as_json(
    made: Built, proof: Comparison, moves: list[str], files: list[Path], is_line: bool
) -> dict[str, Any]:
    from exactpwl import construct

    facts: dict[str, Any] = {"network": made.network.as_dict(), "sha256": made.network.sha256}
    if is_line:
        facts["formula"] = construct.formula(made.network)
        facts["rays"] = [
            {
                "bias": format_fraction(ray.bias),
                "weight": format_fraction(ray.weight),
                "output_weight": format_fraction(ray.output_weight),
            }
            for ray in construct.rays(made.network)
        ]
    return {
        **facts,
        "notes": list(made.notes),
        "moves": moves,
        "is_equal": bool(proof),
        "proof": str(proof),
        "files": [str(path) for path in files],
    }


def _text(
    made: Built, proof: Comparison, moves: list[str], files: list[Path], is_line: bool
) -> str:
    from exactpwl import construct

    lines = []
    if is_line:
        lines += [f"f(x) = {construct.formula(made.network)}", ""]
        rows = list(_rows(made, construct.rays(made.network)))
        if rows:
            lines += [aligned([COLUMNS, *rows], indent="", columns=width()), ""]
    facts = [("network", made.network.architecture), ("sha256", made.network.sha256)]
    facts += [("note", note) for note in made.notes]
    facts += [("moved", said) for said in moves]
    facts.append(("proved" if proof else "FAILED", str(proof)))
    facts += [("wrote", str(path)) for path in files]
    lines.append(aligned(facts, indent="", columns=width()))
    lines += ["", wrapped(EXACTNESS, columns=width())]
    return "\n".join(lines)


def _rows(made: Built, rays: tuple[Ray, ...]) -> Iterator[tuple[str, ...]]:
    from exactpwl import construct

    pieces = construct.line_pieces(made.network)
    for j, ray in enumerate(rays):
        moved = construct.move(made.network, j, output_weight=ray.output_weight + 1)
        count = len(moved.segments)
        yield (
            str(j),
            format_fraction(ray.bias),
            format_fraction(ray.weight),
            format_fraction(ray.output_weight),
            format_fraction(ray.breakpoint or Fraction(0)),
            _bend(pieces, ray),
            f"{_side(ray)}, {count} {'piece' if count == 1 else 'pieces'}",
        )


def _bend(pieces: list[LinePiece], ray: Ray) -> str:
    before = next(p.slope for p in pieces if p.right == ray.breakpoint)
    after = next(p.slope for p in pieces if p.left == ray.breakpoint)
    return f"{format_fraction(before)} to {format_fraction(after)}"


def _side(ray: Ray) -> str:
    sign = ">=" if ray.weight > 0 else "<="
    return f"x {sign} {format_fraction(ray.breakpoint or Fraction(0))}"
