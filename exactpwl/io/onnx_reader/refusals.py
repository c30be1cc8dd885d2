"""Why an operator is refused, and what would help.

Three kinds of reasons: the function is not piecewise linear; it is piecewise linear but jumps, so
that no network of continuous pieces computes it; or nobody has written its reader yet.
"""

from __future__ import annotations

__all__ = ["reason"]

_SMOOTH = """
Sin Cos Tan Asin Acos Atan Sinh Cosh Tanh Asinh Acosh Atanh Sigmoid Softmax LogSoftmax Exp Log Sqrt
Pow Erf Gelu Elu Selu Celu Mish Swish Softplus Softsign HardSwish Reciprocal LayerNormalization
InstanceNormalization GroupNormalization RMSNormalization LpNormalization LRN ReduceL2
ReduceSumSquare ReduceLogSumExp ReduceLogSum ReduceProd LSTM GRU RNN Attention Det LpPool
GlobalLpPool Einsum
"""
_STEPS = """
Sign Floor Ceil Round Greater GreaterOrEqual Less LessOrEqual Not And Or Xor ArgMax ArgMin Hardmax
TopK NonZero ThresholdedRelu Shrink Mod IsNaN IsInf OneHot QuantizeLinear DynamicQuantizeLinear
"""
_FLOW = "If Loop Scan SequenceAt SequenceConstruct"
_REPLACEABLE = "Sigmoid Tanh Gelu Elu Selu Celu Mish Swish Softplus HardSwish"

_CUT = (
    "if it stands at the end, read what enters it: read_onnx(path, outputs=[NAME]) takes any "
    "tensor of the graph as the output"
)


def reason(op_type: str, domain: str) -> tuple[str, str]:
    """Return why an operator is refused, and what would help.

    Examples
    --------
    >>> reason("Sin", "")[0]
    'not piecewise linear'
    """
    if domain not in ("", "ai.onnx"):
        return (
            f"an operator of the domain {domain!r}, not of ONNX",
            "export to ONNX's own operators",
        )
    if op_type in _SMOOTH.split():
        smoothed = (
            "; train with hard_tanh or relu instead" if op_type in _REPLACEABLE.split() else ""
        )
        return "not piecewise linear", _CUT + smoothed
    if op_type in _STEPS.split():
        return "it jumps, and a network here is continuous", _CUT
    if op_type in _FLOW.split():
        return "control flow is not read", "export the model for one fixed way through it"
    return "it is not read", "docs/onnx.md lists the operators that are"
