"""The two instruments of the repository, read once."""

from copy import deepcopy
from pathlib import Path

import pytest

from indicators.catalogue import load, read

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
WORKING_FILE = FIXTURES / "instrument_permenkumham_22_2021.yaml"
OLDER_FILE = FIXTURES / "instrument_permenkumham_34_2016.yaml"


@pytest.fixture(scope="session")
def _working():
    return read(WORKING_FILE.read_bytes())


@pytest.fixture
def working(_working) -> dict:
    """The working catalogue's manuscript, to be changed at will."""
    return deepcopy(_working)


@pytest.fixture
def older() -> dict:
    """The manuscript of the instrument of the years before 2021."""
    return read(OLDER_FILE.read_bytes())


@pytest.fixture
def catalogue(db, working):
    """The working catalogue, loaded."""
    return load(working).revision
