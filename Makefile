PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check -q -c packaging/constraints.txt

.PHONY: run test lint install edge bundle clean

# The window on the demo scene; without a screen, its count on the command line.
run: install
	$(BIN)/crowdgui demo:

# In a process of their own: should it end suddenly, it is said at which test and where.
test: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n 1

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

install: $(VENV)/install.stamp

# An environment without Qt and torch: it must count all the same. What an earlier build left would
# be installed too, and hide that it is gone.
edge:
	rm -rf build/edge build/lib build/bdist.* && $(PYTHON) -m venv build/edge
	build/edge/bin/python -m pip install --disable-pip-version-check -q \
		-c packaging/constraints.txt -r packaging/edge.txt
	build/edge/bin/python -m pip install --disable-pip-version-check -q --no-deps .
	cd build && edge/bin/python ../packaging/check_edge.py

# The program without Python, in dist/; EDITION=operator leaves out training.
bundle: $(VENV)/bundle.stamp
	$(BIN)/python packaging/bundle.py

clean:
	rm -rf $(VENV) build dist

$(VENV)/install.stamp: pyproject.toml packaging/constraints.txt packaging/apt-run.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name it with: make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "python3-venv" | sh packaging/system-packages.sh /dev/stdin; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	sh packaging/system-packages.sh packaging/apt-run.txt
	@touch $@

$(VENV)/test.stamp: $(VENV)/install.stamp packaging/apt-test.txt packaging/apt-bundle.txt
	$(PIP) -e '.[dev]'
	sh packaging/system-packages.sh packaging/apt-test.txt
	sh packaging/system-packages.sh packaging/apt-bundle.txt
	@touch $@

$(VENV)/bundle.stamp: $(VENV)/install.stamp packaging/apt-bundle.txt
	$(PIP) -e '.[bundle]'
	sh packaging/system-packages.sh packaging/apt-bundle.txt
	@touch $@
