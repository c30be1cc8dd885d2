"""A document about one network: its regions and everything that is claimed of them, proved.

The order is that of a lecture: what is given, what is claimed, the regions, the patterns that are
none, why no region is missing, continuity, counts, Euler's relation.  Every statement is computed
while it is written, by means that share as little as possible with the subdivision that found the
regions: forward passes, the composition of layers, linear programs, sums of inequalities.  If one
does not hold there is no document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exactpwl.errors import OptionError
from exactpwl.proving.context import Context
from exactpwl.proving.document import Document
from exactpwl.proving.given_sections import claim, network_section, region_section
from exactpwl.proving.markup import quoted
from exactpwl.proving.pattern_sections import completeness_section, pattern_section
from exactpwl.proving.whole_sections import continuity_section, count_section, euler_section
from exactpwl.tables.numbers import LONGEST

if TYPE_CHECKING:
    from exactpwl.complex import PolyhedralComplex

__all__ = ["MOST_ROWS", "prove"]

MOST_ROWS = 64
"""Rows of a table, where the reader does not ask for more."""


def prove(complex_: PolyhedralComplex, *, most: int = MOST_ROWS) -> Document:
    """Write a document that proves what a complex says of its network.

    Parameters
    ----------
    complex_ : PolyhedralComplex
        From `exactpwl.regions`.
    most : int
        Rows of each table.  What is checked is checked for all regions and facets.

    Returns
    -------
    Document
        Save it as ``.md``, ``.tex`` or ``.txt``.

    Raises
    ------
    ProofError
        If a statement does not hold: then the complex is wrong.
    OptionError
        If `most` is not positive.
    MissingDependencyError
        If pycddlib is not there, which decides the patterns.

    Examples
    --------
    >>> from exactpwl import gallery, prove, regions
    >>> document = prove(regions(gallery.get("xor")))
    >>> document
    <Document 'The regions of xor', 15 statements checked>
    >>> print(document.checks[5])
    deciding the neurons one after the other, by exact linear programs, finds the same regions: \
the patterns whose polyhedron has an interior, and which their points have
    """
    if most < 1:
        raise OptionError(f"a table of the document needs 1 row or more, got {most}")
    name = complex_.network.name
    title = f"The regions of {quoted(name)}" if name else "The regions of a network"
    page = Context(complex_, Document(title), most)
    for write in (
        network_section,
        claim,
        region_section,
        pattern_section,
        completeness_section,
        continuity_section,
        count_section,
        euler_section,
        _end,
    ):
        write(page)
    return page.document


def _end(page: Context) -> None:
    document = page.document
    document.qed()
    document.section("What was proved, and how")
    document.say(
        f"{len(document.checks)} statements were checked while this was written, all in exact "
        "rational arithmetic. They hold for the real-valued function that the stored numbers "
        "define; nothing is said about what a float runtime returns."
    )
    if page.notation.numbers.shortened_any:
        document.say(
            f"Dots in a number stand for digits left out: it has more than {LONGEST}. The checks "
            "are made with whole numbers."
        )
