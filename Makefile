# `make demo` and `make test` do everything on a bare machine: tools/setup.sh installs what is missing.

VENV := .venv
BIN := $(VENV)/bin
# Test processes at a time.
JOBS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow lint proofs notebooks benchmark clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.ready-test ## make .venv with exactpwl and its test tools, and the headers they need
	@echo "exactpwl: .venv is ready"

demo: $(VENV)/.ready-run ## compute the atlas of the bundled network `rings` into demo/
	$(BIN)/exactpwl regions rings --out demo

test: lint ## lint, types, doctests and the quick tests
	$(BIN)/python -m pytest -m "not slow" -n $(JOBS) --doctest-modules exactpwl exactpwl_check tests

# hypothesis marks its own tests; here they draw ten times as many examples.
test-slow: $(VENV)/.ready-slow ## install the optional programs; slow tests, and property tests at length
	tools/optional.sh
	HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest -m "slow or hypothesis" -n $(JOBS) tests

lint: $(VENV)/.ready-test ## ruff (rules and format) and mypy --strict
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy --strict exactpwl exactpwl_check

proofs: $(VENV)/.ready-run ## run the proofs and print them; NAMES="xor 5" for some
	$(BIN)/python -m proofs $(NAMES)

notebooks: $(VENV)/.ready-test ## run the lessons of notebooks/ and compare what they show; NAMES="01 rings" for some
	tools/optional.sh latex
	$(BIN)/python tools/notebooks.py $(NAMES)

benchmark: $(VENV)/.ready-run ## time exactpwl and its peers into benchmarks/results: half an hour, on a quiet machine
	$(BIN)/python benchmarks/field.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python tools/readme_speed.py

clean: ## remove all that make made: .venv, demo, caches
	rm -rf $(VENV) benchmarks/.venv-peers demo dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp says which of the three environments .venv is; each one holds the one before it.
SETUP := pyproject.toml tools/setup.sh tools/packages.sh

$(VENV)/.ready-run: $(SETUP)
	tools/setup.sh
	@touch $@

$(VENV)/.ready-test: $(SETUP)
	tools/setup.sh test
	@touch $(VENV)/.ready-run $@

$(VENV)/.ready-slow: $(SETUP)
	tools/setup.sh test,test-slow
	@touch $(VENV)/.ready-run $(VENV)/.ready-test $@
