"""What every test shares."""

pytest_plugins = ["tests.database", "tests.kept", "tests.people", "tests.browser"]
