# make run: set up and start the app.  make test: set up and run every check.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

# Python keeps what it has compiled, whatever a machine's settings say: the checks start a
# hundred processes, each of which would compile the app again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: census attack attack-quick attack-soak lock benchmark train run setup setup-dev browser test lint lint-unit unit e2e monkey benchmark-latency \
	benchmark-load benchmark-soak benchmark-start format clean fuzz mutants release-check fonts

run: setup
	@echo "Starting on port $(PORT). For another one: make run PORT=8502"
	$(BIN)/streamlit run app.py --server.port $(PORT)

setup: $(VENV)/.installed

setup-dev: $(VENV)/.installed-dev

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)

# What is tested is what is shipped: the versions of requirements.lock. Its hashes are for
# the image; other machines have other indexes, which build their own wheels.
$(VENV)/.locked: requirements.lock | $(BIN)/python
	sed -n 's/^\([a-z0-9][^\\]*[^\\ ]\) *\\$$/\1/p' requirements.lock > $@

$(VENV)/.installed: requirements.txt $(VENV)/.locked
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt -c $(VENV)/.locked
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt $(VENV)/.locked
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c $(VENV)/.locked
	touch $@ $(VENV)/.installed

# What the checks need of the system: browsers, nginx, and PostgreSQL for the tests of a class.
# Nothing that Debian only recommends beside them: it is half of all packages. One of it
# counts, the letters in which a browser writes what no font of ours has.
DEBIAN := --no-install-recommends chromium-headless-shell firefox-esr webkit2gtk-driver xvfb \
  nginx-light postgresql fonts-liberation

browser:
	@has() { for name; do command -v $$name >/dev/null && return; done; return 1; }; \
	  has chromium-headless-shell chromium chromium-browser google-chrome && \
	  has firefox-esr firefox && \
	  command -v WebKitWebDriver >/dev/null && command -v Xvfb >/dev/null && \
	  PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null && \
	  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(DEBIAN) >/dev/null; \
	  else \
	    echo "Missing: sudo apt-get install $(DEBIAN)"; \
	  fi

# Debian's packages and Python's take one core each. The attacks wait most of the time, and
# mypy has one core: what they leave the unit tests take. A table that is to be compared is
# printed by `make attack-quick` alone.
test:
	$(MAKE) --jobs=2 setup-dev browser
	$(MAKE) --jobs=2 --output-sync=line attack-quick lint-unit
	$(MAKE) e2e

lint-unit:
	$(MAKE) lint
	$(MAKE) unit

# Notes how long a part of the checks took; `make census` prints it.
TIMED := .ci/timed

lint: setup-dev
	@$(TIMED) $@ sh -exc '$(BIN)/ruff check .; \
	  $(BIN)/ruff format --check .; \
	  $(BIN)/oxlint; \
	  $(BIN)/oxfmt --check; \
	  $(BIN)/mypy; \
	  $(BIN)/lint-imports --no-cache'

# Two at a time, each file in one process; the ten slowest at the end.
# A browser keeps an event loop in its process, in which other tests cannot start theirs.
NO_BROWSER := --ignore=tests/browser --ignore=tests/e2e
IN_PAIRS := --numprocesses 2 --dist loadfile --durations=10

unit: setup-dev
	$(TIMED) $@ $(BIN)/python -m pytest $(NO_BROWSER) $(IN_PAIRS)

e2e: setup-dev browser
	$(TIMED) $@ $(BIN)/python -m pytest tests/browser tests/e2e $(IN_PAIRS)

# 1,000 random strokes, clicks and page switches; SEED=7 repeats a run.
monkey: setup-dev browser
	MONKEY_ACTIONS=1000 MONKEY_SEED=$(or $(SEED),1) $(BIN)/python -m pytest tests/e2e/test_monkey.py

# Hypothesis looks for new examples, many of them; the checks repeat the same ones.
fuzz: setup-dev
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest $(NO_BROWSER) -m hypothesis

# Puts small faults into the code, one by one, and prints those that no test notices (hours).
mutants: setup-dev
	$(BIN)/mutmut run
	$(BIN)/python -m tests.support.mutants

# How well handwriting is read, and what is no digit found out (some minutes).
benchmark: setup-dev
	$(BIN)/python -m benchmarks.preparation
	$(BIN)/python -m benchmarks.accuracy
	$(BIN)/python -m benchmarks.non_digits
	$(BIN)/python -m benchmarks.writers

# Fits the augmented classifiers again and writes digits_app/network/weights (a quarter of an hour, one core).
train: setup
	$(BIN)/python -m digits_app.training

benchmark-latency: setup-dev browser
	$(BIN)/python -m benchmarks.latency

benchmark-load: setup-dev
	$(BIN)/python -m benchmarks.load
	$(BIN)/python -m benchmarks.load --processes 2 --levels 50 100

benchmark-soak: setup-dev
	$(BIN)/python -m benchmarks.load --levels 50 --soak 10

benchmark-start: setup-dev browser
	$(BIN)/python -m benchmarks.start

# Attacks a server of its own on this machine; the table says what got in and what it cost.
attack: setup-dev
	$(BIN)/python -m benchmarks.attack

attack-quick: setup-dev
	$(TIMED) $@ $(BIN)/python -m benchmarks.attack --quick

# Fifty who draw and five who attack, for ten minutes.
attack-soak: setup-dev
	$(BIN)/python -m benchmarks.attack --soak 10

# Cuts Streamlit's fonts to what our pages write, after a new Streamlit or a new icon.
fonts: setup-dev
	$(BIN)/python -m tools.cut_fonts

# Writes requirements.lock: everything that requirements.txt brings, with its hashes.
lock: setup-dev
	$(BIN)/uv pip compile --quiet requirements.txt --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
	  -o requirements.lock

# What the workflow `release` does: builds the wheel by way of the sdist, and uses it.
release-check: setup-dev
	rm -rf dist
	$(BIN)/uv build --quiet
	$(BIN)/uvx --quiet --isolated --from dist/*.whl eight-by-eight --version
	$(BIN)/uvx --quiet --isolated --from dist/*.whl eight-by-eight read digits_app/pages/shared/icon.png

# Files, lines of code by kind, names of Streamlit's inside, memory, and how long each part of
# the checks took when it last passed; BEFORE=v2.0.0 beside a commit.
census: setup-dev
	$(BIN)/python -m benchmarks.census --memory $(if $(BEFORE),--before $(BEFORE))

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/oxfmt

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
