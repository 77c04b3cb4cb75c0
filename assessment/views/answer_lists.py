"""The answers of a cycle as a list, by agency and right: where the board's cells lead."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.models import Agency
from accounts.text import whole_number
from assessment.clocks import Clocks
from assessment.enums import AnswerStatus
from assessment.models import Answer, Cycle
from assessment.verdicts import settle, verdicts_of

EMPTY, UNSENT = "empty", "unsent"  # facts and not statuses
STATES = {
    EMPTY: "Belum diisi",
    UNSENT: "Tidak diajukan",
    **{status.value: status.label for status in AnswerStatus},
    AnswerStatus.READY.value: "Menunggu Kepala OPD",  # as the badges say it to whoever reads
    AnswerStatus.RETURNED.value: "Dikembalikan",
}


@require_safe
def answer_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person may see of a cycle's answers, of one agency, of one right, or all of them."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("region"), pk=pk)
    require(request.user, "assessment.see_board", cycle)
    rows = Answer.objects.visible_to(request.user).filter(cycle=cycle).with_owner().with_rule()
    agencies = Agency.objects.filter(assignments__cycle=cycle, assignments__responsible=True).distinct()
    rights = list(cycle.revision.rights.all())
    agency = agencies.filter(pk=whole_number(request.GET.get("opd"))).first()
    right = next((row for row in rights if row.code == request.GET.get("hak")), None)
    if agency:
        rows = rows.of_agencies([agency.pk])
    if right:
        rows = rows.filter(indicator__right=right)
    names = {row.pk: row.short_name for row in agencies}
    standing = verdicts_of(cycle).standing if cycle.fixed else {}
    found = list(rows.select_related("last_submission"))
    settle(found, standing)
    clocks, at = Clocks.of(cycle), timezone.now()
    for row in found:
        row.closed = clocks.closed(row, at)
    shown = [(row, names.get(row.owner_id, "tanpa pengampu"), standing.get(row.pk)) for row in found]
    counts = Counter(_state(row) for row, *_rest in shown)
    state = request.GET.get("keadaan") if request.GET.get("keadaan") in STATES else ""
    if state:
        shown = [row for row in shown if _state(row[0]) == state]
    context = {"cycle": cycle, "rows": shown, "agency": agency, "right": right, "state": state}
    context["states"] = [(key, words, counts[key]) for key, words in STATES.items() if counts[key] or key == state]
    context["every"] = counts.total()
    context["reader"] = "sent" if cycle.sent else "reader"
    context |= {"agencies": agencies.order_by("short_name"), "rights": rights}
    return render(request, "assessment/answer_list.html", context)


def _state(answer: Answer) -> str:
    if answer.never_handed_over:
        return UNSENT
    if answer.decided_for_good:
        return AnswerStatus.VERIFIED
    if answer.closed:
        return AnswerStatus.SUBMITTED if answer.last_submission_id else UNSENT
    return EMPTY if answer.status == AnswerStatus.DRAFT and not answer.form else answer.status
