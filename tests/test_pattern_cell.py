"""One pattern as a polyhedron: the XOR network, every status, and random networks."""

import json
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl import Domain, Kink, Network, Pattern
from exactpwl import pattern_cell as module
from exactpwl.cddlib import Optimum
from exactpwl.errors import CertificateError, DomainError, PatternError
from exactpwl.inequality import value
from exactpwl.pattern_cell import pattern_polyhedron
from exactpwl.pattern_census import census
from strategies import domains, networks, points

F = Fraction
XOR = Network([([[1, 1], [1, 1]], [1, 0], "relu"), ([[2, -4]], [-1], "linear")], name="xor")
DEAD = Network([([[1], [0], [-1]], [0, 0, 0], "relu"), ([[1, 1, 1]], [0], "linear")])
TANH = Network([([[1, 1], [1, -1]], [0, 0], ["relu", "hard_tanh"]), ([[1, 1]], [0], "abs")])


class TestXor:
    def test_the_pattern_01_is_empty_with_the_textbook_proof(self):
        cell = pattern_polyhedron(XOR, "01")
        assert cell.status == "empty"
        assert str(cell.certificate) == "(x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0"
        assert cell.certificate.latex() == (
            r"(x+y \ge 0) + (-x-y-1 \ge 0) \;\Longrightarrow\; -1 \ge 0"
        )
        assert set(cell.certificate.origins) == {
            "layer 0, neuron 0: z <= 0",
            "layer 0, neuron 1: z > 0",
        }
        assert cell.interior_point is None
        assert cell.irredundant == cell.equations == cell.facets == ()
        assert cell.vertices == cell.rays == cell.lines == ()

    @pytest.mark.parametrize("pattern", ["00", "10", "11"])
    def test_the_other_patterns_are_regions(self, pattern):
        cell = pattern_polyhedron(XOR, pattern)
        assert cell.status == "full"
        assert cell.is_proper
        assert cell.certificate is None
        assert XOR.pattern_at(cell.interior_point) == cell.pattern
        assert cell.lines == ((1, -1),)

    def test_facets_are_told_from_redundant_rows(self):
        cell = pattern_polyhedron(XOR, "11")
        assert [str(i) for i in cell.inequalities] == ["x+y+1 >= 0", "x+y >= 0"]
        assert [i.kink for i in cell.irredundant] == [Kink(0, 1, 0)]

    def test_a_full_pattern_in_words(self):
        assert str(pattern_polyhedron(XOR, "11", Domain.box([(-1, 1), (-1, 1)]))) == (
            "pattern 11 of <Network xor 2 -> 2 relu -> 1 linear>: full, proper\n"
            "  x+y+1 >= 0  layer 0, neuron 0: z > 0\n"
            "  x+y >= 0    layer 0, neuron 1: z > 0  facet\n"
            "  x+1 >= 0    domain, row 0\n"
            "  -x+1 >= 0   domain, row 1             facet\n"
            "  y+1 >= 0    domain, row 2\n"
            "  -y+1 >= 0   domain, row 3             facet\n"
            "interior point: (1/3, 1/3)\n"
            "vertices: (-1, 1), (1, -1), (1, 1)\n"
            "f = -2x-2y+1"
        )


class TestThinAndImproper:
    def test_a_thin_cell_shows_its_equations_and_why(self):
        cell = pattern_polyhedron(DEAD, "101")
        assert cell.status == "thin"
        assert not cell.is_proper
        assert [i.kink.neuron for i in cell.equations] == [0, 2]
        assert str(cell.certificate) == "(x > 0) + (-x > 0) gives 0 > 0"
        assert cell.vertices == ((0,),)
        assert "no interior: (x > 0) + (-x > 0) gives 0 > 0" in str(cell)
        assert "x >= 0   layer 0, neuron 0: z > 0   = 0 on the cell" in str(cell)

    def test_active_where_it_vanishes_identically_is_full_but_not_proper(self):
        cell = pattern_polyhedron(DEAD, "110")
        assert cell.status == "full"
        assert not cell.is_proper
        assert cell.improper_kinks == (Kink(0, 1, 0),)
        assert "full, not proper" in str(cell)
        assert "layer 0, neuron 1: z > 0 is asked for, but z = 0 everywhere" in str(cell)

    def test_inactive_where_it_vanishes_identically_is_proper(self):
        assert pattern_polyhedron(DEAD, "100").is_proper

    def test_a_constant_decides_alone(self):
        net = Network([([[0, 0]], ["-1/3"], "relu"), ([[1]], [0], "linear")])
        assert pattern_polyhedron(net, "0").is_proper
        cell = pattern_polyhedron(net, "1")
        assert cell.status == "empty"
        assert str(cell.certificate) == "-1 >= 0 is false"

    @pytest.mark.parametrize(
        ("constant", "piece", "status", "proper"),
        [
            (-1, 0, "full", True),
            (-1, 1, "full", False),
            (-1, 2, "empty", False),
            (0, 1, "full", True),
            (0, 0, "empty", False),
            (1, 1, "full", True),
            (1, 2, "full", False),
            (2, 2, "full", True),
        ],
    )
    def test_a_constant_on_several_pieces(self, constant, piece, status, proper):
        net = Network([([[0]], [constant], "hard_tanh")])
        cell = pattern_polyhedron(net, [[piece]])
        assert (cell.status, cell.is_proper) == (status, proper)

    def test_a_deep_neuron_may_vanish_on_one_region_only(self):
        net = Network([([[1]], [0], "relu"), ([[1]], [0], "relu")])
        assert pattern_polyhedron(net, "1|1").is_proper
        assert pattern_polyhedron(net, "0|1").improper_kinks == (Kink(1, 0, 0),)
        assert pattern_polyhedron(net, "1|0").status == "thin"


class TestLiteral:
    """Definition R1: z > 0 and z <= 0, in any dimension."""

    def test_a_thin_cell_may_have_a_point_with_its_pattern(self):
        cell = pattern_polyhedron(DEAD, "000")
        assert cell.literal.point == (0,)
        assert cell.literal_certificate is None

    def test_the_certificate_is_strict_where_the_pattern_is(self):
        net = Network([([[1], [-1]], [0, 0], "relu")])
        cell = pattern_polyhedron(net, "11")
        assert cell.literal.status == "empty"
        assert str(cell.literal_certificate) == "(x > 0) + (-x > 0) gives 0 > 0"

    def test_an_improper_pattern_has_no_point(self):
        assert pattern_polyhedron(DEAD, "110").literal.status == "empty"

    def test_the_domain_is_open(self):
        net = Network([([[1]], [0], "relu")])
        assert pattern_polyhedron(net, "0", Domain.box([(0, 1)])).literal.status == "empty"

    @pytest.mark.parametrize(
        "name", ["definitions_stargalla_table", "hat2d_hexagon", "random_ternary_2_4_3_1", "max2"]
    )
    def test_their_number_is_the_proven_one(self, ground_truth, name):
        case = next(n for n in ground_truth["networks"] if n["name"] == name)
        net = Network.from_dict({"layers": case["layers"]})
        found = [pattern_polyhedron(net, e.pattern) for e in census(net).entries()]
        literal = sum(cell.literal.status == "full" for cell in found)
        assert literal == case["expected"]["binary_patterns_all_dims"]
        assert sum(cell.is_proper for cell in found) == case["expected"]["activation_regions"]


class TestBreakpoints:
    def test_a_middle_piece_has_two_inequalities(self):
        cell = pattern_polyhedron(TANH, "11|1")
        assert [i.origin for i in cell.inequalities] == [
            "layer 0, neuron 0: z > 0",
            "layer 0, neuron 1: z > -1",
            "layer 0, neuron 1, breakpoint 1: z <= 1",
            "layer 1, neuron 0: z > 0",
        ]
        assert [str(i) for i in cell.inequalities] == [
            "x+y >= 0",
            "x-y+1 >= 0",
            "-x+y+1 >= 0",
            "x >= 0",
        ]

    def test_an_outer_piece_has_one(self):
        origins = [i.origin for i in pattern_polyhedron(TANH, "12|0").inequalities]
        assert origins[1] == "layer 0, neuron 1, breakpoint 1: z > 1"

    def test_a_neuron_without_breakpoint_has_none(self):
        net = Network([([[1], [1]], [0, 1], ["relu", "linear"])])
        assert len(pattern_polyhedron(net, "10").inequalities) == 1

    def test_a_network_without_kinks_has_one_pattern(self):
        cell = pattern_polyhedron(Network([([[1, 2]], [3], "linear")]), "")
        assert cell.is_proper
        assert cell.inequalities == ()
        assert "pattern (nothing to decide)" in str(cell)

    def test_coinciding_kinks_share_a_facet(self):
        net = Network([([[1], [2]], [0, 0], "relu"), ([[1, 1]], [0], "relu")])
        cell = pattern_polyhedron(net, "11|1")
        ((first, second, third),) = cell.facets
        assert [i.kink for i in (first, second, third)] == [
            Kink(0, 0, 0),
            Kink(0, 1, 0),
            Kink(1, 0, 0),
        ]
        assert str(cell).count("same facet") == 2


class TestDomain:
    def test_a_pattern_may_be_empty_in_the_domain_only(self):
        cell = pattern_polyhedron(XOR, "00", Domain.box([(0, 1), (0, 1)]))
        assert cell.status == "empty"
        assert "domain, row 0" in cell.certificate.origins

    def test_a_cell_that_touches_the_domain_is_thin(self):
        assert pattern_polyhedron(XOR, "10", Domain.box([(0, 1), (0, 1)])).status == "thin"

    def test_it_may_be_given_as_pairs(self):
        box = [(0, 1), (0, "1/2")]
        assert pattern_polyhedron(XOR, "11", box) == pattern_polyhedron(XOR, "11", Domain.box(box))

    def test_it_needs_the_right_dimension(self):
        with pytest.raises(
            DomainError, match=r"so a domain of R\^2 is required; got one of R\^1: the box \[0, 1\]"
        ):
            pattern_polyhedron(XOR, "00", Domain.box([(0, 1)]))

    @pytest.mark.parametrize(("bound", "status"), [(0, "thin"), (-1, "empty")])
    def test_it_needs_an_interior(self, bound, status):
        domain = Domain.polyhedron([[1, 0], [-1, 0]], [0, bound])
        with pytest.raises(DomainError, match=rf"a full-dimensional domain .* is {status}"):
            pattern_polyhedron(XOR, "00", domain)


@pytest.mark.parametrize("pattern", ["0", "012", "0|1", "02"])
def test_a_pattern_has_to_fit(pattern):
    with pytest.raises(PatternError):
        pattern_polyhedron(XOR, pattern)


@pytest.mark.parametrize("pattern", ["01", "10", "11"])
def test_the_plain_form_is_json(pattern):
    cell = pattern_polyhedron(XOR, pattern)
    plain = json.loads(json.dumps(cell.as_dict()))
    assert plain["pattern"] == pattern
    assert plain["inequalities"][0]["layer"] == 0
    assert plain["inequalities"][0]["side"] == ("below" if pattern == "01" else "above")
    if cell.status == "empty":
        assert plain["certificate"]["sentence"] == str(cell.certificate)
        assert plain["certificate"]["multipliers"] == {"0": "1/2", "1": "1/2"}
    else:
        assert plain["certificate"] is None
        assert plain["irredundant"] == list(cell.polyhedron.canonical.irredundant)
        assert len(plain["vertices"]) == len(cell.vertices)


def test_domain_rows_have_a_plain_form():
    cell = pattern_polyhedron(XOR, "11", Domain.box([(-1, 1), (-1, 1)]))
    assert cell.as_dict()["inequalities"][-1]["domain_row"] == 3


def test_it_pickles():
    cell = pattern_polyhedron(XOR, "01")
    assert cell.certificate is not None
    assert pickle.loads(pickle.dumps(cell)) == cell


def test_many_inputs_get_no_generators_in_words():
    net = Network([([[1] * 6], [0], "relu")])
    text = str(pattern_polyhedron(net, "1"))
    assert "x1+x2+x3+x4+x5+x6 >= 0" in text
    assert "rays" not in text


def test_long_lists_are_cut_visibly():
    cube = Domain.box([(-1, 1)] * 4)
    text = str(pattern_polyhedron(Network([([[0] * 4], [0], "relu")]), "0", cube))
    assert "and 4 more" in text


def test_a_wrong_answer_of_the_solver_is_refused(monkeypatch):
    wrong = Optimum(F(-1), (F(0), F(0), F(-1)), ((0, F(1)),))
    monkeypatch.setattr("exactpwl.feasibility.maximize", lambda *_: wrong)
    with pytest.raises(CertificateError):
        pattern_polyhedron(XOR, "10").status  # noqa: B018 - reading it computes it


def test_a_certificate_that_refutes_nothing_is_refused(monkeypatch):
    cell = pattern_polyhedron(XOR, "10")
    broken = module.Feasibility("empty", None, ((0, F(1)), (1, F(1))))
    monkeypatch.setattr(module.PatternPolyhedron, "feasibility", broken)
    with pytest.raises(CertificateError, match="1 >= 0 is true and refutes nothing"):
        cell.certificate  # noqa: B018 - reading it computes it


@given(st.data())
def test_a_point_lies_in_the_cell_of_its_pattern(data):
    net = data.draw(networks())
    x = data.draw(points(net.input_dimension))
    cell = pattern_polyhedron(net, net.pattern_at(x))
    assert cell.status != "empty"
    assert all(value(i.row, x) >= 0 for i in cell.inequalities)
    assert all(value(i.row, x) > 0 for i in cell.inequalities if i.is_strict)
    assert cell.literal.status == "full"
    assert cell.affine_map(x) == net(x)


@given(st.data())
def test_any_pattern_is_what_its_status_says(data):
    net = data.draw(networks())
    domain = data.draw(domains(net.input_dimension))
    pattern = Pattern(
        [data.draw(st.integers(0, count - 1)) for count in layer] for layer in net.pieces
    )
    cell = pattern_polyhedron(net, pattern, domain)
    if cell.status == "full":
        assert domain.contains(cell.interior_point, strict=True)
        assert (net.pattern_at(cell.interior_point) == pattern) == cell.is_proper
    else:
        assert cell.certificate.is_valid
        assert cell.certificate.sentence()
    if cell.literal.status == "full":
        assert net.pattern_at(cell.literal.point) == pattern
        assert cell.status != "empty"
    else:
        assert cell.literal_certificate.is_valid
    assert all(value(i.row, v) == 0 for i in cell.equations for v in cell.vertices)
    assert str(cell)
