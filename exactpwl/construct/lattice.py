"""From the pieces of a continuous function to its max-min form, and to a network.

Let f be continuous, and affine on each of finitely many polyhedra that cover a convex set.  Cut the
polyhedron on which f is g_i along the hyperplanes g_j = g_i; on each part Q let S_Q be the set of
all j with g_j >= g_i there.  Then

    f = max over Q of min over j in S_Q of g_j          on the whole convex set.

*Proof.*  On Q the minimum is g_i, because i is in S_Q; so the maximum is at least f.  Let y be
inside Q and x anywhere.  Along the segment from y to x, which stays in the convex set, f runs
through finitely many g_j; compare it with its chord.  Either the first piece does not rise above
the chord, or f comes down to it somewhere, on a piece that falls through it.  In both cases there
is a g_j that is on or above the chord at y and on or below it at x.  That j is in S_Q, so the
minimum over S_Q is at most f(x).

A set that contains another one adds nothing, and is left out.  What is left shows the shape:
a convex function is a maximum of single functions, a concave one a single minimum.

References
----------
S. Ovchinnikov, 2002, arXiv:math/0009026, theorem 2.1.
R. Arora, A. Basu, P. Mianjy, A. Mukherjee, 2018, arXiv:1611.01491, theorem 2.1.
"""

from __future__ import annotations

from collections.abc import Sequence

from exactpwl.construct.built import Built, Cell, Target, domain_of, leftover
from exactpwl.construct.max_min import Affine, MaxMin, from_max_min, order_cells
from exactpwl.domain import Domain
from exactpwl.errors import DimensionError, DomainError
from exactpwl.inequality import value
from exactpwl.piecewise import PiecewiseFunction
from exactpwl.rationals import format_point

__all__ = ["from_pieces", "max_min_form"]


def max_min_form(cells: Sequence[Cell]) -> MaxMin:
    """Return the max-min form of a function by its cells.

    Parameters
    ----------
    cells : sequence of Cell
        The maps have one output, agree where two cells meet, and the union of the cells is convex.
        That is assumed and not checked; `from_pieces` is the checked variant.

    Examples
    --------
    >>> from exactpwl import construct
    >>> zigzag = construct.from_points([(0, 0), (1, 1), (2, 0)]).target
    >>> print(max_min_form(list(zigzag.cells())))
    max(min(0, -x+2), min(x, -x+2))
    """
    pieces: list[tuple[Domain, Affine]] = [
        (cell.domain, (cell.map.weight[0], cell.map.bias[0])) for cell in cells
    ]
    functions = tuple(dict.fromkeys(g for _, g in pieces))
    found: dict[frozenset[int], None] = {}
    for domain, own in pieces:
        others = [g for g in functions if g != own]
        for _, point in order_cells(others, domain, around=own):
            height = value(own, point)
            above = (i for i, g in enumerate(functions) if value(g, point) >= height)
            found[frozenset(above)] = None
    least = [s for s in found if not any(other < s for other in found)]
    return MaxMin([[functions[i] for i in sorted(s)] for s in least])


def from_pieces(function: PiecewiseFunction, *, passing: str = "relu") -> Built:
    """Return a continuous function given by pieces as a network, by its max-min form.

    Parameters
    ----------
    function : PiecewiseFunction
        With one output; its pieces cover the whole space.
    passing : {"relu", "linear"}
        As in `from_max_min`.

    Raises
    ------
    DimensionError
        If it has several outputs.
    DiscontinuityError
        If it has a jump: no network has one.
    DomainError
        If the pieces do not cover the space.

    Examples
    --------
    >>> from exactpwl import PiecewiseFunction
    >>> left, right = [((-1,), 0)], [((1,), 0)]
    >>> absolute = PiecewiseFunction([left, right], [([[-1]], [0]), ([[1]], [0])])
    >>> made = from_pieces(absolute)
    >>> made.notes, bool(made.check())
    (('max-min form: max(-x, x)',), True)
    """
    if function.output_dimension != 1:
        raise DimensionError(
            f"a function with one output is required, got {function.output_dimension}; "
            "build one network for each, and construct.parallel() them"
        )
    function.require_continuous()
    size = function.input_dimension
    space = Domain.whole(size)
    rest = leftover(space, [p.rows for p in function.polyhedra])
    if rest:
        raise DomainError(
            "pieces that cover the whole space are required, none contains the point "
            f"{format_point(rest[0].feasibility.point or ())}"
        )
    cells = [
        Cell(domain_of(p.rows, size), m)
        for p, m in zip(function.polyhedra, function.maps, strict=True)
    ]
    form = max_min_form(cells)
    network = from_max_min(form, passing=passing).network
    target = Target(f"the function with {len(cells)} pieces", space, lambda: cells)
    return Built(network, target, (f"max-min form: {form}",))
