# What can be done here: `make` lists it. Everything installs what it needs into .venv first, and says so.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check bench soak lock vendor translations clean set-up-serve set-up-dev

# make PYTHON=python3.13 chooses another Python, PORT=8001 another port, ARGS="tests/areas -k clocks" what is tested.

# Where an image tells Python to keep no bytecode, each of the many processes that tests start would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

# One module, one process: the databases and the browser that a module makes are made once. Longest first.
PYTEST := .venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder

# What the journeys and the HTML validator run in; each script installs what is missing, or says so in a sentence.
PROGRAMS = chromium=$$(deploy/local/chromium.sh) && java=$$(deploy/local/java.sh) && \
	PORTAL_CHROMIUM=$$chromium PORTAL_JAVA=$$java

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: set-up-serve ## set up and serve on http://127.0.0.1:8000, with demo data (DEMO=0 without)
	@exec deploy/local/serve.sh

test: set-up-dev ## run the tests, on SQLite, PostgreSQL and in headless Chromium
	@$(PROGRAMS) $(PYTEST) -m "not soak" $(ARGS)

check: set-up-dev ## format, lint, types, import contracts, migrations, translations
	@deploy/local/check.sh

bench: set-up-dev ## measure, in quick form, what benchmarks/ compares
	@deploy/local/bench.sh

soak: set-up-dev ## the long tests, by hand
	@$(PROGRAMS) $(PYTEST) -m soak $(ARGS)

lock: set-up-dev ## lock again what pyproject.toml names (UPGRADE=1: and the newest of all else)
	@deploy/local/lock.sh $(if $(UPGRADE),--upgrade)

vendor: ## fetch styles and fonts again, and cut them to what is used (needs npm)
	@deploy/local/vendor.sh

translations: set-up-dev ## bring the catalogues up to date with the texts in code and templates
	@deploy/local/translations.sh

clean: ## remove caches and compiled files (not .venv, .env, instance)
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -path ./.venv -prune -o -name __pycache__ -type d -print0 | xargs -0 rm -rf
	@find portal/translations -name '*.mo' -delete

set-up-serve:
	@deploy/local/set-up.sh serve

set-up-dev:
	@deploy/local/set-up.sh dev
