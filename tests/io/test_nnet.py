"""Files in the format of the ACAS Xu networks: decimals, and normalisations that must be chosen."""

from fractions import Fraction

import pytest

from exactpwl import Network
from exactpwl.errors import FormatError, OptionError
from exactpwl.io import is_nnet_name, read_nnet
from exactpwl.io import nnet as module

F = Fraction

TEXT = """\
// A small network
// made by hand
2, 2, 2, 3,
2, 3, 2,
0,
-1.0,0,
3,10.0,
1.0,5.0,0.1,
2.0,10,0.3,
0.1,-2.0,
1e-1,0.5,
3,1,
0.1,
-0.2,
0,
1,2,3,
-1,0,0.7,
0.5,
0.25,
"""

LAYERS = [
    ([["0.1", -2], ["0.1", "0.5"], [3, 1]], ["0.1", "-0.2", 0], "relu"),
    ([[1, 2, 3], [-1, 0, "0.7"]], ["0.5", "0.25"], "linear"),
]


def saved(folder, text=TEXT):
    path = folder / "net.nnet"
    path.write_text(text, encoding="utf-8")
    return path


def test_ignored_the_layers_are_those_of_the_file(tmp_path):
    reading = read_nnet(saved(tmp_path), normalization="ignore")
    assert reading.network == Network(LAYERS)
    assert reading.box == ((-1, 1), (F(-1, 2), F(1, 2)))
    assert Network.load(tmp_path / "net.nnet", normalization="ignore") == reading.network


def test_folded_inputs_and_outputs_are_physical(tmp_path):
    reading = read_nnet(saved(tmp_path), normalization="fold")
    plain = Network(LAYERS)
    assert reading.network.architecture == "2 -> 3 relu -> 2 linear"
    for point in [(2, 7), (F(1, 3), F(-5, 7)), (100, -100)]:
        normal = [
            (F(x) - mean) / scale for x, mean, scale in zip(point, (1, 5), (2, 10), strict=True)
        ]
        expected = tuple(F(3, 10) * y + F(1, 10) for y in plain(normal))
        assert reading.network(point) == expected
    assert reading.box == ((-1, 3), (0, 10))
    assert reading.means == (1, 5, F(1, 10))
    assert reading.ranges == (2, 10, F(3, 10))


def test_one_layer_holds_both_normalisations(tmp_path):
    text = "1,1,1,1\n1,1\n0\n0\n4\n2,3\n4,5\n7\n1\n"
    network = Network.load(saved(tmp_path, text), normalization="fold")
    assert network == Network([([[F(35, 4)]], [5 * (1 - F(14, 4)) + 3], "linear")])


def test_inputs_are_not_clipped(tmp_path):
    network = Network.load(saved(tmp_path), normalization="fold")
    assert len(network.kinks) == 3
    assert network((3, 10)) != network((4, 11))


def test_there_is_no_default(tmp_path):
    path = saved(tmp_path)
    with pytest.raises(OptionError, match=r"choose: 'fold' .* 'ignore' .* net\.nnet:fold"):
        Network.load(path)
    with pytest.raises(OptionError, match="the normalization is fold or ignore, got 'both'"):
        Network.load(path, normalization="both")
    with pytest.raises(OptionError, match=r"for \.nnet files, others have none"):
        Network.load(tmp_path / "net.json", normalization="fold")


def test_the_facts_say_what_was_read(tmp_path):
    facts = dict(read_nnet(saved(tmp_path), normalization="fold").facts)
    assert facts["format"] == ".nnet, decimals read as they are written"
    assert facts["comment"] == "A small network"
    assert facts["normalized"].startswith("folded into the first and the last layer")
    assert facts["made for"] == "the box [-1, 3] x [0, 10]"
    assert "layer by layer, at 3 random points: at most" in facts["compared"]
    facts = dict(read_nnet(saved(tmp_path), normalization="ignore").facts)
    assert facts["normalized"].startswith("ignored")


@pytest.mark.parametrize("normalization", ["fold", "ignore"])
def test_a_reader_that_errs_is_found_out(normalization, tmp_path, monkeypatch):
    path = saved(tmp_path)
    true = module.read_lines

    def wrong(file):
        stored = true(file)
        stored.biases[1] = (F(1, 2), F(1, 4) + F(1, 10**9))
        return stored

    monkeypatch.setattr(module, "read_lines", wrong)
    with pytest.raises(FormatError, match=r"neuron 1: the network as read gives .* one of the two"):
        read_nnet(path, normalization=normalization)


def test_a_fold_that_errs_is_found_out(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_folded", lambda stored: Network(stored.layers))
    with pytest.raises(FormatError, match="folded, the network is another function"):
        read_nnet(saved(tmp_path), normalization="fold")


WRONG = {
    "0.1,-2.0,\n": ("0.1,-2.0,7,\n", "line 10: layer 0, neuron 0, weights: 2 numbers .* got 3"),
    "1e-1,0.5,\n": ("1e-1,half,\n", "line 11: layer 0, neuron 1, weights: a rational number"),
    "2, 3, 2,\n": ("2, 3, 1,\n", "begin with the 2 inputs and end with the 2 outputs"),
    "2, 2, 2, 3,\n": ("2, 2, 2.5, 3,\n", "positive whole numbers are required, got 2, 2, 5/2, 3"),
    "0.25,\n": ("0.25,\n1,\n", "line 20: nothing may stand after the last bias, got '1,'"),
    "0.5,\n0.25,\n": ("0.5,\n", "layer 1, neuron 1, bias: 1 number .* but the file ends"),
    "-1.0,0,\n": ("9,0,\n", "input 0: the least must not be above the greatest, got 9 and 3"),
    "2.0,10,0.3,\n": ("2.0,0,0.3,\n", "ranges must be positive, got 2, 0, 3/10"),
    "3,10.0,\n": ("3,inf,\n", "line 7: the greatest inputs: a rational number"),
}


@pytest.mark.parametrize("right", WRONG)
def test_a_wrong_line_is_named(right, tmp_path):
    wrong, words = WRONG[right]
    path = saved(tmp_path, TEXT.replace(right, wrong, 1))
    with pytest.raises(FormatError, match=words) as caught:
        read_nnet(path, normalization="ignore")
    assert str(caught.value).startswith(str(path))


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(FormatError, match="cannot be read: No such file"):
        read_nnet(tmp_path / "net.nnet", normalization="fold")
    (tmp_path / "net.nnet").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FormatError, match="it is no text"):
        read_nnet(tmp_path / "net.nnet", normalization="fold")
    with pytest.raises(FormatError, match=r"the numbers of layers.*but the file ends"):
        read_nnet(saved(tmp_path, "// nothing\n"), normalization="fold")


def test_names():
    assert is_nnet_name("a.NNET")
    assert not is_nnet_name("nnet")


@pytest.mark.parametrize("text", ["1/2", "0x1f", "1e400", "1_000", "inf", ""])
def test_numbers_are_decimals(text, tmp_path):
    path = saved(tmp_path, TEXT.replace("0.1,-2.0,", f"{text},-2.0,"))
    with pytest.raises(FormatError, match="line 10: layer 0, neuron 0, weights: a "):
        read_nnet(path, normalization="ignore")
