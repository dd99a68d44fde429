# Every target sets up what it needs on a machine with Python 3.11 and pip (uv is used when present).
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
ARGS   ?=
CORES  ?= 2

.PHONY: demo run test check lint bench format lock clean

$(VENV)/.runtime: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Youban needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 1; }
	@PYTHON=$(PYTHON) VENV=$(VENV) sh docker/install.sh requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@PYTHON=$(PYTHON) VENV=$(VENV) sh docker/install.sh requirements-dev.lock
	@touch $@

demo: $(VENV)/.runtime     ## the whole loop in a sandbox: mails in, answers out
	$(BIN)/youban demo $(ARGS)

run: $(VENV)/.runtime      ## the daemon, on youban.toml
	$(BIN)/youban run $(ARGS)

test: $(VENV)/.dev         ## what CI runs
	$(BIN)/python -m pytest --numprocesses=$(CORES) $(ARGS)

lint: $(VENV)/.dev         ## style, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint                ## the same, then the tests with coverage
	$(BIN)/python -m pytest --numprocesses=$(CORES) --cov --cov-report=term-missing:skip-covered $(ARGS)

bench: $(VENV)/.dev        ## measure; prints tables
	$(BIN)/python -m bench $(ARGS)

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:                      ## compile the lock files anew (needs uv)
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 pyproject.toml -o requirements.lock
	uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 -c requirements.lock pyproject.toml --group dev -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
