# Two commands matter: `make book` builds the site, `make test` tests everything; `make check` tests the most in a minute.
# Both do their own set-up, in .venv and node_modules. What each command does stands in tools/commands.py, which needs no make:
# `python -m tools book` is the same.

PYTHON ?= python3

.PHONY: help .run $(MAKECMDGOALS)
.DEFAULT_GOAL := help

# All that is asked for goes to one Python, which knows what comes first.
help $(filter-out help,$(MAKECMDGOALS)): .run
	@:

.run:
	@command -v $(PYTHON) > /dev/null || { \
	    echo "Python 3.11 or later is needed, and $(PYTHON) is not there. Name another one, as in: make PYTHON=python3.12 book" >&2; exit 1; }
	@$(PYTHON) -m tools $(MAKECMDGOALS)
