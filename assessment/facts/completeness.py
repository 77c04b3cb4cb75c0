"""What an answer still lacks before it is complete (docs/aturan.md, "Lengkap dan terisi")."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment import scoring
from assessment.enums import AnswerKind, EvidenceKind
from assessment.facts.indicator_rules import scoring_rule_of
from assessment.models import Answer, Citation
from indicators.models import Indicator


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: a value, a reason, or a document, with the words for the person."""

    part: str
    text: str
    required_document: int | None = None


def citations_of(answers: Iterable[Answer]) -> Mapping[int, list[tuple[int | None, str]]]:
    """Return what `lacks` reads of the citations of many answers, by the answer's id, in one query."""
    found: dict[int, list[tuple[int | None, str]]] = defaultdict(list)
    rows = Citation.objects.filter(answer__in=[answer.pk for answer in answers])
    for answer_id, document_id, kind in rows.values_list("answer_id", "document_id", "evidence__kind"):
        found[answer_id].append((document_id, kind))
    return found


def lacks(answer: Answer, cited: Iterable[tuple[int | None, str]]) -> list[Lack]:
    """Return what is missing, in the order in which it is filled in; an empty list means complete.

    `cited` are the pairs (required document's id, evidence kind) of the answer's citations. Needs the indicator's rule
    and documents fetched along.
    """
    cited = list(cited)
    if answer.form == AnswerKind.NOT_APPLICABLE:
        return _reason(answer) + _statement(cited)
    if scoring.is_empty(scoring_rule_of(answer.indicator), answer.value):
        return [Lack("value", "jawaban belum diisi")]
    if not asks_documents(answer.indicator, answer.value):
        return _reason(answer)
    return _required_documents(answer, {proved for proved, _kind in cited})


def asks_documents(indicator: Indicator, value: scoring.Value) -> bool:
    """Whether an answer needs the indicator's documents: not where nothing is claimed.

    docs/aturan.md, "Lengkap dan terisi": that is "tidak ada", "tidak berlaku", and a value worth no points. What is
    not answered yet may still need them.
    """
    if value.form in (AnswerKind.NONE, AnswerKind.NOT_APPLICABLE):
        return False
    rule = scoring_rule_of(indicator)
    return scoring.is_empty(rule, value) or scoring.points(rule, value) != 0


def has_value(answer: Answer) -> bool:
    """Whether there is anything to submit: a whole value, or one of the two other forms."""
    return not scoring.is_empty(scoring_rule_of(answer.indicator), answer.value)


def _reason(answer: Answer) -> list[Lack]:
    return [] if answer.reason.strip() else [Lack("reason", "alasan belum ditulis")]


def _statement(cited: list[tuple[int | None, str]]) -> list[Lack]:
    if any(kind == EvidenceKind.STATEMENT for _document, kind in cited):
        return []
    return [Lack("document", "surat keterangan kepala perangkat daerah belum dilampirkan")]


def _required_documents(answer: Answer, proved: set[int | None]) -> list[Lack]:
    required = [row for row in answer.indicator.documents.all() if row.required]
    return [Lack("document", row.text, row.pk) for row in required if row.pk not in proved]
