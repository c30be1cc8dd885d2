"""What comes in: a network by file or gallery name, a domain, an executor; one reading for all.

Where a file of that name is, it is a file; any other text is a name of the gallery.  Where neither
is found, the error says what was looked for and which names are near, because the usual cause is a
slip of the finger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exactpwl.domain import Domain, as_domain
from exactpwl.errors import GalleryError
from exactpwl.network import Network
from exactpwl.rationals import as_fraction

if TYPE_CHECKING:
    from concurrent.futures import Executor

__all__ = [
    "Source",
    "domain_of",
    "domain_options",
    "gallery_source",
    "intervals",
    "jobs_option",
    "json_option",
    "load_source",
    "names_from",
    "network_argument",
    "rational",
    "run_source",
    "workers",
]

_ENDINGS = (".json", ".npz", ".onnx", ".onnx.gz", ".nnet", ".keras")

F = TypeVar("F", bound=Callable[..., Any])
Interval = tuple[Fraction, Fraction]


def rational(text: str) -> Fraction:
    """Read a rational number from an exact text; a usage error if it spells none.

    Examples
    --------
    >>> rational("-1/2"), rational("0.1")
    (Fraction(-1, 2), Fraction(1, 10))
    """
    try:
        return as_fraction(text)
    except (TypeError, ValueError) as error:
        raise click.BadParameter(str(error)) from None


def names_from(kind: str, choices: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of some of `choices` with commas between them.

    Examples
    --------
    >>> names_from("checks", ["euler", "facets"])("facets, euler")
    ('facets', 'euler')
    """

    def read(text: str) -> tuple[str, ...]:
        names = tuple(name.strip() for name in text.split(","))
        for i, name in enumerate(names):
            if name not in choices:
                near = get_close_matches(name, choices, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                listed = ", ".join(choices)
                raise click.BadParameter(f"the {kind} are {listed}; there is no {name!r}{hint}")
            if name in names[:i]:
                raise click.BadParameter(f"each of the {kind} is named once, {name} came twice")
        return names

    return read


@dataclass(frozen=True)
class Source:
    """A network and where it comes from.

    Attributes
    ----------
    network : Network
    origin : str
        In words.
    label : str
        A short name that a folder can have.
    window : pairs (low, high), optional
        The gallery's box to look at.
    points : pairs of rationals, optional
        The data of a training run.
    labels : sequence of int, optional
        Their classes.
    facts : pairs of a word and a sentence
        What there is to say about a file of another program.
    """

    network: Network
    origin: str
    label: str
    window: tuple[Interval, ...] | None = None
    points: tuple[tuple[Fraction, ...], ...] | None = None
    labels: tuple[int, ...] | None = None
    facts: tuple[tuple[str, str], ...] = ()


def load_source(spec: str) -> Source:
    """Return the network of a file or of the gallery; of a training run that of a checkpoint.

    An ``.nnet`` file is named with its normalization, ``net.nnet:fold`` or ``net.nnet:ignore``.

    Raises
    ------
    GalleryError
        If there is no such file and no such name; it says what was looked for.
    FormatError, NetworkError
        If the file is there and is no network.
    """
    from exactpwl import gallery

    path = Path(spec)
    if path.is_file():
        return _file_source(path)
    name, colon, normalization = spec.rpartition(":")
    if colon and Path(name).is_file():
        return _file_source(Path(name), normalization)
    if spec.partition(":")[0] in gallery.names():
        return gallery_source(spec)
    if spec.partition("@")[0] in gallery.run_names():
        return run_source(spec)
    raise GalleryError(_not_found(spec), spec=spec)


def _file_source(path: Path, normalization: str | None = None) -> Source:
    from exactpwl.io import (
        is_keras_name,
        is_nnet_name,
        is_onnx_name,
        read_keras,
        read_nnet,
        read_onnx,
    )

    origin = f"the file {path}"
    if is_nnet_name(path):
        read = read_nnet(path, normalization=normalization)
        window = read.box if all(low < high for low, high in read.box) else None
        return Source(read.network, origin, path.stem, window, facts=read.facts)
    if normalization is None and is_keras_name(path):
        model = read_keras(path)
        return Source(model.network, origin, path.stem, facts=model.facts)
    if normalization is not None or not is_onnx_name(path):
        return Source(Network.load(path, normalization=normalization), origin, path.stem)
    reading = read_onnx(path)
    label = path.name.lower().removesuffix(".gz").removesuffix(".onnx")
    return Source(reading.network, origin, path.name[: len(label)], facts=reading.facts)


def gallery_source(spec: str) -> Source:
    """Return a network of the gallery.

    Raises
    ------
    GalleryError
        If there is no such name, or not with that parameter.
    """
    from exactpwl import gallery

    shown = gallery.exhibit(spec)
    origin = f"the gallery: {shown.description}"
    return Source(shown.network, origin, shown.spec.replace(":", "-"), shown.window)


def run_source(spec: str) -> Source:
    """Return the last network of a training run of the gallery, or with @EPOCH that of an epoch.

    Raises
    ------
    GalleryError
        If there is no such run, or it has no such checkpoint.

    Examples
    --------
    >>> run_source("disc-3@40").origin
    'the gallery: training run disc-3, epoch 40'
    """
    from exactpwl import gallery

    name, at, epoch = spec.partition("@")
    run = gallery.run(name)
    known = {str(number): place for place, number in enumerate(run.epochs)}
    if at and epoch not in known:
        raise GalleryError(
            f"{name}@N needs one of the epochs {', '.join(known)}, got {spec!r}", spec=spec
        )
    place = known[epoch] if at else len(run) - 1
    return Source(
        run.networks[place],
        f"the gallery: training run {name}, epoch {run.epochs[place]}",
        spec.replace("@", "-"),
        run.window,
        run.points,
        run.labels,
    )


def _not_found(spec: str) -> str:
    from exactpwl import gallery

    path = Path(spec)
    looked_for = f"there is no file {spec!r}"
    names = [*gallery.names(), *gallery.run_names()]
    near = get_close_matches(spec.partition(":")[0], names, n=3) + _near_files(path)
    hint = f"did you mean {' or '.join(near)}?"
    if spec and path.is_dir():
        return (
            f"{spec!r} is a folder; a file .json, .npz, .onnx, .nnet or .keras, or a name of the "
            "gallery, is required"
        )
    if path.suffix or len(path.parts) > 1:
        return f"{looked_for}; {hint}" if near else looked_for
    looked_for += " and no network of that name in the gallery"
    return f"{looked_for}; {hint if near else 'the gallery has ' + ', '.join(names)}"


def _near_files(path: Path) -> list[str]:
    try:
        files = [f.name for f in path.parent.iterdir() if f.name.endswith(_ENDINGS)]
    except OSError:
        return []
    near = get_close_matches(path.name, sorted(files), n=3)
    return [str(path.parent / name) for name in near]


def domain_of(
    network: Network, box: Sequence[Interval], file: Path | None, *, option: str = "--box"
) -> Domain:
    """Return the domain that the options ask for.

    Parameters
    ----------
    network : Network
    box : pairs (low, high)
        None: the whole space; one: for every coordinate; or one a coordinate.
    file : Path or None
        A domain file.

    Raises
    ------
    click.UsageError
        If both are given, or the number of intervals fits nothing.
    DomainError
        If the domain is flat or of another dimension.
    """
    dimension = network.input_dimension
    if file is not None:
        if box:
            raise click.UsageError(
                "--box and --domain both give a domain; take one of them (a box can be written "
                "as rows of the domain file)"
            )
        from exactpwl.io import load_domain

        return as_domain(load_domain(file), dimension)
    return Domain.box(intervals(box, dimension, option)) if box else Domain.whole(dimension)


def intervals(box: Sequence[Interval], dimension: int, option: str) -> tuple[Interval, ...]:
    """Return one interval a coordinate: a single one stands for all.

    Raises
    ------
    click.UsageError
        If there are neither one nor `dimension`.
    """
    if len(box) == 1:
        return tuple(box) * dimension
    if len(box) != dimension:
        raise click.UsageError(
            f"{option} is given once for all coordinates, or once for each of the {dimension}; "
            f"it came {len(box)} times"
        )
    return tuple(box)


def network_argument(command: F) -> F:
    """Add the argument NET."""
    return click.argument("net", metavar="NET")(command)


def domain_options(command: F) -> F:
    """Add --box and --domain."""
    box = click.option(
        "--box",
        type=(rational, rational),
        multiple=True,
        metavar="LO HI",
        help="Compute in the box LO <= x_i <= HI instead of the whole space; exact texts such as "
        "-1/2 or 0.1. Give it once for all coordinates, or once for each.",
    )
    file = click.option(
        "--domain",
        "domain_file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help='Compute in the polyhedron of this JSON file: rows a.x <= b, {"rows": '
        '[{"a": ["1", "1"], "b": "3/2"}, ...]}.',
    )
    return box(file(command))


def json_option(command: F) -> F:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead.")(
        command
    )


def jobs_option(command: F) -> F:
    """Add --jobs."""
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="Enumerate in N processes. The result does not depend on N.",
    )(command)


@contextmanager
def workers(jobs: int) -> Iterator[Executor | None]:
    """Provide a pool of `jobs` processes, or None for one; no worker outlives the block."""
    if jobs == 1:
        yield None
        return
    import multiprocessing
    import signal
    from concurrent.futures import ProcessPoolExecutor

    # spawned, not forked: the progress bar has a thread, and a fork would copy its locks
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        jobs, context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
            child.join()
        raise
    finally:
        pool.shutdown()
