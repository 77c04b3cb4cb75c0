"""Pages are light: a first load stays below 100 kB (docs/aturan.md, "Halaman yang ringan")."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

FIRST_LOAD = 100_000
NAMED = re.compile(r"""(?:href|src)="/static/([^"#]+)""")
WITHIN = re.compile(r"""url\("?([^")]+)"?\)""")
COMPRESSED_ALREADY = {".woff2"}


def travels(path: Path) -> int:
    """How many bytes a file takes on the line."""
    content = path.read_bytes()
    return len(content) if path.suffix in COMPRESSED_ALREADY else len(brotli.compress(content))


def fetched(html: str) -> set[Path]:
    """Every file that a page asks for, and what its style sheets ask for."""
    root = Path(settings.STATICFILES_DIRS[0])
    named = {(root / name).resolve() for name in NAMED.findall(html)}
    sheets = [path for path in named if path.suffix == ".css"]
    within = {(sheet.parent / name).resolve() for sheet in sheets for name in WITHIN.findall(sheet.read_text())}
    return named | within


@pytest.mark.parametrize("name", ["account_login", "task-list", "home"])
def test_first_load_fits_a_slow_line(client_of, people, name):
    client = Client() if name == "account_login" else client_of(people.operator)
    html = client.get(reverse(name)).text

    files = fetched(html)

    assert {path.suffix for path in files} >= {".css", ".js", ".woff2", ".svg"}
    assert len(brotli.compress(html.encode())) + sum(map(travels, files)) <= FIRST_LOAD
