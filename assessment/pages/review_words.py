"""What the reviewer's room says of one indicator: its figures, its documents, its list, and the bar below."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator

from accounts.parts import Button, Fact, Said
from accounts.words import filesize, number, short_moment
from assessment.enums import AnswerKind
from assessment.facts.value_words import value_words
from assessment.models import SubmittedCitation
from assessment.pages.review_list import AWAITED, BACK, DECIDED, MISSING, NOTED, OPEN, Item, Room
from assessment.uploads.types import BY_TYPE

SMALL, LARGE, SHORT = 960, 1600, 38
NEXT_KEY, DECIDE_KEY = {"data-key": "Shift+ArrowRight"}, {"data-key": "Control+Enter"}
STATES = {
    DECIDED: Said("", "yes", "badge-check", "Diputuskan"),
    AWAITED: Said("", "no", "undo-2", "Ditunggu dari perangkat daerah"),
    NOTED: Said("", "no", "bookmark", "Dicatat untuk putaran"),
    BACK: Said("", "warn", "refresh-cw", "Sudah diperbaiki, belum diputuskan"),
    MISSING: Said("", "muted", "circle-x", "Tidak pernah diajukan, belum diputuskan"),
    OPEN: Said("", "muted", "circle-dashed", "Belum diputuskan"),
}


@dataclass(frozen=True)
class ListRow:
    """One indicator of the list: where it leads, its state, its points, and whether it is in view."""

    item: Item
    url: str
    state: Said
    points: str
    chosen: bool


@dataclass(frozen=True)
class ListGroup:
    """One right of the list with its indicators that are shown."""

    heading: str
    rows: tuple[ListRow, ...]


@dataclass(frozen=True)
class Viewer:
    """The documents of a submission, one page of one of them in view."""

    tabs: tuple[tuple[str, str, bool], ...]  # label, address, whether it is in view
    title: str
    about: tuple[str, ...]
    cited: str  # the pages that the agency cites
    home: str  # back to the first of them
    pinned: bool
    page: int
    pages: int
    large: bool
    turns: tuple[Button, ...]  # in the tools above
    turns_below: tuple[Button, ...]
    zoom: Button
    file: str
    detail: str
    picture: str
    wider: str
    following: str  # the picture of the page after this one; empty on the last


def figures_of(page) -> list[Fact]:
    """Return the three values side by side: the agency's, the coordinator's check, the reviewer's."""
    decided = Fact("Verifikasi", notes=(Said("belum diputuskan"),))
    if page.review:
        decided = Fact("Verifikasi", number(page.review.points), (Said(page.review.verdict),))
    return [_own_figure(page), Fact("Pra-verifikasi", notes=tuple(_checked(page))), decided]


def _own_figure(page) -> Fact:
    given = page.submission
    if given is None:
        return Fact("Nilai mandiri", "–", (Said("tidak diajukan"),))
    words = ""
    if given.form != AnswerKind.VALUE or page.answer.indicator.answer_type == "ratio":
        words = value_words(given)
    elif given.number is not None:
        words = page.ladder.measure
    return Fact("Nilai mandiri", number(given.points), (Said(words),))


def _checked(page) -> Iterable[Said]:
    if page.sent_back:
        yield Said("dikembalikan, tidak diajukan lagi", "no")
        yield Said(short_moment(page.sent_back.returned_at, page.zone))
    elif page.accepted:
        own = ", diperiksa oleh pengisinya" if page.accepted.own_work else ""
        yield Said(f" lolos{own}", "yes", "circle-check")
        yield Said(short_moment(page.accepted.decided_at, page.zone))
    else:
        yield Said("belum diperiksa")


def facts_of(page) -> list[Fact]:
    """Return the words of the submission, in the order in which they are read."""
    given, indicator = page.submission, page.answer.indicator
    by = f"{given.submitted_by.name} ({given.submitted_as}), {short_moment(given.submitted_at, page.zone)}"
    behalf = f"; diisi koordinator untuk {given.agency}" if given.on_behalf else ""
    option = given.option_id and given.form == AnswerKind.VALUE
    achieved = given.achievement is not None and indicator.answer_type == "ratio"
    rows = [
        Fact("Jawaban", value_words(given) if option else ""),
        Fact("Capaian", page.ladder.measure if achieved else ""),
        Fact("Alasan", given.reason),
        Fact("Catatan", given.note),
        Fact("Diajukan", f"{by}{behalf}"),
        Fact("Kurang", "; ".join(given.missing or ()), tone="no"),
    ]
    return [row for row in rows if row.value]


def list_of(room: Room, chosen: int) -> list[ListGroup]:
    """Return the indicators of the chosen filter by rights; `chosen` is the answer in view."""
    return [
        ListGroup(f"{right.short_name} · {decided} dari {total}", tuple(_row(room, item, chosen) for item in shown))
        for right, decided, total, shown in room.groups
        if shown
    ]


def _row(room: Room, item: Item, chosen: int) -> ListRow:
    points = number(item.review.points) if item.review else ""
    return ListRow(item, room.url_of(item), STATES[item.state], points, item.answer.pk == chosen)


def viewer_of(page) -> Viewer | None:
    """Return the documents in view; None where the submission has none."""
    row = page.citation
    if row is None:
        return None
    at, evidence = page.page if page.pages else 0, row.evidence
    following = at + 1 if at < page.pages else 0
    return Viewer(
        tabs=tuple((_short(cited), _view(page, dokumen=place), chosen) for place, cited, chosen in page.tabs),
        title=evidence.title,
        about=tuple(_about(row)),
        cited=row.pages,
        home=_view(page),
        pinned=bool(page.pages and row.pages and page.cited),
        page=at,
        pages=page.pages,
        large=page.large,
        turns=tuple(_turns(page, at)),
        turns_below=tuple(_turns_below(page, at)),
        zoom=_zoom(page, at),
        file=reverse("evidence-file", args=[evidence.public_id]),
        detail=reverse("evidence-detail", args=[evidence.public_id]),
        picture=_picture(row, at, SMALL),
        wider=f"{_picture(row, at, SMALL)} {SMALL}w, {_picture(row, at, LARGE)} {LARGE}w",
        following=_picture(row, following, SMALL) if following else "",
    )


def _short(row: SubmittedCitation) -> str:
    return Truncator(row.document.text if row.document else row.evidence.title).chars(SHORT)


def _about(row: SubmittedCitation) -> Iterable[str]:
    evidence = row.evidence
    yield evidence.get_kind_display()
    if evidence.number:
        yield evidence.number
    if evidence.dated_on:
        yield date_format(evidence.dated_on)
    yield f"{BY_TYPE[evidence.file.content_type].label}, {filesize(evidence.file.size)}"
    if row.note:
        yield row.note


def _view(page, **asked) -> str:
    """The address of a view of the documents, the filter of the list kept."""
    query = {"dokumen": page.shown, **asked, "saring": page.room.chosen}
    if query.pop("besar", None):
        query["besar"] = 1
    return f"?{urlencode(query)}#dokumen"


def _picture(row: SubmittedCitation, leaf: int, width: int) -> str:
    return reverse("evidence-picture", args=[row.evidence.public_id, leaf, width]) if leaf else ""


def _turns(page, at: int) -> Iterable[Button]:
    """One page back and one on, in the tools; the arrow keys turn pages too, unless the page is large."""
    back, on = ("mundur", "ArrowLeft"), ("maju", "ArrowRight")
    if at > 1:
        yield _turn(page, at - 1, back, Button("", icon="arrow-left", hidden="Halaman sebelumnya"))
    if at < page.pages:
        yield _turn(page, at + 1, on, Button("", icon="arrow-right", hidden="Halaman berikutnya"))


def _turn(page, leaf: int, named: tuple[str, str], button: Button) -> Button:
    name, key = named
    data = {"id": name} if page.large else {"id": name, "data-key": key}
    return replace(button, url=_view(page, hal=leaf, besar=page.large), data=data)


def _turns_below(page, at: int) -> Iterable[Button]:
    if at > 1:
        yield Button(f"Halaman {at - 1}", _view(page, hal=at - 1), "line btn-sm", icon="arrow-left")
    if 0 < at < page.pages:
        yield Button(f"Halaman {at + 1}", _view(page, hal=at + 1), "line btn-sm", icon_after="arrow-right")


def _zoom(page, at: int) -> Button:
    icon, hidden = ("zoom-out", "Perkecil") if page.large else ("zoom-in", "Perbesar")
    return Button("", _view(page, hal=at, besar=not page.large), icon=icon, hidden=hidden)


def acts_of(page) -> list[Button]:
    """Return the buttons of the bar: one way to decide at a time, the ways within the page, and the way on."""
    buttons = [] if page.blocked else list(_deciding(page))
    buttons.append(Button("Bukti", "#dokumen", "line rv-jump"))
    if page.submission and not page.blocked:
        label = "Lainnya" if page.plain and not page.review else "Keputusan"
        buttons.append(Button(label, "#keputusan", "line rv-jump", data={"data-unfolds": "keputusan-lain"}))
    on = "Ke ringkasan" if not page.following else "Lanjut" if page.blocked or page.review else "Lewati"
    buttons.append(Button(on, page.next_url, "line on", data=NEXT_KEY))
    return buttons


def _deciding(page) -> Iterable[Button]:
    sends = {"form": "putusan", **DECIDE_KEY}
    if page.submission:
        after = "hapus catatan" if page.pending else "lanjut"
        yield Button(f"Simpan keputusan, {after}", look="next save", data=sends)
    if page.one_press:
        yield Button(_one_press(page), look="next one", data={**sends, "name": "confirm", "value": "1"})


def _one_press(page) -> str:
    if page.submission:
        after = "hapus catatan" if page.pending else "lanjut"
        return f"Setujui nilai {number(page.submission.points)}, {after}"
    return f"Putuskan tidak diisi, {'hapus catatan' if page.pending else 'nilai 0'}"
