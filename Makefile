# The front door. `check` looks, `fix` edits, `test` tests, `run` shows.
# Needs Python >= 3.11 and make; everything else is installed into .venv from requirements.lock.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
SHARED := --numprocesses auto --dist loadfile --no-loadscope-reorder # among workers, a file to each in turn
export PYTHONDONTWRITEBYTECODE := # what was compiled is kept: tests start some hundred processes

.PHONY: run test cover check style types rooms rulebooks current fix bench bench-full agree docs lock bundle clean

run: $(INSTALLED)           ## a living demo site: database, web, workers; prints its address and accounts
	@$(BIN)/congtam serve --demo

test: $(INSTALLED)          ## everything that must hold, then the checks
	@$(BIN)/pytest $(SHARED) --ignore tests/browser
	@$(BIN)/pytest $(SHARED) tests/browser
	@$(MAKE) --no-print-directory --jobs 2 check

cover: $(INSTALLED)         ## the tests under coverage.py, twice as long: fails below 90 % of lines and branches
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest $(SHARED) --ignore tests/browser --ignore tests/generated
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report --fail-under=90

check: style types rooms rulebooks current ## style, types, who imports whom, rulebooks, docs current; edits nothing

style: $(INSTALLED)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(INSTALLED)
	@$(BIN)/mypy

rooms: $(INSTALLED)
	@$(BIN)/lint-imports

rulebooks: $(INSTALLED)
	@$(BIN)/congtam rulebook check
	@$(BIN)/congtam rulebook check examples/dossier-timeliness

current: $(INSTALLED)
	@$(BIN)/python docs/generate.py --check

fix: $(INSTALLED)           ## what a machine can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python docs/generate.py

bench: $(INSTALLED)         ## minutes; prints ratios, compares with the last run, writes bench/results/
	@$(BIN)/python bench/run.py

bench-full: $(INSTALLED)    ## the budgets at full size, beside pandas, polars and pm4py; half an hour
	@$(BIN)/python bench/run.py --full

agree: $(INSTALLED)         ## both evaluators on 10,000 generated cases
	@CONGTAM_CASES=10000 $(BIN)/pytest tests/generated/test_evaluators_agree.py

docs: $(INSTALLED)          ## print docs/generated/ from the rulebooks
	@$(BIN)/python docs/generate.py

lock: $(INSTALLED)          ## re-pin requirements.lock from pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --extra token --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --output-file requirements.lock pyproject.toml

bundle: $(INSTALLED)        ## the offline installer: our wheel, all locked wheels, install.sh; into dist/
	@$(BIN)/python deploy/bundle.py

clean:
	rm -rf .venv .coverage .coverage.* dist var

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(f"Công Tâm needs Python 3.11 or newer; {sys.executable} is {v[0]}.{v[1]}. Try: make PYTHON=python3.12 run") if v < (3, 11) else None'
	@echo "Installing into .venv (once, under a minute with a near registry)..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
