r"""The figure of a network with its weights, and of what one activation pattern makes of it.

A pattern turns a network into an affine map.  The figure shows how: neurons that are off crossed
out, the rows of the weights that they make zero struck out, what is left multiplied out to W and b,
and beside it the inequalities under which this holds, each with the neuron that asks for it.  A
pattern that no point has is drawn as well, because its map exists; then there is the sum of
inequalities that is false, a Farkas certificate, in place of the region.

Numbers are exact; a long one is cut after some digits and ends in three dots.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

from matplotlib.axes import Axes

from exactpwl.domain import DomainLike
from exactpwl.errors import FigureError
from exactpwl.formula import latex_inequality, latex_name, variable_names
from exactpwl.naming import latex_neuron, neuron_names
from exactpwl.network import Network
from exactpwl.pattern import Pattern
from exactpwl.pattern_cell import PatternPolyhedron, pattern_polyhedron
from exactpwl.pattern_inequality import PatternInequality
from exactpwl.plot.caption import counted, wrapped
from exactpwl.plot.panels import required_axes
from exactpwl.plot.style import FONT, INK, MUTED
from exactpwl.plot.typeset import (
    Box,
    affine_tex,
    column,
    inline_tex,
    kept,
    matrix,
    muted,
    new_sheet,
    number_tex,
    placed,
    plain,
    row,
    row_sizes,
    table,
    text,
    write,
)
from exactpwl.plot.wiring import has_labels, off_neurons, wiring_box
from exactpwl.rationals import format_point

__all__ = ["diagram", "pattern_diagram"]

_MOST_NEURONS = 100  # of a network whose pattern is drawn
_MOST_ENTRIES = 10  # rows or columns of a matrix that is written in full
_MOST_INEQUALITIES = 14
_MARGIN = 10.0
_SIDE_BY_SIDE = 640.0  # points


def diagram(
    network: Network,
    ax: Axes | None = None,
    *,
    pattern: str | Iterable[Iterable[int]] | None = None,
    caption: bool = True,
) -> Axes:
    """Draw a network: neurons, edges, and where there is room every weight, exactly.

    Parameters
    ----------
    network : Network
    ax : matplotlib Axes, optional
        Where to draw; a new figure without one.
    pattern : str, Pattern or nested sequences of int, optional
        The neurons that it turns off are crossed out; see `pattern_diagram` for all it does.
    caption : bool
        Whether to write the caption.

    Returns
    -------
    Axes

    Raises
    ------
    FigureError
        If there are more than 16 layers.
    PatternError
        If the pattern does not fit the network.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> ax = diagram(gallery.get("xor"))
    >>> [text.get_text() for text in ax.texts if text.get_gid() == "weight"]
    ['$1$', '$1$', '$1$', '$1$', '$2$', '$-4$']
    """
    box = _network_box(network, None if pattern is None else network.pattern(pattern), caption)
    return write(new_sheet(box) if ax is None else ax, box)


def pattern_diagram(
    network: Network,
    pattern: str | Iterable[Iterable[int]],
    axes: Sequence[Axes] | None = None,
    *,
    domain: DomainLike = None,
) -> tuple[Axes, ...]:
    """Draw what one activation pattern makes of a network.

    Parameters
    ----------
    network : Network
    pattern : str, Pattern or nested sequences of int
        One piece per neuron, layer by layer, such as ``"10|01"``; it need not be any point's.
    axes : sequence of 3 matplotlib Axes, optional
        For the network, the matrices, and the region; a new figure without them.
    domain : Domain, or pairs (low, high), optional
        The whole space by default.

    Returns
    -------
    tuple of 3 Axes

    Raises
    ------
    FigureError
        If there are not 3 axes, or more than 16 layers or 100 neurons with kinks.
    PatternError
        If the pattern does not fit the network.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> network, matrices, region = pattern_diagram(gallery.get("xor"), "01")
    >>> [line.get_gid() for line in matrices.lines if line.get_gid()]
    ['struck', 'struck']
    >>> [text.get_text() for text in region.texts][:1]
    ['Pattern 01 is empty: no point has it.']
    """
    required_axes(axes, 3)
    neurons = sum(network.widths)
    if neurons > _MOST_NEURONS:
        raise FigureError(
            f"the matrices of a pattern are written for at most {_MOST_NEURONS} neurons, got "
            f"{neurons}; exactpwl pattern prints the inequalities of any network"
        )
    cell = pattern_polyhedron(network, pattern, domain)
    boxes = (
        _network_box(network, cell.pattern, caption=False),
        _matrices_box(cell),
        _region_box(cell),
    )
    panels = _arranged(*boxes) if axes is None else tuple(axes)
    for ax, box in zip(panels, boxes, strict=True):
        write(ax, box)
    return panels


def _arranged(above: Box, left: Box, right: Box) -> tuple[Axes, ...]:
    """Return three axes of a new figure: the last two side by side where the sheet allows it."""
    gap = 2 * _MARGIN
    beside = left.width + gap + right.width <= max(_SIDE_BY_SIDE, above.width)
    low = [left, right]
    width = left.width + gap + right.width if beside else max(left.width, right.width)
    width = max(width, above.width)
    tall = max(b.tall for b in low) if beside else left.tall + gap + right.tall
    tall += above.tall + gap
    corners = [(max(0.0, (width - above.width) / 2), 0.0), (0.0, above.tall + gap)]
    corners.append((left.width + gap, above.tall + gap) if beside else (0.0, tall - right.tall))
    return placed(width, tall, list(zip(corners, (above, left, right), strict=True)))


def _network_box(network: Network, pattern: Pattern | None, caption: bool) -> Box:
    wiring = wiring_box(network, pattern)
    if not caption:
        return wiring
    title = _title(network) + (f", under the pattern {pattern}" if pattern is not None else "")
    lines = wrapped([title], round(wiring.width / 5.2)).split("\n")
    notes = wrapped([*_notes(network), _hash(network)], round(wiring.width / 3.9)).split("\n")
    boxes = [text(line, FONT["title"]) for line in lines]
    return column(wiring, *boxes, *(muted(note, FONT["small"]) for note in notes), gap=4.0)


def _title(network: Network) -> str:
    name = f"{plain(network.name)}: " if network.name else ""
    return name + network.architecture.replace("->", "→")


def _hash(network: Network) -> str:
    return f"sha256 {network.sha256[:12]}"


def _notes(network: Network) -> list[str]:
    counts = sum(bool(w) for layer in network.layers for r in layer.weight for w in r)
    total = sum(layer.width * layer.input_dimension for layer in network.layers)
    left_out = f"{counts} of {total} weights are not 0;"
    if has_labels(network):
        return ["Each edge with its weight, below a neuron its bias;", left_out]
    return [
        "Too many weights to write: orange is positive, blue and dashed negative,",
        "the width is proportional to the size, layer by layer;",
        left_out,
    ]


def _matrices_box(cell: PatternPolyhedron) -> Box:
    """Return the layers with the rows that are off struck out, and what they multiply to."""
    network = cell.network
    off = off_neurons(network, cell.pattern)
    names = [latex_name(n) for n in variable_names(network.input_dimension)]
    kinked = [i for i, layer in enumerate(network.layers) if not layer.is_linear]
    pieces = dict(zip(kinked, cell.pattern, strict=True))
    head = "The rows of neurons that are off are struck out:" if off else _none_off(network)
    lines = [text(head)]
    for i, layer in enumerate(network.layers):
        here = [latex_neuron(n) for n in neuron_names(network, i)]
        shown = pieces.get(i, (0,) * layer.width)
        lines.append(_layer_box(network, i, (names, here), off, shown))
        names = here
    result = cell.affine_map
    lines.append(text("Multiplied out:"))
    weight, bias = _entries(result.weight), _entries([[b] for b in result.bias])
    sizes = row_sizes(weight, bias)
    parts = (matrix(weight, sizes=sizes), text("$,$"), text("$b=$"), matrix(bias, sizes=sizes))
    lines.append(row(text("$W=$"), *parts))
    return column(*lines, gap=9.0)


def _none_off(network: Network) -> str:
    slopes = {s for layer in network.layers for a in layer.activations for s in a.slopes}
    beside = "" if slopes <= {0, 1} else "; what a piece does to a row stands beside it"
    return f"No neuron is off{beside}:"


def _layer_box(
    network: Network,
    index: int,
    names: tuple[list[str], list[str]],
    off: frozenset[tuple[int, int]],
    pieces: Sequence[int],
) -> Box:
    layer = network.layers[index]
    struck = {j for j in range(layer.width) if (index, j) in off}
    before, here = names
    down = kept(layer.width, _MOST_ENTRIES)
    weight, bias = _entries(layer.weight, struck), _entries([[b] for b in layer.bias], struck)
    named = _name_entries(here)
    sizes = row_sizes(weight, bias, named)
    lines = [at for at, j in enumerate(down) if j in struck]
    notes = ["" if j is None else _effect(*layer.activations[j].pieces[pieces[j]]) for j in down]
    beside = [[muted(note, FONT["small"])] for note in notes]
    return row(
        matrix(named, sizes=sizes),
        text("$=$"),
        matrix(weight, lines, sizes=sizes),
        matrix(_name_entries(before)),
        text("$+$"),
        matrix(bias, lines, sizes=sizes),
        matrix(beside, sizes=sizes, brackets=False),
    )


def _effect(slope: Fraction, intercept: Fraction) -> str:
    """Return what a piece does to its row, in words; nothing for the identity."""
    if not slope:
        return f"off: ${inline_tex(intercept)}$" if intercept else ""
    parts = [] if slope == 1 else [rf"$\times {inline_tex(slope)}$"]
    if intercept:
        parts.append(f"${'+' if intercept > 0 else ''}{inline_tex(intercept)}$")
    return " ".join(parts)


def _entries(rows: Sequence[Sequence[Fraction]], struck: Collection[int] = ()) -> list[list[Box]]:
    """Return the numbers of a matrix as boxes, the middle of a large one as dots."""
    across = kept(len(rows[0]), _MOST_ENTRIES)
    return [
        [_entry(None if i is None or j is None else rows[i][j], i in struck) for j in across]
        for i in kept(len(rows), _MOST_ENTRIES)
    ]


def _entry(value: Fraction | None, struck: bool) -> Box:
    words = r"$\cdots$" if value is None else f"${number_tex(value)}$"
    return text(words, FONT["label"], MUTED if struck else INK)


def _name_entries(names: Sequence[str]) -> list[list[Box]]:
    shown = [names[i] if i is not None else r"\vdots" for i in kept(len(names), _MOST_ENTRIES)]
    return [[text(f"${name}$")] for name in shown]


def _region_box(cell: PatternPolyhedron) -> Box:
    """Return the region's inequalities with their neurons, or why there is none."""
    lines = [text(_status(cell), FONT["title"])]
    lines += _inequality_lines(cell)
    if cell.status != "full":
        lines += _refutation(cell)
    if cell.interior_point is not None and cell.dimension <= 4:
        lines.append(muted(f"a point inside: {format_point(cell.interior_point)}"))
    if cell.status == "full":
        lines += _function_lines(cell)
    foot = wrapped([_title(cell.network) + ",", _hash(cell.network)], 56).split("\n")
    lines += [muted(line, FONT["small"]) for line in foot]
    return column(*lines, gap=6.0)


def _status(cell: PatternPolyhedron) -> str:
    pattern = str(cell.pattern) or "of no neuron"
    if cell.status == "empty":
        return f"Pattern {pattern} is empty: no point has it."
    if cell.status == "thin":
        return f"Pattern {pattern} is thin: its cell has no interior."
    if not cell.is_proper:
        return f"Pattern {pattern} is full, but not proper."
    return f"The region of pattern {pattern}:"


def _inequality_lines(cell: PatternPolyhedron) -> list[Box]:
    facets = [i for facet in cell.facets for i in facet]
    shown = list(cell.inequalities)
    if len(shown) > _MOST_INEQUALITIES:
        shown = facets or shown
    lines = [_inequality_row(cell, i, i in facets) for i in shown[:_MOST_INEQUALITIES]]
    more = len(cell.inequalities) - len(lines)
    kind = "that follow from these" if len(shown) <= _MOST_INEQUALITIES else ""
    rest = [muted(f"and {more} more {kind}".rstrip(), FONT["small"])] if more else []
    return ([table(lines)] if lines else [muted("every point: no inequality at all")]) + rest


def _inequality_row(cell: PatternPolyhedron, i: PatternInequality, is_facet: bool) -> list[Box]:
    role = ""
    if cell.status == "full":
        role = "facet" if is_facet else "follows"
    shade = INK if is_facet or cell.status != "full" else MUTED
    written = rf"${affine_tex(i.normal, i.offset)}\geq 0$"
    return [text(written, FONT["label"], shade), muted(_origin(cell, i)), muted(role)]


def _origin(cell: PatternPolyhedron, i: PatternInequality) -> str:
    if i.kink is None:
        return i.origin
    name = latex_neuron(neuron_names(cell.network, i.kink.layer)[i.kink.neuron])
    relation = ">" if i.above else r"\leq"
    return rf"${name}$: $z {relation} {number_tex(i.value)}$"


def _refutation(cell: PatternPolyhedron) -> list[Box]:
    """Return the Farkas certificate, one inequality a line."""
    certificate = cell.certificate
    assert certificate is not None
    proof = certificate.normalized()
    number, relation = proof.conclusion
    terms = [
        ("" if y == 1 else rf"{number_tex(y)}\,") + f"({affine_tex(*r)} {_TEX[rel]} 0)"
        for r, y, rel in zip(proof.rows, proof.multipliers, proof.relations, strict=True)
    ]
    lines = [f"${'+' if i else ''}{term}$" for i, term in enumerate(terms)]
    if len(lines) > _MOST_INEQUALITIES:
        more = len(lines) - _MOST_INEQUALITIES
        lines[_MOST_INEQUALITIES:] = [f"+ {counted(more, 'more multiple')}"]
    gives = latex_inequality((), number, relation=relation, number=number_tex)
    head = "Farkas certificate, a sum that is false:"
    return [muted(head), *map(text, lines), text(rf"gives ${gives.replace(_GE, _GEQ)}$")]


_GE, _GEQ = r"\ge", r"\geq"
_TEX = {">=": r"\geq", ">": ">", "=": "="}


def _function_lines(cell: PatternPolyhedron) -> list[Box]:
    result = cell.affine_map
    names = [latex_neuron(n) for n in neuron_names(cell.network, len(cell.network.layers) - 1)]
    pairs = list(zip(names, result.weight, result.bias, strict=True))
    lines = [text(f"${name}={affine_tex(w, b)}$ there") for name, w, b in pairs[:4]]
    return lines + ([muted(f"and {len(pairs) - 4} more outputs")] if len(pairs) > 4 else [])
