# `make demo` and `make test` do all set-up themselves.
SHELL := bash
SECONDS ?= 60
STUDENTS ?= 25
SEED ?= 7
WORKERS ?= 2
RUN := .venv/bin/fer-desktop
OWN_SCREEN := env -u DISPLAY -u WAYLAND_DISPLAY

.PHONY: installers help setup run demo web web-setup web-test web-e2e web-firefox test lint bench bench-gallery bench-flags bench-review translations architecture looks peers lock clean

help:  ## these lines
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

setup:  ## system libraries and .venv, from requirements.lock
	@tools/setup.sh

run: setup  ## the program
	$(RUN)

demo: setup  ## watch the simulated class: make demo SECONDS=60 STUDENTS=25
	tools/with_display.sh $(RUN) demo --seconds $(SECONDS) --students $(STUDENTS) --seed $(SEED)

web-setup: setup
	@tools/setup_web.sh

web: web-setup  ## build the web app into web/dist
	tools/with_node.sh npm run --silent build

web-test: web-setup  ## the web app's lint, types and tests
	tools/with_node.sh npm run --silent check
	tools/with_node.sh npm run --silent test

web-e2e: web  ## the built web app in Chromium
	tools/with_node.sh npm run --silent e2e -- --exclude tests/e2e/firefox.test.ts

web-firefox: web  ## the built web app in Firefox
	tools/with_node.sh npm run --silent e2e -- tests/e2e/firefox.test.ts

test:  ## lint, types, import contract, and all tests: make test WORKERS=2
	@tools/setup.sh tests
	$(MAKE) --no-print-directory lint web-test web-e2e
	$(OWN_SCREEN) .venv/bin/python -m pytest -m "not real_time" --dist loadfile \
	  --tx "$(WORKERS)*popen//python=tools/with_display.sh .venv/bin/python"  # a screen for each worker
	$(OWN_SCREEN) tools/with_display.sh .venv/bin/python -m pytest -m real_time

lint:  ## ruff, mypy, import-linter
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/mypy tools/*.py installers/*.py installers/linux/*.py
	.venv/bin/lint-imports

bench: setup  ## how fast: make bench ARGS="--faces 49 --peers"
	$(RUN) bench $(ARGS)

bench-gallery: setup  ## how well galleries are read: make bench-gallery SCENES=folder [DRAW=folder] [ARGS=--quick]
	$(RUN) bench-gallery --scenes "$(SCENES)" $(if $(DRAW),--draw "$(DRAW)") $(ARGS)

bench-flags: setup  ## how often flags are right, on simulated classes: make bench-flags [ARGS="--drawn 3"]
	$(RUN) bench-flags $(ARGS)

translations: setup  ## bring fer_desktop/messages/translations up to date with the texts
	.venv/bin/python tools/translations.py
	.venv/bin/python tools/cldr_tables.py

architecture: setup  ## draw docs/pictures/architecture.svg from the imports
	.venv/bin/python tools/architecture_picture.py

looks:  ## write the windows' reference pictures anew, to be reviewed; in full size into FOLDER, too
	@tools/setup.sh tests
	.venv/bin/python -m tests.ui.looks.render $(FOLDER) --references
	.venv/bin/python -m tests.ui.looks.render $(FOLDER) --references --screen double-text

bench-review: setup  ## how fast the review is with a term of lessons
	tools/with_display.sh $(RUN) bench-review $(ARGS)

peers: setup  ## an environment for the libraries that bench compares with (it pulls in torch)
	@tools/setup_peers.sh

installers:  ## build this system's installers into dist/: make installers [ARGS="--appimage-runtime FILE"]
	python3.11 installers/build.py $(ARGS)

lock:  ## pin every dependency anew
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra dev --upgrade -q -o requirements.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --extra postgres -c requirements.lock -q -o requirements-slim.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  -c requirements.lock -q -o installers/requirements.lock installers/requirements.in

clean:  ## remove what setup and the tests made
	rm -rf .venv .venv-uv .venv-node .venv-slim .venv-peers web/node_modules web/dist web/public/models web/public/litert build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
