"""Full, thin or empty, and literal systems: every answer with its proof, broken solvers caught."""

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import feasibility as module
from exactpwl.cddlib import Optimum
from exactpwl.errors import CertificateError
from exactpwl.farkas import FarkasCertificate
from exactpwl.feasibility import Feasibility, feasibility, feasible
from exactpwl.generators import generators
from exactpwl.inequality import opposite, value
from exactpwl.polyhedron import Polyhedron
from strategies import rows as systems

F = Fraction
SQUARE = (((1, 0), 1), ((-1, 0), 1), ((0, 1), 1), ((0, -1), 1))


class TestFeasibility:
    def test_full_has_a_strict_point(self):
        answer = feasibility(SQUARE, 2)
        assert answer.status == "full"
        assert all(value(row, answer.point) > 0 for row in SQUARE)
        assert answer.multipliers is None

    def test_thin_has_a_point_and_the_rows_that_vanish(self):
        answer = feasibility([*SQUARE, ((1, 0), -1)], 2)
        assert answer.status == "thin"
        assert answer.point[0] == 1
        assert [i for i, _ in answer.multipliers] == [1, 4]

    def test_empty_has_a_farkas_certificate(self):
        answer = feasibility([((1, 1), 0), ((-1, -1), -1)], 2)
        assert answer == Feasibility("empty", None, ((0, F(1, 2)), (1, F(1, 2))))

    @pytest.mark.parametrize("dimension", [0, 2])
    def test_rows_without_variables_are_decided_first(self, dimension):
        zero = (0,) * dimension
        assert feasibility([(zero, 0)], dimension).status == "full"
        assert feasibility([(zero, 1)], dimension).status == "full"
        assert feasibility([], dimension).point == zero
        assert feasibility([(zero, 0), (zero, -1)], dimension).multipliers == ((1, 1),)

    def test_a_true_row_without_variables_does_not_make_a_full_polyhedron_thin(self):
        assert feasibility([*SQUARE, ((0, 0), 0)], 2).status == "full"

    def test_a_system_of_tiny_width_is_not_called_empty(self):
        width = F(1, 2**200)
        rows = [((1,), 0), ((-1,), width)]
        assert feasibility(rows, 1).status == "full"
        assert feasibility([rows[0], ((-1,), -width)], 1).status == "empty"

    def test_equations_are_kept_and_the_interior_is_relative(self):
        answer = feasibility(SQUARE, 2, [((1, -1), 0)])
        assert answer.status == "full"
        assert answer.point[0] == answer.point[1]
        assert feasibility(SQUARE, 2, [((1, 0), -1)]).status == "thin"
        assert feasibility([], 2, [((1, 0), -1)]).point[0] == 1

    def test_false_equations_are_refuted_whatever_their_sign(self):
        for equations in (
            [((0, 0), 1)],
            [((0, 0), -1)],
            [((1, 0), 0), ((1, 0), 1)],
            [((1, 0), -2)],
        ):
            answer = feasibility(SQUARE, 2, equations)
            assert answer.status == "empty"
            relations = [">="] * 4 + ["="] * len(equations)
            FarkasCertificate.of([*SQUARE, *equations], answer.multipliers, relations).verify()

    @given(systems(2), systems(2, most=1))
    def test_every_answer_carries_its_proof(self, rows, equations):
        answer = feasibility(rows, 2, equations)
        assert (answer.point is None) == (answer.status == "empty")
        assert (answer.multipliers is None) == (answer.status == "full")
        if answer.status == "thin":
            system = [*rows, *equations, *map(opposite, equations)]
            for i, _ in answer.multipliers:
                only_it = [k == i < len(rows) for k in range(len(system))]
                if any(only_it):
                    assert feasible(system, only_it, 2).status == "empty"

    @given(systems(3))
    def test_the_status_agrees_with_the_generators(self, rows):
        found = generators(rows, 3)
        vectors = [(*v, 1) for v in found.vertices]
        vectors += [(*r, 0) for r in (*found.rays, *found.lines)]
        dimension = _rank(vectors) - 1 if found.vertices else -1
        status = feasibility(rows, 3).status
        assert status == ("empty" if dimension < 0 else "full" if dimension == 3 else "thin")
        assert Polyhedron(3, rows).affine_dimension == dimension

    @pytest.mark.parametrize(
        ("point", "message"),
        [((F(-7), F(0)), "violates row 0"), ((F(-1), F(0)), "violates row 0: 0")],
    )
    def test_a_wrong_point_of_the_solver_is_caught(self, monkeypatch, point, message):
        optimum = Optimum(F(1), (*point, F(1)), ())
        monkeypatch.setattr(module, "maximize", lambda *_: optimum)
        with pytest.raises(CertificateError, match=message):
            feasibility(SQUARE, 2)

    def test_a_point_off_an_equation_is_caught(self, monkeypatch):
        optimum = Optimum(F(1), (F(0), F(0), F(1)), ())
        monkeypatch.setattr(module, "maximize", lambda *_: optimum)
        with pytest.raises(CertificateError, match="violates an equation"):
            feasibility(SQUARE, 2, [((1, 0), F(1, 2))])

    @pytest.mark.parametrize("multipliers", [((0, F(1)),), ((0, F(1)), (1, F(1))), ()])
    def test_wrong_multipliers_of_the_solver_are_caught(self, monkeypatch, multipliers):
        optimum = Optimum(F(-1), (F(0), F(0), F(-1)), multipliers)
        monkeypatch.setattr(module, "maximize", lambda *_: optimum)
        with pytest.raises(CertificateError):
            feasibility(SQUARE, 2)


class TestFeasible:
    def test_strict_and_weak_rows_are_read_literally(self):
        on, off = ((1,), 0), ((-1,), 0)
        assert feasible([on, off], [False, False], 1).point == (0,)
        assert feasible([on, off], [True, False], 1).status == "empty"
        assert feasible([((0,), 0)], [False], 1).status == "full"
        assert feasible([((0,), 0)], [True], 1).multipliers == ((0, 1),)
        assert feasible([((0,), 1)], [True], 1).status == "full"
        assert feasible([], [], 0).point == ()

    def test_a_point_inside_a_thin_set_is_found(self):
        rows = [((1, -1), 0), ((-1, 1), 0), ((1, 0), 0), ((0, -1), 3)]
        answer = feasible(rows, [False, False, True, True], 2)
        x, y = answer.point
        assert x == y
        assert 0 < x < 3

    def test_one_flag_a_row_is_required(self):
        with pytest.raises(ValueError, match="2 rows need 2 flags, got 1"):
            feasible([((1,), 0), ((-1,), 0)], [True], 1)

    @given(systems(2, most=4), st.data())
    def test_it_agrees_with_a_search_over_the_arrangement(self, rows, data):
        strict = data.draw(st.lists(st.booleans(), min_size=len(rows), max_size=len(rows)))
        answer = feasible(rows, strict, 2)
        witnesses = _points_of_all_faces(rows)
        solutions = [
            x
            for x in witnesses
            if all(
                value(row, x) > 0 if s else value(row, x) >= 0
                for row, s in zip(rows, strict, strict=True)
            )
        ]
        assert (answer.status == "full") == bool(solutions)
        if answer.status == "empty":
            relations = [">" if s else ">=" for s in strict]
            assert FarkasCertificate.of(rows, answer.multipliers, relations).is_valid

    def test_a_wrong_point_is_caught(self, monkeypatch):
        wrong = Optimum(F(1), (F(0), F(1)), ())
        monkeypatch.setattr(module, "maximize", lambda *_: wrong)
        with pytest.raises(CertificateError, match="violates row 0: 0"):
            feasible([((1,), 0)], [True], 1)


def _rank(vectors):
    rows = [list(map(F, v)) for v in vectors]
    rank = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((r for r in rows[rank:] if r[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(rank, pivot)
        for other in rows[rank + 1 :]:
            factor = other[column] / pivot[column]
            other[:] = [a - factor * b for a, b in zip(other, pivot, strict=True)]
        rank += 1
    return rank


def _points_of_all_faces(rows):
    """A point of every face of a line arrangement, for a small one: by crossing points alone.

    Every face of the arrangement with four far lines added has a vertex, and is the relative
    interior of the hull of its vertices: the mean of two or three vertices meets every face.
    """
    far = 10**6
    lines = [(a, b, c) for (a, b), c in rows if a or b]
    lines += [(1, 0, far), (1, 0, -far), (0, 1, far), (0, 1, -far)]
    vertices = set()
    for (a, b, c), (d, e, f) in itertools.combinations(lines, 2):
        det = a * e - b * d
        if det:
            vertices.add((F(b * f - c * e, det), F(c * d - a * f, det)))
    points = set(vertices)
    for k in (2, 3):
        for chosen in itertools.combinations(vertices, k):
            points.add(tuple(sum(xs) / k for xs in zip(*chosen, strict=True)))
    return points
