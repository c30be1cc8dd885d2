"""The table of all inequalities of one point's region, and which of them define facets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from exactpwl.errors import TooLargeError
from exactpwl.tables.notation import Notation
from exactpwl.tables.table import Column, Table

if TYPE_CHECKING:
    from exactpwl.data.cells import PointRegion
    from exactpwl.local_maps import LocalInequality

__all__ = ["inequality_table"]


def inequality_table(around: PointRegion) -> Table[LocalInequality]:
    """Return a table with a row for each inequality of the region around a point.

    Parameters
    ----------
    around : PointRegion
        From `exactpwl.region_of_point`.

    Returns
    -------
    Table
        Columns ``origin`` (layer, neuron and side), ``inequality``, and ``facet``, which says
        whether it defines one of the region's facets; equal ones define the same.  That column is
        left out, and a remark says why, where there are more than 64 inputs or 200 different
        inequalities.

    Examples
    --------
    >>> from exactpwl import Network, region_of_point
    >>> corner = Network([([[1, 0], [0, 1], [1, 1]], [0, 0, 1], "relu")])
    >>> print(inequality_table(region_of_point(corner, (1, 2))).to_csv())
    origin,inequality,facet
    "layer 0, neuron 0: z > 0",x >= 0,yes
    "layer 0, neuron 1: z > 0",y >= 0,yes
    "layer 0, neuron 2: z > 0",x+y >= -1,no
    """
    dimension = len(around.point)

    def inequality(one: LocalInequality, notation: Notation) -> list[str]:
        return [notation.inequality(*one.row(dimension))]

    columns: list[Column[LocalInequality]] = [
        Column("origin", "where it comes from", "words", lambda one, _: [one.origin]),
        Column("inequality", "inequality", "math", inequality, has_numbers=True),
    ]
    remarks: tuple[str, ...] = ()
    try:
        facets = {one.row(dimension) for one in around.irredundant}
    except TooLargeError as error:
        remarks = (f"Which of them define facets is not told: {error}.",)
    else:
        words = {True: "yes", False: "no"}

        def facet(one: LocalInequality, _: Notation) -> list[str]:
            return [words[one.row(dimension) in facets]]

        columns.append(Column("facet", "defines a facet", "words", facet))
    number = len(around.inequalities)
    return Table(
        f"The {number} {'inequality' if number == 1 else 'inequalities'} of the region around a "
        f"point of {around.network.name or around.network.architecture}",
        tuple(columns),
        around.inequalities,
        remarks=remarks,
    )
