"""Verification: properties of inputs and outputs, decided with a proof or a counterexample."""

__all__: list[str] = []
