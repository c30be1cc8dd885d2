"""The machine that reads: every non-linearity opens a block of new units.

A tensor that enters a non-linearity holds affine forms of the units so far.  Its entries become the
neurons of a *block*, each with its form and its activation, and what leaves are new units, one an
entry.  Values that are mixed of several units become units themselves (with the identity as
activation) before they enter another matrix: the layers stay those of the file, and matrices are
not multiplied out.  Which layer a block belongs to is decided at the end (`chain`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from exactpwl.activation import Activation
from exactpwl.io.onnx_reader.forms import ONE, Form, combine_forms
from exactpwl.io.onnx_reader.machine import Machine, Sliding, array_of
from exactpwl.pooling import MaxPool
from exactpwl.structured import StructuredLayer

__all__ = ["Block", "Tape", "is_variable"]

_LINEAR = Activation.parse("linear")


@dataclass(frozen=True)
class Block:
    """Units that leave one non-linearity, numbered from `start`.

    Attributes
    ----------
    start, width : int
    node : str
        The node that opened it, for reports.
    forms : tuple of Form
        The pre-activations; of a structured block they are written out when asked for.
    activations : tuple of Activation
    groups : tuple of tuples of int, or None
        For maxima: the units of each.
    layer : StructuredLayer, optional
        The whole block as one layer of the units from `source` on.
    source : int
    """

    start: int
    width: int
    node: str
    given: tuple[Form, ...] = ()
    activations: tuple[Activation, ...] = ()
    groups: tuple[tuple[int, ...], ...] | None = None
    layer: StructuredLayer | None = None
    source: int = 0

    @property
    def takes_maxima(self) -> bool:
        """Whether the units are maxima of units."""
        return self.groups is not None

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The pre-activations."""
        if self.layer is None:
            return self.given
        q = self.layer.denominator
        return tuple(
            Form(
                {self.source + i: Fraction(n, q) for i, n in zip(heard, numbers, strict=True) if n},
                Fraction(b, q),
            )
            for (heard, numbers), b in zip(
                self.layer.sparse_rows, self.layer.bias_numerators, strict=True
            )
        )

    @cached_property
    def heard(self) -> frozenset[int]:
        """The units that enter."""
        if self.layer is not None:
            return frozenset(range(self.source, self.source + self.layer.input_dimension))
        if self.groups is not None:
            return frozenset(unit for group in self.groups for unit in group)
        return frozenset(unit for form in self.given for unit in form.terms)


def is_variable(values: Any) -> bool:
    """Return whether a value depends on the input."""
    if isinstance(values, Sliding):
        return True
    return values.dtype == object and any(isinstance(entry, Form) for entry in values.flat)


class Tape(Machine):
    """Reads a network out of a graph, block by block."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.units = 0
        self.node = ""

    def enter(self, shape: Sequence[int]) -> Any:
        """Return the units of one more input."""
        return self._new(int(np.prod(shape, dtype=int)), shape)

    def _new(self, count: int, shape: Iterable[int]) -> Any:
        start = self.units
        self.units += count
        return array_of([Form({start + i: ONE}) for i in range(count)], shape)

    def numbers(self, raw: Any) -> Any:
        """Return stored floats as the fractions that they are."""
        return array_of([Fraction(*v.as_integer_ratio()) for v in raw.ravel().tolist()], raw.shape)

    def exact(self, entry: Any) -> Fraction | None:
        """Return the number of a constant entry."""
        return None if isinstance(entry, Form) else Fraction(entry)

    def combine(self, weights: Iterable[Any], entries: Iterable[Any], start: Any) -> Any:
        """Return start + sum of weight times entry."""
        return combine_forms(weights, entries, start)

    def bend(self, values: Any, activations: Any) -> Any:
        """Open a block of neurons; constants are bent at once."""
        if isinstance(values, Sliding):
            spec = _by_channel(values, activations)
            if spec is not None:
                return self._structured(values.layer(spec), values.source, values.shape)
            values = self.written_out(values)
        kinds = np.broadcast_to(activations, values.shape).ravel()
        entries = values.ravel()
        chosen = [i for i, entry in enumerate(entries) if isinstance(entry, Form)]
        forms = tuple(entries[i] for i in chosen)
        fresh = self._open(forms, tuple(kinds[i] for i in chosen))
        made = [None if isinstance(e, Form) else kinds[i](e) for i, e in enumerate(entries)]
        for place, unit in zip(chosen, fresh, strict=True):
            made[place] = unit
        return array_of(made, values.shape)

    def _open(self, forms: tuple[Form, ...], activations: tuple[Activation, ...]) -> Any:
        if not forms:
            return self._new(0, (0,))
        self.blocks.append(Block(self.units, len(forms), self.node, forms, activations))
        return self._new(len(forms), (len(forms),))

    def _structured(self, layer: StructuredLayer, source: int, shape: Iterable[int]) -> Any:
        groups = None
        if isinstance(layer, MaxPool):
            groups = tuple(tuple(source + i for i in group) for group in layer.members)
        activations = () if groups is not None else layer.activations
        block = Block(self.units, layer.width, self.node, (), activations, groups, layer, source)
        self.blocks.append(block)
        return self._new(layer.width, shape)

    def largest(self, groups: Sequence[Sequence[Any]]) -> list[Any]:
        """Open a block of maxima; what is no unit becomes one first, constants included."""
        if not any(isinstance(entry, Form) for group in groups for entry in group):
            return [max(group) for group in groups]
        args = array_of([entry for group in groups for entry in group], (-1,))
        plain = iter(self._as_units(args))
        members = tuple(tuple(dict.fromkeys(next(plain) for _ in group)) for group in groups)
        self.blocks.append(Block(self.units, len(groups), self.node, groups=members))
        return list(self._new(len(groups), (len(groups),)))

    def _as_units(self, entries: Any) -> list[int]:
        """Return the number of the unit that each entry is; the others become new ones.

        Copies of one entry, as a Gather makes them, become one unit.
        """
        forms = [entry if isinstance(entry, Form) else Form({}, entry) for entry in entries]
        others = {id(form): form for form in forms if form.unit is None}
        opened = self._open(tuple(others.values()), (_LINEAR,) * len(others))
        fresh = {key: form.unit for key, form in zip(others, opened, strict=True)}
        found = (fresh.get(id(form), form.unit) for form in forms)
        return [unit for unit in found if unit is not None]

    def settle(self, values: Any) -> Any:
        """Return the values with every mixture of units as a unit of its own."""
        if isinstance(values, Sliding):
            return self._structured(values.layer(), values.source, values.shape)
        mixed = [isinstance(e, Form) and len(e.terms) > 1 for e in values.flat]
        if not any(mixed):
            return values
        entries = [entry if isinstance(entry, Form) else Form({}, entry) for entry in values.flat]
        return self._open(tuple(entries), (_LINEAR,) * len(entries)).reshape(values.shape)

    def slide(self, value: Sliding) -> Any:
        """Return a convolution or a mean: structured if it is of consecutive units."""
        source = _consecutive(value.entries)
        return self.written_out(value) if source is None else replace(value, source=source)

    def pool(self, values: Any, layer: MaxPool) -> list[Any]:
        """Open a block of maxima over windows."""
        source = _consecutive(values)
        if source is None:
            return super().pool(values, layer)
        return list(self._structured(layer, source, (layer.width,)))


def _consecutive(values: Any) -> int | None:
    """Return the first unit if the values are consecutive units in order."""
    entries = values.ravel()
    first = entries[0].unit if isinstance(entries[0], Form) else None
    if first is None:
        return None
    right = all(isinstance(e, Form) and e.unit == first + i for i, e in enumerate(entries))
    return first if right else None


def _by_channel(value: Sliding, activations: Any) -> Any:
    """Return activations as a layer takes them: one, or one a channel; None if they vary within."""
    kinds = np.broadcast_to(activations, value.shape).reshape(value.channels, -1)
    each = [row[0] for row in kinds]
    if any(kind != row[0] for row in kinds for kind in row):
        return None
    if len(set(each)) == 1:
        return each[0]
    return each if value.kernel is not None else None
