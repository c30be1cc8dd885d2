"""Networks as ONNX files.

A graph under construction (`drawing`), the nodes of each kind of layer (`layers`) and of each kind
of activation (`bending`), and the file (`writing`).
"""

from exactpwl.io.onnx_writer.writing import OnnxWriting, write_onnx

__all__ = ["OnnxWriting", "write_onnx"]
