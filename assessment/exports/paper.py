"""The dossier on paper: what stands on its cover, in its summary, on the pages of a right, and about itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.parts import Fact
from accounts.words import day, lowered, number, score, short_moment
from assessment.dossier import Dossier
from assessment.dossier.shapes import Regulation, RightRow, Sent, Totals
from assessment.exports.cover import Cloth, cloth_of
from assessment.exports.printed import Print
from assessment.exports.sheets import Figure, SheetPage, page_of
from assessment.facts.charts import Chart, chart_of

CHART_ROW = 18
LONG_PREDICATE = 12  # letters; longer ones are written smaller
HASH_SHOWN = 16  # digits at the foot of each page
REVIEWER = "reviewer"


@dataclass(frozen=True)
class Line:
    """One line about the document: its name, and words or a hash."""

    label: str
    value: str
    is_hash: bool = False


@dataclass(frozen=True)
class Recap:
    """The summary: figures, what has to be known of them, and the words around chart and table."""

    figures: tuple[Figure, ...]
    remarks: tuple[str, ...]
    heading: str
    caption: str
    bonus_source: str


@dataclass(frozen=True)
class RightPart:
    """One right: its figures, and the pages of its indicators."""

    code: str
    name: str
    figures: tuple[Figure, ...]
    pages: tuple[SheetPage, ...]


@dataclass(frozen=True)
class Paper:
    """All that the document says beside the dossier's own words and numbers."""

    title: str
    head: str
    foot: str
    verified: bool  # whether the reviewer's points may be read
    cloth: Cloth
    legend: str
    draft: Fact | None  # that the wording is not the official one
    recap: Recap
    chart: Chart
    parts: tuple[RightPart, ...]
    about: tuple[Line, ...]
    today: tuple[Line, ...]


def paper_of(printed: Print) -> Paper:
    """Return what is written on paper, from the frozen object alone."""
    dossier, totals = printed.dossier, printed.dossier.totals
    verified = totals.verified_score is not None
    return Paper(
        title=_title(dossier),
        head=f"{dossier.region} · Penilaian {dossier.assessment_year} · Data {dossier.data_year}",
        foot=_foot(printed),
        verified=verified,
        cloth=cloth_of(dossier),
        legend=_legend(verified=verified),
        draft=_draft(dossier.rule),
        recap=_recap(totals, verified=verified),
        chart=chart_of(dossier.rights, totals.threshold, verified=verified, row=CHART_ROW),
        parts=tuple(_part(dossier, right, verified=verified) for right in dossier.rights),
        about=tuple(_about(printed)),
        today=tuple(_today(printed)),
    )


def _title(dossier: Dossier) -> str:
    sample = " (data contoh)" if dossier.demo else ""
    return f"Dokumen Penilaian Kabupaten/Kota Peduli HAM {dossier.assessment_year}, {dossier.region}{sample}"


def _foot(printed: Print) -> str:
    dossier = printed.dossier
    frozen = f"dibekukan {short_moment(dossier.taken_at, dossier.zone)}"
    sample = ["DATA CONTOH"] if dossier.demo else []
    return " · ".join((printed.code, f"{printed.sha256[:HASH_SHOWN]}…", frozen, *sample))


def _legend(*, verified: bool) -> str:
    missing = "dihitung" if verified else "diajukan"
    return (
        "Satu kelopak satu indikator, satu kolom satu hak. Makin tua warnanya, makin tinggi nilainya; "
        f"kuning: kurang dari 3 dari 10; abu-abu: tidak {missing}."
    )


def _draft(rule: Regulation) -> Fact | None:
    if rule.official:
        return None
    usual = (
        "Rumusan dan nilai indikator adalah rekonstruksi kerja yang belum dicocokkan dengan lampiran resmi "
        f"{rule.regulation}."
    )
    return Fact(rule.text_status, rule.text_note or usual)


def _recap(totals: Totals, *, verified: bool) -> Recap:
    remarks = (
        "" if verified else "Nilai verifikasi tercantum setelah hasil ditetapkan.",
        "Batas predikat ini adalah batas kerja yang belum pasti." if totals.predicate_working else "",
    )
    bars = "Batang: nilai verifikasi. Garis tegak hitam: nilai mandiri." if verified else "Batang: nilai mandiri."
    light = f" Batang muda berada di bawah ambang {number(totals.threshold)}." if totals.threshold else ""
    return Recap(
        figures=tuple(_sums(totals, verified=verified)),
        remarks=tuple(filter(None, remarks)),
        heading="Nilai verifikasi per hak" if verified else "Nilai mandiri per hak",
        caption=f"{bars}{light}",
        bonus_source=f"({totals.bonus_source})" if totals.bonus_source else "",
    )


def _sums(totals: Totals, *, verified: bool) -> Iterator[Figure]:
    if verified:
        look = "long" if len(totals.predicate) > LONG_PREDICATE else ""
        yield Figure("Predikat", totals.predicate or "Belum ditetapkan", look)
        yield Figure("Nilai akhir", score(totals.final))
        yield Figure("Nilai verifikasi", score(totals.verified_score))
    yield Figure("Nilai mandiri", score(totals.self_score))
    if totals.threshold:
        yield Figure("Ambang", score(totals.threshold))


def _part(dossier: Dossier, right: RightRow, *, verified: bool) -> RightPart:
    figures = [
        Figure("Indikator", str(right.indicators)),
        Figure("Dihitung", str(right.counted)),
        Figure("Nilai mandiri", score(right.self_score)),
    ]
    if verified:
        figures.append(Figure("Nilai verifikasi", score(right.verified_score)))
    pages = (page_of(sheet, right.name, verified=verified) for sheet in dossier.sheets_of(right.code))
    return RightPart(right.code, right.name, tuple(figures), tuple(pages))


def _about(printed: Print) -> Iterator[Line]:
    """How the document can be checked."""
    dossier, rule = printed.dossier, printed.dossier.rule
    reader = "kantor verifikasi" if dossier.reader == REVIEWER else "kabupaten/kota"
    yield Line("Kode dokumen", printed.code)
    yield Line("Hash snapshot (SHA-256)", printed.sha256, is_hash=True)
    yield Line("Dibekukan", f"{short_moment(dossier.taken_at, dossier.zone)}, menurut {reader}")
    yield Line("Instrumen", f"{rule.regulation}, revisi {rule.revision} ({lowered(rule.text_status)})")
    yield Line("Hash instrumen", rule.content_hash, is_hash=True)
    if dossier.package:
        yield Line("Paket", _package(dossier.package, dossier.zone))
        yield Line("Ujung jejak sebelum paket", dossier.package.trail_head, is_hash=True)
    yield Line("Ujung jejak saat dibekukan", dossier.trail_head, is_hash=True)
    yield Line("Data dukung", f"{number(dossier.citations)} rujukan dokumen")


def _package(sent: Sent, zone: str) -> str:
    late = " (terlambat)" if sent.late else ""
    signed = f" pada {day(sent.endorsed_on)}" if sent.endorsed_on else ""
    return f"Paket {sent.number}, diserahkan {short_moment(sent.at, zone)}{late}, disahkan {sent.endorsed_by}{signed}"


def _today(printed: Print) -> Iterator[Line]:
    """What may have changed since the dossier was frozen."""
    made = short_moment(printed.made_at, printed.dossier.zone)
    for name, value in printed.fate:
        yield Line(name, value)
    if printed.trail_head:
        yield Line("Ujung jejak sebelum hasil", printed.trail_head, is_hash=True)
    yield Line("Dibuat", f"{made}, perangkat lunak Peduli HAM {printed.version}")
