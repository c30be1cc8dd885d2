"""Convolutions and poolings of torch, read by their attributes; see `exactpwl.io.duck`.

torch's layers do not know the size of the pictures that enter them, so the shape runs along the
stack: a ``Conv2d`` or a pool makes a new one, a ``Flatten`` takes it away, and an ``Unflatten``
brings one.  What would change the values and is not taken over (a padding that is not zeros, a
pool that rounds its number of windows up) is refused.
"""

from __future__ import annotations

from typing import Any

from exactpwl.convolution import Convolution
from exactpwl.errors import NetworkError
from exactpwl.layer import Layer
from exactpwl.pooling import AveragePool, MaxPool
from exactpwl.windows import Windows, whole_numbers

__all__ = ["Shape", "average_pool", "convolution", "elementwise", "max_pool", "unflattened"]

Shape = tuple[int, int, int]
"""(channels, height, width)."""


def convolution(module: Any, kernel: Any, bias: Any, activation: Any, shape: Shape) -> Convolution:
    """Return the layer of a ``Conv2d``, its arrays already lists, and the activation after it."""
    if getattr(module, "padding_mode", "zeros") != "zeros":
        raise NetworkError(f"the padding mode zeros is required, got {module.padding_mode!r}")
    dilation = whole_numbers(module.dilation, "the dilation", 2, least=1)
    return Convolution(
        kernel,
        bias,
        activation,
        input_shape=shape,
        stride=module.stride,
        padding=_padding(module, kernel, dilation),
        dilation=dilation,
        groups=module.groups,
    )


def _padding(module: Any, kernel: Any, dilation: tuple[int, ...]) -> Any:
    if module.padding == "valid":
        return 0
    if module.padding != "same":
        return module.padding
    sizes = (len(kernel[0][0]), len(kernel[0][0][0]))
    whole = [step * (size - 1) for step, size in zip(dilation, sizes, strict=True)]
    before = [length // 2 for length in whole]
    return (*before, *(length - half for length, half in zip(whole, before, strict=True)))


def average_pool(module: Any, shape: Shape) -> AveragePool:
    """Return the layer of an ``AvgPool2d``."""
    if getattr(module, "divisor_override", None):
        raise NetworkError("a mean without divisor_override is required")
    pool = AveragePool(
        shape,
        module.kernel_size,
        stride=module.stride,
        padding=module.padding,
        count_padding=module.count_include_pad,
    )
    _refuse_ceiling(module, pool.windows)
    return pool


def max_pool(module: Any, shape: Shape) -> MaxPool:
    """Return the layer of a ``MaxPool2d``."""
    if getattr(module, "return_indices", False):
        raise NetworkError("a pool without return_indices is required")
    pool = MaxPool(
        shape,
        module.kernel_size,
        stride=module.stride,
        padding=module.padding,
        dilation=module.dilation,
    )
    _refuse_ceiling(module, pool.windows)
    return pool


def _refuse_ceiling(module: Any, windows: Windows) -> None:
    """Refuse ``ceil_mode`` where it would make another window."""
    if not getattr(module, "ceil_mode", False):
        return
    top, left, bottom, right = windows.padding
    lengths = (windows.input_shape[1] + top + bottom, windows.input_shape[2] + left + right)
    for length, size, stride, step in zip(
        lengths, windows.size, windows.stride, windows.dilation, strict=True
    ):
        if (length - step * (size - 1) - 1) % stride:
            raise NetworkError(
                "ceil_mode makes a window that is cut off here; one that divides the picture, or "
                "ceil_mode=False, is required"
            )


def elementwise(activation: Any, shape: Shape) -> Layer:
    """Return an activation alone, one for all or one a channel, as a convolution by 1."""
    ones = [[[[1]]]] * shape[0]
    return Convolution(ones, None, activation, input_shape=shape, groups=shape[0])


def unflattened(module: Any) -> Shape:
    """Return the shape that an ``Unflatten`` gives to a vector."""
    sizes = tuple(int(size) for size in module.unflattened_size)
    if module.dim != 1 or len(sizes) != 3 or min(sizes) < 1:
        raise NetworkError(
            "Unflatten(1, (channels, height, width)) is required, got "
            f"Unflatten({module.dim}, {sizes})"
        )
    return sizes
