# Two commands matter: `make run` and `make test`. Everything else is for those who change the code.
PYTHON3 ?= python3
PY := .venv/bin/python
TESTS ?=
BROWSER ?= 1
WORKERS ?= auto
# Each has a Chromium and an installation of its own, a gigabyte together; waits for both in turn.
BROWSER_WORKERS ?= 2
PURE ?= 1
# Rooms that know no database: a second run on another one (PURE=0) would tell nothing new of them.
PURE_ROOMS := forgeries complaints/bundle complaints/law complaints/interview \
  evidence/abuse evidence/cell evidence/integrity evidence/media evidence/provenance evidence/readers \
  evidence/speech
# What stands in a package is told by the same rows; the road to one is walked on both.
PURE_FILES := complaints/stages/test_packaging_*.py complaints/stages/test_handing_*.py \
  complaints/stages/test_redacting*.py complaints/stages/test_same_facts.py \
  road/test_verifier_breaks.py
PURE_TESTS := $(if $(filter 0,$(PURE)),$(addprefix --ignore=tests/,$(PURE_ROOMS)) \
  $(patsubst %,'--ignore-glob=tests/%',$(PURE_FILES)))

.PHONY: run test demo check setup setup-test client eval train lock schema format

run: setup ## start web and worker, print the address
	@$(PY) scripts/serve.py

# The browser's driver keeps an event loop, which other tests must not meet: a run of its own.
# BROWSER=0 leaves out the browser, PURE=0 what tells nothing new of another database.
test: setup-test ## the whole suite; REQUIRE_ALL=1 makes a missing part a failure
	@$(PY) -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder -q -m "not browser" --ignore=tests/browser $(PURE_TESTS) $(TESTS)
	@$(PY) scripts/client.py run test
ifneq ($(BROWSER),0)
	@$(PY) -m pytest -n $(BROWSER_WORKERS) --dist loadscope --no-loadscope-reorder -q -m browser tests/browser
endif

demo: setup ## walk the main job on invented files, leave the package in var/demo/, verify it
	@rm -rf var/demo-house
	@VAR_DIR=$(CURDIR)/var/demo-house DEMO_DIR=$(CURDIR)/var/demo FONT_DIR=$(CURDIR)/var/fonts \
	  $(PY) manage.py demo

client: setup ## build the phone client, when its sources changed

eval: setup ## how well the abuse is named, on the judged sets
	@$(PY) bench/abuse/evaluate.py

train: ## count for pinyin and train the weights of the model anew (docs/evaluation.md)
	@$(PYTHON3) scripts/prepare.py train
	@$(PY) bench/abuse/train_pinyin.py --write
	@$(PY) bench/abuse/train.py --write

check: setup-test ## format, lint, types, imports, migrations, schema, catalogue; no tests
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
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
	cd requirements && for name in base test node speech train; do \
	  uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
	    $$name.in -o $$name.txt || exit 1; done

setup:
	@$(PYTHON3) scripts/prepare.py run

setup-test:
	@$(PYTHON3) scripts/prepare.py test
