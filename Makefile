# The recipes of the house; CI calls the same ones. PORT and DATA_DIR may be given: PORT=8123 make demo
.PHONY: demo demo-reset run test lint format bench mutants setup lock
DATA_DIR ?= var
export DATA_DIR

demo: setup
	@.ci/serve demo

demo-reset:
	@rm -rf "$(DATA_DIR)"
	@$(MAKE) --no-print-directory demo

run: setup
	@.ci/serve run

setup:
	@.ci/install run

test:
	@.ci/install test
	@.venv/bin/pytest -q -m "not postgres"

lint:
	@.ci/install test
	@.ci/lint

format:
	@.ci/install test
	@.ci/lint fix

bench:
	@.ci/install test
	@.venv/bin/python -m tests.bench.run

# What do the tests notice? ONLY=assessment/clocks.py, SAMPLE=0.2, MINUTES=20, AGAIN=1 (what survived) make it shorter;
# SECONDS=5 stops asking the less likely tests about a survivor after so long.
mutants:
	@.ci/install test
	@.venv/bin/python -m tests.mutants.run

lock:
	@.venv/bin/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o requirements/run.txt
	@.venv/bin/uv pip compile -q --group dev -c requirements/run.txt --universal --python-version 3.11 --generate-hashes --no-header -o requirements/dev.txt
