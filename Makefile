# Two commands matter: `make run` and `make test`. Everything else is for those who change the code.
PYTHON3 ?= python3
PY := .venv/bin/python
TESTS ?=
WORKERS ?= auto

.PHONY: run test demo check setup setup-test lock schema eval format client-check

run: setup ## start web and worker, print the address
	@$(PY) scripts/serve.py

test: setup-test ## the whole suite; REQUIRE_ALL=1 makes a missing part a failure
	@$(PY) -m pytest -n $(WORKERS) --dist loadscope -q $(TESTS)

demo: setup ## walk the main job on invented files, leave the package in var/demo/, verify it
	@$(PY) manage.py demo

check: setup-test ## format, lint, types, imports, migrations, schema, catalogue; no tests
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/bandit -q -c pyproject.toml -r accounts complaints config evidence
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py make_schema --check
	@$(PY) scripts/check_catalogue.py
	@$(PY) scripts/third_party.py --check
	@$(PY) scripts/client.py run check

schema: setup-test ## write docs/openapi.json and the client's types from it
	@$(PY) manage.py make_schema
	@$(PY) scripts/client.py run types

format: setup-test
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock: ## compile the lock files anew (needs uv on the PATH)
	cd requirements && for name in base test node; do \
	  uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	    $$name.in -o $$name.txt || exit 1; done

setup:
	@$(PYTHON3) scripts/prepare.py run

setup-test:
	@$(PYTHON3) scripts/prepare.py test
