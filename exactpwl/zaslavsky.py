"""Counts of one layer over the whole space by Zaslavsky's theorem, without its regions.

The kinks of the first layer with kinks are hyperplanes of R^d.  Where no later layer has a kink,
its activation regions are the regions of this arrangement: two regions of it lie on different sides
of some hyperplane, so one neuron is on different pieces.  Their number, and that of the bounded
ones, follow from the characteristic polynomial (`exactpwl.theory.arrangement`).  Over a domain, and
below a second layer, there is no such theorem.
"""

from __future__ import annotations

from exactpwl.domain import Domain
from exactpwl.engine.events import Listener
from exactpwl.errors import OptionError
from exactpwl.stages import Stages
from exactpwl.theory import Arrangement

__all__ = ["BY_POLYNOMIAL", "first_arrangement", "obstacle", "polynomial_counts"]

BY_POLYNOMIAL = ("activation_regions", "bounded_regions")
"""The counts that the polynomial gives."""


def first_arrangement(stages: Stages) -> Arrangement:
    """Return the hyperplanes on which the kinks of the first layer with kinks vanish.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> first_arrangement(gallery.get("xor").stages).hyperplanes
    ((1, 1, 1), (1, 1, 0))
    """
    rows: list[tuple[int, ...]] = []
    for stage in stages.stages[:1]:
        rows = [stage.kink_row(stage.rows, kink) for kink in range(len(stage.kinks))]
    return Arrangement.from_rows([r[:-1] for r in rows], [r[-1] for r in rows], stages.dimension)


def obstacle(stages: Stages, domain: Domain) -> str:
    """Return why the theorem does not give the regions, in words; empty where it does.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> obstacle(gallery.get("rings").stages, Domain.whole(2))
    'layers 0, 1, 2, 3 have kinks'
    """
    maxima = [stage.layer for stage in stages.stages if stage.takes_maxima]
    if maxima:
        return f"layer {maxima[0]} takes maxima, whose hyperplanes are only partly walls"
    if len(stages.stages) > 1:
        return f"layers {', '.join(str(stage.layer) for stage in stages.stages)} have kinks"
    return "" if domain.is_whole_space else f"the domain is {domain}"


def polynomial_counts(
    stages: Stages, domain: Domain, listener: Listener | None = None
) -> dict[str, int]:
    """Return the counts of `BY_POLYNOMIAL`.

    Parameters
    ----------
    stages : Stages
    domain : Domain
    listener : Listener, optional
        Is told of shares of the work, and of all regions at the end.

    Raises
    ------
    OptionError
        If more than one layer has kinks, or there is a domain.
    TooLargeError
        If there are too many flats; see `exactpwl.theory.FLAT_LIMIT`.

    Examples
    --------
    >>> from exactpwl import gallery
    >>> polynomial_counts(gallery.get("resonance:6").stages, Domain.whole(6))
    {'activation_regions': 1066044, 'bounded_regions': 0}
    """
    why = obstacle(stages, domain)
    if why:
        raise OptionError(
            "the characteristic polynomial counts the regions of one layer with kinks over the "
            f"whole space, but here {why}; take method 'subdivide'"
        )
    arrangement = first_arrangement(stages)
    told = Listener() if listener is None else listener
    arrangement.prepare(lambda share: told.regions(0, share))
    told.finished(arrangement.regions)
    counts = (arrangement.regions, arrangement.bounded_regions)
    return dict(zip(BY_POLYNOMIAL, counts, strict=True))
