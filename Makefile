# Pulih: `make run` serves, `make test` proves. Everything installs itself into .venv.

PYTHON ?= python3
# Where it is set, as in many images, each of our processes would compile all of Pulih again.
unexport PYTHONDONTWRITEBYTECODE
# Pytest's processes; each has a PostgreSQL of its own.
PROCESSES ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ "$$n" -gt 4 ] && echo 4 || echo "$$n")
TESTS ?= tests
FILES ?= 100000
KILLS ?= 1000
CASES ?= 1000
PYTEST := .venv/bin/pytest -q -n $(PROCESSES) --dist loadfile --no-loadscope-reorder

key := $(shell cat pyproject.toml locks/*.txt | cksum | cut -d' ' -f1)
runs := .venv/.runs-$(key)
develops := .venv/.develops-$(key)
pure := $(wildcard tests/common tests/places tests/classifications tests/casefiles tests/intake tests/linkage tests/refocusing tests/selection tests/matching tests/disclosure) \
	$(wildcard tests/*/test_*rules*.py)

# The files of the lock and no others, by hash; then Pulih itself, which asks for nothing more. By uv, which takes a
# third of the time; where it cannot be had or does not know the way to your index, by pip.
pip := .venv/bin/python -m pip install -q --disable-pip-version-check
hashed := --require-hashes --only-binary :all: -r
itself := --no-deps --no-build-isolation --no-index -e .
# What cannot be reached is to be given up soon, for pip.
uv := UV_HTTP_TIMEOUT=15 UV_HTTP_RETRIES=1 .venv/.uv/bin/uv pip install -q --python .venv/bin/python
define install
{ { sed -n '/^uv==/,/[^\]$$/p' locks/dev.txt >.venv/uv.txt && $(pip) --target .venv/.uv --upgrade $(hashed) .venv/uv.txt \
    && $(uv) $(hashed) locks/$(1).txt && $(uv) $(itself); } \
  || { $(pip) $(hashed) locks/$(1).txt && $(pip) $(itself); }; } >.venv/install.log 2>&1 \
  || { tail -20 .venv/install.log; exit 2; }
endef
# Every Python from 3.11 on and every platform in one lock.
lock := .venv/bin/uv pip compile -q pyproject.toml --extra build --extra docs --universal --python-version 3.11 \
  --generate-hashes --no-annotate --custom-compile-command 'make upgrade'

define benchmarks
missed=; for each in benchmarks/[a-z]*.py; do \
  name=$$(basename $$each .py); echo "== $$name"; .venv/bin/python -m benchmarks.$$name --scale $(1) || missed="$$missed $$name"; \
done; test -z "$$missed" || { echo "Missed a goal:$$missed"; exit 1; }
endef

.PHONY: help run ready demo test fast search browser check fix schema upgrade sbom fuzz storm prove bench bench-full docs pages words
.DELETE_ON_ERROR:

help: ## Show this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(runs) ## Set everything up, load the demo, serve http://127.0.0.1:8000
	@$(MAKE) -s -j3 words pages docs
	@.venv/bin/pulih serve --with-demo

# Whoever serves it may not be allowed to write here, and would compile all of it at each start.
ready: $(runs) ## Set everything up and start nothing
	@$(MAKE) -s -j3 words pages docs
	@.venv/bin/python -m compileall -q -j 0 .venv/lib pulih >.venv/compile.log || true

demo: $(runs) words ## Build the 2020 reference scenario
	@.venv/bin/pulih demo

test: $(develops) words pages ## Set everything up and run the tests (DATABASE_URL: on that server)
	@$(PYTEST) $(TESTS)

fast: $(develops) ## Run the cores and the rules
	@$(PYTEST) --hypothesis-profile=fast -m 'not slow' $(pure)

search: $(develops) words pages ## Look for counterexamples: all examples of each property, new ones (a night)
	@$(PYTEST) --hypothesis-profile=search $(TESTS)

browser: $(develops) words pages ## Run the journeys in a real browser
	@.venv/bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder -o addopts=--strict-markers tests/browser

check: $(develops) words pages ## Lint, types, imports, migrations, words, links, settings, holes
	@.ci/check

fix: $(develops) ## Fix what can be fixed without thinking
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

schema: $(develops) ## List the functions, triggers and policies again, after a change of SQL, migrations or machines
	@.venv/bin/python -m tests.arrow_list
	@.venv/bin/python -m tests.schema_list

upgrade: $(develops) ## Renew the locked packages within the ranges of pyproject.toml
	@$(lock) --upgrade --extra dev -o locks/dev.txt && $(lock) --upgrade -c locks/dev.txt -o locks/run.txt

sbom: $(develops) ## Write the bill of materials (CycloneDX) to build/sbom.json
	@mkdir -p build && .venv/bin/cyclonedx-py requirements locks/run.txt -o build/sbom.json

fuzz: $(develops) ## Try to break the reader with FILES mutated files (100,000: a night)
	@(ulimit -v 6000000; .venv/bin/python -m tests.fuzz --files $(FILES))

storm: $(develops) words pages ## Kill a whole installation KILLS times under writers (1,000: a night)
	@.venv/bin/python -m tests.storm --kills $(KILLS)

prove: $(develops) ## Prove what is said of refocusing on CASES small cases and large ones (1,000: an hour)
	@.venv/bin/python -m tests.prove --cases $(CASES)

bench: $(develops) words ## Run the benchmarks at a tenth of their size
	@$(call benchmarks,0.1)

bench-full: $(develops) words ## Run the benchmarks in full, for docs/benchmarks.md
	@$(call benchmarks,1)

docs: build/help/index.html ## Build the searchable site of docs/, served under /help/

build/help/index.html: mkdocs.yml $(shell find docs -type f) $(runs)
	@echo "Building the site of documents ..."
	@NO_MKDOCS_2_WARNING=1 .venv/bin/mkdocs build -q

pages: $(runs)
	@.venv/bin/python -m pulih.web.build

words: $(runs)
	@.venv/bin/python -m pulih.config.translations

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Pulih needs Python 3.11 or newer: make run PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m venv .venv \
	  || { rm -rf .venv; echo "Pulih needs python3-venv: apt install python3-venv" >&2; exit 2; }

$(runs): pyproject.toml locks/run.txt | .venv/bin/python
	@echo "Installing packages ..."
	@$(call install,run)
	@rm -f .venv/.runs-*; touch $@

# What is locked for developing holds all that running needs, in the same versions.
$(develops): pyproject.toml locks/dev.txt | .venv/bin/python
	@echo "Installing packages for developing ..."
	@$(call install,dev)
	@rm -f .venv/.develops-* .venv/.runs-*; touch $@ $(runs)
