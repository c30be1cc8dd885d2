"""Numbers that no float holds: floats only guess, so the answers are the same without them."""

import pytest

from exactpwl import Network
from exactpwl.verification import verify
from exactpwl.vnnlib import parse_query
from exactpwl_check.__main__ import main as check

HUGE = "1" + "0" * 400


def network(weight: str) -> Network:
    """Return a network whose numbers are about as large as the cube of the weight."""
    return Network(
        [
            ([[weight], [1]], [0, "-1/2"], "relu"),
            ([[weight, 1], [1, -1]], [0, 1], "relu"),
            ([[1, weight]], [0], "linear"),
        ]
    )


def asked(condition: str, bound: str = "1") -> str:
    return f"""(declare-const X_0 Real) (declare-const Y_0 Real)
        (assert (and (<= -1 X_0 {bound}) {condition}))"""


@pytest.mark.parametrize("weight", ["1", "1e200", "1e400", "1e-400"])
@pytest.mark.parametrize(
    ("condition", "answer"),
    [("(<= Y_0 (- 1))", "unsat"), ("(>= Y_0 0)", "sat"), (f"(> Y_0 {HUGE * 3})", "unsat")],
)
def test_weights_and_bounds(tmp_path, weight: str, condition: str, answer: str) -> None:
    query = parse_query(asked(condition))
    net = network(weight)
    verdict = verify(net, query)
    assert verdict.answer == answer
    if verdict.witness is not None:
        assert query.holds(verdict.witness, net(verdict.witness))
    for certificate in verdict.certificates:
        certificate.save(tmp_path / "proof.cert")
        assert check([str(tmp_path / "proof.cert")]) == 0


def test_a_huge_box() -> None:
    query = parse_query(asked("(= Y_0 7.5)", HUGE))
    verdict = verify(network("1"), query)
    assert verdict.answer == "sat"
    assert query.holds(verdict.witness, verdict.outputs)
