"""What the settings load where: a developer's tools with DEBUG alone, never in production and never in a test."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent.parent
TOOLS = {"debug_toolbar", "django_browser_reload"}
ASKED = (
    "import json; from config import settings as s; "
    "print(json.dumps([s.INSTALLED_APPS, s.MIDDLEWARE, s.CONTENT_SECURITY_POLICY]))"
)


def loaded(tmp_path: Path, debug: str) -> list:
    """Apps, middleware and content policy of a process of its own."""
    environment = {**os.environ, "DEBUG": debug, "DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 50}
    ran = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=60
    )
    return json.loads(ran.stdout)


@pytest.mark.parametrize(("debug", "tools"), [("true", TOOLS), ("false", set())])
def test_tools_are_there_with_debug_alone(debug, tools, tmp_path):
    apps, middleware, _policy = loaded(tmp_path, debug)

    assert set(apps) & TOOLS == tools
    assert {name.partition(".")[0] for name in middleware} & TOOLS == tools


def test_tools_open_no_hole_in_the_content_policy(tmp_path):
    assert loaded(tmp_path, "true")[2] == loaded(tmp_path, "false")[2]


def test_tests_load_no_tools():
    assert not set(settings.INSTALLED_APPS) & TOOLS
    assert not settings.DEBUG
