"""The table of all regions: a row a region."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from exactpwl.errors import OptionError
from exactpwl.rationals import format_point
from exactpwl.tables.region_columns import DEFAULT_COLUMNS, REGION_COLUMNS
from exactpwl.tables.table import Table

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex
    from exactpwl.network import Network
    from exactpwl.region import Region

__all__ = ["MOST_DIGITS", "check_digits", "region_table"]

MOST_DIGITS = 1000
"""The largest number of significant digits that can be asked for."""


def region_table(
    complex_: PolyhedralComplex,
    columns: Iterable[str] | None = None,
    digits: int | None = None,
) -> Table[Region]:
    """Return a table with a row for each activation region.

    Parameters
    ----------
    complex_ : PolyhedralComplex
    columns : iterable of str, optional
        In the order wanted: ``region`` (its number), ``pattern``, ``signs``, ``affine_map``,
        ``facets``, ``neurons`` (behind each facet), ``vertices``, ``rays``, ``interior_point``,
        ``bounded``, ``volume`` (length or area for one or two inputs), ``neighbours``,
        ``linear_region``.  By default pattern, affine_map, facets, vertices, bounded, volume.
    digits : int, optional
        Significant digits to round to.  Left out, no number is rounded.

    Returns
    -------
    Table
        Its cells are computed when it is written.

    Raises
    ------
    OptionError
        If a column is unknown or repeated, there is none, or `digits` is not from 1 to 1000.

    Examples
    --------
    >>> from exactpwl import Network, regions
    >>> tent = Network([([[1], [1]], [0, "-1/2"], "relu"), ([[2, -4]], [0], "linear")])
    >>> print(region_table(regions(tent, [(0, 1)]), ["pattern", "affine_map", "facets"]).to_csv())
    pattern,affine_map,facets
    10,2x,x >= 0; x <= 1/2
    11,-2x+2,x <= 1; x >= 1/2
    """
    names = DEFAULT_COLUMNS if columns is None else tuple(columns)
    _check_columns(names)
    check_digits(digits)
    return Table(
        _title(complex_),
        tuple(REGION_COLUMNS[name](complex_) for name in names),
        complex_.regions,
        digits,
        _remarks(complex_, names),
    )


def _check_columns(names: tuple[str, ...]) -> None:
    wrong = [n for i, n in enumerate(names) if n not in REGION_COLUMNS or n in names[:i]]
    if wrong or not names:
        came = ", ".join(map(repr, wrong)) or "none"
        raise OptionError(
            f"columns are chosen from {', '.join(REGION_COLUMNS)}, each once; got {came}"
        )


def check_digits(digits: int | None) -> None:
    """Refuse a number of digits that no table can be rounded to."""
    if digits is not None and not 1 <= digits <= MOST_DIGITS:
        raise OptionError(f"1 to {MOST_DIGITS} significant digits can be asked for, got {digits}")


def _title(complex_: PolyhedralComplex) -> str:
    count = len(complex_)
    regions = "1 activation region" if count == 1 else f"{count} activation regions"
    return f"The {regions} of {_named(complex_.network)} over {complex_.domain}"


def _named(network: Network) -> str:
    return network.name or f"the network {network.architecture}"


def _remarks(complex_: PolyhedralComplex, names: tuple[str, ...]) -> tuple[str, ...]:
    if not complex_.lines or not {"vertices", "rays"} & set(names):
        return ()
    lines = ", ".join(map(format_point, complex_.lines))
    return (
        f"Every region contains whole lines, in direction {lines}. So no region has a vertex: in "
        "their place stands one point of each minimal face, and rays are extreme modulo the lines.",
    )
