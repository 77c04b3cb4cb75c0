"""Which answers came back to their agency and were not touched since."""

from collections.abc import Iterable, Mapping

from django.db.models import Max

from accounts.models import AuditEvent
from assessment.enums import AnswerStatus
from assessment.models import Answer

HANDED_BACK = "answer.handed_back"
TO_THE_AGENCY = (HANDED_BACK, "answer.returned", "answer.reopened")
BY_THE_AGENCY = ("answer.saved", "answer.replied", "citation.added", "citation.removed", "citation.renewed")
OPEN = (AnswerStatus.DRAFT, AnswerStatus.RETURNED)


def untouched(answers: Iterable[Answer]) -> Mapping[int, str]:
    """Return by which verb of the trail the untouched ones came back, by the answer's id, in one query."""
    ids = [str(answer.pk) for answer in answers if answer.status in OPEN]
    moved = AuditEvent.objects.filter(
        target_type=Answer._meta.model_name, target_id__in=ids, verb__in=(*TO_THE_AGENCY, *BY_THE_AGENCY)
    )
    newest = moved.order_by().values("target_id").annotate(newest=Max("pk")).values("newest")
    rows = AuditEvent.objects.filter(pk__in=newest, verb__in=TO_THE_AGENCY)
    return {int(key): verb for key, verb in rows.values_list("target_id", "verb")}
