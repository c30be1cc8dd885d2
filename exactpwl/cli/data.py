"""``exactpwl data``: where data points are among the regions of a network."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exactpwl.cli.inputs import (
    Interval,
    Source,
    domain_of,
    domain_options,
    intervals,
    json_option,
    load_source,
    names_from,
    network_argument,
    rational,
)
from exactpwl.cli.messages import EXACTNESS, aligned, facts, heading, width, wrapped
from exactpwl.cli.progress import bars
from exactpwl.cli.staging import written_whole
from exactpwl.cli.teaching import Taught
from exactpwl.data.cells import PointRegion, region_of_point
from exactpwl.data.places import Occupancy, occupancy
from exactpwl.data.tally import RegionOccupancy, region_occupancy
from exactpwl.domain import Domain
from exactpwl.enumeration import regions
from exactpwl.errors import FormatError
from exactpwl.io.points import DataPoints, load_points
from exactpwl.network import Network
from exactpwl.rationals import format_fraction
from exactpwl.tables.data import DATA_COLUMNS, data_table, holders_table
from exactpwl.tables.inequalities import inequality_table
from exactpwl.tables.regions import MOST_DIGITS

if TYPE_CHECKING:
    from fractions import Fraction

    from exactpwl.tables.table import Table

__all__ = ["data", "data_of"]

_FEW_INPUTS = 3
_ENDINGS = (".csv", ".md", ".tex", ".html")


def _table_file(text: str) -> Path:
    path = Path(text)
    if path.suffix not in _ENDINGS:
        raise click.BadParameter(
            f"a table's name ends in {', '.join(_ENDINGS)}, got {path.suffix or 'no ending'}"
        )
    return path


@click.command(
    cls=Taught,
    examples=(
        "exactpwl data disc-8-8-8",
        "exactpwl data xor-2 -o points.csv --columns coordinates,pattern,decision_linf",
        "exactpwl data disc-3 --box -1 1 --json",
    ),
)
@network_argument
@click.argument("points", metavar="[POINTS]", required=False, type=click.Path(path_type=Path))
@domain_options
@click.option(
    "--labels/--no-labels",
    "labelled",
    default=None,
    help="The last column of POINTS is the class, or is not. By default it is if there is one "
    "column more than inputs.",
)
@click.option(
    "--window",
    type=(rational, rational),
    multiple=True,
    metavar="LO HI",
    help="Count as well what this box shows: once for all coordinates, or once for each.",
)
@click.option(
    "--regions/--no-regions",
    "enumerated",
    default=None,
    help="Enumerate all regions, to count those without data; by default with up to "
    f"{_FEW_INPUTS} inputs.",
)
@click.option(
    "-o",
    "--out",
    type=_table_file,
    metavar="FILE",
    help="Write a table with a row for each point: FILE.csv, .md, .tex or .html.",
)
@click.option(
    "--holders",
    type=_table_file,
    metavar="FILE",
    help="Write a table with a row for each region that holds data.",
)
@click.option(
    "--inequalities",
    "of_point",
    type=(click.IntRange(min=0), _table_file),
    metavar="I FILE",
    help="Write a table of all inequalities of the region of point I, counted from 0, with those "
    "that define facets.",
)
@click.option(
    "--columns",
    type=names_from("columns", DATA_COLUMNS),
    metavar="NAME,...",
    help=f"The columns of the points' table, of {', '.join(DATA_COLUMNS)}.",
)
@click.option(
    "--digits",
    type=click.IntRange(1, MOST_DIGITS),
    metavar="N",
    help="Round the numbers of the table to N significant digits. Without it none is rounded.",
)
@json_option
def data(
    net: str,
    points: Path | None,
    box: tuple[Interval, ...],
    domain_file: Path | None,
    labelled: bool | None,
    window: tuple[Interval, ...],
    enumerated: bool | None,
    out: Path | None,
    holders: Path | None,
    of_point: tuple[int, Path] | None,
    columns: tuple[str, ...] | None,
    digits: int | None,
    as_json: bool,
) -> int:
    """Show where data points are among the regions of NET, exactly.

    POINTS is a file: CSV, a line a point, with exact numbers such as 1/2 or 0.1 and perhaps a class
    behind them; JSON; or .npy and .npz of numpy. Of a training run its own data are the default.

    Counted are the regions that hold data and those that hold none, and the points that are alone
    in their region. The table of -o has for each point its region, the exact affine map there, and
    its exact distance to the region's boundary and, with the columns decision_..., to the decision
    boundary, in three norms. Exact means exact for the real-valued function of the stored numbers,
    not for a float runtime.
    """
    source = load_source(net)
    given = data_of(source, points, labelled)
    domain = domain_of(source.network, box, domain_file)
    few = source.network.input_dimension <= _FEW_INPUTS if enumerated is None else enumerated
    found = _places(source.network, given, domain, few)
    seen = _window(found, window)
    if out is not None:
        _save(data_table(found, columns, digits), out)
    if holders is not None:
        _save(holders_table(found), holders)
    if of_point is not None:
        _save(inequality_table(_around(found, of_point[0])), of_point[1])
    if as_json:
        click.echo(json.dumps(_as_dict(found, seen)))
    else:
        click.echo(_text(found, seen, columns=width()))
        for file in filter(None, (out, holders, of_point and of_point[1])):
            click.echo(f"wrote {file}")
    return 0


def data_of(source: Source, points: Path | None, labelled: bool | None = None) -> DataPoints:
    """Return the data points of a file, or those of a training run.

    Raises
    ------
    FormatError
        If the file is none, or there is neither file nor training run.
    """
    if points is not None:
        return load_points(points, inputs=source.network.input_dimension, labelled=labelled)
    if source.points is None:
        raise FormatError(
            "data points are required: name a file, .csv, .json, .npy or .npz, or a training run "
            "of the gallery, which has its own"
        )
    return DataPoints(source.points, source.labels)


def _places(network: Network, given: DataPoints, domain: Domain, enumerated: bool) -> Occupancy:
    if not enumerated:
        return occupancy(network, given.points, given.labels, domain)
    with bars() as shown:
        complex_ = regions(network, domain, listener=shown.enumeration())
        return region_occupancy(complex_, given.points, given.labels)


def _window(found: Occupancy, window: tuple[Interval, ...]) -> dict[str, int] | None:
    if not window:
        return None
    if not isinstance(found, RegionOccupancy):
        raise click.UsageError("--window counts regions, which --regions enumerates")
    inputs = found.network.input_dimension
    seen = found.in_box(Domain.box(intervals(window, inputs, "--window")))
    return {name: len(indices) for name, indices in seen._asdict().items()}


def _around(found: Occupancy, index: int) -> PointRegion:
    if index >= len(found):
        raise click.UsageError(
            f"--inequalities I takes a point from 0 to {len(found) - 1}, got {index}"
        )
    return region_of_point(found.network, found.points[index])


def _save(table: Table[Any], path: Path) -> None:
    with written_whole(path) as file:
        table.save(file)


def _as_dict(found: Occupancy, seen: dict[str, int] | None) -> dict[str, Any]:
    """Return the counts as plain JSON values."""
    share = found.share_alone
    counts: dict[str, Any] = {
        "points": len(found),
        "inside": len(found.inside),
        "on_boundary": len(found.on_boundary),
        "outside": len(found.outside),
        "regions_with_data": len(found.holders),
        "most_in_one_region": max(map(len, found.holders.values()), default=0),
        "alone": len(found.alone),
        "share_alone": None if share is None else format_fraction(share),
        "own_pattern": len(found.own_pattern),
    }
    if isinstance(found, RegionOccupancy):
        counts |= {
            "regions": len(found.complex),
            "regions_touched": len(found.touched),
            "regions_without_data": len(found.empty),
        }
        if found.labels is not None:
            counts["regions_with_several_classes"] = len(found.mixed)
    if seen is not None:
        counts["window"] = seen
    return {
        "network": found.network.name,
        "sha256": found.network.sha256,
        "domain": found.domain.as_dict(),
        **counts,
    }


def _text(found: Occupancy, seen: dict[str, int] | None, *, columns: int) -> str:
    head = facts(found.network, found.domain, columns=columns)
    parts = [
        head,
        f"{heading('Points')}\n{aligned(_about_points(found), columns=columns)}",
        f"{heading('Regions')}\n{aligned(_about_regions(found), columns=columns)}",
    ]
    if seen is not None:
        parts.append(f"{heading('Window')}\n{aligned(_about_window(seen), columns=columns)}")
    parts.append(wrapped(EXACTNESS, columns=columns))
    return "\n\n".join(parts)


def _about_points(found: Occupancy) -> list[tuple[str, str, str]]:
    rows = [
        ("points", str(len(found)), "in the file, or of the training run"),
        ("  inside", str(len(found.inside)), "in the interior of a region"),
        ("  on boundary", str(len(found.on_boundary)), "of several regions: distance 0"),
        ("  outside", str(len(found.outside)), "the domain; they count for nothing else"),
    ]
    share, own_share = found.share_alone, found.share_own_pattern
    if share is not None and own_share is not None:
        meaning = f"{_percent(share)} alone: no other point in their region or on its boundary"
        rows.append(("alone", str(len(found.alone)), meaning))
        own = f"{_percent(own_share)} have a literal pattern of their own"
        rows.append(("own pattern", str(len(found.own_pattern)), own))
    return rows


def _about_regions(found: Occupancy) -> list[tuple[str, str, str]]:
    most = max(map(len, found.holders.values()), default=0)
    rows = [("with data", str(len(found.holders)), "regions with a point inside")]
    if isinstance(found, RegionOccupancy):
        rows += [
            ("touched", str(len(found.touched)), "with points on their boundary only"),
            ("without data", str(len(found.empty)), f"of {len(found.complex)} activation regions"),
        ]
    else:
        rows.append(("without data", "?", "the regions were not enumerated: --regions"))
    rows.append(("fullest", str(most), "points in one region"))
    if isinstance(found, RegionOccupancy) and found.labels is not None:
        rows.append(("mixed", str(len(found.mixed)), "regions with points of several classes"))
    return rows


def _about_window(seen: dict[str, int]) -> list[tuple[str, str, str]]:
    return [
        ("regions", str(seen["regions"]), "whose interior meets it"),
        ("  with data", str(seen["holding"]), "anywhere"),
        ("  with data there", str(seen["holding_there"]), "in the window"),
        ("  without data", str(seen["empty"]), "anywhere"),
        ("  whole", str(seen["whole"]), "regions that lie in it"),
        ("points", str(seen["points"]), "in it"),
    ]


def _percent(share: Fraction) -> str:
    percent = 100 * share
    return f"{percent}%" if percent.denominator == 1 else f"{float(percent):.2f}%"
