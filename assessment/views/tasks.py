"""What an agency has to do: its list, and submitting everything that is complete."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require
from accounts.request import Request
from assessment.actions import answers
from assessment.enums import CycleStatus
from assessment.models import Assignment, Cycle
from assessment.pages.supported_tasks import supported_tasks
from assessment.pages.tasks import done_words, tasks_of
from assessment.views.carrying_out import press

EMPTY = "Anda akan menerima pemberitahuan saat pengisian dibuka. Sementara itu katalog indikator sudah dapat dibaca."


@require_safe
def task_list(request: Request) -> HttpResponse:
    """The indicators of the person's agencies, by what to do next, for each running cycle."""
    require(request.user, "assessment.see_tasks")
    now = timezone.now()
    running, finished = _running_and_finished(request)
    chosen = [cycle for cycle in finished if str(cycle.pk) == request.GET.get("periode")]
    lists = [tasks_of(request.user, cycle, now) for cycle in chosen or running]
    rest = [cycle for cycle in finished if cycle not in chosen]
    context = {
        "finished": rest,
        "chosen": chosen,
        "has_others": bool(rest or chosen),
        "lists": lists,
        "several": len(lists) > 1,
        "first": lists[0] if lists else None,
        "empty": EMPTY,
        "supported": supported_tasks(request.user, [row.cycle for row in lists]),
    }
    return render(request, "assessment/tasks/task_list.html", context)


@require_POST
def task_submit_all(request: Request, pk: int) -> HttpResponse:
    """Submit every complete answer of the person's agencies in one cycle, all or none."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("region"), pk=pk)
    require(request.user, "assessment.see_tasks")
    complete = [task.answer for task in tasks_of(request.user, cycle, timezone.now()).ready_to_go]
    may_submit = all(request.user.has_perm("assessment.submit_answer", answer) for answer in complete)
    for answer in complete[:1]:
        require(request.user, f"assessment.{'submit' if may_submit else 'ready'}_answer", answer)
    verb = answers.submit_many if may_submit else answers.make_ready_many
    then = done_words(cycle) if may_submit else "dikirim kepada Kepala OPD untuk disahkan"
    to, done = reverse("task-list"), "{} indikator " + f"{then}."
    return press(request, verb, to=to, done=done.format, refused="Tidak ada yang diajukan. {}", answers=complete)


def _running_and_finished(request: Request) -> tuple[list[Cycle], list[Cycle]]:
    """The years in which the person's agencies have a part, and those that are read on once they are over."""
    mine = list(_own(request))
    running = [cycle for cycle in mine if cycle.current and cycle.status != CycleStatus.PREPARATION]
    return running, [cycle for cycle in mine if cycle.status == CycleStatus.ANNOUNCED]


def _own(request: Request) -> QuerySet[Cycle]:
    assigned = Assignment.objects.filter(agency__in=request.user.agency_ids()).values("cycle")
    cycles = Cycle.objects.visible_to(request.user).filter(pk__in=assigned)
    return cycles.select_related("region", "revision__instrument").order_by("-assessment_year", "pk")
