"""ONNX files as exact networks.

The graph is run once, on affine forms instead of numbers (`forms`).  The operators are written once
for any entries (`arithmetic`, `bending`, `normalising`, `shaping`, `sliding`); the machine that
reads (`tape`) opens a block of units at each non-linearity, and the blocks are laid out as a chain
of layers (`chain`).  A second machine (`gauge`) runs the same operators on floats with error
bounds, which the comparison with the file's own evaluation needs (`comparison`).
"""

from exactpwl.io.onnx_reader.model import is_onnx_name
from exactpwl.io.onnx_reader.reading import OnnxReading, read_onnx

__all__ = ["OnnxReading", "is_onnx_name", "read_onnx"]
