"""A network that is being made smaller: what each step does, and what became of each neuron.

Every step but the last keeps the function on the domain by what it is, for reasons that the values
at all corners decide (`exactpwl.questions.hidden`):

* *straighten*: a neuron that stays on one piece is affine there; it loses its kink;
* *express*: what leaves a neuron is, on the domain, a constant plus a combination of what leaves
  others of its layer; the next layer hears these more loudly instead.  So go dead and constant
  neurons, copies, positive multiples, and relu(z) where z and relu(-z) are there;
* *pair*: the next layer hears two neurons only as a sum with fixed factors, which is affine: so
  relu(z) - relu(-z) hands on z.  One linear neuron does;
* *unhear*: the next layer gives a neuron no weight;
* *merge*: the next layer hears fewer independent combinations of the k linear neurons of a layer
  than k; these are computed instead (a factorisation of the weights by their rank);
* *fold*: a layer that is linear is composed into the next one;
* *collapse*: if a layer has lost all its neurons, the function is a constant.

A neuron may also be heard, and yet make no difference, because what it says is cancelled or cut off
further on: *try without it*, which `exactpwl.questions.reduction` does, and decides by equality.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from fractions import Fraction

from exactpwl.activation import IDENTITY, Activation
from exactpwl.layer import Layer
from exactpwl.network import Network
from exactpwl.questions.dependence import dependence
from exactpwl.questions.hidden import LayerValues
from exactpwl.questions.neurons import NeuronState
from exactpwl.rationals import clear_denominators

__all__ = ["Draft", "Fate", "Place"]

Place = tuple[int, int]
"""A neuron of the network as it was given: layer and neuron, counted from 0."""

FEW = 64
"""Corners at which it is looked first whether two neurons are a pair."""


@dataclass(frozen=True)
class Fate:
    """What became of a neuron.

    Attributes
    ----------
    what : str
        ``kept``; ``linear``: kept, without its kink; ``zero``, ``constant``, ``dead``: one value
        leaves it, now in the next layer's biases; ``multiple``: a multiple of another one of its
        layer; ``combination``: of several, and a constant; ``paired``: heard with another one only,
        and what both say together is affine; ``unheard``: the next layer gives it no
        weight; ``merged``: linear, and fewer linear ones do what it did with others; ``folded``:
        linear, as its whole layer, which is a part of the next; ``not needed``: heard, but without
        a difference to the function.
    terms : tuple of (Fraction, Place)
        What a multiple or a combination is made of.
    constant : Fraction
        What is added to them; the value of a dead neuron.
    """

    what: str
    terms: tuple[tuple[Fraction, Place], ...] = ()
    constant: Fraction = Fraction(0)


@dataclass
class _DraftLayer:
    rows: list[list[Fraction]]
    bias: list[Fraction]
    kinds: list[Activation]
    names: list[tuple[Place, ...]]
    """The given neurons that each one stands for; several where linear ones were merged."""

    def keep(self, kept: Sequence[int]) -> None:
        self.rows = [self.rows[j] for j in kept]
        self.bias = [self.bias[j] for j in kept]
        self.kinds = [self.kinds[j] for j in kept]
        self.names = [self.names[j] for j in kept]

    def hear_only(self, kept: Sequence[int]) -> None:
        self.rows = [[row[j] for j in kept] for row in self.rows]

    @property
    def linear(self) -> list[int]:
        return [j for j, kind in enumerate(self.kinds) if kind.is_linear]


@dataclass
class Draft:
    """Layers that change; each step says whether it changed any.

    Attributes
    ----------
    layers : list
    fates : dict
        Of those neurons that have gone, or lost their kinks.
    """

    layers: list[_DraftLayer]
    inputs: int
    fates: dict[Place, Fate] = field(default_factory=dict)

    @classmethod
    def of(cls, network: Network) -> Draft:
        """Take over a network without maxima; activations without a bend become the identity."""
        layers = []
        for i, layer in enumerate(network.layers):
            names: list[tuple[Place, ...]] = [((i, j),) for j in range(layer.width)]
            rows = [list(row) for row in layer.weight]
            made = _DraftLayer(rows, list(layer.bias), list(layer.activations), names)
            for j in made.linear:
                _straighten(made, j, 0)
            layers.append(made)
        return cls(layers, network.input_dimension)

    def network(self, name: str | None = None) -> Network:
        """Return the network as it is now."""
        return Network(
            (Layer.of(layer.rows, layer.bias, layer.kinds) for layer in self.layers), name=name
        )

    def copy(self) -> Draft:
        """Return another draft of the same network."""
        return deepcopy(self)

    def hidden(self) -> Iterator[tuple[_DraftLayer, _DraftLayer]]:
        """Yield each hidden layer with the next one, from the last to the first."""
        for i in reversed(range(len(self.layers) - 1)):
            yield self.layers[i], self.layers[i + 1]

    def straighten(self, states: Iterable[NeuronState]) -> bool:
        """Take the kinks of those neurons that stay on one piece."""
        changed = False
        for found in states:
            if len(found.pieces) == 1:
                layer = self.layers[found.layer]
                _straighten(layer, found.neuron, found.pieces[0])
                if found.layer < len(self.layers) - 1:
                    self._tell(layer.names[found.neuron], Fate("linear"))
                changed = True
        return changed

    def pair(self, values: Iterable[LayerValues]) -> bool:
        """Make one linear neuron of two whose sum, as the next layer hears it, is affine."""
        changed = False
        for found in values:
            if found.layer == len(self.layers) - 1:
                break
            layer, after = self.layers[found.layer], self.layers[found.layer + 1]
            free = [j for j, kind in enumerate(layer.kinds) if not kind.is_linear]
            while free:
                j = free.pop(0)
                for k in free:
                    factor = _ratio([row[j] for row in after.rows], [row[k] for row in after.rows])
                    line = factor and _line(found, j, k, factor)
                    if line:
                        free.remove(k)
                        _pair(layer, after, j, k, line)
                        self._tell(layer.names[j], Fate("paired"))
                        changed = True
                        break
        return changed

    def express(self, values: Iterable[LayerValues], states: Iterable[NeuronState]) -> bool:
        """Leave out neurons that others of their layer, and a constant, can stand for."""
        words = {(found.layer, found.neuron): found.state for found in states}
        before = self._size()
        for found in values:
            if found.layer == len(self.layers) - 1:
                break
            layer = self.layers[found.layer]
            order = sorted(range(len(layer.rows)), key=lambda j: not layer.kinds[j].is_linear)
            told = dependence([found.after_scale, *(found.after[j] for j in order)])
            for place, made in told.combinations.items():
                gone = order[place - 1]
                parts = {order[k - 1]: c for k, c in made.items() if k}
                word = words.get((found.layer, gone), "constant")
                self._replace(found.layer, gone, parts, made.get(0, Fraction(0)), word)
            layer_kept = sorted(order[k - 1] for k in told.kept if k)
            layer.keep(layer_kept)
            self.layers[found.layer + 1].hear_only(layer_kept)
        return before != self._size()

    def _replace(
        self, index: int, gone: int, parts: dict[int, Fraction], constant: Fraction, word: str
    ) -> None:
        layer, after = self.layers[index], self.layers[index + 1]
        for i, row in enumerate(after.rows):
            after.bias[i] += row[gone] * constant
            for j, factor in parts.items():
                row[j] += row[gone] * factor
        terms = tuple((factor, layer.names[j][0]) for j, factor in parts.items())
        if terms:
            word = "multiple" if len(terms) == 1 and not constant else "combination"
        elif word not in ("zero", "dead"):
            word = "constant"
        self._tell(layer.names[gone], Fate(word, terms, constant))

    def unhear(self) -> bool:
        """Leave out neurons to which the next layer gives no weight."""
        before = self._size()
        for layer, after in self.hidden():
            heard = [j for j in range(len(layer.rows)) if any(row[j] for row in after.rows)]
            for j in set(range(len(layer.rows))) - set(heard):
                self._tell(layer.names[j], Fate("unheard"))
            layer.keep(heard)
            after.hear_only(heard)
        return before != self._size()

    def merge(self) -> bool:
        """Let as few linear neurons as possible say what the next layer hears of them."""
        before = self._size()
        for layer, after in self.hidden():
            linear = layer.linear
            heard = [[row[j] for j in linear] for row in after.rows]
            numbers, _ = clear_denominators([w for row in heard for w in row])
            size = len(linear)
            whole = [numbers[k : k + size] for k in range(0, len(numbers), size or 1)]
            found = dependence(whole) if size else None
            if found is not None and len(found.kept) < size:
                told = dict.fromkeys(name for j in linear for name in layer.names[j])
                _merge(layer, after, linear, [heard[k] for k in found.kept])
                for i, row in enumerate(after.rows):
                    parts = found.combinations.get(i, {i: Fraction(1)})
                    row += [parts.get(k, Fraction(0)) for k in found.kept]
                self._tell(told, Fate("merged"))
        return before != self._size()

    def fold(self) -> bool:
        """Compose each hidden layer that is linear into the next."""
        before = self._size()
        for i in reversed(range(len(self.layers) - 1)):
            layer, after = self.layers[i], self.layers[i + 1]
            if len(layer.linear) < len(layer.rows):
                continue
            columns = list(zip(*layer.rows, strict=True))
            sums = [_dot(row, layer.bias) for row in after.rows]
            after.bias = [b + more for b, more in zip(after.bias, sums, strict=True)]
            after.rows = [[_dot(row, column) for column in columns] for row in after.rows]
            for names in layer.names:
                self._tell(names, Fate("folded"), unless=("merged", "paired"))
            del self.layers[i]
        return before != self._size()

    def collapse(self) -> bool:
        """Where a hidden layer has no neuron left, make the network the constant that it is."""
        empty = [i for i, layer in enumerate(self.layers[:-1]) if not layer.rows]
        if not empty:
            return False
        values: list[Fraction] = []
        for layer in self.layers[empty[-1] + 1 :]:
            sums = [b + _dot(row, values) for row, b in zip(layer.rows, layer.bias, strict=True)]
            values = [kind(z) for kind, z in zip(layer.kinds, sums, strict=True)]
        for layer in self.layers[:-1]:
            for names in layer.names:
                self._tell(names, Fate("unheard"))
        rows = [[Fraction(0)] * self.inputs for _ in values]
        kinds = [IDENTITY] * len(values)
        self.layers = [_DraftLayer(rows, values, kinds, self.layers[-1].names)]
        return True

    def deafen(self, layer: int, neuron: int) -> None:
        """Give a hidden neuron no weight in the next layer; `unhear` takes it out then."""
        for row in self.layers[layer + 1].rows:
            row[neuron] = Fraction(0)

    def not_needed(self, layer: int, neuron: int) -> None:
        """Say that a neuron made no difference to the function, and leave it out."""
        names = self.layers[layer].names[neuron]
        self.deafen(layer, neuron)
        self.unhear()
        self._tell(names, Fate("not needed"))

    def _tell(self, names: Iterable[Place], fate: Fate, unless: Sequence[str] = ()) -> None:
        for name in names:
            if name not in self.fates or self.fates[name].what not in unless:
                self.fates[name] = fate

    def _size(self) -> list[int]:
        return [len(layer.rows) for layer in self.layers]


def _straighten(layer: _DraftLayer, neuron: int, piece: int) -> None:
    slope, intercept = layer.kinds[neuron].pieces[piece]
    layer.rows[neuron] = [slope * w for w in layer.rows[neuron]]
    layer.bias[neuron] = slope * layer.bias[neuron] + intercept
    layer.kinds[neuron] = IDENTITY


def _ratio(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction | None:
    """Return c with second = c * first, or None; nothing is a multiple of zeros."""
    place = next((i for i, w in enumerate(first) if w), None)
    if place is None or not any(second):
        return None
    factor = second[place] / first[place]
    same = all(b == factor * a for a, b in zip(first, second, strict=True))
    return factor if same else None


def _line(
    values: LayerValues, first: int, second: int, factor: Fraction
) -> tuple[Fraction, Fraction] | None:
    """Return a slope and a constant, if first + factor * second is that of the first's z."""
    p, q = factor.numerator, factor.denominator
    size = len(values.after_scale)
    for step in (size // FEW + 1, 1):  # a few corners mostly show that it is not
        scale, line, one, other = (
            row[::step]
            for row in (
                values.after_scale,
                values.before[first],
                values.after[first],
                values.after[second],
            )
        )
        sums = [q * a + p * b for a, b in zip(one, other, strict=True)]
        found = dependence([scale, line, sums])
        if 2 not in found.combinations:
            return None
    parts = found.combinations[2]
    place = next(k for k, t in enumerate(values.before_scale) if t)
    ratio = Fraction(int(values.before_scale[place]), int(values.after_scale[place]))
    return parts.get(1, Fraction(0)) * ratio / q, parts.get(0, Fraction(0)) / q


def _pair(
    layer: _DraftLayer, after: _DraftLayer, first: int, second: int, line: tuple[Fraction, Fraction]
) -> None:
    slope, constant = line
    layer.rows[first] = [slope * w for w in layer.rows[first]]
    layer.bias[first] = slope * layer.bias[first] + constant
    layer.kinds[first] = IDENTITY
    layer.names[first] += layer.names[second]
    layer.names[second] = ()
    for row in after.rows:
        row[second] = Fraction(0)


def _merge(
    layer: _DraftLayer,
    after: _DraftLayer,
    linear: Sequence[int],
    heard: Sequence[Sequence[Fraction]],
) -> None:
    """Put the combinations that are heard in the place of a layer's linear neurons, at its end."""
    columns = list(zip(*(layer.rows[j] for j in linear), strict=True))
    bias = [layer.bias[j] for j in linear]
    rows = [[_dot(row, column) for column in columns] for row in heard]
    sums = [_dot(row, bias) for row in heard]
    names = tuple(name for j in linear for name in layer.names[j])
    kept = [j for j in range(len(layer.rows)) if j not in linear]
    layer.keep(kept)
    after.hear_only(kept)
    layer.rows += rows
    layer.bias += sums
    layer.kinds += [IDENTITY] * len(rows)
    layer.names += [names] * len(rows)


def _dot(row: Iterable[Fraction], column: Iterable[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(row, column, strict=True)), Fraction(0))
