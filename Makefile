# make demo and make test need Python 3.11 or newer, pip and make; everything else comes into this folder.
PORT ?= 8000
PYTHON ?= python3
# pytest's own options: make test ARGS="-k sign_in"
ARGS ?=
.DEFAULT_GOAL := help
.PHONY: help demo serve import test check format bench bench-engine validity docs messages requirements

tertulia := .venv/bin/python -m tertulia.cli.main
# Demo and site keep their data in this folder, apart from each other, unless TERTULIA_HOME says otherwise.
demo_home = $(or $(TERTULIA_HOME),$(CURDIR)/.tertulia/demo)
site_home = $(or $(TERTULIA_HOME),$(CURDIR)/.tertulia/site)
site_needs = $(if $(filter postgres%,$(TERTULIA_DATABASE_URL)),postgres,runtime)
# mypy reads the settings, and must not make a site's secret for that.
check_env := TERTULIA_HOME="$(CURDIR)/.tertulia/check" TERTULIA_SECRET_KEY=only-for-checking-0123456789-abcdefghijklmnopqrstuvwxyz

help: ## Say what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

demo: ## Try Tertulia with a year of invented conversations (FRESH=1 begins anew)
	@began_at=$$(date +%s) && PYTHON="$(PYTHON)" sh tools/install.sh runtime && \
	exec env TERTULIA_HOME="$(demo_home)" TERTULIA_PORT="$(PORT)" \
		$(tertulia) demo $(if $(FRESH),--fresh) --began-at "$$began_at"

serve: ## Serve your own site
	@PYTHON="$(PYTHON)" sh tools/install.sh $(site_needs) && \
	exec env TERTULIA_HOME="$(site_home)" TERTULIA_PORT="$(PORT)" $(tertulia) serve

import: ## Bring a history: make import ARGS="path/to/dump --space Bicycles --demo" (without --demo: your own site)
	@PYTHON="$(PYTHON)" sh tools/install.sh $(site_needs) && \
	exec env TERTULIA_HOME="$(if $(findstring --demo,$(ARGS)),$(demo_home),$(site_home))" $(tertulia) import $(ARGS)

test: .dev ## Run the tests
	@.venv/bin/python -m pytest -n 2 --dist worksteal $(ARGS)

check: .dev ## Run all that reads the code without running it
	@mkdir -p .tertulia/check
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	$(check_env) .venv/bin/mypy
	.venv/bin/djlint src --lint --quiet
	.venv/bin/lint-imports
	.venv/bin/codespell
	$(check_env) .venv/bin/python -m tertulia.cli.main django makemigrations --check --dry-run

format: .dev ## Let the formatters write
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: .dev ## Measure the pages and the engine
	@.venv/bin/python -m bench $(ARGS)

bench-engine: .dev ## Measure the engine's folds beside a floor and peers (10 million acts, some minutes)
	@sh tools/install.sh peers && .venv/bin/python -m bench.engine $(ARGS)

validity: .dev ## Show how well the engine reads labelled data, and where it fails
	@.venv/bin/python -m validity $(ARGS)

docs: .dev ## Write the generated pages of the manual anew
	@.venv/bin/python -m tools.settings_reference
	@.venv/bin/python -m tools.command_reference

messages: .dev ## Take new sentences into the catalogues (TO=de begins a translation; needs gettext)
	@.venv/bin/python -m tools.messages $(TO)

requirements: ## Write the hashed lists of requirements anew (needs uv)
	@sh tools/requirements.sh

.PHONY: .dev
.dev:
	@PYTHON="$(PYTHON)" sh tools/install.sh dev
