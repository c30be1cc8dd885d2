"""Questions about the whole of a function: each with its exact answer and, where it speaks of all
inputs, a certificate.

The questions are apart from the method that answers them: a function here says what is asked and
what an answer is; regions come from `exactpwl.regions`, proofs from `exactpwl.certificate`.
"""

from exactpwl.questions.neurons import STATES, NeuronState, certify_stable, stable_neurons

__all__ = [
    "STATES",
    "NeuronState",
    "certify_stable",
    "stable_neurons",
]
