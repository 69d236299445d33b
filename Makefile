# `make run` and `make test` are all a newcomer needs; `make help` lists the rest.
# Needs make and Python 3.11 or newer; everything else is installed into .venv.

PYTHON_IN_ENVIRONMENT := .venv/bin/python
LOCK := uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --universal \
	--python-version 3.11 $(ARGUMENTS)
export MAKE
# Workers and programs that start again and again read compiled modules instead of compiling them each time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: run test test-fast check format-check lint types imports migrations texts bench browser lock clean help

run: .venv/.runtime ## Start Rozlicz with its own database and print address and log-ins (PORT, ROZLICZ_DATA, DATABASE_URL)
	@exec $(PYTHON_IN_ENVIRONMENT) -m rozlicz.portal.supervisor

test: .venv/.develop ## All checks, then all tests
	@sh tools/test.sh

test-fast: .venv/.develop ## In a minute: without browser, slow tests (100 ms) and properties (hypothesis)
	@$(PYTHON_IN_ENVIRONMENT) -m pytest --numprocesses 2 --dist worksteal -m 'not browser and not slow and not hypothesis'

check: format-check lint types imports migrations texts ## Formatting, lint, types, import contracts, migrations, texts

format-check: .venv/.develop
	@echo '— ruff format'; $(PYTHON_IN_ENVIRONMENT) -m ruff format --check --quiet

lint: .venv/.develop
	@echo '— ruff check'; $(PYTHON_IN_ENVIRONMENT) -m ruff check --quiet

types: .venv/.develop
	@echo '— mypy'; $(PYTHON_IN_ENVIRONMENT) -m mypy --no-error-summary

imports: .venv/.develop
	@mkdir -p build; echo '— import contracts'; .venv/bin/lint-imports --no-logo >build/imports.txt || { cat build/imports.txt; exit 1; }

# Models and texts are compared with files, not with a database: the person's own data stay out of it.
migrations texts: export ROZLICZ_DATA := build/check

migrations: .venv/.develop
	@echo '— migrations'; $(PYTHON_IN_ENVIRONMENT) -W ignore::RuntimeWarning -m rozlicz.portal makemigrations --check --dry-run

texts: .venv/.develop
	@echo '— texts'; $(PYTHON_IN_ENVIRONMENT) -m rozlicz.portal texts --check

bench: export ROZLICZ_DATA := build/bench
bench: .venv/.develop ## Measure reading, checking and the whole way through the database
	@$(PYTHON_IN_ENVIRONMENT) -m rozlicz.portal.supervisor exec $(PYTHON_IN_ENVIRONMENT) -m bench $(ARGUMENTS)

browser: ## Install Chromium for the browser tests (Debian, root)
	@sh tools/browser.sh || { echo 'Chromium could not be installed here; as root: apt-get install chromium.'; exit 1; }

lock: ## Write requirements/*.txt anew from requirements/*.in (needs uv; docs/operations.md)
	@command -v uv >/dev/null || { echo 'uv is needed to change the lock (docs/operations.md)'; exit 1; }
	@$(LOCK) requirements/runtime.in -o requirements/runtime.txt >/dev/null
	@$(LOCK) requirements/develop.in -o requirements/develop.txt >/dev/null

clean: ## Remove the environment and everything made by tools; the data folder stays
	rm -rf .venv build .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} + -o -name '*.mo' -exec rm -f {} +

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 12

.venv/.runtime: requirements/runtime.txt pyproject.toml tools/environment.sh
	@sh tools/environment.sh runtime

.venv/.develop: requirements/runtime.txt requirements/develop.txt pyproject.toml tools/environment.sh
	@sh tools/environment.sh develop
