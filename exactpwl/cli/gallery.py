"""``exactpwl gallery``: the networks that are there to try."""

from __future__ import annotations

import json
from pathlib import Path

import click

from exactpwl.cli.inputs import Source, gallery_source, json_option
from exactpwl.cli.messages import aligned, width
from exactpwl.cli.show import network_dict, network_text
from exactpwl.cli.staging import write_whole
from exactpwl.cli.teaching import Taught
from exactpwl.errors import FormatError

__all__ = ["gallery"]


@click.command(
    cls=Taught,
    examples=(
        "exactpwl gallery",
        "exactpwl gallery lines:8",
        "exactpwl gallery xor --save xor.json",
    ),
)
@click.argument("name", required=False)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the network as a JSON file in the native format.",
)
@json_option
def gallery(name: str | None, save: Path | None, as_json: bool) -> int:
    """List the networks of the gallery, or show the one called NAME.

    Some names take a parameter: lines:8 is eight lines in the plane, sawtooth:5 the tent map
    composed five times. Every command takes such a name in place of a file. The trained networks
    are bundled with exact weights, multiples of 1/64.
    """
    if name is None:
        if save is not None:
            raise click.UsageError("--save needs a name: exactpwl gallery xor --save FILE")
        click.echo(_listing(as_json))
        return 0
    source = gallery_source(name)
    if save is not None:
        _save(source, save)
        click.echo(f"wrote {save}", err=True)
    elif as_json:
        click.echo(json.dumps(network_dict(source)))
    else:
        click.echo(network_text(source, columns=width()))
    return 0


def _listing(as_json: bool) -> str:
    from exactpwl import gallery as rooms

    described = [rooms.describe(name).partition(" - ")[::2] for name in rooms.names()]
    if as_json:
        return json.dumps([{"name": name, "description": text} for name, text in described])
    return aligned(described, indent="", columns=width())


def _save(source: Source, path: Path) -> None:
    from exactpwl.io import dumps

    if path.suffix != ".json":
        raise FormatError(
            f"a network is saved under a name that ends in .json, got {path.suffix or 'no ending'}",
            path=str(path),
        )
    write_whole(path, dumps(source.network))
