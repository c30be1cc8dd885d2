"""VNN-LIB texts as queries: random ones against their meaning, and each refusal by its words."""

import contextlib
import pickle
import random
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactpwl.errors import FormatError, VNNLIBError
from exactpwl.vnnlib import Query, dumps_query, load_query, parse_query
from strategies import VNNLIBText, points, vnnlib_texts

ONE = "(declare-const X_0 Real) (declare-const Y_0 Real) "
TWO = "(declare-network f (declare-input X real [1,2]) (declare-output Y float32 [2])) "
BOTH_VERSIONS = st.sampled_from([1, 2]).flatmap(vnnlib_texts)


@given(BOTH_VERSIONS, st.data())
def test_a_query_means_what_its_text_says(written: VNNLIBText, data: st.DataObject) -> None:
    query = parse_query(written.text)
    assert (query.input_dimension, query.output_dimension) == (written.inputs, written.outputs)
    cases = query.cases()
    for _ in range(4):
        x, y = data.draw(points(written.inputs)), data.draw(points(written.outputs))
        expected = written.meaning(x, y)
        assert query.holds(x, y) == expected
        assert any(case.holds(x, y) for case in cases) == expected


@given(BOTH_VERSIONS)
def test_what_is_written_is_read_back(written: VNNLIBText) -> None:
    query = parse_query(written.text)
    assert parse_query(dumps_query(query)) == query


@given(BOTH_VERSIONS, st.randoms(use_true_random=False))
def test_mutations_raise_the_format_error_alone(written: VNNLIBText, rng: random.Random) -> None:
    pieces = [
        "(",
        ")",
        "[",
        "]",
        ",",
        '"',
        ";",
        "<2.0>",
        "-",
        "1e9",
        "1e99999999",
        "not",
        "and",
        "X_0",
    ]
    text = list(written.text)
    for _ in range(rng.randint(1, 6)):
        start = rng.randrange(len(text))
        end = min(len(text), start + rng.choice([0, 1, 1, 5, 40]))
        text[start:end] = rng.choice([*pieces, chr(rng.randint(0, 0x300)), "".join(text[:end])])
        text = text or ["("]
    with contextlib.suppress(VNNLIBError):
        query = parse_query("".join(text))
        assert parse_query(dumps_query(query)) == query


def test_decimals_are_the_rationals_that_they_spell() -> None:
    query = parse_query(ONE + "(assert (<= X_0 0.1)) (assert (>= Y_0 -1e-06))")
    assert query.formula[0].offset == 1  # 1 - 10 x >= 0
    assert query.holds(["0.1"], ["-0.000001"])
    assert not query.holds([0.1], [0])  # the float is a little more than one tenth
    assert not query.holds([Fraction(1, 10) + Fraction(1, 10**40)], [0])


@pytest.mark.parametrize(
    ("condition", "holds", "fails"),
    [
        ("(< X_0 1)", ["1/2"], [1]),
        ("(not (< X_0 1))", [1], ["1/2"]),
        ("(not (or (< X_0 1) (not (<= X_0 2))))", [2], ["5/2"]),
        ("(<= 0 X_0 1)", [1], [2]),
        ("(not (= 0 X_0))", [1], [0]),
        ("(= X_0 (- 1))", [-1], [1]),
        ("(= (- X_0 1 -2) (+ (* 3 2 X_0) -4))", [1], [0]),
        ("(or false (> X_0 0))", [1], [0]),
        ("(and true (not (not (> X_0 0))))", [1], [0]),
    ],
)
def test_conditions_of_version_one(
    condition: str, holds: list[object], fails: list[object]
) -> None:
    query = parse_query(f"{ONE}(assert {condition})")
    assert query.holds(holds, [0])
    assert not query.holds(fails, [0])


def test_declarations_may_follow_assertions_and_commands_are_passed_over() -> None:
    query = parse_query(
        "(set-logic QF_LRA)(set-info :source here)(declare-fun X_0 () Real)(assert (> X_0 0))"
        "(declare-const Y_1 Real)(declare-const Y_0 Real)(assert (> Y_1 0))(check-sat)(get-model)"
    )
    assert query.output_names == ("Y_0", "Y_1")
    assert query.holds([1], [0, 1])


def test_tensors_are_laid_out_with_the_last_index_fastest() -> None:
    query = parse_query(
        "(vnnlib-version <2.0>)"
        '(declare-network f (declare-input A real [2,3] "a") (declare-input B Real [] "b")'
        '                   (declare-output Y float64 [1] "y"))'
        "(declare-network g (equal-to f) (declare-input C real [2]) (declare-output Z real [1]))"
        "(assert (> A[1,0] 0.0))(assert (> B 0.0))(assert (> C[1] Z[0]))"
    )
    assert [step.inputs for step in query.formula[:3]] == [((3, 1),), ((6, 1),), ((8, 1),)]
    assert query.formula[2].outputs == ((1, -1),)
    assert query.input_names[3:8] == ("A[1,0]", "A[1,1]", "A[1,2]", "B", "C[0]")
    assert query.networks[1].relation == "equal-to"
    assert query.networks[0].inputs[1].onnx_name == "b"
    assert parse_query(dumps_query(query)) == query


def test_a_mark_for_version_one_is_read() -> None:
    assert parse_query(f"(vnnlib-version <1.0>){ONE}(assert (> X_0 0))").version == (1, 0)


@pytest.mark.parametrize("suffix", [".vnnlib", ".vnnlib.gz"])
def test_files_are_compressed_by_their_name(tmp_path: Path, suffix: str) -> None:
    query = parse_query(TWO + "(assert (< Y[1] (+ X[0,1] 1)))")
    path = tmp_path / f"p{suffix}"
    query.save(path)
    assert load_query(path) == query
    assert (path.read_bytes()[:2] == b"\x1f\x8b") == (suffix == ".vnnlib.gz")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("p.vnnlib", b"\xff\xfe", "a text in UTF-8 is required, byte 0 is not"),
        ("p.vnnlib.gz", b"(assert", "requires a file compressed by gzip"),
        ("p.vnnlib.gz", b"\x1f\x8b\x08\x00", "requires a file compressed by gzip"),
        ("p.vnnlib", b"\n (assert)", r"p.vnnlib: line 2, column 9: 'assert' requires one operand"),
    ],
)
def test_files_that_are_none(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(FormatError, match=words):
        load_query(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="cannot be read: No such file"):
        load_query(tmp_path / "none.vnnlib")
    with pytest.raises(FormatError, match="cannot be written: No such file"):
        parse_query(ONE + "(assert (> X_0 0))").save(tmp_path / "none" / "p.vnnlib")


@pytest.mark.parametrize(
    ("version", "word"),
    [(1, "not"), *((v, w) for v in (1, 2) for w in ("and", "or", "-", "alternating"))],
)
def test_no_nesting_is_too_deep(version: int, word: str) -> None:
    depth, name = 1_501, "X_0" if version == 1 else "X[0,0]"
    opened = {"alternating": f"(and (> {name} 0.0) (or (> {name} 1.0) "}.get(word, f"({word} ")
    closed = ")" * (2 * depth if word == "alternating" else depth)
    inner = f"{name}" if word == "-" else f"(< {name} 2.0)"
    condition = f"{opened * depth}{inner}{closed}"
    if word == "-":
        condition = f"(> {condition} 0.0)"
    query = parse_query(f"{ONE if version == 1 else TWO}(assert {condition})")
    y = [0] * query.output_dimension
    x = [Fraction(3, 2)] * query.input_dimension
    assert query.holds(x, y) == (word not in ("not", "-"))
    assert parse_query(dumps_query(query)) == query
    assert pickle.loads(pickle.dumps(query)) == query
    assert hash(query) == hash(parse_query(dumps_query(query)))


REFUSED = [
    ("", 1, "at least one input is required: (declare-const X_0 Real)"),
    ("(declare-const X_0 Real)", 25, "at least one output is required: (declare-const Y_0 Real)"),
    (ONE, 51, "at least one assertion is required, got the end of the text; (assert"),
    (ONE + "(assert (> X_0 0)", 52, "a closing parenthesis is required for 'assert'"),
    (ONE + "(assert (> X_0 0)))", 69, "'(' of a command is required, got ')'"),
    (ONE + "(assert (> X_1 0))", 62, "a declared variable or a number is required, got 'X_1'; a"),
    (ONE + "(assert (> X_0))", 65, "'>' requires two or more operands, got 1"),
    (ONE + "(assert (!= X_0 1 2))", 70, "'!=' requires two operands, got 3"),
    (ONE + "(assert (and))", 63, "'and' requires at least one operand, got 0"),
    (ONE + "(assert (> X_0 0) (> X_0 1))", 78, "'assert' requires one operand, got 2"),
    (ONE + "(assert X_0)", 59, "a condition as an operand of 'assert' is required, got 'X_0'"),
    (ONE + "(assert (> (and X_0) 0))", 63, "a number or variable as an operand of '>' is required"),
    (ONE + "(assert (> and 0))", 62, "a declared variable or a number is required, got 'and'"),
    (ONE + "(assert (> X_0 - 1))", 66, "a number or variable as an operand of '>' is required"),
    (ONE + "(assert (> X_0 1.2.3))", 66, "a decimal number such as -0.25 or 1e-06 is required, "),
    (ONE + "(assert (> X_0 1/3))", 66, "is required, got '1/3'; multiply the comparison by the"),
    (ONE + "(assert (> X_0 (/ 1 3)))", 67, "multiply the comparison by the divisor"),
    (ONE + "(assert (=> (> X_0 0) (> X_0 1)))", 60, "got '=>'; write (or (not a) b)"),
    (ONE + "(assert (> X_0 nan))", 66, "a declared variable or a number is required, got 'nan'"),
    (ONE + "(assert (> X_0 1e99999))", 66, "a power of ten from -20000 to 20000 is required"),
    (ONE + f"(assert (> X_0 {'1' * 30_000}))", 66, "a decimal with at most 20000 digits"),
    (ONE + f"(assert (> X_0 (* {'1e9999 ' * 9})))", 67, "numbers may have up to 100000 bits"),
    (ONE + "(assert (> (* X_0 Y_0) 1))", 63, "products of variables are not piecewise linear"),
    (ONE + "(declare-const X_0 Real)", 66, "'X_0' is declared twice; remove one"),
    (ONE + "(declare-const X_2 Real)", 66, "'X_2' requires X_1, which is not declared"),
    (ONE + "(declare-const Z_0 Real)", 66, "a variable X_i (input) or Y_j (output), counted from"),
    (ONE + "(declare-const X_01 Real)", 66, "a variable X_i (input) or Y_j (output), counted fro"),
    (
        ONE + "(declare-fun X_1 Real)",
        68,
        "'(' of () is required, got 'Real'; a variable is",
    ),
    (ONE + "(define-fun f () Real 1)", 52, "declare-const or assert is required, got 'define-fun'"),
    (ONE + '(assert (> X_0 "a))', 66, "a quoted name needs a closing quotation mark"),
    (ONE + "(set-logic (QF))", 62, "a closing parenthesis for 'set-logic' is required, got '('"),
    (ONE + TWO, 52, "a file of version 2 begins with (vnnlib-version <2.0>)"),
    ("(vnnlib-version <3.0>)", 17, "version <1.0> or <2.0> is required, got '<3.0>'"),
    ("(vnnlib-version 2.0)", 17, "a version such as <2.0> is required, got '2.0'"),
    ("(vnnlib-version <2.0>)", 23, "a network (declare-network ...) is required, got the end"),
    (TWO, 81, "at least one assertion is required"),
    (TWO + "(assert (> X[0] 1))", 92, "an element of 'X' requires one index below each of its ex"),
    (TWO + "(assert (> X[0,2] 1))", 92, "extents [1, 2], counted from 0; got [0, 2]"),
    (TWO + "(assert (> X 1))", 94, "'[' of the indices of 'X' is required, got '1'"),
    (TWO + "(assert (> X[0,-1] 1))", 96, "an integer from 0 with at most nine digits is required"),
    (TWO + "(assert (> Z[0] 1))", 92, "a declared tensor or a number is required, got 'Z'; there"),
    (TWO + "(assert (not (> Y[0] 1)))", 90, "version 2 of the format has no 'not': write the oppo"),
    (TWO + "(assert true)", 89, "version 2 of the format has no 'true'"),
    (TWO + "(assert (<= 0 X[0,0] 1))", 103, "'<=' requires two operands, got 3"),
    (TWO + "(assert (> Y[0] 1)) " + TWO, 102, "networks are declared first, assertions come aft"),
    (TWO + TWO, 98, "the name 'f' is declared twice; choose another"),
    ("(declare-network f)", 19, "network 'f' requires at least one input"),
    ("(declare-network f (declare-input X real [0]))", 42, "every extent from 1"),
    ("(declare-network f (declare-input X real [9999999]))", 42, "from 1 to 1000000 numbers"),
    ("(declare-network f (declare-input X int64 [1]))", 37, "an element type of real numbers"),
    ("(declare-network f (declare-hidden H real [1]))", 21, "not about hidden values; make the v"),
    ("(declare-network 1 (declare-input X real [1]))", 18, "a name for the network is required"),
    ("(declare-network f-g (declare-input X real [1]))", 18, "a name of letters, digits and _"),
    ("(declare-network f (equal-to g))", 30, "a network that is declared above is required"),
    (
        '(declare-network f (declare-input X real [1] "x") (declare-output Y real [1]))',
        18,
        "either all tensors of network 'f' have the name of a node, or none",
    ),
    (
        "(declare-network f (declare-output Y real [1]) (declare-input X real [1]))",
        49,
        "inputs are declared before outputs",
    ),
]


@pytest.mark.parametrize(("text", "column", "words"), REFUSED)
def test_what_is_refused(text: str, column: int, words: str) -> None:
    with pytest.raises(VNNLIBError) as caught:
        parse_query(text)
    assert words in str(caught.value)
    assert (caught.value.line, caught.value.column) == (1, column)


def test_lines_and_columns_are_counted_from_one() -> None:
    with pytest.raises(VNNLIBError, match="line 3, column 4: an operator") as caught:
        parse_query(f"{ONE}\n(assert ; (\n  (X_0 > 1))")
    assert (caught.value.line, caught.value.column, caught.value.path) == (3, 4, None)


@pytest.fixture(params=["test/test_prop.vnnlib.gz"])
def acas(shared: Path, request: pytest.FixtureRequest) -> Query:
    path = shared / "vnn" / request.param
    if not path.exists():
        pytest.skip(f"no instance of the verification competition at {path}")
    return load_query(path)


def test_a_property_of_the_competition(acas: Query) -> None:
    (case,) = acas.cases()
    assert (acas.input_dimension, acas.output_dimension) == (5, 5)
    assert case.input_set.is_box
    assert case.input_set.bounds[3] == (Fraction(3, 10), Fraction(1, 2))
    assert len(case.on_outputs) == 4
    assert not case.mixed


def test_every_property_beside_the_repository_is_read_and_written(shared: Path) -> None:
    files = sorted((shared / "vnn").rglob("*.vnnlib*"))
    if not files:
        pytest.skip(f"no instances of the verification competition in {shared / 'vnn'}")
    for file in files:
        query = load_query(file)
        assert parse_query(dumps_query(query)) == query, file
        for inputs, cases in query.by_input_set():
            assert inputs.is_box, file
            assert inputs.domain().as_box(), file
            assert cases, file
