"""Runs in a process of its own: lays one HTML document out as a PDF, within limits of memory and time.

Knows neither Django nor the database: HTML comes in, after a line with its length in bytes; pages are told one by one;
a file comes out.
"""

import gc
import logging
import re
import resource
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from accounts.stack import roomy

PAGE = re.compile(r"Page (\d+)")


class OwnFiles(URLFetcher):
    """Fetches the fonts and pictures of our own static folder, and nothing else in the world."""

    def __init__(self, static: Path) -> None:
        super().__init__()
        self._root = static.resolve()

    def fetch(self, url: str, headers=None):
        """Return a file of the static folder; raises ValueError for anything else."""
        path = Path(unquote(urlsplit(url).path)).resolve() if url.startswith("file:///") else None
        if path is None or not path.is_relative_to(self._root):
            raise ValueError("Only our own files are printed.")
        return super().fetch(url, headers)


class _Pages(logging.Handler):
    """Tells the parent of every tenth page that WeasyPrint lays out."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the number of the page on a line of its own."""
        found = PAGE.search(record.getMessage())
        if found and int(found[1]) % 10 == 0:
            sys.stdout.write(f"{found[1]}\n")
            sys.stdout.flush()


def lay_out(html: str, static: Path, target: Path) -> None:
    """Write the PDF of a document, with the sheet of the paper and the fonts of the static folder."""
    fonts, files = FontConfiguration(), OwnFiles(static)
    sheet = CSS(filename=static / "css" / "print.css", font_config=fonts, url_fetcher=files)
    document = HTML(string=html, base_url=static.as_uri(), url_fetcher=files)
    document.render(stylesheets=[sheet], font_config=fonts).write_pdf(target)


def main() -> None:
    """Read the HTML, print within the limits."""
    static, target, memory, seconds = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    logger = logging.getLogger("weasyprint.progress")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(_Pages())
    announced, _, html = sys.stdin.buffer.read().partition(b"\n")
    if announced != b"%d" % len(html):  # whoever writes it failed, or was killed: nothing is printed, or half of it
        sys.exit("The document did not come whole.")
    gc.disable()  # a quarter of the work; what would be collected is little, and the process ends at once
    roomy(lay_out)(html.decode(), Path(static), Path(target))


if __name__ == "__main__":
    main()
