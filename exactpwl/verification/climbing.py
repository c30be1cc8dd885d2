"""Looking for a counterexample before proving that there is none: uphill, region by region.

Where a query has a counterexample, the subdivision may come to it late: it goes through the cells
in an order that knows nothing of it.  Climbing is quick and proves nothing: from a good starting
point, the network is taken to be the affine map that it is there, and a linear program finds the
step, inside a box of trust around the point, after which the worst inequality is violated most.  A
step that is better for the network itself is made, and the box grows; otherwise it shrinks
(sequential linear programming, Fletcher and Sainz de la Maza 1989).  The starting points are the
best of some hundreds, by floats, and their order depends on nothing but the query.

What is returned is a counterexample, decided in rational arithmetic; the numbers that lead there
are rounded, so that they stay short.

References
----------
R. Fletcher, E. Sainz de la Maza, Nonlinear programming and nonsmooth optimization by successive
linear programming, Math. Programming 43 (1989).
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from fractions import Fraction
from operator import mul

import numpy as np
import numpy.typing as npt

from exactpwl.affine import AffineMap
from exactpwl.cddlib import maximize
from exactpwl.certificate.claims import Clause, Inequality
from exactpwl.certificate.screening import float_layers, outputs_about
from exactpwl.domain import Domain
from exactpwl.network import Network

__all__ = ["climbed"]

Point = tuple[Fraction, ...]
Box = tuple[tuple[Fraction, Fraction], ...]
Floats = npt.NDArray[np.float64]

_SAMPLES, _STARTS, _STEPS = 4000, 12, 40
_LEAST_TRUST = Fraction(1, 2**24)
_MOST_INPUTS = 20
_PLACES = 2**40
"""Rounded numbers are multiples of 1/_PLACES."""


def climbed(
    network: Network,
    domain: Domain,
    clauses: Sequence[Clause],
    deadline: float | None = None,
) -> Point | None:
    """Return a point of a box at which no inequality of some clause holds, if climbing finds one.

    Parameters
    ----------
    network : Network
    domain : Domain
        Only boxes are climbed in, of up to 20 inputs.
    clauses : sequence of sequences of Inequality
    deadline : float, optional
        When to give up, by `time.monotonic`.

    Returns
    -------
    tuple of Fraction, or None
        None says nothing.

    Examples
    --------
    >>> from exactpwl.certificate.claims import Inequality
    >>> network = Network([([[1, 1], [1, -1]], [0, 0], "relu"), ([[1, 1]], [0], "linear")])
    >>> below = Inequality((Fraction(1),), Fraction(2), strict=True)  # claims that y < 2
    >>> x = climbed(network, Domain.box([(-1, 1), (0, 1)]), [(below,)])
    >>> network(x)
    (Fraction(2, 1),)
    """
    box = domain.as_box()
    if box is None or len(box) > _MOST_INPUTS:
        return None
    try:
        x = _samples(box)
        with np.errstate(over="ignore", invalid="ignore"):
            y = outputs_about(float_layers(network), x)
            heights = [_about(clause, x, y) for clause in clauses]
    except OverflowError:
        return None
    if not all(np.isfinite(each).all() for each in (x, *heights)):
        return None  # a number is too large for floats
    for clause, height in zip(clauses, heights, strict=True):
        for k in np.argsort(-height, kind="stable")[:_STARTS]:
            if deadline is not None and time.monotonic() > deadline:
                return None
            found = _uphill(network, box, clause, _inside(box, map(Fraction, x[:, k])))
            if found is not None:
                return found
    return None


def _samples(box: Box) -> Floats:
    """Return, as columns, the middle of a box and points anywhere in it, always the same ones."""
    low, high = (np.array([[float(side[end])] for side in box]) for end in (0, 1))
    shares = np.random.default_rng(0).random((len(box), _SAMPLES))
    shares[:, 0] = 0.5
    return np.asarray(low + shares * (high - low))


def _about(clause: Clause, x: Floats, y: Floats) -> Floats:
    """Return for each column, in floats, by how much the inequality fails that fails least."""
    heights = []
    for inequality in clause:
        height = np.array([float(c) for c in inequality.coefficients]) @ y - float(inequality.bound)
        if inequality.inputs:
            height += np.array([float(c) for c in inequality.inputs]) @ x
        heights.append(height / float(_size(inequality)))
    return np.asarray(np.min(heights, axis=0))


def _size(inequality: Inequality) -> Fraction:
    return max(map(abs, (*inequality.coefficients, *inequality.inputs, Fraction(1, 10**9))))


def _height(clause: Clause, x: Point, y: Point) -> Fraction:
    """Return by how much the inequality fails that fails least, each in units of its own size."""
    return min(
        (
            sum(map(mul, a.coefficients, y), Fraction())
            + sum(map(mul, a.inputs, x), Fraction())
            - a.bound
        )
        / _size(a)
        for a in clause
    )


def _uphill(network: Network, box: Box, clause: Clause, x: Point) -> Point | None:
    """Climb from a point until no inequality of the clause holds, or until steps become tiny."""
    y = network(x)
    height, trust = _height(clause, x, y), Fraction(1, 8)
    for _ in range(_STEPS):
        if not any(inequality.holds(y, x) for inequality in clause):
            return x
        if trust < _LEAST_TRUST:
            return None
        nearby = _step(network.affine_map_at(x), box, clause, x, trust)
        outputs = network(nearby)
        reached = _height(clause, nearby, outputs)
        if reached > height:
            x, y, height, trust = nearby, outputs, reached, min(2 * trust, Fraction(1))
        else:
            trust /= 4
    return None


def _step(piece: AffineMap, box: Box, clause: Clause, x: Point, trust: Fraction) -> Point:
    """Return the point near x at which the affine map fails the clause most."""
    rows: list[list[Fraction | int]] = []
    y = piece(x)
    for inequality in clause:
        size = _size(inequality)
        slopes = [
            sum(map(mul, inequality.coefficients, column), Fraction())
            for column in zip(*piece.weight, strict=True)
        ]
        if inequality.inputs:
            slopes = [s + c for s, c in zip(slopes, inequality.inputs, strict=True)]
        now = _height((inequality,), x, y)
        rows.append([_short(now), *(_short(s / size) for s in slopes), -1])
    for i, (low, high) in enumerate(box):
        reach = trust * (high - low)
        unit = [int(i == j) for j in range(len(box))]
        rows.append([_short(min(high - x[i], reach)), *(-u for u in unit), 0])
        rows.append([_short(min(x[i] - low, reach)), *unit, 0])
    best = maximize(rows, [0, *[0] * len(box), 1])
    return _inside(box, (c + step for c, step in zip(x, best.point, strict=False)))


def _short(number: Fraction) -> Fraction:
    return Fraction(round(number * _PLACES), _PLACES)


def _inside(box: Box, numbers: Iterable[Fraction]) -> Point:
    """Return short numbers, put into the box where they are outside."""
    pairs = zip(map(_short, numbers), box, strict=True)
    return tuple(min(max(number, low), high) for number, (low, high) in pairs)
