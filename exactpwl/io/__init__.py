"""Networks, domains and atlases in and out.

Networks come as native JSON, ``.npz`` arrays, ONNX, ``.nnet``, and plain stacks from torch, Keras
and scikit-learn, and leave as native JSON and ONNX; domains, functions given by pieces and whole
complexes (``atlas.json``) come as JSON; data points as CSV, JSON or arrays.

Every door leads to the same constructor, so there is one place where numbers are checked.  What
differs is only where a message says the trouble is: a file reader adds the file's name.
"""

from exactpwl.io.arrays import network_from_arrays, network_from_npz
from exactpwl.io.atlas import save_complex
from exactpwl.io.atlas_reader import load_complex
from exactpwl.io.domains import domain_from_dict, load_domain
from exactpwl.io.duck import network_from_sklearn, network_from_torch
from exactpwl.io.keras_file import is_keras_name
from exactpwl.io.keras_reader import KerasReading, network_from_keras, read_keras
from exactpwl.io.native import dumps, load_network, network_from_dict, save_network
from exactpwl.io.nnet import NnetReading, is_nnet_name, read_nnet
from exactpwl.io.onnx_reader import OnnxReading, is_onnx_name, read_onnx
from exactpwl.io.onnx_writer import OnnxWriting, write_onnx
from exactpwl.io.pieces import load_pieces, pieces_as_dict, pieces_from_dict, save_pieces
from exactpwl.io.points import DataPoints, load_points
from exactpwl.io.rounding import Rounding, rounded_network

__all__ = [
    "DataPoints",
    "KerasReading",
    "NnetReading",
    "OnnxReading",
    "OnnxWriting",
    "Rounding",
    "domain_from_dict",
    "dumps",
    "is_keras_name",
    "is_nnet_name",
    "is_onnx_name",
    "load_complex",
    "load_domain",
    "load_network",
    "load_pieces",
    "load_points",
    "network_from_arrays",
    "network_from_dict",
    "network_from_keras",
    "network_from_npz",
    "network_from_sklearn",
    "network_from_torch",
    "pieces_as_dict",
    "pieces_from_dict",
    "read_keras",
    "read_nnet",
    "read_onnx",
    "rounded_network",
    "save_complex",
    "save_network",
    "save_pieces",
    "write_onnx",
]
