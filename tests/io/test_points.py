"""Data points from files: each form, exactly, and each mistake in words."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from exactpwl import load_points
from exactpwl.errors import FormatError

HALF, TENTH = Fraction(1, 2), Fraction(1, 10)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "1/2,0.1\n-3,1e-1\n",
        "x,y\r\n1/2, 0.1\r\n\r\n-3,.1\r\n",
        '# two points\nx,y\n"1/2","0.1"\n# the other\n-3,1/10',
        "\ufeff1/2,0.1\n-3,0.10",
    ],
)
def test_csv_is_read_exactly(tmp_path: Path, text: str) -> None:
    found = load_points(written(tmp_path, "a.csv", text), inputs=2)
    assert found.points == ((HALF, TENTH), (Fraction(-3), TENTH))
    assert found.labels is None


def test_one_column_more_than_inputs_is_the_class(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "x,y,class\n1/2,0.1,1\n0,0,-1\n")
    assert load_points(path, inputs=2).labels == (1, -1)
    assert load_points(path).labels is None
    assert load_points(path, labelled=True).points[0] == (HALF, TENTH)
    assert len(load_points(path, inputs=3, labelled=False).points[0]) == 3


def test_json(tmp_path: Path) -> None:
    path = written(tmp_path, "a.json", '{"points": [["1/2", 0.1], [0, 1]], "labels": [1, "2"]}')
    assert load_points(path) == (((HALF, TENTH), (0, 1)), (1, 2))
    plain = written(tmp_path, "b.json", '[["1/2", 0.1]]')
    assert load_points(plain, inputs=2) == (((HALF, TENTH),), None)


def test_arrays_are_the_numbers_that_they_store(tmp_path: Path) -> None:
    table = np.array([[0.1, 0.5, 1], [2, 3, 0]])
    np.save(tmp_path / "a.npy", table)
    found = load_points(tmp_path / "a.npy", inputs=2)
    assert found.points[0] == (Fraction(0.1), HALF)
    assert found.labels == (1, 0)
    np.save(tmp_path / "b.npy", np.arange(8).reshape(2, 2, 2))
    assert load_points(tmp_path / "b.npy").points[1] == (4, 5, 6, 7)
    np.savez(tmp_path / "c.npz", points=np.float32([[0.1]]), labels=np.array([3]))
    assert load_points(tmp_path / "c.npz") == (((Fraction(float(np.float32(0.1))),),), (3,))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.xlsx", "", r"data points end in .csv, .txt, .json, .npy, .npz, got .xlsx"),
        ("a.csv", "1,two\n", "line 1, column 2: a rational number such as '3'"),
        ("a.csv", "1,2\n3\n", "line 2: a number for each of the 2 inputs, and optionally the cla"),
        ("a.csv", "1,2,3\n4,5\n", "line 2: a number for each of the 2 inputs and the class"),
        ("a.csv", "1,2,1/2\n", "line 1: a class is a whole number, got 1/2; is the last column"),
        ("a.csv", "x,y\n", "at least one data point is required, got none"),
        ("a.csv", "1,2,3,4,5\n", "for each of the 2 inputs, and optionally the class, .* got 5"),
        ("a.json", '{"points": [[1]], "labels": []}', "labels: a list of 1 is required, got 0"),
        ("a.json", '{"point": [[1]]}', r"keys points, labels \(optional\); missing: points"),
        ("a.json", "[[1, 2], [3]]", "point 1: 2 coordinates are required, as the network has"),
        ("a.json", "[[1, null]]", r"\[0\]\[1\]: a number is required, got null"),
        ("a.json", '[[1, "x"]]', r"\[0\]\[1\]: a rational number"),
        ("a.json", "3", "an object is required, got the number 3"),
        ("a.npy", "no array", "arrays of numpy are required"),
        ("a.npz", "no archive", "arrays of numpy are required"),
    ],
)
def test_mistakes_in_words(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = written(tmp_path, name, text)
    with pytest.raises(FormatError, match=message) as caught:
        load_points(path, inputs=2)
    assert str(path) in str(caught.value)


def test_mistakes_in_arrays(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([1.0, 2.0]))
    with pytest.raises(FormatError, match=r"with a row for each point, got shape \(2,\)"):
        load_points(tmp_path / "a.npy")
    np.save(tmp_path / "b.npy", np.array([[1.0, 2.0], [np.inf, 0.0]]))
    with pytest.raises(FormatError, match="the array, row 1: finite numbers are required"):
        load_points(tmp_path / "b.npy")
    np.savez(tmp_path / "c.npz", X=np.eye(2))
    with pytest.raises(FormatError, match="an archive of data points has the keys points"):
        load_points(tmp_path / "c.npz")
    np.savez(tmp_path / "d.npz", points=np.eye(2), labels=np.array([0.5, 1.0]))
    with pytest.raises(FormatError, match=r"labels must be whole numbers .* \(2,\) of float64"):
        load_points(tmp_path / "d.npz")
    np.savez(tmp_path / "e.npz", points=np.eye(2), labels=np.array([1]))
    with pytest.raises(FormatError, match="one label for each of 2 points is required, got 1"):
        load_points(tmp_path / "e.npz")
    with pytest.raises(FormatError, match="cannot be read: No such file"):
        load_points(tmp_path / "gone.csv")
    with pytest.raises(FormatError, match="cannot be read: No such file"):
        load_points(tmp_path / "gone.npy")
