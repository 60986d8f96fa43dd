# Everything a visitor or a developer does, one word each. Needs Python >= 3.11 and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install demo test check format bench fuzz docs screenshots clean

install: $(VENV)/.installed ## a venv with everything, from the hash-pinned lock

$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: install ## the complete example, measured, as tables, reports and pages in the browser
	$(BIN)/ketenreis demo $(DEMO)

test: install ## every test
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(TEST)

check: install ## lint, strict types, import floors, docs, schema
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

format: install ## settle the layout
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: install ## timings side by side; writes docs/benchmarks.md
	$(BIN)/python -m benchmarks.run

fuzz: install ## damaged files of every format: each is read or refused, none crashes
	$(BIN)/python -m benchmarks.fuzz

screenshots: install ## every page on a desktop and a phone, in Dutch and English, as pictures in build/screenshots
	$(BIN)/python -m tests.web.screenshots build/screenshots

docs: install ## write the generated reference again
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
