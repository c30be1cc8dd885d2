"""Polyhedra: facets, implicit equations, dimension."""

import pickle

import pytest
from hypothesis import given

from exactpwl import cddlib
from exactpwl import polyhedron as module
from exactpwl.errors import CertificateError, DimensionError, DomainError
from exactpwl.feasibility import feasibility, feasible
from exactpwl.inequality import opposite
from exactpwl.polyhedron import Polyhedron, canonical
from strategies import rows as systems

SQUARE = (((1, 0), 1), ((-1, 0), 1), ((0, 1), 1), ((0, -1), 1))


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
        assert canonical(rows, 2) == module.CanonicalForm((), (), ())

    def test_a_point_of_r0(self):
        assert canonical([((), 1)], 0).irredundant == ()

    @pytest.mark.parametrize("rows", [[((1,), 0), ((-1,), -1)], [((0,), -1)]])
    def test_an_infeasible_system_has_no_canonical_form(self, rows):
        with pytest.raises(DomainError, match="a polyhedron with points is required"):
            canonical(rows, 1)

    def test_a_contradiction_between_solver_and_double_description_is_caught(self, monkeypatch):
        broken = cddlib.Canonical(frozenset({0}), (0,))
        monkeypatch.setattr(module, "canonicalize", lambda _: broken)
        with pytest.raises(CertificateError, match="a full polyhedron cannot have 1 equations"):
            canonical(SQUARE, 2)

    @given(systems(2))
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


class TestPolyhedron:
    def test_it_knows_its_points(self):
        square = Polyhedron(2, SQUARE)
        assert square.contains(("1/2", 1))
        assert not square.contains(("1/2", 1), strict=True)
        assert not square.contains((2, 0))
        with pytest.raises(DimensionError, match=r"a point with 2 coordinates is required, got 1"):
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
        with pytest.raises(DimensionError, match="a normal with 3 entries is required, got 2"):
            Polyhedron(3, SQUARE)

    def test_it_is_a_plain_value(self):
        square = Polyhedron(2, SQUARE)
        assert square.status == "full"
        assert pickle.loads(pickle.dumps(square)) == square
        assert hash(square) == hash(Polyhedron(2, SQUARE))
        assert str(square) == "{x+1 >= 0, -x+1 >= 0, y+1 >= 0, -y+1 >= 0}"
        assert str(Polyhedron(3)) == "R^3"
