"""From blocks to layers: each block gets a place in the chain, and what is needed later is carried.

A network is a chain: a layer hears the one before it and nothing else.  A block comes one layer
after the last of what it hears; a layer holds blocks of neurons or blocks of maxima, so one of the
other kind moves on by a layer.  A unit that is needed further on than the next layer is carried
through the layers between by a neuron with the identity as its activation (in a layer of maxima: a
maximum of one).  This is exact and adds no kink: identities have none.

A block that is a convolution or a pooling stays one where it is alone in its layer and hears the
layer before it as that is.  Other layers are tables of weights, or, where such a table would be
large and three quarters empty, a `SparseLayer`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactpwl.activation import Activation
from exactpwl.io.onnx_reader.forms import Form
from exactpwl.io.onnx_reader.tape import Block
from exactpwl.layer import Layer
from exactpwl.maximum import Maximum
from exactpwl.sparse import SparseLayer
from exactpwl.structured import MOST_DENSE

__all__ = ["Chain", "chain_of"]

_EMPTY = 4
_LINEAR = Activation.parse("linear")


@dataclass(frozen=True)
class Chain:
    """The layers of a graph.

    Attributes
    ----------
    layers : tuple of Layer
    places : dict
        For each unit the layer (-1 for the inputs) and the position where it first stands.
    nodes : tuple of tuples of str
        For each layer the nodes whose non-linearities it holds.
    """

    layers: tuple[Layer, ...]
    places: dict[int, tuple[int, int]]
    nodes: tuple[tuple[str, ...], ...]


def chain_of(inputs: int, blocks: Sequence[Block], outputs: Sequence[Form]) -> Chain:
    """Return the layers that compute the outputs from units 0 .. inputs - 1.

    Examples
    --------
    The residual |x| + x: the second layer needs x, so the first one carries it.

    >>> absolute = Block(1, 1, "", (Form({0: Fraction(1)}),), (Activation.parse("abs"),))
    >>> made = chain_of(1, [absolute], [Form({0: Fraction(1), 1: Fraction(1)})])
    >>> [layer.text for layer in made.layers]
    ['2 abs/linear', '1 linear']
    """
    needed = _needed(blocks, outputs)
    levels = _levels(inputs, needed)
    carried = _last_uses(levels, outputs)
    columns = {unit: unit for unit in range(inputs)}
    places = {unit: (-1, unit) for unit in range(inputs)}
    layers: list[Layer] = []
    for level, here in enumerate(levels):
        kept = [unit for unit in columns if carried.get(unit, -1) > level]
        layers.append(_layer(here, kept, columns))
        units = [block.start + i for block in here for i in range(block.width)] + kept
        columns = {unit: place for place, unit in enumerate(units)}
        for unit, place in columns.items():
            places.setdefault(unit, (level, place))
    if [form.unit for form in outputs] != list(columns) or not layers:
        layers.append(_affine(outputs, [_LINEAR] * len(outputs), columns))
    nodes = tuple(tuple(block.node for block in here) for here in levels)
    return Chain(tuple(layers), places, nodes)


def _needed(blocks: Sequence[Block], outputs: Sequence[Form]) -> list[Block]:
    """Return the blocks on which the outputs depend, in order."""
    wanted = {unit for form in outputs for unit in form.terms}
    kept = []
    for block in reversed(blocks):
        if any(block.start <= unit < block.start + block.width for unit in wanted):
            kept.append(block)
            wanted |= block.heard
    return kept[::-1]


def _levels(inputs: int, blocks: Iterable[Block]) -> list[list[Block]]:
    """Return for each layer its blocks."""
    level = dict.fromkeys(range(inputs), -1)
    found: list[list[Block]] = []
    for block in blocks:
        place = 1 + max((level[unit] for unit in block.heard), default=-1)
        while place < len(found) and found[place][0].takes_maxima != block.takes_maxima:
            place += 1
        if place == len(found):
            found.append([])
        found[place].append(block)
        level.update(dict.fromkeys(range(block.start, block.start + block.width), place))
    return found


def _last_uses(levels: Sequence[Sequence[Block]], outputs: Sequence[Form]) -> dict[int, int]:
    """Return for each unit the last layer that hears it."""
    uses: dict[int, int] = {}
    for level, here in enumerate(levels):
        for block in here:
            uses.update(dict.fromkeys(block.heard, level))
    for form in outputs:
        uses.update(dict.fromkeys(form.terms, len(levels)))
    return uses


def _layer(blocks: Sequence[Block], kept: Sequence[int], columns: dict[int, int]) -> Layer:
    alone = blocks[0]
    if len(blocks) == 1 and not kept and alone.layer is not None:
        heard = range(alone.source, alone.source + alone.layer.input_dimension)
        if list(columns) == list(heard):
            return alone.layer
    if alone.takes_maxima:
        groups = [group for block in blocks for group in block.groups or ()]
        return Maximum(
            [[columns[unit] for unit in group] for group in groups] + [[columns[u]] for u in kept],
            len(columns),
        )
    forms = [form for block in blocks for form in block.forms]
    kinds = [kind for block in blocks for kind in block.activations]
    identities = [Form({unit: Fraction(1)}) for unit in kept]
    return _affine([*forms, *identities], [*kinds, *([_LINEAR] * len(kept))], columns)


def _affine(
    forms: Sequence[Form], activations: Sequence[Activation], columns: dict[int, int]
) -> Layer:
    """Return the layer of forms: a table of weights, or where that is large and empty its rows."""
    table = len(forms) * len(columns)
    weights = sum(len(form.terms) for form in forms)
    if table > MOST_DENSE and table > _EMPTY * weights:
        rows = [[(columns[unit], c) for unit, c in form.terms.items()] for form in forms]
        biases = [form.constant for form in forms]
        return SparseLayer(rows, biases, list(activations), inputs=len(columns))
    return _dense(forms, activations, columns)


def _dense(
    forms: Sequence[Form], activations: Sequence[Activation], columns: dict[int, int]
) -> Layer:
    numbers = [c for form in forms for c in (*form.terms.values(), form.constant)]
    q = math.lcm(*(number.denominator for number in numbers))
    rows = []
    for form in forms:
        row = [0] * len(columns)
        for unit, coefficient in form.terms.items():
            row[columns[unit]] = coefficient.numerator * (q // coefficient.denominator)
        rows.append(tuple(row))
    biases = tuple(f.constant.numerator * (q // f.constant.denominator) for f in forms)
    return Layer(tuple(rows), biases, q, tuple(activations))
