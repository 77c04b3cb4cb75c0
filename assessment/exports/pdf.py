"""The dossier as a PDF: one HTML document from the frozen object, laid out by WeasyPrint."""

import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Self

from django.conf import settings
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from assessment.charts import chart_of
from assessment.exports.cover import cloth_of
from assessment.exports.printed import Print

STATIC = Path(settings.BASE_DIR) / "static"
SHEET = STATIC / "css" / "print.css"
PAGE = re.compile(r"Page (\d+)")
LAID_OUT_FROM, LAID_OUT_TO = 15, 85
Tell = Callable[[int, str], None]


def html_of(printed: Print) -> str:
    """Return the document as HTML, from the frozen object alone."""
    totals = printed.dossier.totals
    verified = totals.verified_score is not None
    context = {
        "printed": printed, "dossier": printed.dossier, "totals": totals, "verified": verified,
        "cloth": cloth_of(printed.dossier),
        "chart": chart_of(printed.dossier.rights, totals.threshold, verified=verified),
        "parts": [(right, printed.dossier.sheets_of(right.code)) for right in printed.dossier.rights],
    }  # fmt: skip
    return render_to_string("documents/dossier.html", context)


def write_pdf(printed: Print, target: Path, tell: Tell = lambda _share, _stage: None) -> None:
    """Lay the document out and write it; `tell` hears the share done, 0 to 100, and the stage in words."""
    tell(5, "Menyiapkan isi")
    fonts = FontConfiguration()
    html = HTML(string=html_of(printed), base_url=STATIC.as_uri(), url_fetcher=OwnFiles())
    pages = len(printed.dossier.sheets) + 2 * len(printed.dossier.rights)
    with _Laying(tell, pages):
        document = html.render(
            stylesheets=[CSS(filename=SHEET, font_config=fonts, url_fetcher=OwnFiles())], font_config=fonts
        )
    tell(90, "Menulis berkas")
    document.write_pdf(target)


class OwnFiles(URLFetcher):
    """Fetches the fonts and pictures of our own static folder, and nothing else in the world."""

    def fetch(self, url: str, headers=None):
        """Return a file of the static folder; raises ValueError for anything else."""
        if not url.startswith(STATIC.as_uri() + "/"):
            raise ValueError("Only our own files are printed.")
        return super().fetch(url, headers)


class _Laying(logging.Handler):
    """Listens to the pages that WeasyPrint lays out, so that the person sees how far it is."""

    def __init__(self, tell: Tell, pages: int) -> None:
        super().__init__(logging.INFO)
        self._tell, self._pages = tell, max(pages, 1)
        self._logger = logging.getLogger("weasyprint.progress")

    def __enter__(self) -> Self:
        self._before = self._logger.level, self._logger.propagate
        self._logger.setLevel(logging.INFO)
        self._logger.propagate = False
        self._logger.addHandler(self)
        return self

    def __exit__(self, *_error) -> None:
        self._logger.removeHandler(self)
        level, self._logger.propagate = self._before
        self._logger.setLevel(level)

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of every tenth page."""
        found = PAGE.search(record.getMessage())
        if found and int(found[1]) % 10 == 0:
            page = min(int(found[1]), self._pages)
            share = LAID_OUT_FROM + (LAID_OUT_TO - LAID_OUT_FROM) * page // self._pages
            self._tell(share, f"Menata halaman {found[1]}")
