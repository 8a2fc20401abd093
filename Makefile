# Two commands matter: `make book` builds the site, `make test` tests everything; `make check` tests the most in a minute.
# Both do their own set-up, in .venv and node_modules.

PYTHON ?= python3
BIN := .venv/bin
# The same settings in every kernel and build, so that the outputs are the same bytes.
export PYTHONHASHSEED := 0
unexport MPLBACKEND

.PHONY: help book pdf zip check test test-versions lint mend lab serve notebooks widgets watch bench release lock clean
.DEFAULT_GOAL := help

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: .venv/installed node_modules/installed ## build the site in _build/html, executing what changed
	@$(BIN)/python -m tools.book

pdf: book ## print the book as one PDF, _build/course.pdf; the site's first page links to it (needs Chromium)
	@$(BIN)/python -m tools.downloads.pdf

zip: book ## pack the site for reading offline, _build/course.zip; the site's first page links to it
	@$(BIN)/python -m tools.downloads.archive

# No reader's progress is read or written.
check test: export OPTIMLIB_PROGRESS := off
check: .venv/installed ## run the tests that need no browser and no built book: at most a minute
	@$(BIN)/python -m tools.testing check

test: .venv/installed node_modules/installed ## run every test: library, notebooks, JavaScript, site, JupyterLab
	@$(BIN)/python -m tools.testing test

test-versions: .venv/installed ## run the library's tests with every Python, and the oldest and newest packages, that it says it takes
	@$(BIN)/python -m tools.versions

lint: .venv/installed node_modules/installed ## read the code for faults, form and types
	@$(BIN)/python -m tools.lint

mend: .venv/installed node_modules/installed ## the same, and mend what has one right way
	@$(BIN)/python -m tools.lint mend

lab: .venv/installed ## open the chapters in JupyterLab
	$(BIN)/jupyter lab chapters $(if $(filter 0,$(shell id -u)),--allow-root)

serve: ## serve the built site on localhost
	@test -f _build/html/index.html || { echo "There is no book yet: run make book first." >&2; exit 1; }
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory _build/html 8000

notebooks: .venv/installed ## execute every chapter again and write its outputs into chapters/
	@$(BIN)/python -m tools.notebooks

widgets: .venv/installed node_modules/installed ## build optimlib/built, the widgets of a notebook, from optimlib/js
	@$(BIN)/python -m tools.bundles

watch: .venv/installed node_modules/installed ## build it whenever a file changes; ANYWIDGET_HMR=1 make lab brings that into an open notebook
	@$(BIN)/python -m tools.node node --disable-warning=MODULE_TYPELESS_PACKAGE_JSON --watch-path=optimlib/js tools/site/bundle.mjs notebook optimlib/built

bench: .venv/installed node_modules/installed ## measure speed, memory and size
	@$(BIN)/python -m tools.browsers
	@$(BIN)/python -m tools.bench

release: .venv/installed ## build the library's sdist and wheel in _build/dist, and try both in clean environments
	@$(BIN)/python -m tools.release

lock: ## resolve requirements*.txt again and write requirements.lock (needs uv)
	grep --invert-match '^-e' requirements.txt | uv pip compile - requirements-dev.txt --python-version 3.11 \
	    --universal --generate-hashes --no-annotate --no-header --output-file requirements.lock

clean: ## remove everything that was built or installed
	rm -rf _build .venv node_modules .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: .venv/pyvenv.cfg requirements.lock pyproject.toml
	@echo "Installing into .venv (some minutes on a first run) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# What the site and its tests take from npm. node itself comes with .venv.
node_modules/installed: package-lock.json .venv/installed
	@$(BIN)/python -m tools.node npm ci --silent
	@touch $@

# Looked at each time: whether the Python is new enough, and whether .venv is one of this version that still works.
# One that a system replaced by a newer one looks elsewhere for what is installed, and does not find pip.
WHICH := import sys; print(sys.version_info[:2])
.PHONY: FORCE
.venv/pyvenv.cfg: FORCE
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "Python 3.11 or later is needed, and $(PYTHON) says:" \
	        "`$(PYTHON) --version 2>&1 | tail -n 1`. Name another one, as in: make PYTHON=python3.12 book" >&2; exit 1; }
	@test "`$(BIN)/python -c 'import pip; $(WHICH)' 2>/dev/null`" = "`$(PYTHON) -c '$(WHICH)'`" || { \
	    rm -rf .venv && $(PYTHON) -m venv .venv; }
