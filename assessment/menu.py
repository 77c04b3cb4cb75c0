"""The main menu and the standing notice, as far as the yearly assessment has a part in them."""

from django.http import HttpRequest

from accounts.navigation import Section, register, stand
from indicators.models import Revision

DRAFT_NOTICE = (
    "Rancangan: rumusan dan nilai indikator adalah rekonstruksi kerja yang belum dicocokkan dengan lampiran resmi "
    "Permenkumham 22/2021."
)
ANSWER_PAGES = frozenset(
    {"answer-detail", "answer-submit", "answer-step", "answer-hand-back", "citation-upload", "citation-add"}
)
READER_PAGES = frozenset({"check-detail", "review-detail", "review-note"})


def allowed(permission: str):
    """Return a function that asks whether the person of a request has a right anywhere."""
    return lambda request: request.user.has_perm(permission)


def connect() -> None:
    """Register the sections in the order of the menu."""
    register(
        Section("Tugas saya", "task-list", allowed("assessment.see_tasks"), 10, pages=ANSWER_PAGES),
        Section("Data dukung", "evidence-list", allowed("assessment.see_library"), 15),
        Section("Kabupaten/kota", "office-board", allowed("assessment.see_office_board"), 5),
        Section("Periode", "cycle-list", allowed("assessment.see_cycles"), 20, pages=READER_PAGES),
        Section("Permasalahan HAM", "problem-list", allowed("assessment.see_problems"), 25),
        Section("Perangkat daerah", "agency-list", allowed("accounts.list_agencies"), 30),
        Section("Wilayah", "place-list", allowed("accounts.manage_places"), 40),
        Section("Orang", "person-list", allowed("accounts.list_people"), 50),
        Section("Katalog", "catalogue", lambda _request: True, 60),
    )
    stand(draft_notice)


def draft_notice(request: HttpRequest) -> str:
    """Stands on the coordinator's pages until the official wording was imported and confirmed."""
    if not request.user.has_perm("assessment.see_draft_notice"):
        return ""
    return DRAFT_NOTICE if Revision.objects.newest().waiting().exists() else ""
