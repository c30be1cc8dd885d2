"""What is measured, what each tool can be asked, and what it returns.

`returns`, `arithmetic` and `domain` were read in the tools' sources and tried; whether a tool is
complete and right is measured.  Nobody is asked for what it does not do: a 2-D tool gets no network
with three inputs, and a tool that knows the ReLU alone gets no leaky one.
"""

from __future__ import annotations

from dataclasses import dataclass

from peers.networks import Arrays, Case

__all__ = ["CITED", "EXACTPWL", "POWERSET", "TOOLS", "Cited", "Tool"]


@dataclass(frozen=True)
class Tool:
    """A tool that runs here; `adapter` is the ``module:class`` that calls it."""

    name: str
    adapter: str
    arithmetic: str
    returns: str
    adjacency: str
    domains: tuple[str, ...]
    package: str = ""
    dimensions: tuple[int, ...] = ()
    leaky: bool = False
    exact: bool = False
    own_python: bool = True

    def takes(self, case: Case, arrays: Arrays) -> bool:
        """Whether the tool can be asked for this network over this domain at all."""
        return (
            case.domain in self.domains
            and (not self.dimensions or arrays.inputs in self.dimensions)
            and (self.leaky or arrays.slope == "0")
        )


@dataclass(frozen=True)
class Cited:
    """A tool that is in no package index, with CPU seconds that were measured earlier."""

    name: str
    arithmetic: str
    returns: str
    domain: str
    seconds: dict[str, float]


EXACTPWL = Tool(
    "exactpwl",
    "peers.adapters:ExactPWL",
    arithmetic="float64 with error bounds; integers where the bound does not decide",
    returns="all regions",
    adjacency="yes, as an array",
    domains=("box", "space"),
    package="exactpwl",
    leaky=True,
    exact=True,
    own_python=False,
)
REGIONCAM = Tool(
    "regioncam",
    "peers.adapters:Regioncam",
    arithmetic="float32, compiled (Rust)",
    returns="planar mesh: regions, edges, vertices",
    adjacency="yes, by its edges",
    domains=("box",),
    package="regioncam",
    dimensions=(2,),
    leaky=True,
)
RELUCENT = Tool(
    "relucent",
    "peers.adapters:Relucent",
    arithmetic="float64 linear programs (Gurobi), signs certified or refused",
    returns="regions with their facets",
    adjacency="on request, from the facets",
    domains=("space",),
    package="relucent",
)
PARX = Tool(
    "parx",
    "peers.adapters:Parx",
    arithmetic="float64 linear programs (HiGHS) with tolerances",
    returns="regions with their facets",
    adjacency="no",
    domains=("space",),
    package="parx",
)
TOOLS = (EXACTPWL, REGIONCAM, RELUCENT, PARX)

POWERSET = Tool(
    "powerset",
    "peers.adapters:Powerset",
    arithmetic="rational linear programs, one for each set of neurons",
    returns="all regions",
    adjacency="not asked for",
    domains=("box", "space"),
    leaky=True,
    exact=True,
    own_python=False,
)
"""Not a competitor: it decides who is right on the ternary networks."""

CITED = (
    Cited(
        "edge subdivision",
        arithmetic="float32 (PyTorch)",
        returns="vertices and edges only",
        domain="box",
        seconds={"a": 0.009, "b": 0.024, "c": 0.15, "d": 2.5}
        | {"e": 0.043, "f": 1.7, "g": 0.24, "h": 0.10, "i": 19.3},
    ),
    Cited(
        "SplineCAM",
        arithmetic="float (PyTorch, graph-tool)",
        returns="polygons, 2-D",
        domain="box",
        seconds={"a": 0.039, "b": 0.53, "c": 7.9, "d": 52},
    ),
    Cited(
        "canonicalpoly",
        arithmetic="float (PyTorch)",
        returns="vertices with sign vectors",
        domain="space",
        seconds={"a": 0.003, "c": 31, "e": 9.7, "h": 33, "i": 0.64},
    ),
)
"""CPU seconds of two noisy cores, one core used, measured earlier on the same networks."""
