"""A real browser for the tests that need one."""

import os
from pathlib import Path

import pytest

# Playwright's loop runs in the tests' thread, where Django would not let them ask the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Letters and colours are drawn alike on every machine, for the pictures that are kept.
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
]


@pytest.fixture(scope="session")
def chromium():
    """One browser for the session; the tests are skipped by name where none can be had."""
    if not CHROMIUM.exists():
        pytest.skip("There is no Chromium on this machine (Ubuntu ships it as a snap only).")
    from playwright.sync_api import sync_playwright  # here, since it takes half a second that most runs do not need

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()
