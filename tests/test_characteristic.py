"""Characteristic polynomials by flats modulo a prime, with symmetries and without."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from exactpwl.theory import Arrangement, characteristic, finite_field, symmetry
from exactpwl.theory.canonical import CanonicalForm
from exactpwl.theory.characteristic import whitney_numbers
from exactpwl.theory.finite_field import Field, field
from exactpwl.theory.flats import Normals, members
from exactpwl.theory.symmetry import symmetries

PRIME = 1048573
RESONANCE = [2, 6, 32, 370, 11292, 1066044, 347326352, 419172756930]  # OEIS A034997, from n = 1
THRESHOLD = [2, 4, 14, 104, 1882, 94572, 15028134, 8378070864, 17561539552946]  # A000609, from 0


def resonance(n: int) -> list[tuple[int, ...]]:
    return [row for row in itertools.product((0, 1), repeat=n) if any(row)]


def threshold(n: int) -> list[tuple[int, ...]]:
    return [(1, *signs) for signs in itertools.product((1, -1), repeat=n)]


def regions(rows: list[tuple[int, ...]]) -> int:
    return sum(map(abs, whitney_numbers(rows)))


def slow_from(first: int, terms: list[int], offset: int) -> Iterator[object]:
    for n, term in enumerate(terms, offset):
        yield pytest.param(n, term, marks=[pytest.mark.slow] if n >= first else [])


@pytest.mark.parametrize(("n", "count"), list(slow_from(8, RESONANCE, 1)))
def test_resonance_arrangements(n: int, count: int) -> None:
    assert regions(resonance(n)) == count


@pytest.mark.parametrize(("n", "count"), list(slow_from(8, THRESHOLD, 0)))
def test_threshold_functions(n: int, count: int) -> None:
    assert regions(threshold(n)) == count


def roots_of_e8() -> list[tuple[int, ...]]:
    """One of each pair of opposite roots, times 2."""
    units = np.eye(8, dtype=int)
    pairs = itertools.combinations(range(8), 2)
    rows = [2 * (units[i] + sign * units[j]) for i, j in pairs for sign in (1, -1)]
    halves = [s for s in itertools.product((1, -1), repeat=8) if s[0] == 1 and np.prod(s) == 1]
    return [*map(tuple, rows), *halves]


def test_regions_of_a_reflection_group_are_its_elements() -> None:
    """E8, and E7 orthogonal to one of its roots: Humphreys, Reflection groups, section 2.11."""
    e8 = np.array(roots_of_e8())
    assert regions(e8.tolist()) == 696_729_600
    e7 = Arrangement.from_rows(e8[e8 @ e8[0] == 0], [0] * 63)
    assert (e7.regions, e7.rank) == (2_903_040, 7)


def test_the_betti_numbers_of_the_resonance_arrangement() -> None:
    """L. Kuehne, The universality of the resonance arrangement, arXiv:2008.10553, table 1."""
    assert whitney_numbers(resonance(6)) == (1, -63, 1652, -22435, 159460, -510524, 371909)


def whitney(rows: Arrangement) -> tuple[int, ...]:
    """Return the polynomial from all central subsets (Whitney's theorem)."""
    coefficients = [0] * (rows.dimension + 1)
    for size in range(len(rows.hyperplanes) + 1):
        for subset in itertools.combinations(rows.hyperplanes, size):
            part = Arrangement(rows.dimension, subset)
            if part.is_central:
                coefficients[rows.dimension - part.rank] += (-1) ** size
    return tuple(coefficients)


@st.composite
def arrangements(draw: st.DrawFn, most: int = 7) -> Arrangement:
    """Degenerate arrangements, with numbers of every kind: parallels, repetitions, zero rows."""
    dimension = draw(st.integers(1, 4))
    entries = draw(st.sampled_from([*strategies.weight_kinds.values(), strategies.big_rationals()]))
    rows = draw(st.lists(strategies.points(dimension + 1, entries), max_size=most))
    if rows and draw(st.booleans()):
        *normal, _ = draw(st.sampled_from(rows))
        rows.append((*normal, draw(entries)))
    if draw(st.booleans()):
        rows = [(*row[:-1], 0) for row in rows]
    return Arrangement.from_rows([row[:-1] for row in rows], [row[-1] for row in rows], dimension)


@given(arrangements())
def test_every_arrangement_against_whitney(rows: Arrangement) -> None:
    assert rows.characteristic_polynomial == whitney(rows)


@given(arrangements())
def test_with_symmetries_however_few(rows: Arrangement) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(characteristic, "FEW_FLATS", 0)
        patch.setattr(characteristic, "SMALL_GROUP", 1)
        assert rows.characteristic_polynomial == whitney(rows)


@given(arrangements(), st.booleans())
def test_with_primes_that_are_too_small(rows: Arrangement, symmetric: bool) -> None:
    """Modulo 2, 3 and 5 most things vanish; what does not agree in integers is told apart."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finite_field, "primes", lambda: iter([2, 3, 5, 7, 11, PRIME]))
        patch.setattr(characteristic, "FEW_FLATS", 0)
        patch.setattr(characteristic, "SMALL_GROUP", 1 if symmetric else 10**9)
        assert rows.characteristic_polynomial == whitney(rows)


@pytest.mark.parametrize("group", [1, 10**9])
def test_in_small_pieces(monkeypatch: pytest.MonkeyPatch, group: int) -> None:
    monkeypatch.setattr(characteristic, "CHUNK", 100)
    monkeypatch.setattr(characteristic, "PENDING", 10)
    monkeypatch.setattr(characteristic, "FEW_FLATS", 0)
    monkeypatch.setattr(characteristic, "SMALL_GROUP", group)
    assert regions(resonance(5)) == 11292


@pytest.mark.parametrize("bits", [1, 24, 60])
def test_numbers_of_every_size(bits: int) -> None:
    """Three families of planes through common lines; long rows leave Hadamard's bound behind."""
    draw = random.Random(bits)
    one, two, three = ([draw.randint(-(2**bits), 2**bits) for _ in range(4)] for _ in range(3))
    pencil = [[a + k * b for a, b in zip(one, two, strict=True)] for k in range(-4, 5)]
    rows = Arrangement.from_rows([r[:3] for r in pencil], [r[3] for r in pencil])
    assert rows.characteristic_polynomial[-3:] == (8, -9, 1)
    more = Arrangement.from_rows(
        [r[:3] for r in [*pencil, three]], [r[3] for r in [*pencil, three]]
    )
    assert more.regions == 18 * 2


def test_nearly_the_same_is_not_the_same() -> None:
    """Three lines that miss a common point by 2^-40, and two that are nearly parallel."""
    tiny = 2.0**-40
    assert Arrangement.from_rows([[1, 0], [0, 1], [1, 1]], [0, 0, tiny]).bounded_regions == 1
    assert Arrangement.from_rows([[1, 0], [1, tiny], [0, 1]], [0, 0, 1]).bounded_regions == 1
    assert Arrangement.from_rows([[1, 0], [1, tiny]], [0, 1]).regions == 4


def test_shares_add_up() -> None:
    heard: list[float] = []
    rows = [(*row, 0) for row in resonance(5)] + [(0, 0, 0, 0, 0, 1)]
    Arrangement.from_rows(rows, [1] * 32).prepare(heard.append)
    assert len(heard) > 3
    assert sum(heard) == 1


def test_a_product_of_arrangements() -> None:
    """Ten parallels in each of nine oblique directions, and a hundred independent hyperplanes."""
    directions = np.triu(np.ones((9, 9), dtype=int)).tolist()
    grid = Arrangement.from_rows([v for v in directions for _ in range(10)], [*range(10)] * 9)
    assert (grid.regions, grid.bounded_regions) == (11**9, 9**9)
    draw = random.Random(1)
    normals = [[draw.random() for _ in range(120)] for _ in range(100)]
    assert Arrangement.from_rows(normals, range(100)).regions == 2**100


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        (resonance(4), 120),
        (resonance(5), 720),
        (threshold(3), 192),
        ([(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 2)], 6),
        ([(1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 2, 4), (1, 3, 9)], 1),
    ],
)
def test_known_symmetries(rows: list[tuple[int, ...]], order: int) -> None:
    chain = symmetries(Normals(tuple(rows), field(PRIME)))
    assert chain is not None
    assert chain.order == order


def test_false_symmetries_are_refused() -> None:
    """Modulo 3 both are alike; in integers no linear map exchanges the first two."""
    rows = ((1, 0), (0, 1), (1, 1), (1, 4), (1, 7))
    proof = symmetry._Proof(Normals(rows, field(3)), (0, 1))
    same = np.arange(5)
    assert proof.holds(same, [(0, 1), (1, 1)])
    assert not proof.holds(same[[1, 0, 2, 3, 4]], [(1, 1), (0, 1)])


def test_the_canonical_form_is_a_flat_of_the_orbit() -> None:
    normals = Normals(tuple(resonance(5)), field(PRIME))
    chain = symmetries(normals)
    assert chain is not None
    form = CanonicalForm(chain)
    draw = random.Random(5)
    moves = [move for orbit in chain.orbits for move in orbit.values()]
    flat = normals.bits[[0, 7, 12]]
    flat = flat[[0]] | flat[[1]] | flat[[2]]
    forms = set()
    for _ in range(50):
        found = form(flat)
        assert members(found, 31).sum() == 3
        assert np.array_equal(np.sort(products(chain, found)), np.sort(products(chain, flat)))
        forms.add(found.tobytes())
        moved = members(flat, 31)[:, draw.choice(moves)]
        flat = np.bitwise_or.reduce(normals.bits[moved[0]], axis=0)[None]
    assert len(forms) == 1


def products(chain: symmetry.Chain, flat: np.ndarray) -> np.ndarray:
    inside = members(flat, 31)[0]
    return chain.products.unsigned[np.ix_(inside, inside)].ravel()


@pytest.mark.parametrize("prime", [2, 3, 7, 101, PRIME])
def test_inverses(prime: int) -> None:
    elements = np.arange(1, prime)
    assert (elements * Field(prime).inverses[1:] % prime == 1).all()


def test_inverse_matrices() -> None:
    matrix = np.array([[0, 2], [3, 1]])
    inverse = Field(7).inverse(matrix)
    assert inverse is not None
    assert (matrix @ inverse % 7).tolist() == [[1, 0], [0, 1]]
    assert Field(7).inverse(np.array([[1, 2], [3, 6]])) is None


def test_primes() -> None:
    assert list(itertools.islice(finite_field.primes(), 3)) == [1048573, 1048571, 1048559]
