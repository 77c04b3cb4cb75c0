"""What is printed at the end: how many, by file, and every survivor by name."""

import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

EXCUSES = Path(__file__).parent / "excused.toml"


@dataclass
class Report:
    """What came of each mutant."""

    excused: dict[str, str] = field(default_factory=lambda: tomllib.loads(EXCUSES.read_text()))
    kinds: dict[str, Counter] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    noticed: set[str] = field(default_factory=set)

    def add(self, name: str, *, survived: bool) -> str:
        """Count one, and say what it was."""
        self.seen.add(name)
        kind = "noticed"
        if survived:
            kind = "excused" if name in self.excused else "survived"
        if kind == "survived":
            self.open.append(name)
        if kind == "noticed":
            self.noticed.add(name)
        self.kinds.setdefault(name.partition(":")[0], Counter())[kind] += 1
        return kind

    def lines(self, existing: set[str], seconds: float) -> list[str]:
        """Return the table and the names."""
        total = sum(self.kinds.values(), Counter())
        rows = [f"{'':42}{'mutants':>9}{'noticed':>9}{'excused':>9}{'survived':>9}"]
        rows += [_row(path, counts) for path, counts in self.kinds.items()]
        rows.append(_row(f"all, in {seconds:.0f} seconds", total))
        gone = [name for name in self.excused if name not in existing]
        rows += [f"excused, but there is no such mutant: {name}" for name in gone]
        rows += [f"excused, but noticed: {name}" for name in self.excused if name in self.noticed]
        rows += [f"SURVIVED: {name}" for name in self.open]
        return rows


def _row(head: str, counts: Counter) -> str:
    cells = (counts.total(), counts["noticed"], counts["excused"], counts["survived"])
    return f"{head:42}" + "".join(f"{cell:>9}" for cell in cells)
