# Every command is enough by itself on a machine with Python, git and make (GNU make 3.81 or newer).

PYTHON ?= python3
VENV ?= .venv
# More options for the command that is run: make site ARGS="--strict", make test ARGS="-k dates"
ARGS ?=
# A process that has nothing more to do takes tests from another.
on_all_processors := --numprocesses auto --dist worksteal
# Which benchmarks: stories, builds, days, disorder, serve, edits, fetch, or all
BENCH ?= *

python := $(VENV)/bin/python
pip_install := $(python) -m pip install --quiet --disable-pip-version-check --requirement
# So that no call compiles the program anew where PYTHONDONTWRITEBYTECODE is set.
compile := $(python) -m compileall -q build.py newsstand
site_ready := $(VENV)/.ready-for-site
all_ready := $(VENV)/.ready-for-all

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site docs test test-all check format screenshots bench lock clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | \
		awk -F ':.*## ' '{ printf "make %-12s %s\n", $$1, $$2 }'

site: $(site_ready) ## Build the demo into _site
	@$(python) build.py $(ARGS)
	@echo "The demo is in _site. To look at it:"
	@echo "  $(python) -m http.server --directory _site    then open http://localhost:8000/"

docs: $(site_ready) ## Build the documentation as a site into _docs
	@$(python) -m tools.docs_site $(ARGS)

test: $(all_ready) ## Run the tests, but for the slow ones
	@$(python) -m pytest $(on_all_processors) -m "not slow" $(ARGS)

test-all: $(all_ready) ## Run every test
	@$(python) -m pytest $(on_all_processors) $(ARGS)

check: $(all_ready) ## Lint, formatting and types
	@$(python) -m ruff check .
	@$(python) -m ruff format --check .
	@$(python) -m mypy

format: $(all_ready) ## Format the code and mend what the linter can
	@$(python) -m ruff check --fix --quiet .
	@$(python) -m ruff format .

screenshots: $(all_ready) ## Take the pictures in docs/screenshots anew (needs Chromium)
	@$(python) -m tools.screenshots $(ARGS)

bench: $(all_ready) ## Measure speed, memory and the quality of stories
	@set -e; for benchmark in $(sort $(wildcard benchmarks/bench_$(BENCH).py)); do \
		echo "== $$benchmark"; $(python) "$$benchmark" $(ARGS); \
	done

lock: ## Choose the newest versions of all packages (needs uv)
	@command -v uv > /dev/null || { echo "make lock needs uv: https://docs.astral.sh/uv/" >&2; exit 2; }
	@uv pip compile --quiet --upgrade $(lock_options) --output-file requirements.txt pyproject.toml
	@uv pip compile --quiet --upgrade $(lock_options) --output-file requirements-dev.txt \
		--constraint requirements.txt --group dev pyproject.toml
lock_options := --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"

clean: ## Remove the site, the environment and all caches
	@rm -rf _site _preview _docs _seeds .cache build dist "$(VENV)" .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An environment holds exactly what its lock names: when the lock changes it is made anew.
$(site_ready): requirements.txt
	$(make_environment)
	@$(pip_install) requirements.txt
	@$(compile)
	@touch $@

$(all_ready): requirements.txt requirements-dev.txt
	$(make_environment)
	@$(pip_install) requirements-dev.txt
	@$(compile)
	@touch $(site_ready) $@

define make_environment
@command -v "$(PYTHON)" > /dev/null || { \
	echo "Newsstand needs Python 3.11 or newer, and there is no $(PYTHON) here." >&2; \
	echo "  Install Python, or name another: make PYTHON=python3.12 …" >&2; exit 2; }
@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	echo "Newsstand needs Python 3.11 or newer; $(PYTHON) is $$("$(PYTHON)" -V 2>&1)." >&2; \
	echo "  Name a newer one: make PYTHON=python3.12 …" >&2; exit 2; }
@"$(PYTHON)" -c 'import ensurepip, venv' 2> /dev/null || { \
	echo "$(PYTHON) has no venv module." >&2; \
	echo "  Debian, Ubuntu: apt-get install python3-venv" >&2; exit 2; }
@echo "Making the environment in $(VENV) (once, and when the lock changes)"
@"$(PYTHON)" -m venv --clear "$(VENV)"
endef
