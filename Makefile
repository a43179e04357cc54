.DEFAULT_GOAL := help
.PHONY: help run charts test lint bench load requirements clean

PYTHON_VENV := .venv/bin/python

help: ## this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/make \1\t\2/p' Makefile | expand -t 20

run: ## set up what is missing and serve on http://127.0.0.1:8050 (PORT=…, DEMONSTRATION=no)
	@sh setup/environment.sh requirements.txt
	@sh setup/charts.sh
	@sh setup/server.sh

test: environment ## install what tests need, then lint, types and all tests
	@sh setup/charts.sh
	@sh setup/browser.sh
	@$(MAKE) --no-print-directory lint
	@$(PYTHON_VENV) -m pytest

lint: environment ## style and types
	@$(PYTHON_VENV) -m ruff check
	@$(PYTHON_VENV) -m ruff format --check
	@$(PYTHON_VENV) -m mypy

bench: environment ## measure pages and API, and print the figures
	@$(PYTHON_VENV) -m bench

load: environment ## put the server under load, and print the figures
	@$(PYTHON_VENV) -m bench.load

charts: ## fetch Plotly's basic bundle again, which charts load faster with (needs node and npm)
	@sh setup/environment.sh requirements.txt
	@sh setup/charts.sh again

requirements: ## pin requirements.in and requirements-dev.in anew
	@sh setup/requirements.sh

clean: ## remove all that was installed or built; the figures in instance/ stay
	rm -rf .venv node_modules assets/vendor .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: environment
environment:
	@sh setup/environment.sh requirements-dev.txt
