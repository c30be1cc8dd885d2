"""How each tool is called: one class a tool, and the only place that knows a tool's interface.

An adapter is made anew for each run, outside the time that is measured, from the network's arrays;
`run` is what is measured; `report` then reads off what was found, again outside.  A tool is called
as its documentation does, in one process, and regioncam is spared the output layer, which splits
nothing.  exactpwl is asked for the neighbours within the measured time; the others are not.
If time runs out, `progress` says how many regions there were by then.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

import numpy as np

__all__ = ["ExactPWL", "Parx", "Powerset", "Regioncam", "Relucent"]

Job = dict[str, Any]
Found = dict[str, Any]


class ExactPWL:
    """All regions and all pairs of neighbours, exactly."""

    def __init__(self, job: Job) -> None:
        from exactpwl import Network

        self.network = Network.from_arrays(
            job["weights"], job["biases"], activation=f"leaky_relu:{job['slope']}"
        )
        box = job["domain"] == "box"
        self.domain = [(-1, 1)] * self.network.input_dimension if box else None

    def run(self) -> None:
        """Enumerate, and build the adjacency."""
        import exactpwl

        self.complex = exactpwl.regions(self.network, self.domain)
        self.adjacencies: int | None = len(self.complex.adjacency_array)

    def report(self) -> Found:
        """Return the counts; this tool ends only when it is complete."""
        return {
            "regions": len(self.complex),
            "adjacencies": self.adjacencies,
            "complete": True,
            "exact_signs": self.complex.signs_left_to_integers,
        }

    def progress(self, where: TracebackType | None) -> int | None:
        """Return nothing: regions are not counted while the sweep goes on."""


class Powerset(ExactPWL):
    """The textbook method in exact arithmetic, which shares no step with the engine."""

    def run(self) -> None:
        """Test every set of neurons in every region of the layers before."""
        import exactpwl

        self.complex = exactpwl.regions(self.network, self.domain, method="powerset")
        self.adjacencies = None


class Regioncam:
    """A mesh of the square [-1, 1]^2 that every layer refines."""

    def __init__(self, job: Job) -> None:
        self.layers = [
            (np.array(w, dtype=np.float32).T.copy(), np.array(b, dtype=np.float32))
            for w, b in zip(job["weights"][:-1], job["biases"][:-1], strict=True)
        ]
        over, _, under = str(job["slope"]).partition("/")
        self.slope = int(over) / int(under or 1)

    def run(self) -> None:
        """Add the hidden layers one by one."""
        import regioncam

        self.mesh = regioncam.Regioncam(size=1)
        for weight, bias in self.layers:
            self.mesh.linear(weight, bias)
            if self.slope:
                self.mesh.leaky_relu(self.slope)
            else:
                self.mesh.relu()

    def report(self) -> Found:
        """Count faces, and the edges that have a face on both sides."""
        inner = sum(not edge.is_image_boundary for edge in self.mesh.edges)
        return {"regions": self.mesh.num_faces, "adjacencies": inner, "complete": True}

    def progress(self, where: TracebackType | None) -> int | None:
        """Return nothing: compiled code does not stop half way."""


class Relucent:
    """Breadth-first search over facets, one worker process, certified signs."""

    def __init__(self, job: Job) -> None:
        import relucent
        from relucent.model.model import LinearLayer, ReLULayer, ReLUNetwork

        layers: list[Any] = []
        for weight, bias in zip(job["weights"], job["biases"], strict=True):
            layers += [LinearLayer(np.array(weight), np.array([bias])), ReLULayer()]
        self.complex = relucent.Complex(ReLUNetwork(layers[:-1]))
        self.start = start_point(len(job["weights"][0][0]))

    def run(self) -> None:
        """Search from a point in general position, and verify, as it does by default."""
        self.complex.bfs(self.start, nworkers=1, verbose=0)

    def report(self) -> Found:
        """Return its own word on completeness too."""
        graph = self.complex.dual_graph()
        return {
            "regions": len(self.complex),
            "adjacencies": graph.number_of_edges(),
            "complete": bool(self.complex.complete),
        }

    def progress(self, where: TracebackType | None) -> int | None:
        """Return the regions that are in its list so far."""
        return len(self.complex)


class Parx:
    """Depth-first search layer by layer, its method ``exact_python``."""

    def __init__(self, job: Job) -> None:
        self.state: dict[str, Any] = {}
        for i, (weight, bias) in enumerate(zip(job["weights"], job["biases"], strict=True)):
            self.state[f"{i}.weight"] = np.array(weight)
            self.state[f"{i}.bias"] = np.array(bias)
        self.start = start_point(len(job["weights"][0][0]))

    def run(self) -> None:
        """Search from a point in general position."""
        import parx

        self.partition = parx.compute_partition(self.state, self.start, method="exact_python")

    def report(self) -> Found:
        """Return the number of regions; neighbours are not told."""
        return {"regions": len(self.partition), "adjacencies": None, "complete": True}

    def progress(self, where: TracebackType | None) -> int | None:
        """Look for the list of results in the frame of its search, where it was interrupted."""
        while where is not None:
            if "results" in where.tb_frame.f_locals:
                return len(where.tb_frame.f_locals["results"])
            where = where.tb_next
        return None


def start_point(dimension: int) -> Any:
    """Return a point that lies on no hyperplane of the networks here."""
    return np.random.default_rng(0).normal(0, 1, (1, dimension))
