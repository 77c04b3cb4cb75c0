"""What a person was told."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Notice
from accounts.notices import mark_read
from accounts.request import Request

PER_PAGE = 30


@require_safe
def notice_list(request: Request) -> HttpResponse:
    """One's own notices, newest first."""
    notices = Notice.objects.visible_to(request.user)
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("hal"))
    return render(request, "accounts/notice_list.html", {"page": page, "unread": notices.unread().exists()})


@require_POST
def notice_open(request: Request, pk: int) -> HttpResponse:
    """Put a notice away and go where it leads."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    mark_read(Notice.objects.filter(pk=notice.pk))
    return redirect(notice.url)


@require_POST
def notice_read_all(request: Request) -> HttpResponse:
    """Put all notices away."""
    mark_read(Notice.objects.visible_to(request.user))
    return redirect("notice-list")
