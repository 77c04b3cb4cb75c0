"""Build static/css/site.css from one file a concern; needs nothing but Python.

usage: styles.py [--check]
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCES = ROOT / "config" / "assets" / "styles"
TARGET = ROOT / "static" / "css" / "site.css"
# What comes later wins.
ORDER = ("tokens", "base", "frame", "components", "forms", "tables", "rooms", "review", "widths", "print")
HEAD = "/* Built by config/assets/styles.py from config/assets/styles/: change it there. Loaded after Bootstrap. */\n"


def built() -> str:
    """Return the sheet that is served."""
    return HEAD + "\n".join((SOURCES / f"{name}.css").read_text() for name in ORDER)


def main() -> None:
    """Write the sheet where it differs; with --check, exit with 1 instead."""
    there = TARGET.exists() and TARGET.read_text() == built()
    if "--check" in sys.argv:
        sys.exit(0 if there else 1)
    if not there:
        TARGET.write_text(built())


if __name__ == "__main__":
    main()
