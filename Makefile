# The recipes of the house; CI calls the same ones. PORT and DATA_DIR may be given: PORT=8123 make demo
# One module while working on it: make t T=tests/assessment/test_answers.py
.PHONY: demo demo-reset run dev test t lint format pictures bench bench-national mutants setup lock
DATA_DIR ?= var
export DATA_DIR

demo: setup
	@.ci/serve demo

demo-reset:
	@rm -rf "$(DATA_DIR)"
	@$(MAKE) --no-print-directory demo

run: setup
	@.ci/serve run

dev:
	@.ci/install test
	@.ci/serve dev

setup:
	@.ci/install run

test:
	@.ci/install test
	@.venv/bin/pytest -q -n 2 --dist loadfile --no-loadscope-reorder -m "not postgres"

t:
	@[ -x .venv/bin/pytest ] || .ci/install test
	@.venv/bin/pytest -q -p no:hypothesispytest --no-migrations -m "not postgres" $(T)

lint:
	@.ci/install test
	@.ci/lint

format:
	@.ci/install test
	@.ci/lint fix

# How the components look now is how they are meant to look: only the pictures that differ are taken anew.
pictures:
	@.ci/install test
	@RENEW_PICTURES=1 .venv/bin/pytest -q -p no:hypothesispytest --no-migrations tests/components/test_pictures.py

bench:
	@.ci/install test
	@.venv/bin/python -m tests.bench.run

# Every page in a database of 514 regencies beside a small one. ENGINES=sqlite or ENGINES=postgres, REGENCIES=60 make it shorter.
bench-national:
	@.ci/install test
	@.venv/bin/python -m tests.bench.national

# What do the tests notice? ONLY=assessment/clocks.py, SAMPLE=0.2, MINUTES=20, AGAIN=1 (what survived) make it shorter;
# SECONDS=5 stops asking the less likely tests about a survivor after so long.
mutants:
	@.ci/install test
	@.venv/bin/python -m tests.mutants.run

lock:
	@.venv/bin/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o requirements/run.txt
	@.venv/bin/uv pip compile -q --group dev -c requirements/run.txt --universal --python-version 3.11 --generate-hashes --no-header -o requirements/dev.txt
