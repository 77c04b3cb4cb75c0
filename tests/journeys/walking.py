"""How a journey looks at a page, and how it presses a button."""

import gzip
import re

from axe_playwright_python.sync_playwright import Axe

ENGLISH = re.compile(
    r"\b(submit|save|cancel|delete|edit|upload|password|username|search|filter|loading|error|required|"
    r"this field|please|log ?in|log ?out|sign ?in|next|previous|dashboard|settings|none|true|false)\b",
    re.IGNORECASE,
)
LATER_PAGE = 30_000  # bytes on the line, once style, script and type are there (docs/aturan.md, "Halaman yang ringan")
SERIOUS = {"serious", "critical"}


def look_at(page) -> None:
    """Every page: no serious fault of accessibility, no sideways scrolling, no English word, no complaint."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    assert [row["id"] for row in found if row["impact"] in SERIOUS] == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"], page.url
    assert ENGLISH.findall(words_of(page)) == [], page.url
    assert page.complaints == []
    assert len(gzip.compress(page.content().encode())) <= LATER_PAGE, page.url


def words_of(page) -> str:
    """What a page says, but for the code that it quotes."""
    return page.evaluate(
        """() => {
            const quoted = [...document.querySelectorAll("code")];
            quoted.forEach((code) => { code.hidden = true; });
            const words = document.body.innerText;
            quoted.forEach((code) => { code.hidden = false; });
            return words;
        }"""
    )


def follow(link) -> None:
    """Click a link and stay until the next page is there: a click alone returns while the old page still stands."""
    with link.page.expect_navigation():
        link.click()


def press(page, words: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=False).first.click()
