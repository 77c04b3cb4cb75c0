"""One cycle on one page: what is left to prepare, how far the agencies are, and what to do next."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.audit import history
from accounts.models import AuditEvent
from accounts.request import Request
from assessment.enums import CycleStatus
from assessment.facts.clocks import Clocks
from assessment.facts.scorecards import package_scorecard, predicted, undecided_exceptions
from assessment.models import Cycle, Result
from assessment.pages.board import Board, board_of
from assessment.pages.board_words import BoardPage
from assessment.pages.next_steps import next_step_of_cycle
from assessment.pages.preparation import preparation_of, waiting_without_head
from assessment.trail.changes import changes_of_cycle
from assessment.workflow import available

BEFORE_SENDING = (CycleStatus.PREPARATION, CycleStatus.FILLING)
EVENTS_SHOWN = 15
PACKAGE_MOVED = ("cycle.sent", "cycle.given_back")
OF_THE_PAGE = ("steps", "result", "extensions", "headless", "scorecard", "undecided")
PENDING = (CycleStatus.SUBMITTED, CycleStatus.VERIFICATION, CycleStatus.PROPOSED)


@require_safe
def board(request: Request, pk: int) -> HttpResponse:
    """One cycle: what is left to prepare, or how far it is; whoever looks from outside sees the progress only."""
    cycle = _cycle(request, pk)
    require(request.user, "assessment.see_progress", cycle)
    clocks = Clocks.of(cycle)
    context: dict[str, Any] = {"cycle": cycle, "trail": []}
    context |= dict.fromkeys(("board", "preparation", "scorecard", "given_back"))
    context |= {"running_deadline": None, "extensions": []}
    if cycle.status == CycleStatus.PREPARATION:
        context["preparation"] = preparation_of(cycle)
    elif not cycle.recorded:
        context["board"] = board_of(cycle, clocks)
    context["steps"] = available(cycle, to=request.user, clocks=clocks)
    if cycle.status in BEFORE_SENDING:
        context["running_deadline"] = clocks.filling_until(None)
        context["extensions"] = clocks.running_extensions(timezone.now())
    found = {"preparation": context["preparation"], "board": context["board"]}
    context["next_step"] = next_step_of_cycle(cycle, request.user, context["steps"], **found)
    context["result"] = Result.objects.visible_to(request.user).standing().filter(cycle=cycle).first()
    if "send" in context["steps"]:
        context["headless"] = waiting_without_head(cycle)
    if request.user.has_perm("assessment.see_board", cycle):
        context["trail"] = _trail(cycle)
        context["given_back"] = _given_back(cycle, context["trail"])
        if request.user.has_perm("assessment.manage_cycle", cycle):
            context |= _score(cycle, context["board"])
    known = {name: context[name] for name in OF_THE_PAGE if name in context}
    context["page"] = BoardPage(cycle, request.user, **found, **known)
    return render(request, "assessment/board/board.html", context)


def _trail(cycle: Cycle) -> list[tuple]:
    """What happened to the year and its rounds, newest first, each with what it was about."""
    rounds = cycle.rounds.all() if cycle.sent else ()
    return [(event, changes_of_cycle(event, cycle.region.zone)) for event in history(cycle, *rounds)[:EVENTS_SHOWN]]


def _given_back(cycle: Cycle, trail: list[tuple]) -> AuditEvent | None:
    """The return of the package, with its reason, for as long as it was not sent again."""
    moved = next((event for event, _changes in trail if event.verb in PACKAGE_MOVED), None)
    back = cycle.status == CycleStatus.FILLING and moved and moved.verb == "cycle.given_back"
    return moved if back else None


def _score(cycle: Cycle, board: Board | None) -> dict:
    """What the regency's own answers give: the drafts while it fills, the package until the result is fixed."""
    if board and cycle.status == CycleStatus.FILLING:
        return {"scorecard": predicted(cycle, board.answers), "undecided": undecided_exceptions(board.answers)}
    if cycle.status in PENDING:
        scorecard, undecided = package_scorecard(cycle)
        return {"scorecard": scorecard, "undecided": undecided}
    return {}


def _cycle(request: Request, pk: int) -> Cycle:
    rows = Cycle.objects.visible_to(request.user).select_related("region", "revision__instrument")
    return get_object_or_404(rows, pk=pk)
