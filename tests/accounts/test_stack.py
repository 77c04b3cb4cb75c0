"""Room on the stack: what a function gives and raises stays the same, and calls beneath it map nothing new."""

import resource
from concurrent.futures import ThreadPoolExecutor

import pytest

from accounts.stack import roomy

pytestmark = pytest.mark.once
DEEP, OFTEN = 300, 200


def nothing(*, but_eight_names=(1, 2, 3, 4, 5, 6, 7, 8)):
    return but_eight_names


def pieces_mapped() -> int:
    """How many pieces of memory came anew while a small function was called often at each depth."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    descend(DEEP)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def descend(depth: int) -> None:
    for _time in range(OFTEN):
        nothing()
    if depth:
        descend(depth - 1)


def test_roomy_function_gives_and_raises_what_the_plain_one_does():
    def halved(number, *, by=2):
        return number / by

    assert roomy(halved)(6) == 3
    assert roomy(halved)(number=6, by=3) == 2
    with pytest.raises(ZeroDivisionError):
        roomy(halved)(1, by=0)


def test_calls_beneath_a_roomy_function_do_not_map_memory_again_and_again():
    with ThreadPoolExecutor(1) as thread:  # each has a stack of its own; that of the tests has room already
        plain, with_room = thread.submit(pieces_mapped).result(), thread.submit(roomy(pieces_mapped)).result()

    assert with_room < OFTEN <= plain
