"""Every status, outcome and kind of the yearly assessment; imports nothing of ours."""

from enum import StrEnum

from django.db.models import TextChoices


class CycleStatus(TextChoices):
    """Where a cycle stands (docs/alur-kerja.md, "Periode penilaian")."""

    PREPARATION = "preparation", "Persiapan"
    FILLING = "filling", "Pengisian"
    SUBMITTED = "submitted", "Diserahkan"
    VERIFICATION = "verification", "Verifikasi"
    PROPOSED = "proposed", "Hasil diusulkan"
    FINALISED = "finalised", "Hasil ditetapkan"
    ANNOUNCED = "announced", "Diumumkan"
    CANCELLED = "cancelled", "Dibatalkan"


class AnswerStatus(TextChoices):
    """Where an answer stands; empty is not a status but a fact."""

    DRAFT = "draft", "Draf"
    READY = "ready", "Menunggu pengesahan"
    SUBMITTED = "submitted", "Diajukan"
    ACCEPTED = "accepted", "Lolos pra-verifikasi"
    RETURNED = "returned", "Perlu diperbaiki"
    VERIFIED = "verified", "Terverifikasi"


EDITABLE = (AnswerStatus.DRAFT, AnswerStatus.RETURNED)  # the answer lies open before its operators


class AnswerKind(TextChoices):
    """What takes the place of the answer: a value, or one of the two that need a reason."""

    VALUE = "value", "Ada jawabannya"
    NONE = "none", "Tidak ada"
    NOT_APPLICABLE = "not_applicable", "Tidak berlaku"


class EvidenceKind(TextChoices):
    """What kind of document a piece of evidence is."""

    REGIONAL_REGULATION = "perda", "Peraturan daerah"
    HEAD_REGULATION = "perkada", "Peraturan bupati/wali kota"
    DECREE = "sk", "Surat keputusan"
    BUDGET = "dpa", "Dokumen anggaran (DPA)"
    PROCEDURE = "sop", "SOP"
    REPORT = "laporan", "Laporan"
    DATA = "data", "Rekapitulasi data"
    PHOTO = "foto", "Foto"
    STATEMENT = "keterangan", "Surat keterangan"
    OTHER = "lain", "Dokumen lain"


class NotePart(TextChoices):
    """The part of an answer that a return's note is about."""

    VALUE = "value", "Nilai jawaban"
    REASON = "reason", "Alasan"
    DOCUMENT = "document", "Dokumen yang diminta"
    CITATION = "citation", "Data dukung"
    WHOLE = "whole", "Keseluruhan"


class Reader(TextChoices):
    """As what a person decides on a submission."""

    COORDINATOR = "coordinator", "Koordinator"
    REVIEWER = "reviewer", "Verifikator"


class Audience(StrEnum):
    """Whose view a dossier is: the regency's, without decisions until they are fixed, or the reviewer's."""

    REGENCY = "regency"
    REVIEWER = "reviewer"


class Outcome(TextChoices):
    """What a reader decided about a submission, or about the lack of one."""

    ACCEPTED = "accepted", "Lolos pra-verifikasi"
    CONFIRMED = "confirmed", "Nilai disetujui"
    CHANGED = "changed", "Nilai ditetapkan lain"
    NOT_APPLICABLE = "not_applicable", "Tidak berlaku diterima"
    REFUSED = "refused", "Tidak berlaku ditolak"
    NOT_FILLED = "not_filled", "Tidak diisi"


AGREED_WITH_OTHER_POINTS = "Jawaban disetujui dengan nilai lain"  # agreeing with it, not with what the rule gives


class ResultOutcome(TextChoices):
    """What the second reviewer did with a proposed result."""

    FIXED = "fixed", "Ditetapkan"
    GIVEN_BACK = "given_back", "Dikembalikan"


class ProblemStatus(TextChoices):
    """Where a human-rights problem stands; overdue and answered late are facts of dates."""

    OPEN = "open", "Belum ditanggapi"
    RESPONDED = "responded", "Ditanggapi"
    RESOLVED = "resolved", "Selesai"


class AwardEnd(TextChoices):
    """How an award ended."""

    REVOKED = "revoked", "Dicabut"
    LAPSED = "lapsed", "Gugur sebelum ditetapkan"


def problem_status_choices() -> list[tuple[str, str]]:
    """Statuses of a problem with their words."""
    return ProblemStatus.choices


def award_end_choices() -> list[tuple[str, str]]:
    """Ends of an award with their words."""
    return AwardEnd.choices


class DocumentKind(TextChoices):
    """As what a dossier is printed."""

    PDF = "pdf", "PDF"
    EXCEL = "xlsx", "Excel"


class DocumentState(TextChoices):
    """How far the printing of a document is."""

    QUEUED = "queued", "Menunggu giliran"
    WORKING = "working", "Sedang dibuat"
    READY = "ready", "Siap"
    FAILED = "failed", "Gagal dibuat"


def document_kind_choices() -> list[tuple[str, str]]:
    """Kinds of documents with their words."""
    return DocumentKind.choices


def document_state_choices() -> list[tuple[str, str]]:
    """States of a document with their words."""
    return DocumentState.choices


def cycle_status_choices() -> list[tuple[str, str]]:
    """Statuses of a cycle with their words."""
    return CycleStatus.choices


def answer_status_choices() -> list[tuple[str, str]]:
    """Statuses of an answer with their words."""
    return AnswerStatus.choices


def answer_form_choices() -> list[tuple[str, str]]:
    """Forms of an answer with their words."""
    return AnswerKind.choices


def evidence_kind_choices() -> list[tuple[str, str]]:
    """Kinds of evidence with their words."""
    return EvidenceKind.choices


def note_part_choices() -> list[tuple[str, str]]:
    """Parts of an answer with their words."""
    return NotePart.choices


def reader_choices() -> list[tuple[str, str]]:
    """Readers with their words."""
    return Reader.choices


def outcome_choices() -> list[tuple[str, str]]:
    """Outcomes with their words."""
    return Outcome.choices


def result_outcome_choices() -> list[tuple[str, str]]:
    """Ends of a proposal with their words."""
    return ResultOutcome.choices
