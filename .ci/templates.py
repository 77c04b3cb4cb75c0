"""Checks that templates stay plain: short lines, shallow nesting, fragments that say and are told what they take."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"
WIDEST, LONGEST, DEEPEST = 120, 120, 3
TAG = re.compile(r"{%\s*(\w+)")
INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"(?:\s+with\s+(.*?))?(\s+only)?\s*%}')
TAKEN = re.compile(r"{# (Nothing is taken|[a-z_]+(?:, [a-z_]+)*): .+ #}$")


def faults_of(name: str) -> list[str]:
    """Return what one template is not plain in."""
    text = (TEMPLATES / name).read_text()
    lines = text.splitlines()
    found = [f"line {at} is {len(line)} wide" for at, line in enumerate(lines, 1) if len(line) > WIDEST]
    if len(lines) > LONGEST:
        found.append(f"has {len(lines)} lines")
    if _depth(text) > DEEPEST:
        found.append(f"has {_depth(text)} tags inside one another")
    if _is_fragment(name) and taken_by(name) is None:
        found.append("does not say in its first line what it takes")
    return [*found, *_faults_of_includes(text)]


def taken_by(name: str) -> set[str] | None:
    """Return the names that a fragment takes by its first line; None where it does not say."""
    match = TAKEN.match((TEMPLATES / name).read_text().partition("\n")[0])
    if match is None:
        return None
    return set() if match[1].startswith("Nothing") else set(match[1].split(", "))


def _faults_of_includes(text: str) -> Iterator[str]:
    for name, given, only in INCLUDE.findall(text):
        if not (TEMPLATES / name).exists():
            continue  # another package's
        if not only:
            yield f"includes {name} without only"
        names, taken = set(re.findall(r"(\w+)=", given)), taken_by(name)
        if only and taken is not None and names != taken:
            yield f"gives {name} {sorted(names)}, which takes {sorted(taken)}"


def _depth(text: str) -> int:
    """How many tags that have an end stand inside one another at the deepest place."""
    tags = TAG.findall(text)
    blocks = {tag.removeprefix("end") for tag in tags if tag.startswith("end")}
    depth = deepest = 0
    for tag in tags:
        depth += (tag in blocks) - tag.startswith("end")
        deepest = max(deepest, depth)
    return deepest


def _is_fragment(name: str) -> bool:
    return Path(name).name.startswith("_") or name.startswith("components/")


def main() -> int:
    """Print every fault; return 1 where there is one."""
    names = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
    told = [f"templates/{name}: {fault}" for name in names for fault in faults_of(name)]
    print("\n".join(told) or f"{len(names)} templates looked at")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
