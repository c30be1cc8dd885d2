"""Injectivity: against linear programs in twice as many variables, and known networks."""

from fractions import Fraction
from itertools import combinations_with_replacement, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactpwl import Domain, Layer, Network, gallery, regions
from exactpwl.domain import as_domain
from exactpwl.errors import CertificateError
from exactpwl.feasibility import feasible
from exactpwl.questions import injective_maps as module
from exactpwl.questions.injective_maps import injectivity
from strategies import boxes, domains, networks, rationals


def is_injective_by_programs(network: Network, domain: Domain) -> bool:
    """For each two cells and each coordinate: is there x_k > y_k (or <) with one image?"""
    found = regions(network, domain, method="reference")
    size = found.dimension
    zeros = (Fraction(0),) * size
    for one, other in combinations_with_replacement(found.regions, 2):
        rows = [((*q.normal, *zeros), q.offset) for q in one.inequalities]
        rows += [((*zeros, *q.normal), q.offset) for q in other.inequalities]
        first, second = one.affine_map, other.affine_map
        for v, w, b, c in zip(first.weight, second.weight, first.bias, second.bias, strict=True):
            row = (*v, *(-a for a in w))
            rows += [(row, b - c), (tuple(-a for a in row), c - b)]
        strict = [False] * len(rows) + [True]
        for k in range(size):
            for sign in (1, -1):
                apart = tuple(sign * ((i == k) - (i == k + size)) for i in range(2 * size))
                if feasible([*rows, (apart, 0)], strict, 2 * size).status == "full":
                    return False
    return True


def holds(network: Network, domain: Domain) -> bool:
    """Return the answer, after a look at its counterexample."""
    found = injectivity(regions(network, domain))
    if found.collision is not None:
        first, second = found.collision.first, found.collision.second
        assert first != second
        assert domain.contains(first)
        assert domain.contains(second)
        assert network(first) == network(second) == found.collision.image
    return found.is_injective


@given(data=st.data())
def test_against_linear_programs(data: st.DataObject) -> None:
    sizes = {"inputs": st.integers(1, 2), "outputs": st.integers(1, 3)}
    network = data.draw(networks(depth=2, width=3, **sizes))
    domain = data.draw(domains(network.input_dimension))
    assert holds(network, domain) == is_injective_by_programs(network, domain)


@st.composite
def nearly_injective(draw: st.DrawFn, most: int = 2) -> Network:
    """Square layers that may be singular, of leaky, linear and few folding neurons.

    Then as many outputs, or one more.  Linear neurons leave lines on which no kink depends.
    """
    size = draw(st.integers(1, most))
    leaky = [f"leaky_relu:{slope}" for slope in ("1/10", "1/2", "2")]
    kinds = st.sampled_from([*leaky, *leaky, "linear", "linear", "abs", "leaky_relu:-1/3"])
    entries = rationals(3, 2)

    def numbers(count: int) -> list[Fraction]:
        return draw(st.lists(entries, min_size=count, max_size=count))

    made = [
        Layer.of(
            [numbers(size) for _ in range(size)],
            numbers(size),
            [draw(kinds) for _ in range(size)],
        )
        for _ in range(draw(st.integers(1, 2)))
    ]
    outputs = size + draw(st.integers(0, 1))
    last = [numbers(size) for _ in range(outputs)]
    return Network([*made, Layer.of(last, [0] * outputs, "linear")])


@given(data=st.data())
def test_networks_that_may_be_injective_against_linear_programs(data: st.DataObject) -> None:
    network = data.draw(nearly_injective())
    domain = data.draw(domains(network.input_dimension))
    assert holds(network, domain) == is_injective_by_programs(network, domain)


@given(data=st.data())
@settings(max_examples=20)
def test_the_degree_and_the_pairs_agree_on_the_whole_space(data: st.DataObject) -> None:
    network = data.draw(nearly_injective(3))
    complex_ = regions(network)
    found = injectivity(complex_)
    if found.reason == "degree":
        charts = [module.Chart(region) for region in complex_.regions]
        assert module._by_pairs(charts, None).is_injective == found.is_injective


@given(data=st.data())
def test_invertible_layers_with_leaky_kinks_are_injective_and_with_relus_not(
    data: st.DataObject,
) -> None:
    size = data.draw(st.integers(1, 3))
    small = st.integers(-2, 2)

    def invertible() -> list[list[int]]:
        """A product of triangular matrices with 1 on the diagonal."""
        low = [
            [data.draw(small) if j < i else int(i == j) for j in range(size)] for i in range(size)
        ]
        up = [
            [data.draw(small) if j > i else int(i == j) for j in range(size)] for i in range(size)
        ]
        return [[sum(a * up[k][j] for k, a in enumerate(row)) for j in range(size)] for row in low]

    bias = [data.draw(small) for _ in range(size)]
    for kind, expected in (("leaky_relu:1/10", True), ("relu", False)):
        layers = [(invertible(), bias, kind), (invertible(), bias, kind)]
        network = Network([*layers, (invertible(), [0] * size, "linear")])
        assert holds(network, Domain.whole(size)) == expected
    box = data.draw(boxes(size))
    leaky = Network([(invertible(), bias, "leaky_relu:1/10"), (invertible(), bias, "linear")])
    assert holds(leaky, box)


RELUS = Network([([[1], [-1]], [0, 0], "relu")])
IDENTITY = Network([([[1, 0], [0, 1]], [0, 0], "linear")])


@pytest.mark.parametrize(
    ("network", "box", "expected", "reason"),
    [
        (IDENTITY, None, True, "degree"),
        (IDENTITY, [(0, 1), (0, 1)], True, "pairs"),
        (Network([([[1]], [0], "leaky_relu:1/10")]), None, True, "monotone"),
        (Network([([[1]], [0], "leaky_relu:-1/10")]), None, False, "fold"),
        (gallery.get("abs"), None, False, "fold"),
        (gallery.get("abs"), [(0, 1)], True, "monotone"),
        (gallery.get("xor"), None, False, "rank"),
        (RELUS, None, True, "pairs"),
        (Network([([[1]], [0], "relu")]), None, False, "rank"),
        (Network([([[1]], [0], "relu")]), [(0, 2)], True, "monotone"),
    ],
)
def test_known_networks(network: Network, box, expected: bool, reason: str) -> None:
    found = injectivity(regions(network, box))
    assert (found.is_injective, found.reason) == (expected, reason)
    assert found.sentence == module.REASONS[reason]
    assert holds(network, as_domain(box, network.input_dimension)) == expected


TWICE = Network(
    [
        ([[1, 0], [0, 1], [1, 1], [1, -1]], [0] * 4, "abs"),
        ([[1, -1, 0, 0], [0, 0, "1/2", "-1/2"]], [0, 0], "linear"),
    ]
)
"""(|x| - |y|, (|x+y| - |x-y|)/2): winds the plane twice around 0, as squaring complex numbers does.

It is affine on eight cones whose determinants are all positive, so it has no fold.
"""

HALF_PLANE = Domain.polyhedron([[-1, 0]], [0])


@pytest.mark.parametrize(
    ("domain", "expected", "reason"),
    [
        (Domain.whole(2), False, "degree"),
        (Domain.polyhedron([[-1, 0]], [1]), False, "pairs"),
        (HALF_PLANE, False, "pairs"),
        (Domain.polyhedron([[-1, 0]], ["-1/100"]), True, "pairs"),
        (Domain.box([(0, 1), (-1, 1)]), False, "pairs"),
        (Domain.box([("1/8", 1), (-1, 1)]), True, "pairs"),
    ],
)
def test_a_map_without_folds_that_winds_around(domain: Domain, expected: bool, reason: str) -> None:
    found = injectivity(regions(TWICE, domain))
    assert (found.is_injective, found.reason) == (expected, reason)
    assert expected == (found.sentence == module.REASONS[reason])
    assert holds(TWICE, domain) == expected == is_injective_by_programs(TWICE, domain)


def test_a_half_plane_whose_boundary_alone_is_glued() -> None:
    """The open half-plane misses a ray of the plane; both halves of its boundary go to that ray."""
    found = injectivity(regions(TWICE, HALF_PLANE)).collision
    assert found is not None
    assert found.first[0] == found.second[0] == 0
    assert found.first[1] == -found.second[1] != 0


def curve(*corners: tuple[int, int]) -> Network:
    """A curve t -> R^2 through corners at t = 0, 1, 2, ..., as one hidden layer of ReLUs."""
    steps = [tuple(b - a for a, b in zip(p, q, strict=True)) for p, q in pairwise(corners)]
    turns = [
        steps[0],
        *(tuple(b - a for a, b in zip(u, v, strict=True)) for u, v in pairwise(steps)),
    ]
    size = len(turns)
    first = ([[1]] * size, [-k for k in range(size)], "relu")
    return Network([first, ([*map(list, zip(*turns, strict=True))], list(corners[0]), "linear")])


@pytest.mark.parametrize(
    ("corners", "expected"),
    [
        ([(0, 0), (2, 0), (2, 2), (1, 2), (1, 1)], True),
        ([(0, 0), (2, 0), (2, 2), (1, 2), (1, -1)], False),
        ([(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)], False),
        ([(0, 0), (2, 0), (1, 0)], False),
    ],
)
def test_curves_in_the_plane(corners: list[tuple[int, int]], expected: bool) -> None:
    domain = Domain.box([(0, len(corners) - 1)])
    assert holds(curve(*corners), domain) == expected


def test_a_crossing_is_found_where_it_is() -> None:
    crossing = injectivity(regions(curve((0, 0), (2, 0), (2, 2), (1, 2), (1, -1)), [(0, 4)]))
    assert crossing.collision is not None
    assert {crossing.collision.first, crossing.collision.second} == {
        (Fraction(1, 2),),
        (Fraction(11, 3),),
    }
    assert crossing.collision.image == (1, 0)
    assert crossing.reason == "pairs"


def test_two_rays_cross_far_from_their_ends() -> None:
    """The images' boxes have to know directions, not vertices alone."""
    rays = Network(
        [
            ([[1], [-1], [1]], [0, 0, -1], "relu"),
            ([[4, 1, -5], [0, 1, 1]], [0, 0], "linear"),
        ]
    )
    found = injectivity(regions(rays)).collision
    assert found is not None
    assert (found.first, found.second, found.image) == ((-2,), (3,), (2, 2))
    assert holds(rays, Domain.polyhedron([[1]], ["5/2"], dimension=1))


def test_numbers_beyond_floats_are_no_obstacle() -> None:
    """Images' boxes are kept as floats; what overflows them, or falls between two, is not lost."""
    for scale in (10**400, Fraction(1, 10**400)):
        kinks = [([[1, 1], [1, -1]], [0, 1], "leaky_relu:1/10")]
        assert holds(Network([*kinks, ([[scale, 0], [0, scale]], [0, 0], "linear")]), BOX)
        folded = Network(
            [([[1, 0], [0, 1]], [0, 0], "abs"), ([[scale, 0], [0, 1]], [1, 0], "linear")]
        )
        assert not holds(folded, BOX)


BOX = Domain.box([(-1, 1), (-1, 1)])


def test_lineality_that_the_outputs_see_or_do_not() -> None:
    seen = Network([([[1, 0], [0, 1]], [0, 0], ["leaky_relu:1/2", "linear"])])
    assert injectivity(regions(seen)).is_injective
    assert injectivity(regions(seen, HALF_PLANE)).is_injective
    unseen = Network([([[1, 0], [2, 0]], [0, 0], ["leaky_relu:1/2", "linear"])])
    assert injectivity(regions(unseen)).reason == "rank"
    three = Network([([[1, 0], [0, 1], [1, 0]], [0, 0, 0], ["relu", "linear", "abs"])])
    assert injectivity(regions(three)).is_injective == is_injective_by_programs(
        three, Domain.whole(2)
    )


def test_progress_is_told() -> None:
    heard: list[tuple[str, int, int]] = []
    injectivity(regions(RELUS), lambda *told: heard.append(told))
    assert heard == [("asking pairs of regions", 0, 2), ("asking pairs of regions", 1, 2)]


def test_a_fold_without_a_collision_is_never_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "collision", lambda first, second: None)
    with pytest.raises(CertificateError, match="folded onto each other"):
        injectivity(regions(gallery.get("abs")))
