"""What is made of the measured seconds and of the memory of processes."""

import statistics
from pathlib import Path


def ratio(ours: float, floor: float) -> float:
    """Return how many times the floor ours is."""
    return round(ours / floor, 2)


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """Return p50 and p95."""
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]


def pss(pid: int) -> int:
    """Return the proportional share of memory of a process, in kB."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
