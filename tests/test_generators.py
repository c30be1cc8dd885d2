"""Vertices, rays and lines: from inequalities and back."""

from fractions import Fraction

import pytest
from hypothesis import given

from exactpwl import generators as module
from exactpwl.errors import CertificateError
from exactpwl.generators import Generators, generators, inequalities_of
from exactpwl.inequality import primitive_row
from exactpwl.polyhedron import Polyhedron, canonical
from strategies import rows as systems

F = Fraction
SQUARE = (((1, 0), 1), ((-1, 0), 1), ((0, 1), 1), ((0, -1), 1))


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
            monkeypatch.setattr(module, "to_generators", lambda _, w=wrong: (w, set()))
            with pytest.raises(CertificateError, match="a generator violates"):
                generators(SQUARE, 2)
        line = [[F(1), F(0), F(0)], [F(0), F(1), F(0)]]
        monkeypatch.setattr(module, "to_generators", lambda _: (line, {1}))
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

    @given(systems(3))
    def test_there_and_back(self, rows):
        found = generators(rows, 3)
        back = Polyhedron.from_generators(found.vertices, found.rays, found.lines, 3)
        assert back.generators == found
        if found.vertices:
            form = canonical(rows, 3)
            facets = {primitive_row(rows[i]) for i in form.irredundant}
            if not form.equations:
                assert facets == {primitive_row(row) for row in back.rows}
