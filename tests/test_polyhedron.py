"""Polyhedra: full, thin or empty; facets; generators; and the guards around cddlib."""

import itertools
import pickle
import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import cddlib
from exactpwl import feasibility as feasibility_module
from exactpwl import generators as generators_module
from exactpwl import polyhedron as polyhedron_module
from exactpwl.errors import CertificateError, DomainError, MissingDependencyError
from exactpwl.farkas import FarkasCertificate
from exactpwl.inequality import opposite, primitive_row, value
from exactpwl.polyhedron import (
    Feasibility,
    Generators,
    Polyhedron,
    canonical,
    feasibility,
    feasible,
    generators,
    inequalities_of,
)

F = Fraction
SQUARE = (((1, 0), 1), ((-1, 0), 1), ((0, 1), 1), ((0, -1), 1))


def small_systems(dimension, *, most=7):
    """Rows with entries -2..2, so that degenerate systems are common."""
    entry = st.integers(-2, 2)
    row = st.tuples(st.tuples(*[entry] * dimension), entry)
    return st.lists(row, max_size=most)


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

    @given(small_systems(2), small_systems(2, most=1))
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

    @given(small_systems(3))
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
        optimum = cddlib.Optimum(F(1), (*point, F(1)), ())
        monkeypatch.setattr(feasibility_module, "maximize", lambda *_: optimum)
        with pytest.raises(CertificateError, match=message):
            feasibility(SQUARE, 2)

    def test_a_point_off_an_equation_is_caught(self, monkeypatch):
        optimum = cddlib.Optimum(F(1), (F(0), F(0), F(1)), ())
        monkeypatch.setattr(feasibility_module, "maximize", lambda *_: optimum)
        with pytest.raises(CertificateError, match="violates an equation"):
            feasibility(SQUARE, 2, [((1, 0), F(1, 2))])

    @pytest.mark.parametrize("multipliers", [((0, F(1)),), ((0, F(1)), (1, F(1))), ()])
    def test_wrong_multipliers_of_the_solver_are_caught(self, monkeypatch, multipliers):
        optimum = cddlib.Optimum(F(-1), (F(0), F(0), F(-1)), multipliers)
        monkeypatch.setattr(feasibility_module, "maximize", lambda *_: optimum)
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

    @given(small_systems(2, most=5), st.data())
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
        wrong = cddlib.Optimum(F(1), (F(0), F(1)), ())
        monkeypatch.setattr(feasibility_module, "maximize", lambda *_: wrong)
        with pytest.raises(CertificateError, match="violates row 0: 0"):
            feasible([((1,), 0)], [True], 1)


class TestCanonical:
    def test_facets_are_the_first_of_equal_rows(self):
        rows = [((0, 0), 0), ((2, 0), 2), *SQUARE, ((1, 1), 9), ((1, 1), 2)]
        form = canonical(rows, 2)
        assert form.irredundant == (1, 3, 4, 5)
        assert form.equations == form.basis == ()

    def test_all_implicit_equations_are_named(self):
        rows = [((1, 0), 0), ((-1, 0), 0), ((2, 0), 0), ((0, 1), 0), ((1, 1), 5)]
        form = canonical(rows, 2)
        assert form.irredundant == (3,)
        assert form.equations == (0, 1, 2)
        assert len(form.basis) == 1

    @pytest.mark.parametrize("rows", [[], [((0, 0), 0)], [((0, 0), 5), ((0, 0), 0)]])
    def test_a_system_without_variables_does_not_end_the_process(self, rows):
        assert canonical(rows, 2) == polyhedron_module.CanonicalForm((), (), ())

    def test_a_point_of_r0(self):
        assert canonical([((), 1)], 0).irredundant == ()

    @pytest.mark.parametrize("rows", [[((1,), 0), ((-1,), -1)], [((0,), -1)]])
    def test_an_infeasible_system_has_no_canonical_form(self, rows):
        with pytest.raises(DomainError, match="a polyhedron with points is required"):
            canonical(rows, 1)

    def test_a_contradiction_between_solver_and_double_description_is_caught(self, monkeypatch):
        broken = cddlib.Canonical(frozenset({0}), (0,))
        monkeypatch.setattr(polyhedron_module, "canonicalize", lambda _: broken)
        with pytest.raises(CertificateError, match="a full polyhedron cannot have 1 equations"):
            canonical(SQUARE, 2)

    @given(small_systems(2))
    def test_redundant_means_implied(self, rows):
        if feasibility(rows, 2).status == "empty":
            return
        form = canonical(rows, 2)
        equations = [rows[i] for i in form.basis]
        needed = [rows[i] for i in form.irredundant]
        for row in rows:
            system = [*needed, *equations, *map(opposite, equations), opposite(row)]
            assert feasible(system, [False] * (len(system) - 1) + [True], 2).status == "empty"
        for i in form.irredundant:
            others = [rows[j] for j in form.irredundant if j != i]
            system = [*others, *equations, *map(opposite, equations), opposite(rows[i])]
            assert feasible(system, [False] * (len(system) - 1) + [True], 2).status == "full"


class TestGenerators:
    def test_the_square(self):
        found = generators(SQUARE, 2)
        assert found.vertices == ((-1, -1), (-1, 1), (1, -1), (1, 1))
        assert found.is_bounded
        assert not found.is_empty

    def test_the_apex_of_a_cone_is_a_vertex(self):
        assert generators([((1, 0), 0), ((0, 1), 0)], 2) == Generators(
            ((0, 0),), ((0, 1), (1, 0)), ()
        )

    def test_lines_are_taken_out_of_the_rest(self):
        strip = generators([((1, 1, 0), 1), ((-1, -1, 0), 1)], 3)
        assert strip.lines == ((0, 0, 1), (1, -1, 0))
        assert strip.vertices == ((0, -1, 0), (0, 1, 0))
        assert not strip.is_bounded

    @pytest.mark.parametrize("rows", [[], [((0, 0), 0)], [((0, 0), 1)]])
    def test_the_whole_plane(self, rows):
        assert generators(rows, 2) == Generators(((0, 0),), (), ((0, 1), (1, 0)))

    @pytest.mark.parametrize(
        "rows", [[((0, 0), -1)], [((1, 0), -1), ((-1, 0), 0)], [((1, 0), -1), ((-2, 0), 1)]]
    )
    def test_the_empty_set_has_none(self, rows):
        assert generators(rows, 2).is_empty
        assert generators(rows, 2).is_bounded

    def test_r0_is_one_point(self):
        assert generators([], 0) == Generators(((),), (), ())
        assert inequalities_of([()], [], [], 0) == ((), ())

    def test_a_wrong_generator_is_caught(self, monkeypatch):
        for wrong in ([[F(1), F(-2), F(0)]], [[F(1), F(0), F(0)], [F(0), F(1), F(0)]]):
            monkeypatch.setattr(generators_module, "to_generators", lambda _, w=wrong: (w, set()))
            with pytest.raises(CertificateError, match="a generator violates"):
                generators(SQUARE, 2)
        line = [[F(1), F(0), F(0)], [F(0), F(1), F(0)]]
        monkeypatch.setattr(generators_module, "to_generators", lambda _: (line, {1}))
        with pytest.raises(CertificateError, match="a generator violates"):
            generators([((1, 0), 0)], 2)

    def test_redundant_generators_go(self):
        inequalities, equations = inequalities_of(
            [(0, 0), (1, 0), ("1/2", "1/4"), (0, 1)], [], [], 2
        )
        assert inequalities == (((-1, -1), 1), ((0, 1), 0), ((1, 0), 0))
        assert equations == ()

    def test_lines_and_rays_have_inequalities(self):
        assert inequalities_of([(0, 2)], [(0, 1)], [(3, 0)], 2) == ((((0, 1), -2),), ())
        assert inequalities_of([(0, 0)], [], [(1, 0), (0, 1)], 2) == ((), ())
        assert inequalities_of([(2, 3)], [], [], 2)[1] == (((0, 1), -3), ((1, 0), -2))

    def test_nothing_spans_the_empty_set(self):
        assert inequalities_of([], [], [], 2) == ((((0, 0), -1),), ())
        with pytest.raises(ValueError, match="at least one point to start from"):
            inequalities_of([], [(1, 0)], [], 2)

    @given(small_systems(3))
    def test_there_and_back(self, rows):
        found = generators(rows, 3)
        back = Polyhedron.from_generators(found.vertices, found.rays, found.lines, 3)
        assert back.generators == found
        if found.vertices:
            form = canonical(rows, 3)
            facets = {primitive_row(rows[i]) for i in form.irredundant}
            if not form.equations:
                assert facets == {primitive_row(row) for row in back.rows}


class TestPolyhedron:
    def test_it_knows_its_points(self):
        square = Polyhedron(2, SQUARE)
        assert square.contains(("1/2", 1))
        assert not square.contains(("1/2", 1), strict=True)
        assert not square.contains((2, 0))
        with pytest.raises(ValueError, match=r"a point of R\^2 is required, got 1 entries"):
            square.contains((1,))

    def test_true_rows_without_variables_do_not_bound_the_interior(self):
        plane = Polyhedron(2, (((0, 0), 0),))
        assert plane.contains((1, 1), strict=True)
        assert not Polyhedron(2, (((0, 0), -1),)).contains((1, 1), strict=True)

    @pytest.mark.parametrize(
        ("extra", "dimension", "bounded"),
        [
            ([], 2, False),
            ([((1, 0), 0), ((-1, 0), 0)], 1, False),
            ([((1, 0), 0), ((-1, -1), 0), ((0, 1), 0)], 0, True),
            ([((1, 0), 0), ((-1, 0), -1)], -1, True),
        ],
    )
    def test_affine_dimension(self, extra, dimension, bounded):
        cut = Polyhedron(2, (((0, 1), 5),)).intersect(extra)
        assert cut.affine_dimension == dimension
        assert cut.is_bounded is bounded

    def test_a_normal_needs_the_right_length(self):
        with pytest.raises(ValueError, match="row 0: a normal with 3 entries is required, got 2"):
            Polyhedron(3, SQUARE)

    def test_it_is_a_plain_value(self):
        square = Polyhedron(2, SQUARE)
        assert square.status == "full"
        assert pickle.loads(pickle.dumps(square)) == square
        assert hash(square) == hash(Polyhedron(2, SQUARE))
        assert str(square) == "{x+1 >= 0, -x+1 >= 0, y+1 >= 0, -y+1 >= 0}"
        assert str(Polyhedron(3)) == "R^3"


class TestMissingLibrary:
    def test_the_error_names_the_packages_of_each_system(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "cdd.gmp", None)
        cddlib._cdd.cache_clear()
        with pytest.raises(MissingDependencyError) as caught:
            feasibility(SQUARE, 2)
        cddlib._cdd.cache_clear()
        message = str(caught.value)
        assert "apt-get install libcdd-dev libgmp-dev python3-dev gcc" in message
        assert "dnf install cddlib-devel gmp-devel python3-devel gcc" in message
        assert "brew install cddlib gmp" in message
        assert "pycddlib-standalone has no cdd.gmp" in message
        assert isinstance(caught.value, ImportError)

    def test_importing_the_module_does_not_load_it(self):
        code = "import sys, exactpwl.polyhedron; print('cdd' in sys.modules)"
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        assert run.stdout.strip() == "False"

    def test_a_program_without_an_optimum_is_an_error(self):
        with pytest.raises(CertificateError, match="ended as"):
            cddlib.maximize([[0, 1]], [0, 1])


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
    far = 10**4
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
