"""From the database to the frozen object, in a fixed number of queries however many indicators there are."""

import datetime as dt
import hashlib
from collections import defaultdict
from dataclasses import asdict, replace
from decimal import Decimal

from django.utils import timezone

from accounts.audit import head_of
from accounts.canonical import canonical_json
from accounts.models import Jurisdiction
from accounts.sure import sure
from assessment import scoring
from assessment.dossier import shapes
from assessment.dossier.parsing import dossier_of
from assessment.enums import AnswerKind, Audience, Outcome, Reader
from assessment.facts.indicator_rules import scoring_rule_of
from assessment.facts.ladders import ladder
from assessment.facts.scorecards import counts, self_scored, verified
from assessment.facts.verdicts import Verdicts, verdicts_of
from assessment.models import (
    Answer,
    Assignment,
    Cycle,
    Package,
    ReturnNote,
    Review,
    Snapshot,
    Submission,
    SubmittedCitation,
)
from assessment.scoring import Scorecard
from indicators.models import Indicator

NOT_SUBMITTED = "Tidak diajukan"
WORDS: dict[str, str] = {AnswerKind.NONE: "Tidak ada", AnswerKind.NOT_APPLICABLE: "Tidak berlaku"}

FROZEN = ("last_submission__agency", "last_submission__option", "last_submission__submitted_by")
CITED = tuple(f"last_submission__citations__{part}" for part in ("evidence__file", "evidence__agency", "document"))


def draw_up(cycle: Cycle, audience: Audience, at: dt.datetime | None = None) -> shapes.Dossier:
    """Return the dossier of a cycle as it is now, as far as the reader may see it.

    docs/aturan.md, "Siapa melihat apa, dan kapan".
    """
    at, verdicts = at or timezone.now(), verdicts_of(cycle)
    seen = verdicts if audience == Audience.REVIEWER else Verdicts({}, ())
    answers = list(Answer.objects.filter(cycle=cycle).with_indicator().select_related(*FROZEN).prefetch_related(*CITED))
    mine, decided = self_scored(cycle, seen, answers), verified(cycle, seen, answers)
    shown = decided if audience == Audience.REVIEWER else None
    package = cycle.packages.first()
    return shapes.Dossier(
        format=shapes.FORMAT, reader=audience.value, taken_at=at, region=cycle.region.full_name,
        region_code=cycle.region.code, province=cycle.region.parent.name if cycle.region.parent else "",
        zone=cycle.region.zone, office=_office(cycle), demo=cycle.region.is_demo,
        assessment_year=cycle.assessment_year, data_year=cycle.data_year, rule=_rule(cycle),
        package=_package(package) if package else None, trail_head=head_of(cycle.region),
        rights=_rights(cycle, mine, shown), totals=_totals(cycle, mine, shown),
        sheets=_sheets(cycle, answers, seen),
    )  # fmt: skip


def take_snapshot(
    cycle: Cycle, audience: Audience, at: dt.datetime | None = None, *, before: Snapshot | None = None
) -> Snapshot:
    """Freeze the dossier of a cycle as a stored snapshot with its hash.

    Where nothing has changed since the snapshot `before`, that one is returned: a PDF and an Excel made one after the
    other come from one snapshot.
    """
    dossier = draw_up(cycle, audience, at or timezone.now())
    if before:
        old = dossier_of(before)
        if old == replace(dossier, taken_at=old.taken_at, trail_head=old.trail_head):
            return before
    body = canonical_json(asdict(dossier))
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    kept = {"body": body, "taken_at": dossier.taken_at}
    snapshot, _new = Snapshot.objects.get_or_create(sha256=sha256, defaults=kept)
    return snapshot


def _office(cycle: Cycle) -> str:
    held = Jurisdiction.objects.active().filter(region=cycle.region_id).select_related("office").first()
    return held.office.name if held else ""


def _rule(cycle: Cycle) -> shapes.Regulation:
    revision = cycle.revision
    return shapes.Regulation(
        regulation=revision.instrument.regulation, title=revision.title, revision=revision.number,
        content_hash=revision.content_hash, text_status=revision.get_text_status_display(),
        text_note=revision.text_note, text_code=revision.text_status,
    )  # fmt: skip


def _package(package: Package) -> shapes.Sent:
    return shapes.Sent(
        number=package.number, at=package.sent_at, late=package.late, endorsed_by=package.endorsed_by,
        endorsed_on=package.endorsed_on, trail_head=package.trail_head,
    )  # fmt: skip


def _rights(cycle: Cycle, mine: Scorecard, shown: Scorecard | None) -> tuple[shapes.RightRow, ...]:
    own = {row.right: row for row in mine.rights}
    theirs = {row.right: row for row in shown.rights} if shown else {}
    return tuple(
        shapes.RightRow(
            code=right.code, name=right.name, short_name=right.short_name,
            indicators=own[right.code].indicators, counted=own[right.code].counted,
            self_score=own[right.code].score,
            verified_score=theirs[right.code].score if shown else None,
        )
        for right in cycle.revision.rights.all()
        if right.code in own
    )  # fmt: skip


def _totals(cycle: Cycle, mine: Scorecard, shown: Scorecard | None) -> shapes.Totals:
    confirmed = cycle.revision.predicates.filter(working=False).exclude(minimum=None)
    totals = shapes.Totals(
        indicators=sum(row.indicators for row in mine.rights), counted=mine.counted, self_score=mine.total,
        verified_score=None, bonus=None, bonus_source="", final=None, predicate="", predicate_working=False,
        threshold=min((row.minimum for row in confirmed if row.minimum is not None), default=None),
    )  # fmt: skip
    if shown is None:
        return totals
    bonus = cycle.bonuses.first()
    return replace(
        totals, verified_score=shown.total, bonus=shown.bonus, bonus_source=bonus.source if bonus else "",
        final=shown.final, predicate=shown.predicate.name if shown.predicate else "",
        predicate_working=bool(shown.working),
    )  # fmt: skip


def _sheets(cycle: Cycle, answers: list[Answer], verdicts: Verdicts) -> tuple[shapes.Sheet, ...]:
    owners = dict(Assignment.objects.responsible().filter(cycle=cycle).values_list("indicator_id", "agency__name"))
    passed = Review.objects.filter(answer__cycle=cycle, reader=Reader.COORDINATOR).select_related("decided_by")
    accepted = {row.answer_id: row for row in passed.order_by("pk")}
    remarks = _remarks(cycle)
    return tuple(
        _sheet(row, owners.get(row.indicator_id, ""), verdicts, accepted.get(row.pk), remarks[row.pk])
        for row in answers
    )


def _sheet(
    answer: Answer, owner: str, verdicts: Verdicts, accepted: Review | None, remarks: list[shapes.Remark]
) -> shapes.Sheet:
    indicator, submission = answer.indicator, answer.last_submission
    review = verdicts.standing.get(answer.pk)
    return shapes.Sheet(
        number=indicator.number, right=indicator.right.code, kind=indicator.get_kind_display(), text=indicator.text,
        agency=owner, status=_status(answer), answer_type=indicator.answer_type,
        unit="%" if indicator.answer_type == "ratio" else indicator.unit,
        numerator=indicator.numerator, denominator=indicator.denominator, maximum=scoring_rule_of(indicator).max_points,
        basis=indicator.basis, rungs=_rungs(indicator),
        counted=counts(answer, verdicts), submitted=_submitted(submission) if submission else None,
        checked=_checked(accepted) if accepted else None, decided=_decided(answer, review) if review else None,
        documents=tuple(_cited(row) for row in submission.citations.all()) if submission else (),
        remarks=tuple(remarks),
    )  # fmt: skip


def _rungs(indicator: Indicator) -> tuple[shapes.Rung, ...]:
    if indicator.answer_type == "choice":
        return tuple(shapes.Rung(row.points, row.label) for row in reversed(indicator.options.all()))
    steps = ladder(indicator, scoring.Value("")).rungs
    return tuple(shapes.Rung(step.points, step.words) for step in steps)


def _status(answer: Answer) -> str:
    return answer.get_status_display() if answer.last_submission_id else NOT_SUBMITTED


def _value(content: Submission | Review, achievement: Decimal | None) -> shapes.Value:
    label = WORDS.get(content.form) or (content.option.label if content.option else "")
    return shapes.Value(content.form, label, content.numerator, content.denominator, achievement)


def _submitted(row: Submission) -> shapes.Submitted:
    return shapes.Submitted(
        value=_value(row, row.achievement), points=row.points, reason=row.reason, note=row.note,
        agency=row.agency.name, by=f"{row.submitted_by.name} ({row.submitted_as})", at=row.submitted_at,
        serial=row.serial, endorsed=row.endorsed, on_behalf=row.on_behalf, missing=tuple(row.missing),
    )  # fmt: skip


def _checked(row: Review) -> shapes.Checked:
    return shapes.Checked(sure(row.points), row.decided_by.name, row.decided_at, row.own_work)


def _decided(answer: Answer, row: Review) -> shapes.Decided:
    value = shapes.Value(AnswerKind.NONE.value, row.get_outcome_display(), None, None, None)
    if row.outcome in (Outcome.CONFIRMED, Outcome.CHANGED):
        achievement = scoring.achievement(scoring_rule_of(answer.indicator), row.value)
        value = _value(row, achievement)
    elif row.outcome == Outcome.NOT_APPLICABLE:
        value = shapes.Value(AnswerKind.NOT_APPLICABLE.value, WORDS[AnswerKind.NOT_APPLICABLE], None, None, None)
    return shapes.Decided(
        outcome=row.get_outcome_display(), value=value, rule_points=row.rule_points, points=row.points,
        reason=row.reason, note=row.note, by=row.decided_by.name, at=row.decided_at,
        round=row.round.number if row.round else None, code=row.outcome,
    )  # fmt: skip


def _cited(row: SubmittedCitation) -> shapes.Cited:
    evidence = row.evidence
    return shapes.Cited(
        title=evidence.title, kind=evidence.get_kind_display(), number=evidence.number, dated_on=evidence.dated_on,
        pages=row.pages, document=row.document.text if row.document else "", note=row.note,
        owner=evidence.agency.name, file_name=evidence.file_name, size=evidence.file.size,
        sha256=evidence.file.sha256,
    )  # fmt: skip


def _remarks(cycle: Cycle) -> dict[int, list[shapes.Remark]]:
    related = ("returned__round", "returned__answer__last_submission", "document", "evidence")
    rows = ReturnNote.objects.filter(returned__answer__cycle=cycle).select_related(*related)
    found: dict[int, list[shapes.Remark]] = defaultdict(list)
    for row in rows.order_by("returned__returned_at", "pk"):
        remark = shapes.Remark(
            row.returned.get_reader_display(), row.returned.round.number if row.returned.round else None, row.about,
            row.text, row.reply if row.sent_with_reply else "", row.returned.returned_at,
        )  # fmt: skip
        found[row.returned.answer_id].append(remark)
    return found
