"""Tables of a data set among the regions: a row a point, and a row a region that holds data.

A number stands as everywhere in the tables: whole, or shortened visibly, or rounded where digits
were asked for.  A distance that does not exist, because the region is the whole space, is written
as infinity; an empty cell means that the question has no answer there: the affine map of a point on
a boundary, anything of a point outside the domain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from exactpwl.data.tally import RegionOccupancy
from exactpwl.errors import OptionError
from exactpwl.tables.notation import Notation
from exactpwl.tables.region_columns import by_layer
from exactpwl.tables.regions import check_digits
from exactpwl.tables.table import Column, Table

if TYPE_CHECKING:
    from exactpwl.data.boundary import BoundaryDistance
    from exactpwl.data.decision import DecisionDistance
    from exactpwl.data.places import Occupancy
    from exactpwl.pattern import Pattern

__all__ = ["DATA_COLUMNS", "data_table", "holders_table"]

DATA_COLUMNS = (
    "point",
    "coordinates",
    "label",
    "pattern",
    "place",
    "alone",
    "affine_map",
    "distance_linf",
    "distance_l1",
    "distance_l2_squared",
    "nearest",
    "decision_linf",
    "decision_l1",
    "decision_l2_squared",
)
"""Every column that a table of data points can have."""

_MOST_INPUTS_LISTED = 4
_WIDE = ("coordinates", "affine_map")
_NORMS = {"linf": "l-inf", "l1": "l1", "l2_squared": "l2 squared"}

PointColumn = Column[int]


def data_table(
    data: Occupancy, columns: Iterable[str] | None = None, digits: int | None = None
) -> Table[int]:
    """Return a table with a row for each data point.

    Parameters
    ----------
    data : Occupancy, or RegionOccupancy
    columns : iterable of str, optional
        In the order wanted: ``point`` (its number), ``coordinates``, ``label``, ``pattern`` (of the
        region, or the literal one on a boundary), ``place`` (inside, boundary or outside),
        ``alone``, ``affine_map``, ``distance_linf``, ``distance_l1``, ``distance_l2_squared`` (to
        the region's boundary), ``nearest`` (the neuron behind the l2-nearest facet, layer:neuron),
        and of a `RegionOccupancy` ``decision_linf``, ``decision_l1``, ``decision_l2_squared`` (to
        the decision boundary).  By default all up to the distances; with more than four inputs
        without coordinates and affine map.
    digits : int, optional
        Significant digits to round to.  Left out, no number is rounded.

    Raises
    ------
    OptionError
        If a column is unknown or repeated, there is none, there are no labels, the decision is
        asked for without the regions, or `digits` is not from 1 to 1000.

    Examples
    --------
    >>> from exactpwl import gallery, occupancy
    >>> found = occupancy(gallery.get("xor"), [(1, 1), ("1/2", 0), (0, 0)])
    >>> columns = ["coordinates", "pattern", "place", "alone", "distance_l1"]
    >>> print(data_table(found, columns).to_csv())
    coordinates,pattern,place,alone,distance_l1
    "(1, 1)",11,inside,no,2
    "(1/2, 0)",11,inside,no,1/2
    "(0, 0)",10,boundary,no,0
    """
    names = _default(data) if columns is None else tuple(columns)
    _check(data, names)
    check_digits(digits)
    makers = {**_plain_columns(data), **_distance_columns(data), **_decision_columns(data)}
    return Table(
        f"Where {_points(len(data))} {'is' if len(data) == 1 else 'are'} among the regions of "
        f"{data.network.name or data.network.architecture} over {data.domain}",
        tuple(makers[name] for name in names),
        range(len(data)),
        digits,
        _remarks(names),
    )


def _points(number: int) -> str:
    return "1 data point" if number == 1 else f"{number} data points"


def _default(data: Occupancy) -> tuple[str, ...]:
    left_out = {"nearest", *(name for name in DATA_COLUMNS if name.startswith("decision"))}
    if data.labels is None:
        left_out.add("label")
    if data.network.input_dimension > _MOST_INPUTS_LISTED:
        left_out.update(_WIDE)
    return tuple(name for name in DATA_COLUMNS if name not in left_out)


def _check(data: Occupancy, names: Sequence[str]) -> None:
    wrong = [n for i, n in enumerate(names) if n not in DATA_COLUMNS or n in names[:i]]
    if wrong or not names:
        came = ", ".join(map(repr, wrong)) or "none"
        raise OptionError(
            f"columns are chosen from {', '.join(DATA_COLUMNS)}, each once; got {came}"
        )
    if "label" in names and data.labels is None:
        raise OptionError("the column 'label' needs labels, and the data have none")
    if any(name.startswith("decision") for name in names) and not isinstance(data, RegionOccupancy):
        raise OptionError(
            "the distance to the decision boundary needs the regions: make the data's places with "
            "region_occupancy(complex, points), over a box where the whole space has too many"
        )


def _remarks(names: Sequence[str]) -> tuple[str, ...]:
    found = []
    if "alone" in names:
        found.append("Alone: inside a region whose closure holds no other of the points.")
    if any(name.startswith("distance") for name in names):
        found.append(
            "Distances to the region's boundary are those in the whole space: a domain's own "
            "boundary does not count. On a boundary between regions they are 0."
        )
    return tuple(found)


def _plain_columns(data: Occupancy) -> dict[str, PointColumn]:
    alone = set(data.alone)

    def coordinates(i: int, notation: Notation) -> list[str]:
        return [notation.point(data.points[i])]

    def label(i: int, _: Notation) -> list[str]:
        return [str((data.labels or ())[i])]

    def pattern(i: int, _: Notation) -> list[str]:
        return by_layer(str(data.places[i].pattern))

    def affine_map(i: int, notation: Notation) -> list[str]:
        found = data.affine_maps[i]
        if found is None:
            return []
        outputs = len(found.bias)
        names = [f"f{k}" for k in range(1, outputs + 1)] if outputs > 1 else [""]
        rows = zip(found.weight, found.bias, names, strict=True)
        return [notation.affine(*row) for row in rows]

    def said(text: Callable[[int], str]) -> Callable[[int, Notation], list[str]]:
        return lambda i, _: [text(i)]

    return {
        "point": Column("point", "point", "words", said(str)),
        "coordinates": Column("coordinates", "coordinates", "math", coordinates, has_numbers=True),
        "label": Column("label", "label", "words", label),
        "pattern": Column("pattern", "pattern", "code", pattern, joint=""),
        "place": Column("place", "place", "words", said(lambda i: data.places[i].status)),
        "alone": Column("alone", "alone", "words", said(lambda i: "yes" if i in alone else "no")),
        "affine_map": Column("affine_map", "affine map", "math", affine_map, has_numbers=True),
    }


def _distance_columns(data: Occupancy) -> dict[str, PointColumn]:
    def distance(norm: str) -> PointColumn:
        def items(i: int, notation: Notation) -> list[str]:
            return _written(data.distances[i], norm, notation)

        heading = f"to its boundary, {_NORMS[norm]}"
        return Column(f"distance_{norm}", heading, "math", items, has_numbers=True)

    def nearest(i: int, _: Notation) -> list[str]:
        found = data.distances[i]
        kinks = () if found is None else found.nearest_l2
        return ["=".join(f"{layer}:{neuron}" for layer, neuron, _ in kinks)]

    found = {f"distance_{norm}": distance(norm) for norm in _NORMS}
    found["nearest"] = Column("nearest", "nearest neurons (layer:neuron)", "words", nearest)
    return found


def _decision_columns(data: Occupancy) -> dict[str, PointColumn]:
    @cache
    def distances() -> tuple[DecisionDistance | None, ...]:
        return data.decision_distances if isinstance(data, RegionOccupancy) else ()

    def column(norm: str) -> PointColumn:
        def items(i: int, notation: Notation) -> list[str]:
            if data.places[i].status == "outside":
                return []
            found = distances()[i]
            return [notation.infinity] if found is None else _written(found, norm, notation)

        heading = f"to the decision, {_NORMS[norm]}"
        return Column(f"decision_{norm}", heading, "math", items, has_numbers=True)

    return {f"decision_{norm}": column(norm) for norm in _NORMS}


def _written(
    found: BoundaryDistance | DecisionDistance | None, norm: str, notation: Notation
) -> list[str]:
    if found is None:
        return []
    value: Fraction | None = getattr(found, norm)
    return [notation.infinity if value is None else notation.number(value)]


def holders_table(data: Occupancy) -> Table[Pattern]:
    """Return a table with a row for each region that holds data, the fullest first.

    Parameters
    ----------
    data : Occupancy, or RegionOccupancy

    Returns
    -------
    Table
        Columns ``pattern``, ``points`` (inside), ``boundary`` (points on its boundary), and
        ``classes`` where the points have labels.

    Examples
    --------
    >>> from exactpwl import gallery, occupancy
    >>> found = occupancy(gallery.get("xor"), [(1, 1), (2, 0), (0, 0), (-2, 0)], [1, 2, 1, 1])
    >>> print(holders_table(found).to_csv())
    pattern,points,boundary,classes
    11,2,1,1: 1; 2: 1
    00,1,0,1: 1
    """
    labels = data.labels

    def pattern(held: Pattern, _: Notation) -> list[str]:
        return by_layer(str(held))

    def classes(held: Pattern, _: Notation) -> list[str]:
        found = Counter(labels[i] for i in data.holders[held]) if labels else Counter[int]()
        return [f"{label}: {number}" for label, number in sorted(found.items())]

    columns: list[Column[Pattern]] = [
        Column("pattern", "pattern", "code", pattern, joint=""),
        Column("points", "points inside", "words", lambda p, _: [str(len(data.holders[p]))]),
        Column("boundary", "on its boundary", "words", lambda p, _: [str(len(data.touching(p)))]),
    ]
    if labels is not None:
        columns.append(Column("classes", "points of each class", "words", classes))
    number = len(data.holders)
    return Table(
        f"The {number} {'region that holds' if number == 1 else 'regions that hold'} data",
        tuple(columns),
        sorted(data.holders, key=lambda p: (-len(data.holders[p]), p)),
    )
