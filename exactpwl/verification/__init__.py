"""Verification: properties of inputs and outputs, decided with a proof or a counterexample."""

from exactpwl.verification.deciding import Verdict, verify
from exactpwl.verification.replaying import Repair, Replay, replay
from exactpwl.verification.wording import Miss
from exactpwl.verification.written import WrittenWitness, written_witness

__all__ = [
    "Miss",
    "Repair",
    "Replay",
    "Verdict",
    "WrittenWitness",
    "replay",
    "verify",
    "written_witness",
]
