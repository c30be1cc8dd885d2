"""``exactpwl pattern``: one pattern, or why it is empty."""

import json


def test_an_empty_pattern_has_its_certificate(run) -> None:
    result = run("pattern", "xor", "01")
    assert result.exit_code == 0
    assert "empty" in result.stdout
    assert "(x+y >= 0) + (-x-y-1 >= 0) gives -1 >= 0" in result.stdout
    assert "float runtime" in result.stdout


def test_a_full_pattern_over_a_box(run) -> None:
    text = run("pattern", "sawtooth:2", "10|11", "--box", "0", "1").stdout
    assert "full, proper" in text
    assert "vertices: 1/4, 1/2" in text


def test_json(run) -> None:
    found = json.loads(run("pattern", "xor", "01", "--json").stdout)
    assert found["status"] == "empty"
    assert found["certificate"]["sentence"].endswith("gives -1 >= 0")


def test_latex_of_an_empty_pattern(run) -> None:
    assert (
        run("pattern", "xor", "01", "--latex").stdout
        == r"""% pattern 01: empty
\begin{align*}
  & -x-y-1 \ge 0 && \text{layer 0, neuron 0: $z \le 0$} \\
  & x+y \ge 0 && \text{layer 0, neuron 1: $z > 0$}
\end{align*}
\[ (x+y \ge 0) + (-x-y-1 \ge 0) \;\Longrightarrow\; -1 \ge 0 \]
"""
    )


def test_latex_of_a_full_pattern_over_a_box(run) -> None:
    text = run("pattern", "tent", "11", "--box", "0", "1", "--latex").stdout
    assert r"&& \text{domain, row 1}" in text
    assert r"\[ f = -2x+2 \]" in text


def test_a_network_without_kinks_has_the_empty_pattern(run, tmp_path) -> None:
    text = '{"layers": [{"W": [[2]], "b": [1], "activation": "linear"}]}'
    (tmp_path / "linear.json").write_text(text, encoding="utf-8")
    assert "f = 2x+1" in run("pattern", "linear.json", "").stdout
    assert (
        run("pattern", "linear.json", "", "--latex").stdout
        == "% pattern : full\n\\[ f = 2x+1 \\]\n"
    )
