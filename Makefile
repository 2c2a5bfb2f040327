# On a fresh machine with Python 3.11+, git and make: `make report` runs the main job, `make test` passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
QUESTION ?= ukraine_force
OUT ?= reports/$(QUESTION)
OLDEST ?= python3.11
NEWER ?= $(shell for name in python3.14 python3.13 python3.12; do $$name -c '' 2>/dev/null && echo $$name && break; done)

EXTRAS := fast cluster report xmcda notebook dev docs

.PHONY: setup changelog report test thorough fuzz coverage-fuzz anywhere oldest newer lab notebooks lock wheel bench clean gallery picture docs compare

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q mcda criteria
	@touch $@

report: $(READY)
	@$(BIN)/python -m compileall -q mcda criteria
	@$(BIN)/mcda report $(QUESTION) --out $(OUT) & report=$$!; \
	$(BIN)/python -m mcda.reporting.notebooks.execute notebooks/01_decision_brief.ipynb --out $(OUT); brief=$$?; \
	wait $$report && exit $$brief

test: $(READY)
	@$(BIN)/python -m compileall -q mcda criteria
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/mypy & types=$$!; \
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder; tests=$$?; \
	wait $$types && exit $$tests

# What `make test` leaves out for its length: more instances, more draws, more examples of each property.
thorough: $(READY)
	$(BIN)/python -m pytest tests -m "thorough or hypothesis" --hypothesis-profile=thorough

# Thousands of hostile inputs, and writers killed at random moments; WRITE=docs/security.md puts the table there.
fuzz: $(READY)
	@$(BIN)/python tests/hostile/run.py $(if $(WRITE),--write $(WRITE)) $(FUZZ)

# The readers of strangers' files by atheris, a minute each, in an environment of its own beside the locked one.
coverage-fuzz: $(READY)
	$(BIN)/python -m venv .venv-fuzz
	.venv-fuzz/bin/python -m pip install -qq --disable-pip-version-check -r requirements.lock
	.venv-fuzz/bin/python -m pip install -qq --disable-pip-version-check --no-build-isolation --editable '.[fuzz]'
	@for ending in .csv .json .xml .xlsx; do \
	.venv-fuzz/bin/python benchmarks/fuzz_readers.py $$ending -max_total_time=60 $(FUZZ) || exit; done

anywhere: $(READY) oldest newer
	@$(BIN)/python tests/anywhere/run.py $(LEGS)

# Environments of two of its legs. Where there is no such Python nothing is built, and the leg says that it is left out.
oldest:
	@if $(OLDEST) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; \
	then $(MAKE) --no-print-directory .venv-oldest/.ready; fi

newer:
	@if test -n "$(NEWER)" && $(NEWER) -c 'import sys; sys.exit(sys.version_info[:2] <= (3, 11))' 2>/dev/null; \
	then $(MAKE) --no-print-directory .venv-newer/.ready; fi

.venv-oldest/.ready: requirements.lock pyproject.toml tests/anywhere/oldest.py
	$(OLDEST) -m venv --clear .venv-oldest
	$(OLDEST) tests/anywhere/oldest.py > .venv-oldest/requirements.txt
	.venv-oldest/bin/python -m pip install -qq --disable-pip-version-check --no-deps -r .venv-oldest/requirements.txt
	.venv-oldest/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv-newer/.ready: requirements.lock pyproject.toml
	$(NEWER) -m venv --clear .venv-newer
	.venv-newer/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	.venv-newer/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# The files of changes/ go into the newest part of CHANGELOG.md.
changelog:
	@$(PYTHON) docs/changelog.py

lab: $(READY)
	@$(BIN)/mcda lab

notebooks: $(READY)
	$(BIN)/python -m mcda.reporting.notebooks.execute notebooks/*.ipynb --write

picture: $(READY)
	$(BIN)/python docs/explorer_picture.py
	$(BIN)/python docs/first_page_picture.py

gallery: $(READY)
	$(BIN)/mcda figures $(QUESTION) --holder Paris --draws 20000 --seed 0 --out docs

# The site, in build/site: static, offline, searchable; then its links, names and searches are checked.
docs: $(READY)
	$(BIN)/python docs/build.py
	MCDA_SITE=build/site $(BIN)/python -m pytest tests/docs -m "thorough or not thorough"

# Peers on the same published cases and hostile inputs, in an environment of their own; writes docs/compare.md.
compare:
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install -qq --disable-pip-version-check -r benchmarks/peers.txt .
	.venv-peers/bin/python -W ignore benchmarks/compare_peers.py --write docs/compare.md

lock:
	uv pip compile pyproject.toml $(EXTRAS:%=--extra %) --universal --generate-hashes --python-version 3.11 \
	  --no-header --no-annotate --no-emit-index-url --upgrade --output-file requirements.lock

wheel: $(READY)
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

bench: $(READY)
	$(BIN)/python benchmarks/array_functions.py
	$(BIN)/python benchmarks/priorities_batch.py
	$(BIN)/python benchmarks/command_start.py
	$(BIN)/python benchmarks/explorer_latency.py
	$(BIN)/python benchmarks/asking_latency.py
	$(BIN)/python benchmarks/robustness.py
	$(BIN)/python benchmarks/bare_table.py
	$(BIN)/python benchmarks/structure.py

clean:
	rm -rf $(VENV) .venv-oldest .venv-newer .venv-fuzz .venv-peers reports dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
