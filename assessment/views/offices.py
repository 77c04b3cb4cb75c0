"""The board of a review office or of a province."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import require
from accounts.request import Request
from accounts.roles import Role
from assessment.pages.home import waiting_for
from assessment.pages.next_steps import NONE
from assessment.pages.office_words import about_waiting, lines_of, years_table
from assessment.pages.offices import office_of


@require_safe
def office_board(request: Request) -> HttpResponse:
    """The regencies with their progress, what waits first, and the results of the years."""
    require(request.user, "assessment.see_office_board")
    verifies = request.user.holds(Role.REVIEWER)
    waiting = waiting_for(request.user) if verifies else []
    office = office_of(request.user)
    context = {
        "office": office, "next": waiting[0] if waiting else NONE, "verifies": verifies, "lines": lines_of(office),
        "table": years_table(office), "about": about_waiting(office, verifies=verifies),
    }  # fmt: skip
    return render(request, "assessment/offices/office_board.html", context)
