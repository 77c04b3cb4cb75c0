"""Sample data: one province, its eight regencies and cities, one regency in the middle of filling.

Everything goes through the same actions as in the browser, so the trail is whole; people are roles, not persons.
"""

import datetime as dt
import secrets
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit import Actor
from accounts.models import Agency, Jurisdiction, Membership, Region, ReviewOffice, TrailHead, User
from accounts.roles import Role
from assessment.actions import answers, assignments, cycles, evidence, prereview
from assessment.actions.evidence import Reference
from assessment.actions.instruments import checked, import_instrument
from assessment.actions.returns import Note
from assessment.demo_files import sample_pdf
from assessment.enums import NotePart
from assessment.models import Answer, Cycle
from indicators.models import AgencyType, Revision

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
REGIONS = (
    ("36.01", "regency", "Pandeglang"),
    ("36.02", "regency", "Lebak"),
    ("36.03", "regency", "Tangerang"),
    ("36.04", "regency", "Serang"),
    ("36.71", "city", "Tangerang"),
    ("36.72", "city", "Cilegon"),
    ("36.73", "city", "Serang"),
    ("36.74", "city", "Tangerang Selatan"),
)
WORDS = (FIXTURES / "demo_words.txt").read_text().split()
DIVISION = "Bagian"
WEEKS_BEGUN, DAYS_LEFT = 4, 12


@transaction.atomic
def build_demo() -> dict[str, list[str]]:
    """Build everything and return the accounts: role → [user name, password]."""
    for name in ("22_2021", "34_2016"):
        document = checked((FIXTURES / f"instrument_permenkumham_{name}.yaml").read_bytes())
        import_instrument(document=document, actor=Actor.system("load_demo"))
    regions, office = _places()
    serang = regions["36.04"]
    agencies = _agencies(serang)
    other = Agency.objects.create(region=regions["36.02"], name="Dinas Kesehatan", short_name="Dinkes")
    people = _people(serang, regions["36.02"], office, agencies, other)
    _history(serang, people["coordinator"][0])
    cycle = _present_year(serang, agencies, people["coordinator"][0])
    _fill(cycle, people["coordinator"][0])
    return {role: [user.username, password] for role, (user, password) in people.items()}


def _places() -> tuple[dict[str, Region], ReviewOffice]:
    province = Region.objects.create(kind="province", code="36", name="Banten", is_demo=True)
    office = ReviewOffice.objects.create(name="Kantor Wilayah Banten (contoh)", short_name="Kanwil Banten")
    regions = {}
    for code, kind, name in REGIONS:
        region = Region.objects.create(kind=kind, code=code, name=name, parent=province, is_demo=True)
        Jurisdiction.objects.create(office=office, region=region, started_on=dt.date(2020, 1, 1))
        regions[code] = region
    TrailHead.objects.bulk_create(TrailHead(region=region) for region in (province, *regions.values()))
    return regions, office


def _agencies(region: Region) -> dict[str, Agency]:
    types = AgencyType.objects.filter(revision=_revision())
    return {
        kind.code: Agency.objects.create(
            region=region,
            name=kind.name,
            short_name=kind.short_name,
            kind="division" if kind.name.startswith(DIVISION) else ("hospital" if kind.code == "rsud" else "office"),
        )
        for kind in types
    }


def _revision() -> Revision:
    return Revision.objects.get(instrument__code="permenkumham-22-2021")


def _people(serang: Region, lebak: Region, office: ReviewOffice, agencies: dict[str, Agency], other: Agency) -> dict:
    people = {
        "operator": _person("operator.dinkes", "Operator Dinas Kesehatan", Role.OPERATOR, agency=agencies["dinkes"]),
        "head": _person("kepala.dinkes", "Kepala Dinas Kesehatan", Role.HEAD, agency=agencies["dinkes"]),
        "coordinator": _person("koordinator.serang", "Koordinator Kabupaten Serang", Role.COORDINATOR, region=serang),
        "leader": _person("pimpinan.serang", "Pimpinan Kabupaten Serang", Role.LEADER, region=serang),
        "reviewer": _person("verifikator.satu", "Verifikator Pertama", Role.REVIEWER, office=office),
        "second_reviewer": _person("verifikator.dua", "Verifikator Kedua", Role.REVIEWER, office=office),
        "observer": _person("pengamat.banten", "Pengamat Provinsi Banten", Role.OBSERVER, region=serang.parent),
        "administrator": _person("administrator", "Administrator", Role.ADMINISTRATOR),
        "other_operator": _person("operator.lebak", "Operator Dinkes Lebak", Role.OPERATOR, agency=other),
        "other_coordinator": _person("koordinator.lebak", "Koordinator Lebak", Role.COORDINATOR, region=lebak),
    }
    for code, agency in agencies.items():
        if code not in ("dinkes", "dishub"):
            _person(f"operator.{code}", f"Operator {agency.short_name}", Role.OPERATOR, agency=agency)
            _person(f"kepala.{code}", f"Kepala {agency.short_name}", Role.HEAD, agency=agency)
    Membership.objects.create(user=people["coordinator"][0], role=Role.OPERATOR, agency=agencies["bag-hukum"])
    return people


def _person(username: str, name: str, role: Role, **place) -> tuple[User, str]:
    password = " ".join(secrets.choice(WORDS) for _ in range(5))
    user = User.objects.create_user(username, password, name=name)
    Membership.objects.create(user=user, role=role, started_at=timezone.now() - dt.timedelta(days=40), **place)
    return user, password


def _history(region: Region, coordinator: User) -> None:
    old = Revision.objects.get(instrument__code="permenkumham-34-2016")
    for year, outcome, predicate, source, revision in (
        (2020, "announced", "Peduli HAM", "Data contoh: pengumuman tahun 2020", old),
        (2021, "cancelled", "", "Data contoh: penilaian tahun 2021 ditiadakan", _revision()),
    ):
        fields = {
            "assessment_year": year, "data_year": year - 1, "revision": revision, "outcome": outcome,
            "predicate": predicate, "source": source,
        }  # fmt: skip
        cycles.record_past_year(region=region, fields=fields, by=coordinator)


def _present_year(region: Region, agencies: dict[str, Agency], coordinator: User) -> Cycle:
    now = timezone.now()
    begun, year = now - dt.timedelta(weeks=WEEKS_BEGUN), timezone.localdate().year
    deadline = (
        (now + dt.timedelta(days=DAYS_LEFT))
        .astimezone(region.tzinfo)
        .replace(hour=15, minute=0, second=0, microsecond=0)
    )
    cycle = Cycle(
        region=region, revision=_revision(), assessment_year=year, data_year=year - 1, filling_deadline=deadline,
        filling_starts_on=begun.date(), opened_at=begun - dt.timedelta(days=10),
    )  # fmt: skip
    cycles.save_cycle(cycle=cycle, by=coordinator, at=cycle.opened_at)
    assignments.save_mapping(region=region, agencies=agencies, by=coordinator)
    assignments.assign_by_mapping(cycle=cycle, by=coordinator, at=cycle.opened_at)
    cycles.start_filling(cycle=cycle, by=coordinator, at=begun)
    return cycle


def _fill(cycle: Cycle, coordinator: User) -> None:
    """Leave answers in every status that filling allows."""
    for position, answer in enumerate(Answer.objects.filter(cycle=cycle).with_owner().with_rule()):
        turn = position % 6
        operator = _member(answer.owner_id, Role.OPERATOR)
        if turn == 0 or operator is None:
            continue
        at = timezone.now() - dt.timedelta(days=20 - position % 15, hours=position % 7)
        content = _content(answer, position)
        answers.save_draft(answer=answer, content=content, seen_revision=0, by=operator, at=at)
        answer.refresh_from_db()
        if turn != 1:
            _prove(answer, operator, at)
        if turn >= 3:
            answers.make_ready(answer=answer, by=operator, at=at + dt.timedelta(hours=1))
        if turn >= 4:
            head = _member(answer.owner_id, Role.HEAD)
            answers.submit(answer=answer, by=head, at=at + dt.timedelta(hours=5))
            _check(answer, coordinator, position, at + dt.timedelta(days=1))


def _check(answer: Answer, coordinator: User, position: int, at: dt.datetime) -> None:
    """Let some pass, return some, and leave the others to be checked."""
    if position % 4 == 0:
        prereview.accept(answer=answer, by=coordinator, at=at)
    elif position % 7 == 0:
        note = Note(NotePart.WHOLE, "Sebutkan sumber angkanya dan unggah lembar yang bertanda tangan (contoh).")
        until = timezone.now() + dt.timedelta(days=2)
        prereview.send_back(answer=answer, notes=[note], closes_at=until, by=coordinator, at=at)


def _prove(answer: Answer, operator: User, at: dt.datetime) -> None:
    """Cite a small but real PDF for each required document of the answer."""
    agency = Agency.objects.select_related("region").get(pk=answer.owner_id)
    for document in answer.indicator.documents.all():
        if document.required:
            title = f"{document.text} (contoh)"
            added = evidence.add(
                checked=sample_pdf(title, agency.name, answer.indicator.number), agency=agency, by=operator, at=at,
                details={"title": title[:200], "kind": "laporan", "dated_on": at.date()},
            )  # fmt: skip
            reference = Reference(document.pk, "1")
            evidence.cite(
                answer=answer, evidence=added.evidence, agency=agency, reference=reference, by=operator, at=at
            )


def _member(agency_id: int, role: Role) -> User | None:
    return User.objects.filter(memberships__agency=agency_id, memberships__role=role).first()


def _content(answer: Answer, position: int) -> dict:
    """A plausible value; now and then one that needs a reason."""
    empty = {"numerator": None, "denominator": None, "number": None, "option_id": None, "note": ""}
    if position % 12 == 5:
        return {**empty, "form": "none", "reason": "Belum dianggarkan pada tahun data (contoh)."}
    if position % 30 == 10:
        return {**empty, "form": "not_applicable", "reason": "Tidak ada peristiwanya pada tahun data (contoh)."}
    value = {**empty, "form": "value", "reason": ""}
    indicator = answer.indicator
    if indicator.answer_type == "choice":
        options = list(indicator.options.all())
        return {**value, "option_id": options[position % 2].pk}
    if indicator.answer_type == "ratio":
        whole = Decimal(20 + position % 60)
        share = Decimal(position % 20) / 100 if indicator.direction == "lower" else Decimal(70 + position % 30) / 100
        return {**value, "numerator": (whole * share).to_integral_value(), "denominator": whole}
    bound = next((band.bound for band in list(indicator.bands.all())[1:] if band.bound is not None), Decimal(1))
    return {**value, "number": bound}
