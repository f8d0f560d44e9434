# What there is to do here: `make setup`, `make demo`, `make test`, `make quick`, `make check`. Each installs what it needs first.

PYTHON ?= python3
PORT ?= 8000

BIN := .venv/bin
DONE := .venv/.done
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation
PO := $(wildcard translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)

.PHONY: help setup setup-tests demo test quick check words words-check settings lock clean
.DEFAULT_GOAL := help

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

setup: $(DONE)/app static/vendor/htmx.min.js $(MO) ## Install what the portal needs; .venv/bin/portal is there afterwards

setup-tests: setup $(DONE)/tests $(DONE)/npm-tests ## Install what the tests need as well

demo: setup ## Serve the portal with demo people on http://127.0.0.1:$(PORT) until Ctrl-C
	$(BIN)/portal demo --port $(PORT)

test: setup-tests ## Run every test: SQLite, a real PostgreSQL, Chromium
	PLAINPORT_REQUIRE_ALL=1 $(BIN)/python -m pytest -n 2 --dist loadfile

quick: setup-tests ## Run the tests that need neither a browser nor PostgreSQL and open no page
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not browser and not postgres and not slow and not page"

check: setup-tests ## Check style, types, layers and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.house.words check

words: setup-tests ## Bring the translation catalogues up to date with the templates and questionnaires
	$(BIN)/python -m tests.house.words update

words-check: setup-tests ## List what is not translated
	$(BIN)/python -m tests.house.words check

settings: setup ## Write docs/settings.md anew from portal/settings.py
	$(BIN)/portal settings > docs/settings.md

lock: ## Write the lock files anew from pyproject.toml and package.json (UPGRADE=1 takes newer releases)
	PYTHON=$(PYTHON) bash deploy/lock.sh

clean: ## Remove everything that these commands made, but for the database in instance/
	rm -rf .venv build dist node_modules static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find translations -name '*.mo' -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- How each piece gets there: a file in .venv/.done says that it has ---------------------------------------------------

$(DONE)/system: deploy/system-packages.sh
	bash deploy/system-packages.sh run
	@mkdir -p $(@D) && touch $@

$(DONE)/system-tests: deploy/system-packages.sh
	bash deploy/system-packages.sh run tests
	@mkdir -p $(@D) && touch $@

$(BIN)/python: | $(DONE)/system
	$(PYTHON) -m venv .venv

$(DONE)/run: requirements/build.txt requirements/run.txt | $(BIN)/python
	$(PIP) --require-hashes -r requirements/build.txt
	$(PIP) --require-hashes -r requirements/run.txt
	@mkdir -p $(@D) && touch $@

$(DONE)/app: pyproject.toml $(DONE)/run
	$(PIP) --no-deps --editable .
	@touch $@

$(DONE)/tests: requirements/test.txt $(DONE)/run | $(DONE)/system-tests
	$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

$(DONE)/npm: package.json package-lock.json | $(DONE)/system
	npm ci --omit=dev --ignore-scripts --no-audit --no-fund --loglevel=error
	@mkdir -p $(@D) && touch $@

$(DONE)/npm-tests: $(DONE)/npm | $(DONE)/system-tests
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

static/vendor/htmx.min.js: $(DONE)/npm
	@mkdir -p $(@D)
	cp node_modules/htmx.org/dist/htmx.min.js $@

%.mo: %.po $(DONE)/run
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))
