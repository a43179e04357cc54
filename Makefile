.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test postgresql lint audit fuzz bench load faults normal forecasting backup restore charts requirements clean environment browser databases

PYTHON_OF_VENV := .venv/bin/python
# A process for each processor. The tests of a file go to one, in their order: they share what they
# made. The files keep their order, in which those that take longest do not come last.
IN_PARALLEL := --numprocesses=logical --maxprocesses=4 --dist=loadfile --no-loadscope-reorder

# How long `make fuzz` goes on with each kind of thing.
FUZZ_SECONDS := 300

help: ## this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/make \1\t\2/p' Makefile | expand -t 20

run: ## set up what is missing and serve on http://127.0.0.1:8050 (PORT=…, DEMONSTRATION=no)
	@sh setup/environment.sh requirements.txt
	@sh setup/charts.sh
	@sh setup/server.sh

test: environment browser databases lint audit ## install what tests need, then lint, types and all tests
	@$(PYTHON_OF_VENV) -m pytest $(IN_PARALLEL)

postgresql: environment browser databases ## all tests once more, against PostgreSQL in place of SQLite
	@$(PYTHON_OF_VENV) -m pytest $(IN_PARALLEL) --database=postgresql

lint: environment ## style and types
	@$(PYTHON_OF_VENV) -m ruff check
	@$(PYTHON_OF_VENV) -m ruff format --check
	@$(PYTHON_OF_VENV) -m mypy

audit: environment ## known vulnerabilities of what is pinned, and a security linter over our code
	@$(PYTHON_OF_VENV) setup/audit.py

fuzz: environment ## send what nobody would send, minutes of each kind, and print the figures
	@$(PYTHON_OF_VENV) -m pytest tests/fuzz --fuzz=$(FUZZ_SECONDS) --quiet

bench: environment browser ## measure pages and API, and print the figures
	@$(PYTHON_OF_VENV) -m bench

load: environment ## put the server under load, and print the figures
	@$(PYTHON_OF_VENV) -m bench.load

faults: environment databases ## kill writers and servers a hundred times, and print what came of it
	@$(PYTHON_OF_VENV) -m pytest tests/faults/test_kill.py tests/faults/test_server_kill.py --kills=100 -s

normal: environment ## simulate services, and print what is found of their faults
	@$(PYTHON_OF_VENV) -m bench.normal

forecasting: environment ## hold published quarters out, and write docs/forecasting.md
	@$(PYTHON_OF_VENV) -m bench.forecasting

backup: ## copy the SQLite database while it is used (BACKUP=file; otherwise a name with the time)
	@sh setup/environment.sh requirements.txt
	@$(PYTHON_OF_VENV) -m flask --app app database backup $(if $(BACKUP),"$(BACKUP)")

restore: ## put BACKUP=file in the SQLite database's place (stop the platform first)
	@sh setup/environment.sh requirements.txt
	@$(PYTHON_OF_VENV) -m flask --app app database restore "$(BACKUP)"

charts: ## try again to fetch Plotly's basic bundle, which loads faster (needs node and npm)
	@sh setup/environment.sh requirements.txt
	@sh setup/charts.sh again

requirements: ## pin requirements.in and requirements-dev.in anew
	@sh setup/requirements.sh

clean: ## remove what was installed or built; the figures in instance/ stay
	rm -rf .venv node_modules assets/vendor .mypy_cache .ruff_cache .pytest_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

environment:
	@sh setup/environment.sh requirements-dev.txt

browser: environment
	@sh setup/charts.sh
	@sh setup/browser.sh

databases:
	@sh setup/databases.sh
