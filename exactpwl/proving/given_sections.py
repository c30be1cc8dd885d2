"""The first sections of a network's document: the network, what is claimed of it, its regions.

A region is told by the inequalities that are its facets, its affine map, and a point inside; that
these are right is checked by means that share nothing with the subdivision: a forward pass at the
point, the composition of the layers under the pattern, and cdd's irredundant inequalities.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from exactpwl.activation import RELU
from exactpwl.checks import check_evaluation, check_inequalities, check_witnesses
from exactpwl.naming import latex_neuron, neuron_names
from exactpwl.proving.context import Context, pattern_code, plural
from exactpwl.proving.neuron_formulas import MOST_WEIGHTS, aligned_neurons, weight_count
from exactpwl.rationals import format_count

if TYPE_CHECKING:
    from exactpwl.network import Kink
    from exactpwl.region import Region, RegionInequality

__all__ = ["claim", "network_section", "region_section"]

FEW_REGIONS = 8
"""So many regions get a paragraph each; more get a table."""


def network_section(page: Context) -> None:
    """Write what is given: the layers, the hash, the domain."""
    network, document = page.complex.network, page.document
    document.section("The network")
    document.say(
        f"Given is a network {page.architecture} with rational weights. Its SHA-256, over its "
        f"canonical form, is `{network.sha256}`. With {plural(len(network.kinks), 'kink')} it has "
        f"{format_count(page.pattern_count)} activation patterns."
    )
    weights = weight_count(network)
    if weights > MOST_WEIGHTS:
        document.say(f"Its {weights} weights are not printed: nobody would read them.")
    else:
        document.formula(aligned_neurons(network))
    document.say(
        "A pattern has a digit for each neuron with a kink: on which piece of its activation the "
        f"neuron is, {_digits(page)}; a bar stands between layers."
    )


def claim(page: Context) -> None:
    """State the theorem that the document proves."""
    complex_, document = page.complex, page.document
    count, d = len(complex_), complex_.dimension
    bounded = complex_.bounded_count
    document.section("What is claimed")
    document.theorem(
        f"Over {page.where} the network has exactly {plural(count, 'activation region')}, "
        f"{bounded} of them bounded: full-dimensional polyhedra on each of which no neuron changes "
        f"its piece and ${page.function}$ is one affine map. They are those of the next section; "
        f"together they fill {page.where}, and $f$ is continuous. Two of them share a facet in "
        f"{len(complex_.adjacency_array)} cases, and the faces, counted by dimension, have the "
        rf"alternating sum $(-1)^{{{d}}}$."
    )


def region_section(page: Context) -> None:
    """Write all regions, and check each."""
    complex_, document = page.complex, page.document
    document.section("The regions")
    if len(complex_) <= FEW_REGIONS:
        for region in complex_.regions:
            _region(page, region)
    else:
        page.shown(complex_.regions, "regions")
        document.table(
            ["region", "pattern", "where", f"${page.function} =$", "point inside"],
            [_row(page, region) for region in complex_.regions[: page.most]],
            "Regions: irredundant inequalities, affine map, and a point of the interior",
        )
    network, regions = complex_.network, complex_.regions
    document.check(
        "a forward pass through the layers at each point inside gives the pattern of its region "
        "and the value of its affine map",
        all(
            network.pattern_at(r.interior_point) == r.pattern
            and network(r.interior_point) == r.affine_map(r.interior_point)
            for r in regions
        ),
        plural(len(regions), "region"),
    )
    document.check(
        "each affine map is the composition of the layers, with each activation replaced by the "
        "piece that the pattern names",
        all(network.affine_map(r.pattern) == r.affine_map for r in regions),
        plural(len(regions), "region"),
    )
    page.run(check_witnesses)
    page.run(check_inequalities)
    page.run(check_evaluation)


def _digits(page: Context) -> str:
    layers = page.complex.network.layers
    if {a for layer in layers for a in layer.activations if not a.is_linear} <= {RELU}:
        return "0 where its pre-activation is at most 0, and 1 above"
    return "counted from 0, from left to right"


def _region(page: Context, region: Region) -> None:
    """Write one region: a display of its inequalities, and two sentences."""
    document = page.document
    facets = [facet.inequality for facet in region.facets]
    document.say(_headline(region))
    if facets:
        rows = (
            f"& {page.notation.inequality(q.normal, q.offset)} && \\quad {_behind(page, q)}"
            for q in facets
        )
        document.formula("\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}")
    values = page.map_(region.affine_map)
    inside = page.point(region.interior_point)
    strictly = ", which satisfies these inequalities strictly" if facets else ""
    bounded = "bounded" if region.is_bounded else "not bounded"
    document.say(
        f"There ${page.function} =$ {values}. The point {inside}{strictly}, lies inside; the "
        f"region is {bounded}."
    )


def _headline(region: Region) -> str:
    if not region.facets:
        return f"Region {region.index} is everything: nothing bends in it."
    return f"Region {region.index}, pattern `{region.pattern}`, is the set of all points with"


def _behind(page: Context, inequality: RegionInequality) -> str:
    """Return what ends at a facet: neurons bend there, or it is the domain's boundary."""
    names = [_bend(page, kink) for kink in inequality.kinks]
    neurons = (
        rf"\text{{where }} {', '.join(names)} \text{{ {'bends' if len(names) == 1 else 'bend'}}}"
    )
    edges = [f"row {row} of the domain" for row in inequality.domain_rows]
    parts = [neurons] * bool(names) + [rf"\text{{{edge}}}" for edge in edges]
    return r",\; ".join(parts)


def _bend(page: Context, kink: Kink) -> str:
    name = latex_neuron(neuron_names(page.complex.network, kink.layer)[kink.neuron])
    return rf"{name} \text{{ (breakpoint {kink.breakpoint})}}" if kink.breakpoint else name


def _row(page: Context, region: Region) -> list[str]:
    facets = (facet.inequality for facet in region.facets)
    where_ = ", ".join(page.inequality(q.normal, q.offset) for q in facets)
    return [
        str(region.index),
        pattern_code(str(region.pattern)),
        where_,
        page.map_(region.affine_map),
        page.point(region.interior_point),
    ]
