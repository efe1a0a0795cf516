# Two commands matter: `make run` and `make test`. Both install what they need into .venv first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8501
# two for two processors; three are a seventh faster, but then every page is slow and what depends on chance comes out
WORKERS ?= 2
GOLD   ?=

.DEFAULT_GOAL := help
.PHONY: help run test check browser bench lock assets texts pictures clean

help: ## list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: $(VENV)/.runtime ## install, then open the dashboard on the sample reports
	@echo "Claim Atlas: http://localhost:$(PORT)  (Ctrl-C stops it)"
	@$(BIN)/python -m streamlit run app.py --server.port $(PORT)

test: check $(VENV)/.browser ## lint, types and every test, browser tests included
	$(BIN)/python -m pytest -n $(WORKERS)

check: $(VENV)/.dev ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

browser: $(VENV)/.browser ## only the tests in a real browser; screenshots go to artefacts/
	$(BIN)/python -m pytest -m browser

bench: $(VENV)/.dev ## quality and speed against their floors: make bench GOLD=folder-of-the-gold
	$(BIN)/python -m bench $(if $(GOLD),--gold $(GOLD))

assets: $(VENV)/.dev ## rebuild the compiled gazetteer from its sources (docs/geo.md)
	$(BIN)/python -m geo.build

pictures: $(VENV)/.browser ## take the pictures of docs/pictures.md anew, in a real browser
	$(BIN)/python -m tests.browser.pictures

texts: $(VENV)/.dev ## bring the catalogues in assets/languages up to the texts of the interface
	mkdir -p artefacts
	$(BIN)/python -m babel.messages.frontend --quiet extract -F assets/languages/babel.cfg --no-default-keywords -k t -k later -k plural:2,3 -k Worded -k Error --add-location never --sort-output \
	  --project "Claim Atlas" -o artefacts/claim_atlas.pot .
	for catalogue in assets/languages/*/claim_atlas.po; do \
	  $(BIN)/python -m babel.messages.frontend --quiet update --no-fuzzy-matching --ignore-obsolete \
	    --ignore-pot-creation-date --width 120 \
	    -i artefacts/claim_atlas.pot -o $$catalogue -l $$(basename $$(dirname $$catalogue)) || exit 1; done

lock: $(VENV)/.dev ## compile requirements*.txt from requirements*.in, exact and with hashes
	$(BIN)/python -m pip install --quiet uv
	for set in requirements requirements-dev; do \
	  $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	    --no-emit-index-url --no-header $$set.in -o $$set.txt || exit 1; done

clean: ## remove the environment and everything that tests leave behind
	rm -rf $(VENV) artefacts .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.created:
	@PYTHON=$(PYTHON) sh .ci/venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt | $(VENV)/.created
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(VENV)/.browser: $(VENV)/.dev
	@sh .ci/chromium
	@touch $@
