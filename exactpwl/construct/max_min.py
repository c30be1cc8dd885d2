"""The largest of some smallest affine functions, as a network.

f = max over i of min over j in S_i of g_j.  Every continuous piecewise-linear function has such a
form (`exactpwl.construct.lattice` finds it), and each maximum is a tournament: a match of two is
max(a, b) = relu(a - b) + b, and a number without an opponent is passed on.  A minimum is
-max(-a, -b).  So n numbers take ceil(log2 n) rounds, each a hidden layer, and the form takes as
many layers as its longest minimum and its maximum together.

What b is passed on by is told in `exactpwl.construct.joins`: two ReLUs, or a neuron without a kink.

The proof knows nothing of tournaments.  The hyperplanes g_i = g_j cut the space into cells on each
of which the order of all g is one order; at an interior point of the cell the form is evaluated,
and the function that it picks there is the one that it picks on the whole cell.

References
----------
J. M. Tarela, M. V. Martinez, Region configurations for realizability of lattice piecewise-linear
models, Math. Comput. Modelling 30, 1999.
S. Ovchinnikov, Max-min representation of piecewise linear functions, Beitraege Algebra Geom. 43,
2002, arXiv:math/0009026.
R. Arora, A. Basu, P. Mianjy, A. Mukherjee, 2018, arXiv:1611.01491, theorem 2.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from exactpwl.affine import AffineMap
from exactpwl.construct.built import Built, Cell, Target, domain_of
from exactpwl.construct.joins import fused, parallel, passed
from exactpwl.domain import Domain
from exactpwl.enumeration import regions
from exactpwl.errors import DimensionError, OptionError
from exactpwl.formula import format_affine
from exactpwl.inequality import as_point, value
from exactpwl.network import Network
from exactpwl.rationals import RationalLike, as_fraction, as_fractions

__all__ = ["Affine", "MaxMin", "from_max_min", "maximum"]

Affine = tuple[tuple[Fraction, ...], Fraction]
"""x -> normal . x + offset, as (normal, offset)."""


@dataclass(frozen=True)
class MaxMin:
    """max over the groups of the minimum in each group, of affine functions (normal, offset).

    Parameters
    ----------
    groups : iterable of iterables of (normal, offset)

    Raises
    ------
    DimensionError
        If there is no group, one is empty, or the normals differ in length.

    Examples
    --------
    >>> tent = MaxMin([[((2,), 0), ((-2,), 2)], [((0,), 0)]])
    >>> print(tent)
    max(min(2x, -2x+2), 0)
    >>> tent(["1/4"])
    Fraction(1, 2)
    """

    groups: tuple[tuple[Affine, ...], ...]

    def __init__(
        self, groups: Iterable[Iterable[tuple[Sequence[RationalLike], RationalLike]]]
    ) -> None:
        made = tuple(
            tuple(dict.fromkeys((as_fractions(n), as_fraction(b)) for n, b in group))
            for group in groups
        )
        if not made or not all(made):
            raise DimensionError("at least one affine function in each group is required, got none")
        sizes = sorted({len(normal) for group in made for normal, _ in group})
        if len(sizes) != 1 or not sizes[0]:
            listed = ", ".join(map(str, sizes))
            raise DimensionError(
                f"affine functions of one positive number of inputs are required, got {listed}"
            )
        object.__setattr__(self, "groups", tuple(dict.fromkeys(made)))

    @property
    def dimension(self) -> int:
        """The number of inputs."""
        return len(self.groups[0][0][0])

    @property
    def functions(self) -> tuple[Affine, ...]:
        """The distinct affine functions."""
        return tuple(dict.fromkeys(g for group in self.groups for g in group))

    def __call__(self, x: Iterable[RationalLike]) -> Fraction:
        """Return the exact value at a point."""
        point = as_point(x, self.dimension)
        return max(min(value(g, point) for g in group) for group in self.groups)

    def __str__(self) -> str:
        parts = []
        for group in self.groups:
            listed = [format_affine(*g) for g in group]
            parts.append(f"min({', '.join(listed)})" if len(listed) > 1 else listed[0])
        return f"max({', '.join(parts)})" if len(parts) > 1 else parts[0]


def maximum(n: int) -> Network:
    """Return the maximum of n numbers as a tournament: relu(a - b) beside b, passed without a kink.

    Examples
    --------
    >>> maximum(5), maximum(5)([3, -1, 4, 1, -5])
    (<Network 5 -> 5 relu/linear -> 3 relu/linear -> 2 relu/linear -> 1 linear>, (Fraction(4, 1),))
    """
    if n < 1:
        raise OptionError(f"a maximum of one or more numbers is required, got {n}")
    layers: list[Any] = []
    players = [[int(i == j) for j in range(n)] for i in range(n)]
    while len(players) > 1:
        rows: list[list[int]] = []
        kinds: list[str] = []
        winners: list[list[int]] = []
        for *challenger, passing in (players[i : i + 2] for i in range(0, len(players), 2)):
            start = len(rows)
            rows += [[a - b for a, b in zip(c, passing, strict=True)] for c in challenger]
            rows.append(passing)
            kinds += ["relu"] * len(challenger) + ["linear"]
            winners.append([0] * start + [1] * (len(rows) - start))
        layers.append((rows, [0] * len(rows), kinds))
        players = [winner + [0] * (len(rows) - len(winner)) for winner in winners]
    return Network([*layers, (players, [0], "linear")])


def _minimum(n: int) -> Network:
    turned = [[-int(i == j) for j in range(n)] for i in range(n)]
    inner = fused(maximum(n), Network([(turned, [0] * n, "linear")]))
    return fused(Network([([[-1]], [0], "linear")]), inner)


def from_max_min(form: MaxMin | Iterable[Any], *, passing: str = "relu") -> Built:
    """Return a max-min form of affine functions as a network.

    Parameters
    ----------
    form : MaxMin, or groups of affine functions (normal, offset)
        The maximum over the groups of the minimum in each.
    passing : {"relu", "linear"}
        How hidden layers pass on values: by two ReLUs, or by a neuron without a kink.

    Raises
    ------
    DimensionError
        As `MaxMin`.
    OptionError
        If `passing` is neither.

    Examples
    --------
    >>> made = from_max_min([[((2,), 0), ((-2,), 2)], [((0,), 0)]])
    >>> made.network, made.network(["1/2"]), bool(made.check())
    (<Network 1 -> 5 relu -> 3 relu -> 1 linear>, (Fraction(1, 1),), True)
    """
    made = form if isinstance(form, MaxMin) else MaxMin(form)
    network = passed(_network(made), passing)
    domain = Domain.whole(made.dimension)
    target = Target(str(made), domain, lambda: _cells(made, domain), is_covered=True)
    return Built(network, target)


def _network(form: MaxMin) -> Network:
    smallest = []
    for group in form.groups:
        affine = Network([([n for n, _ in group], [b for _, b in group], "linear")])
        smallest.append(fused(_minimum(len(group)), affine))
    return fused(maximum(len(form.groups)), parallel(smallest).network)


def _cells(form: MaxMin, domain: Domain) -> Iterator[Cell]:
    """Yield the cells of the arrangement of all g_i = g_j, with the function picked on each."""
    for inside, point in order_cells(form.functions, domain):
        height = form(point)
        picked = next(g for g in form.functions if value(g, point) == height)
        yield Cell(inside, AffineMap((picked[0],), (picked[1],)))


def order_cells(
    functions: Sequence[Affine], domain: Domain, around: Affine | None = None
) -> Iterator[tuple[Domain, tuple[Fraction, ...]]]:
    """Yield the cells on which affine functions have one order, each with an interior point.

    With `around` only the order of each function and that one is asked for.
    """
    pairs = [(around, g) for g in functions] if around else list(combinations(functions, 2))
    rows = []
    for (a, b), (c, d) in pairs:
        normal = tuple(p - q for p, q in zip(a, c, strict=True))
        if any(normal):
            rows.append((normal, b - d))
    if not rows:
        kinks = Network([([[0] * domain.dimension], [0], "linear")])
    else:
        kinks = Network([([n for n, _ in rows], [o for _, o in rows], "relu")])
    for region in regions(kinks, domain).regions:
        listed = [(f.inequality.normal, f.inequality.offset) for f in region.facets]
        yield domain_of(listed, domain.dimension), region.interior_point
