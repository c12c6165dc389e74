# make board [CASE=file]   the dossier of a case (default: the example)
# make test                lint, strict types, tests, and the docs that they check
# make bench               how fast, how large, how steady
# make score               the reader against the reference cases in ../shared, where they are
# make picture             docs/dossier.png anew (needs Chromium; optional)
#
# Each makes .venv and installs what it needs when it is not there, or when what is needed has changed.

CASE ?= examples/ros1_imt.txt
PYTHONS := python3.11 python3.12 python3.13 python3
BIN := .venv/bin
INSTALLED := .venv/.installed
COMPILED := .venv/.compiled
SOURCES := $(shell find src -name '*.py' -o -name '*.j2')

.PHONY: board test lint types bench score picture install

board: $(COMPILED)
	$(BIN)/caseboard board "$(CASE)"

test: lint types $(COMPILED)
	$(BIN)/pytest -q -n auto

lint: $(INSTALLED)
	$(BIN)/ruff check
	$(BIN)/ruff format --check --quiet

types: $(INSTALLED)
	$(BIN)/mypy

bench: $(COMPILED)
	@$(BIN)/python -c 'import importlib.util as u, sys; sys.exit(u.find_spec("medspacy") is None)' \
	  || $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]' \
	  || echo "medspaCy cannot be installed here: the comparison with it is left out" >&2
	$(BIN)/python bench/run.py

score: $(INSTALLED)
	$(BIN)/python bench/score.py

picture: $(INSTALLED)
	$(BIN)/python tools/picture.py

install: $(COMPILED)

$(INSTALLED): pyproject.toml constraints.txt
	@test -x $(BIN)/python || { \
	  for python in $(PYTHONS); do \
	    if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	      echo "Making .venv with $$python"; "$$python" -m venv .venv && break; \
	    fi; \
	  done; \
	  test -x $(BIN)/python || { rm -rf .venv; \
	    echo "Caseboard needs Python 3.11 or later with venv; none of $(PYTHONS) is one." >&2; exit 1; }; \
	}
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# What the first start would compile, and every start where Python is told to write nothing: modules, templates, and
# what the reader makes of its patterns. Should a start fail, the tests say why.
$(COMPILED): $(INSTALLED) $(SOURCES)
	@$(BIN)/python -m compileall -q src
	-@PYTHONDONTWRITEBYTECODE= $(BIN)/caseboard board examples/ros1_imt.txt -o - > /dev/null
	@touch $@
