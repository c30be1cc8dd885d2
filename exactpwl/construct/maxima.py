"""Maxima over groups as tournaments of ReLUs: the same function for what knows no maxima.

max(a, b) = relu(a - b) + b.  In each round the arguments of every group play in pairs, all groups
at the same time, so a group of k arguments takes as many layers as k has binary digits after the
first; who has no partner is handed on.  The function is the same, and the certificates of
properties, of equality and of ranges speak of it.  Its activation regions are more: the ReLUs have
walls where two arguments are equal and a third one is larger.

References
----------
Arora, Basu, Mianjy, Mukherjee, Understanding deep neural networks with rectified linear units,
ICLR 2018, arXiv:1611.01491: the maximum of k numbers by ReLUs in log2 k layers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exactpwl.construct.built import Built
from exactpwl.construct.joins import network_target
from exactpwl.maximum import Maximum
from exactpwl.network import Network

__all__ = ["relus_for_maxima"]

Player = list[int]
"""An argument as a combination of what leaves the layer before."""


def relus_for_maxima(network: Network) -> Built:
    """Return the same function with ReLUs in place of all maxima over groups.

    Examples
    --------
    >>> from exactpwl import Maximum, construct
    >>> network = Network([([[1], [0], [-2]], [0, 1, 0], "linear"), Maximum([[0, 1, 2]])])
    >>> made = construct.relus_for_maxima(network)
    >>> made.network, bool(made.check())
    (<Network 1 -> 3 linear -> 3 relu/linear -> 2 relu/linear -> 1 linear>, True)
    """
    layers: list[Any] = []
    for layer in network.layers:
        layers += _tournament(layer) if isinstance(layer, Maximum) else [layer]
    return Built(Network(layers, name=network.name), network_target(network))


def _tournament(layer: Maximum) -> Iterator[Any]:
    """Yield the layers that play the maxima of a layer."""
    size = layer.input_dimension
    units: list[Player] = [[int(i == j) for j in range(size)] for i in range(size)]
    teams = [[units[i] for i in group] for group in layer.members]
    while any(len(team) > 1 for team in teams):
        rows: list[Player] = []
        kinds: list[str] = []
        winners = [_round(team, rows, kinds) for team in teams]
        yield rows, [0] * len(rows), kinds
        width = len(rows)
        teams = [[[int(j in one) for j in range(width)] for one in team] for team in winners]
    yield [team[0] for team in teams], [0] * len(teams), "linear"


def _round(team: list[Player], rows: list[Player], kinds: list[str]) -> list[set[int]]:
    """Add the neurons of one round of a team, and return those whose sum is each winner."""
    winners = []
    for *challenger, passing in (team[i : i + 2] for i in range(0, len(team), 2)):
        start = len(rows)
        rows += [[a - b for a, b in zip(one, passing, strict=True)] for one in challenger]
        rows.append(passing)
        kinds += ["relu"] * len(challenger) + ["linear"]
        winners.append(set(range(start, len(rows))))
    return winners
