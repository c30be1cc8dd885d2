"""The table of clusters: how often classifiers are right with k affine maps for each output.

A row a network, a column a number of clusters; a cell says how many test samples are classified
right, which is exact, and their share.  Networks that learnt from sets of different size have their
sixth at different places, so it has a column of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from exactpwl.errors import OptionError
from exactpwl.linearmaps.clusters import ClusteredAccuracy
from exactpwl.tables.notation import Notation
from exactpwl.tables.table import Column, Table

__all__ = ["cluster_table"]


def cluster_table(results: Sequence[ClusteredAccuracy]) -> Table[ClusteredAccuracy]:
    """Return the table of classifiers whose local linear maps were replaced by centres.

    Parameters
    ----------
    results : sequence of ClusteredAccuracy

    Raises
    ------
    OptionError
        If there is none.

    Examples
    --------
    >>> from exactpwl.linearmaps import Clustering
    >>> tried = (Clustering(1, 6, 5, 0.0), Clustering(10, 7, 8, 0.9))
    >>> print(cluster_table([ClusteredAccuracy("few", 48, 8, 7, tried)]).to_csv())
    network,own,k=1,k=10
    few,7 of 8 (87.5 %),6 (75.0 %),7 (87.5 %)
    """
    if not results:
        raise OptionError("one result or more is required, got none")
    tried = sorted({c.k for found in results for c in found.clusterings if c.k != found.sixth})
    columns = [
        Column[ClusteredAccuracy]("network", "network", "words", lambda found, _: [found.name]),
        Column[ClusteredAccuracy]("own", "the network itself", "words", _own),
        *(_column(str(k), _always(k)) for k in tried),
    ]
    if any(found.sixth in _tried(found) for found in results):
        columns.append(_column("n/6", lambda found: found.sixth))
    return Table(
        "Test samples classified right, with k affine maps for each output",
        tuple(columns),
        tuple(results),
        remarks=tuple(map(_remark, results)),
    )


def _tried(found: ClusteredAccuracy) -> set[int]:
    return {clustering.k for clustering in found.clusterings}


def _own(found: ClusteredAccuracy, _: Notation) -> list[str]:
    return [f"{found.own} of {found.test} ({_percent(found.own_accuracy)})"]


def _column(name: str, count: Callable[[ClusteredAccuracy], int]) -> Column[ClusteredAccuracy]:
    def items(found: ClusteredAccuracy, _: Notation) -> list[str]:
        k = count(found)
        if k not in _tried(found):
            return []
        share = found.accuracy(k)
        return [f"{share * found.test} ({_percent(share)})"]

    return Column(f"k={name}", f"k = {name}", "words", items)


def _always(k: int) -> Callable[[ClusteredAccuracy], int]:
    return lambda _: k


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):.1f} %"


def _remark(found: ClusteredAccuracy) -> str:
    return f"{found.name}: n = {found.training}, n/6 = {found.sixth}."
