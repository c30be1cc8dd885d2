"""Farkas certificates: what they accept, what they refuse, and how they read."""

import pickle
from fractions import Fraction

import pytest

from exactpwl.errors import CertificateError
from exactpwl.farkas import FarkasCertificate, combine

F = Fraction
UPPER_OFF = ((-1, -1), -1)
LOWER_ON = ((1, 1), 0)


def certificate(rows, multipliers, *rest):
    return FarkasCertificate(tuple(rows), tuple(map(F, multipliers)), *rest)


def test_the_sentence_of_the_xor_network():
    proof = certificate([UPPER_OFF, LOWER_ON], [1, 1])
    proof.verify()
    assert proof.sentence() == "(x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0"
    assert str(proof) == proof.sentence()
    assert proof.latex() == r"(x+y \ge 0) + (-x-y-1 \ge 0) \;\Longrightarrow\; -1 \ge 0"


def test_multipliers_are_printed_as_the_least_integers():
    proof = certificate([((2,), 0), ((-3,), -1)], [F(1, 2), F(1, 3)])
    assert proof.is_valid
    assert proof.sentence() == "3*(2x >= 0) + 2*(-3x-1 >= 0) gives -2 >= 0"
    assert proof.latex().startswith(r"3\,(2x \ge 0) + 2\,(-3x-1 \ge 0)")
    assert certificate([UPPER_OFF, LOWER_ON], [4, 4]).sentence().startswith("(x+y >= 0)")


def test_rows_that_are_not_used_are_not_printed():
    proof = certificate([UPPER_OFF, ((5, 5), 5), LOWER_ON], [1, 0, 1])
    assert proof.sentence() == "(x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0"


def test_terms_keep_their_order_within_each_sign():
    rows = [((-1, 0), 0), ((0, 1), 0), ((0, -1), -1), ((1, 0), 0)]
    proof = certificate(rows, [1, 1, 1, 1])
    assert proof.sentence() == "(y >= 0) + (x >= 0) + (-x >= 0) + (-y-1 >= 0) gives -1 >= 0"


def test_strict_rows_conclude_strictly():
    proof = certificate([((1,), 0), ((-1,), 0)], [1, 1], (">", ">="))
    assert proof.is_valid
    assert proof.sentence() == "(x > 0) + (-x >= 0) gives 0 > 0"


def test_an_equation_may_be_subtracted():
    proof = certificate([((1,), 0), ((1,), 1)], [1, -1], (">=", "="))
    assert proof.is_valid
    assert proof.sentence() == "(x >= 0) - (x+1 = 0) gives -1 >= 0"
    alone = certificate([((0,), 2)], [1], ("=",))
    assert alone.is_valid
    assert alone.sentence() == "2 = 0 is false"


def test_a_row_without_variables_speaks_for_itself():
    proof = certificate([((0, 0), -3)], [1])
    assert proof.is_valid
    assert proof.sentence() == "-3 >= 0 is false"
    assert proof.latex() == r"-3 \ge 0 \text{ is false}"


def test_names_can_be_chosen():
    proof = certificate([((1,), 0), ((-1,), -1)], [1, 1])
    assert proof.sentence(["t"]) == "(t >= 0) + (-t-1 >= 0) gives -1 >= 0"
    assert r"(t_{2} \ge 0)" in proof.latex(["t2"])


@pytest.mark.parametrize(
    ("rows", "multipliers", "relations", "message"),
    [
        ([UPPER_OFF, LOWER_ON], [1, -1], (), "row 1 is an inequality and needs a multiplier >= 0"),
        ([UPPER_OFF, LOWER_ON], [1, 2], (), r"the variables must cancel, .* \(1, 1\)"),
        ([((1,), 0), ((-1,), 0)], [1, 1], (), "0 >= 0 is true and refutes nothing"),
        ([((1,), 0), ((-1,), 1)], [1, 1], (">", ">"), "1 > 0 is true and refutes nothing"),
        ([UPPER_OFF, LOWER_ON], [0, 0], (), "0 = 0 is true and refutes nothing"),
        ([((1,), 0), ((-1,), 0)], [0, 0], (">", ">"), "0 = 0 is true and refutes nothing"),
        ([], [], (), "0 = 0 is true"),
    ],
)
def test_what_proves_nothing_is_refused(rows, multipliers, relations, message):
    proof = certificate(rows, multipliers, relations)
    assert not proof.is_valid
    with pytest.raises(CertificateError, match=message):
        proof.verify()


def test_sizes_and_relations_are_required_to_fit():
    with pytest.raises(ValueError, match="2 rows need 2 multipliers, got 1"):
        certificate([UPPER_OFF, LOWER_ON], [1])
    with pytest.raises(ValueError, match="2 rows need 2 origins, got 1"):
        certificate([UPPER_OFF, LOWER_ON], [1, 1], (), ("here",))
    with pytest.raises(ValueError, match="a relation is one of >=, >, =; got '<'"):
        certificate([UPPER_OFF], [1], ("<",))


def test_a_certificate_keeps_the_rows_it_uses():
    rows = [((1,), 5), ((1,), 0), ((-1,), -1)]
    proof = FarkasCertificate.of(rows, [(1, F(1)), (2, F(1))], origins=["a", "b", "c"])
    assert proof.rows == (rows[1], rows[2])
    assert proof.origins == ("b", "c")
    assert pickle.loads(pickle.dumps(proof)) == proof


def test_combining_nothing_gives_nothing():
    assert combine([], []) == ((), 0)
