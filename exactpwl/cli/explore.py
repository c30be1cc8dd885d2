"""``exactpwl explore``: an atlas to explore, one HTML file for a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exactpwl.cli.figures.options import seen, source_and_domain, window_option
from exactpwl.cli.inputs import Interval, Source, jobs_option, workers
from exactpwl.cli.messages import EXACTNESS, width, wrapped
from exactpwl.cli.progress import bars
from exactpwl.cli.staging import written_whole
from exactpwl.cli.teaching import Taught

if TYPE_CHECKING:
    from exactpwl.domain import Domain

__all__ = ["explore"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl explore xor",
        "exactpwl explore rings -o rings.html",
        "exactpwl explore lines:8 --box -6 6 -o atlas.html",
        "exactpwl explore max:4 --along 1,0,-1,0 --along 0,1,0,-1",
    ),
)
@source_and_domain
@window_option
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The page, FILE.html; by default NET.html.",
)
@jobs_option
def explore(
    source: Source,
    domain: Domain,
    window: tuple[Interval, ...],
    out: Path | None,
    jobs: int,
) -> int:
    """Write an atlas of NET to explore in a browser: one file, no server, no network.

    Move over the regions and see pattern, affine map, facets with the neurons behind them,
    vertices, area and neighbours; walk from region to region; type a point and be taken to its
    region; compare two regions; see an output as a surface; browse the empty patterns with their
    proofs.

    A network has one or two inputs; of one with more a section is taken, a plane through its
    inputs: --at P --along U --along V.

    Exact means exact for the real-valued function of the stored numbers, not for a float runtime.
    """
    from exactpwl.enumeration import regions
    from exactpwl.explore import save_atlas
    from exactpwl.explore.contents import require_line_or_plane
    from exactpwl.network import Network

    path = out or Path(f"{source.label}.html")
    if path.suffix != ".html":
        raise click.UsageError(f"-o FILE ends in .html, got {path.suffix or 'no ending'}")
    require_line_or_plane(source.network.input_dimension)
    network = source.network
    if network.name is None:
        network = Network(network.layers, name=source.label)
    look = seen(window, source, whole_space=domain.is_whole_space)
    with bars() as shown:
        with workers(jobs) as executor:
            complex_ = regions(network, domain, executor=executor, listener=shown.enumeration())
        shown.doing("writing the atlas")
        with written_whole(path) as file:
            save_atlas(complex_, file, window=look)
        size = path.stat().st_size
    count = len(complex_)
    click.echo(
        f"wrote {path}: {count} activation region{'' if count == 1 else 's'}, "
        f"{size / 1e6:.1f} MB; open it in a browser"
    )
    click.echo(wrapped(EXACTNESS, columns=width()))
    return 0
