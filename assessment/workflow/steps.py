"""What a step and a machine are."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Model

from accounts.sure import sure
from assessment.facts.clocks import Clocks
from assessment.models import Answer, Cycle, Problem
from assessment.rules import owner_id_of

WHENCE_IT_CAME = ""  # the target of a step that leads back to where the row was before it went up


@dataclass(frozen=True)
class Situation:
    """What a guard looks at: the row, the hours of its cycle (None where there is no cycle), and the moment."""

    obj: Answer | Cycle | Problem
    clocks: Clocks | None
    at: dt.datetime

    @property
    def cycle(self) -> Cycle:
        """The cycle."""
        return self.hours.cycle

    @property
    def hours(self) -> Clocks:
        """The hours of the cycle, for the guards of what has one."""
        return sure(self.clocks)

    @property
    def answer(self) -> Answer:
        """The row, for the guards of answers."""
        return cast("Answer", self.obj)

    @property
    def open_for_agency(self) -> bool:
        """Whether the agency may work on the answer now."""
        return self.hours.open_until(self.answer, owner_id_of(self.answer), self.at) is not None


Guard = Callable[[Situation], str]


def unguarded(_situation: Situation) -> str:
    """Every situation will do."""
    return ""


@dataclass(frozen=True)
class Step:
    """One way from a status to another: who may go it, when, what the trail calls it, and its words on the page.

    `done` is what the person is told afterwards, with {} for the row; `button` the words to press where they are
    longer than the step's name.
    """

    name: str
    label: str
    sources: tuple[str, ...]
    target: str
    permission: str
    verb: str
    guard: Guard = unguarded
    done: str = ""
    button: str = ""
    needs_note: bool = False
    inward: bool = False  # the note is the review office's own and does not stand in the trail's sentence

    @property
    def press(self) -> str:
        """The words on its button."""
        return self.button or self.label

    def said_of(self, obj: object) -> str:
        """Return what the person is told once the step was taken."""
        return self.done.format(obj)


def table(*steps: Step) -> dict[str, Step]:
    """Return steps by their names."""
    return {step.name: step for step in steps}


def nothing_more(_obj: Model, _step: Step) -> dict[str, Any]:
    """A step that changes the status alone."""
    return {}


@dataclass(frozen=True)
class Machine:
    """All steps of one model, and how its rows are taken, timed and stamped.

    `take` locks the row, or that of its cycle, and returns it as it is then; `clocks` gives the hours that its guards
    read; `stamp` the fields that a step changes beside the status; `version` names the number that every step raises.
    """

    model: type[Model]
    steps: Mapping[str, Step]
    take: Callable[[Any], Any]
    clocks: Callable[[Any], Clocks | None]
    stamp: Callable[[Any, Step], dict[str, Any]] = nothing_more
    version: str = ""
