# Two commands: `make site` builds the catalogue, `make test` proves the code. Both set up everything they need.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := pyproject.toml hatch_build.py

.PHONY: site serve test docs bench clean

site: .venv/installed
	$(BIN)/sitegen import
	$(BIN)/sitegen build
	@echo
	@echo "The site is in site/. To look at it:  $(BIN)/sitegen serve  and open http://127.0.0.1:8000/"

serve: .venv/installed
	$(BIN)/sitegen serve

test: .venv/installed-dev
	scripts/find-chromium
	scripts/find-java $(BIN)/python
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadgroup

docs: .venv/installed
	$(BIN)/python scripts/command-reference > docs/commands.md

bench: .venv/installed-bench
	$(BIN)/python -m benchmarks $(BENCH)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist

.venv/installed: $(SOURCES)
	PYTHON=$(PYTHON) scripts/make-venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/installed-dev: $(SOURCES)
	PYTHON=$(PYTHON) scripts/make-venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch .venv/installed $@

.venv/installed-bench: $(SOURCES)
	PYTHON=$(PYTHON) scripts/make-venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch .venv/installed $@
