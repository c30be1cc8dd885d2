"""The integer form of a network: homogeneous stages, one for each layer with kinks.

A point x/t is the integer vector (x, t); a stage maps the homogeneous vector of one layer to the
next by an integer matrix whose last row carries the scale.  Multiplying everything by a positive
number changes no sign, so denominators never appear: a bias and a breakpoint meet the scale in the
last coordinate.  At t = 0 the same matrices evaluate the recession function, so directions at
infinity need no case of their own.

On a cell where the pieces are known, all pre-activations are affine: H, an integer matrix of shape
(width + 1, d + 1), maps (x, t) to the homogeneous vector of the layer.  ``stage.lift`` and
``stage.act`` take it from layer to layer.  Linear layers are composed into the next stage.
Products use ``flint.fmpz_mat``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING, Any, NamedTuple

from flint import fmpz_mat

from exactpwl.affine import AffineMap
from exactpwl.inequality import IntegerRow
from exactpwl.maximum import Maximum
from exactpwl.pattern import Pattern
from exactpwl.rationals import clear_denominators, homogeneous, primitive
from exactpwl.stage import IntMatrix, Stage, max_stage, pointwise_stage

if TYPE_CHECKING:
    from exactpwl.layer import Layer

__all__ = [
    "Evaluation",
    "IntMatrix",
    "KinkFunction",
    "SharedKinkFunctions",
    "Stage",
    "Stages",
    "integer_map",
    "rational_map",
]


class KinkFunction(NamedTuple):
    """An affine function normal . x + offset whose sign tells on which side of a kink x lies."""

    layer: int
    neuron: int
    breakpoint: int
    normal: tuple[int, ...]
    offset: int


class Evaluation(NamedTuple):
    """What a forward pass at one point tells."""

    output: tuple[Fraction, ...]
    pattern: Pattern
    signs: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Stages:
    """A network as integer stages and a final integer map.

    Attributes
    ----------
    dimension : int
        The number of inputs.
    stages : tuple of Stage
    output : (m + 1) rows of ints
        The homogeneous map from the last stage to the outputs.
    """

    dimension: int
    stages: tuple[Stage, ...]
    output: IntMatrix

    @classmethod
    def of(cls, layers: Sequence[Layer]) -> Stages:
        """Compile layers; linear layers go into the next stage, or into the output."""
        stages: list[Stage] = []
        dimension = layers[0].input_dimension
        carried: Any = None
        for index, layer in enumerate(layers):
            if isinstance(layer, Maximum):
                whole = _unit(layer.input_dimension) if layer.is_linear else ()
                rows = whole if carried is None else _ints(carried)
                stage: Stage = max_stage(index, rows, layer)
            else:
                rows = _homogeneous(layer)
                if carried is not None:
                    rows = _ints(fmpz_mat(rows) * carried)
                stage = pointwise_stage(index, rows, layer.activations)
            if layer.is_linear:
                carried = stage.act(rows, [0] * layer.width)
            else:
                stages.append(stage)
                carried = None
        if carried is None:
            carried = fmpz_mat(_unit(layers[-1].width))
        return cls(dimension, tuple(stages), _ints(carried))

    @cached_property
    def output_matrix(self) -> Any:
        """The final map as a flint matrix."""
        return fmpz_mat([list(row) for row in self.output])

    def __getstate__(self) -> dict[str, Any]:
        return {key: value for key, value in self.__dict__.items() if key != "output_matrix"}

    def identity(self) -> Any:
        """Return H before the first stage: the inputs themselves."""
        return fmpz_mat(_unit(self.dimension))

    def pre_activations(self, pattern: Iterable[Sequence[int]]) -> list[list[list[Any]]]:
        """Return, stage by stage, the rows of the pre-activations under the pattern."""
        hidden = self.identity()
        found = []
        for stage, pieces in zip(self.stages, pattern, strict=False):
            pre = stage.lift(hidden).tolist()
            found.append(pre)
            hidden = stage.act(pre, pieces)
        return found

    def hidden(self, pattern: Sequence[Sequence[int]]) -> Any:
        """Return H after the stages that the pattern decides."""
        hidden = self.identity()
        for stage, pieces in zip(self.stages, pattern, strict=False):
            hidden = stage.act(stage.lift(hidden).tolist(), pieces)
        return hidden

    def affine_map(self, pattern: Sequence[Sequence[int]]) -> AffineMap:
        """Return the affine map of the pattern."""
        return next(self.affine_maps([pattern]))

    def affine_maps(self, patterns: Iterable[Sequence[Sequence[int]]]) -> Iterator[AffineMap]:
        """Yield the affine map of each pattern."""
        return map(rational_map, self.integer_maps(patterns))

    def integer_maps(self, patterns: Iterable[Sequence[Sequence[int]]]) -> Iterator[IntMatrix]:
        """Yield the affine map of each pattern in coprime integers.

        A map x -> (A x + c)/s has the rows (A_i, c_i) and a last row (0, ..., 0, s), s > 0.  The
        form is unique, so two maps are equal iff their integers are.  What a pattern shares with
        the one before it is kept: sorted patterns cost least.
        """
        path: list[Any] = []  # the pre-activations of each stage
        last: Sequence[Sequence[int]] = ()
        for pattern in patterns:
            same = 0
            while same < len(path) - 1 and last[same] == pattern[same]:
                same += 1
            del path[same + 1 :]
            while len(path) < len(self.stages):
                path.append(self._pre(path, pattern))
            last = pattern
            yield _coprime(self._outputs(path, pattern))

    def _pre(self, path: Sequence[Any], pattern: Sequence[Sequence[int]]) -> Any:
        """Return the next stage's pre-activations, given those of all before it."""
        if not path:
            return self.stages[0].lift(self.identity())
        before = len(path) - 1
        hidden = self.stages[before].act(path[-1].tolist(), pattern[before])
        return self.stages[before + 1].lift(hidden)

    def _outputs(self, path: Sequence[Any], pattern: Sequence[Sequence[int]]) -> Any:
        """Return the output rows; the last pieces are taken into the output's few rows."""
        if not self.stages:
            return self.output_matrix
        stage, pieces = self.stages[-1], pattern[len(self.stages) - 1]
        rows = stage.absorb(self.output, pieces)
        return fmpz_mat(rows) * path[-1]

    def kink_functions(self, pattern: Sequence[Sequence[int]]) -> list[KinkFunction]:
        """Return every kink's function under the pattern."""
        return [
            function
            for stage, pre in zip(self.stages, self.pre_activations(pattern), strict=True)
            for function in _functions(stage, pre)
        ]

    def evaluate(self, point: Sequence[Fraction]) -> Evaluation:
        """Run the network at a rational point."""
        return self.evaluate_at(homogeneous(point))

    def evaluate_at(self, vector: Sequence[int]) -> Evaluation:
        """Run the network at the point x/t given as the integer vector (x, t), t > 0."""
        hidden = fmpz_mat([[c] for c in vector])
        pattern, signs = [], []
        for stage in self.stages:
            pre = stage.lift(hidden).tolist()
            values = [value for (value,) in stage.kink_values(pre)]
            signs.append(tuple((v > 0) - (v < 0) for v in values))
            pattern.append(stage.pieces_of(sum((v > 0) << k for k, v in enumerate(values))))
            hidden = stage.act(pre, pattern[-1])
        *rows, (scale,) = _ints(self.output_matrix * hidden)
        output = tuple(Fraction(value, scale) for (value,) in rows)
        return Evaluation(output, Pattern(pattern), tuple(signs))


class SharedKinkFunctions:
    """The kinks' functions of many patterns: what patterns that begin alike share is kept.

    The functions of a stage depend on the pieces of the stages before it alone, and regions that
    have these in common are many.

    Parameters
    ----------
    stages : Stages
    """

    def __init__(self, stages: Stages) -> None:
        self.stages = stages
        self._known: dict[tuple[tuple[int, ...], ...], tuple[KinkFunction, ...]] = {}
        self._pre: dict[tuple[tuple[int, ...], ...], Any] = {}
        self._latest: tuple[Any, Any] = (None, None)
        self._places = [
            (depth, kink)
            for depth, stage in enumerate(stages.stages)
            for kink in range(len(stage.kinks))
        ]

    def __call__(self, pattern: Sequence[tuple[int, ...]]) -> list[KinkFunction]:
        """Return every kink's function under the pattern, in primitive integers."""
        return [function for functions in self.by_stage(pattern) for function in functions]

    def by_stage(self, pattern: Sequence[tuple[int, ...]]) -> Iterator[tuple[KinkFunction, ...]]:
        """Yield the functions under the pattern stage by stage."""
        for depth in range(len(self.stages.stages)):
            prefix = tuple(pattern[:depth])
            known = self._known.get(prefix)
            if known is None:
                known = self._known[prefix] = self._of_stage(prefix)
            yield known

    def inner_row(self, pattern: Sequence[tuple[int, ...]], kink: int) -> IntegerRow:
        """Return the inequality, in coprime integers, that one kink puts on a region.

        Parameters
        ----------
        pattern : Pattern
        kink : int
            Its place in `Network.kinks`.
        """
        depth, place = self._places[kink]
        rows = self._pre_activations(tuple(pattern[:depth]))
        stage = self.stages.stages[depth]
        row = primitive(stage.kink_row(rows, place))
        if stage.side(place, pattern[depth]) < 0:
            row = tuple([-entry for entry in row])
        return row[:-1], row[-1]

    def _pre_activations(self, prefix: tuple[tuple[int, ...], ...]) -> list[list[Any]]:
        known = self._latest[1] if self._latest[0] == prefix else self._pre.get(prefix)
        if known is None:
            hidden = self.stages.identity()
            if prefix:
                before = self._pre_activations(prefix[:-1])
                hidden = self.stages.stages[len(prefix) - 1].act(before, prefix[-1])
            rows: list[list[Any]] = self.stages.stages[len(prefix)].lift(hidden).tolist()
            if len(prefix) + 1 < len(self.stages.stages):
                self._pre[prefix] = rows
            self._latest = prefix, rows  # of the last stage no more is kept: there are too many
            return rows
        found: list[list[Any]] = known
        return found

    def _of_stage(self, prefix: tuple[tuple[int, ...], ...]) -> tuple[KinkFunction, ...]:
        stage = self.stages.stages[len(prefix)]
        return tuple(
            function._replace(normal=row[:-1], offset=row[-1])
            for function in _functions(stage, self._pre_activations(prefix))
            for row in [primitive((*function.normal, function.offset))]
        )


def _functions(stage: Stage, pre: Sequence[Sequence[Any]]) -> Iterator[KinkFunction]:
    for kink, (neuron, _, _) in enumerate(stage.kinks):
        row = stage.kink_row(pre, kink)
        yield KinkFunction(stage.layer, neuron, stage.bends[kink], row[:-1], row[-1])


def _ints(matrix: Any) -> IntMatrix:
    return tuple(tuple(map(int, row)) for row in matrix.tolist())


def rational_map(rows: IntMatrix) -> AffineMap:
    """Return the affine map of integer rows, as `Stages.integer_maps` yields them.

    Examples
    --------
    >>> rational_map(((1, 2, 3), (0, 0, 2)))
    AffineMap(weight=((Fraction(1, 2), Fraction(1, 1)),), bias=(Fraction(3, 2),))
    """
    scale = rows[-1][-1]
    return AffineMap(
        tuple(tuple(Fraction(w, scale) for w in row[:-1]) for row in rows[:-1]),
        tuple(Fraction(row[-1], scale) for row in rows[:-1]),
    )


def integer_map(found: AffineMap) -> IntMatrix:
    """Return the rows of an affine map in coprime integers: what `rational_map` is given.

    Examples
    --------
    >>> integer_map(AffineMap.of([["1/2", 1]], ["3/2"]))
    ((1, 2, 3), (0, 0, 2))
    """
    rows = [(*w, b) for w, b in zip(found.weight, found.bias, strict=True)]
    numbers, scale = clear_denominators([entry for row in rows for entry in row])
    size = found.input_dimension + 1
    parts = (numbers[i : i + size] for i in range(0, len(numbers), size))
    return (*parts, (0,) * (size - 1) + (scale,))


def _coprime(matrix: Any) -> IntMatrix:
    rows = _ints(matrix)
    divisor = gcd(*(entry for row in rows for entry in row))
    if divisor == 1:
        return rows
    return tuple(tuple(entry // divisor for entry in row) for row in rows)


def _unit(dimension: int) -> IntMatrix:
    """Return the homogeneous rows of the identity."""
    size = dimension + 1
    return tuple(tuple(int(i == j) for j in range(size)) for i in range(size))


def _homogeneous(layer: Layer) -> IntMatrix:
    rows = [(*w, b) for w, b in zip(layer.numerators, layer.bias_numerators, strict=True)]
    return (*rows, (0,) * layer.input_dimension + (layer.denominator,))
