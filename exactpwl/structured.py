"""Layers that are more than a table of weights: convolutions, poolings, maxima.

Each is a `Layer`, so that whatever reads a layer's weights reads them here too, but the weights
are spelled by a few numbers, and most of the table is zeros.  Evaluation and the maps at a data
point (`exactpwl.forward`, `exactpwl.local_maps`) read `sparse_rows`; the dense table that the
engine needs is made when somebody asks for it, up to a size, and refused beyond.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NoReturn

from exactpwl.errors import TooLargeError
from exactpwl.layer import Layer, SparseRow

__all__ = ["MOST_DENSE", "StructuredLayer"]

MOST_DENSE = 1 << 20
"""The most entries of a table of weights that is written out."""


class StructuredLayer(Layer):
    """An immutable layer whose identity is its written form, not its table of weights."""

    _kept: tuple[str, ...] = ()
    """The attributes that define the layer; all else follows from them."""

    def _keep(self, **attributes: Any) -> None:
        for name, value in attributes.items():
            object.__setattr__(self, name, value)

    @property
    def input_dimension(self) -> int:
        """The number of inputs of the layer."""
        raise NotImplementedError

    @property
    def width(self) -> int:
        """The number of values that leave the layer."""
        raise NotImplementedError

    @property
    def output_shape(self) -> tuple[int, int, int]:
        """(channels, height, width) of what leaves the layer."""
        raise NotImplementedError

    @cached_property
    def sparse_rows(self) -> tuple[SparseRow, ...]:
        """For each neuron the inputs that it hears, and the numerators of their weights."""
        raise NotImplementedError

    @cached_property
    def numerators(self) -> tuple[tuple[int, ...], ...]:
        """The whole table of numerators, zeros and all.

        Raises
        ------
        TooLargeError
            If it has more than 2^20 entries.
        """
        size = self.input_dimension
        if size * self.width > MOST_DENSE:
            raise TooLargeError(
                f"the weights of {self.width} neurons with {size} inputs would be a table of "
                f"{self.width * size} numbers, and {MOST_DENSE} are written out at most; for a "
                "network with such a layer take what belongs to one point: its value, pattern_at, "
                "affine_map_at, inequalities_at"
            )
        table = []
        for places, numbers in self.sparse_rows:
            row = [0] * size
            for place, number in zip(places, numbers, strict=True):
                row[place] = number
            table.append(tuple(row))
        return tuple(table)

    def _identity(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._kept)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, StructuredLayer) or type(other) is not type(self):
            return NotImplemented
        return self._identity() == other._identity()

    def __hash__(self) -> int:
        return hash((type(self).__name__, self._identity()))

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self._kept}

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} is immutable; {name} cannot be set")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"a {type(self).__name__} is immutable; {name} cannot be deleted")
