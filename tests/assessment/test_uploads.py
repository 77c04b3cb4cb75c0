"""Files from outside: typed by content, checked by structure, refused with a sentence that helps."""

import datetime as dt
import hashlib
import unicodedata

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry, Membership
from assessment.actions import answers
from assessment.actions.citations import Reference, cite, remove_citation
from assessment.models import Assignment, Citation, Evidence, StoredFile
from assessment.uploads.keeping import path_of, root
from assessment.uploads.names import shown_name
from assessment.uploads.parts import PartReader
from assessment.uploads.refusals import RefusedFileError
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.verification import open_round, start, submitted
from tests.kept import kept

Name, Dictionary, Array, String = pikepdf.Name, pikepdf.Dictionary, pikepdf.Array, pikepdf.String


@kept
def answer(region, places):
    return answer_of(open_cycle(region, agency=places.health), 1)


def send(client, answer, content: bytes, name: str, content_type="application/octet-stream", **fields):
    data = {"title": "Perda bantuan hukum", "kind": "perda", "document": "", "pages": "", **fields}
    data["file"] = SimpleUploadedFile(name, content, content_type)
    return client.post(reverse("citation-upload", args=[answer.pk]), data)


LARGE = hostile.image(size=(2600, 2000))  # decoded by a process of its own
GOOD = {
    "laporan.pdf": hostile.pdf,
    "foto.jpg": hostile.image,
    "FOTO.JPEG": hostile.image,
    "foto.png": lambda: hostile.image("PNG"),
    "foto.webp": lambda: hostile.image("WEBP"),
    "foto-besar.jpg": lambda: LARGE,
    "surat.docx": hostile.docx,
    "tabel.xlsx": hostile.xlsx,
    "dua-lembar.xlsx": lambda: hostile.xlsx(
        {f"xl/printerSettings/printerSettings{n}.bin": b"\1\2" for n in (1, 2, 12)}
    ),
    "surat.odt": hostile.odt,
    "dasar.docx": lambda: hostile.docx({"word/media/basic.xml": "<a/>"}),
    "surat-bertautan.odt": lambda: hostile.odt(
        '<office:text xmlns:office="o" xmlns:text="t" xmlns:meta="m" xmlns:xlink="x"><text:a xlink:href="https://go.id"/>'
        '<meta:template xlink:href="../../Templat/surat.ott"/></office:text>'
    ),
    "pemilik.pdf": lambda: hostile.locked_pdf(user=""),
    "x.exe.pdf": hostile.pdf,
    "tautan.docx": lambda: hostile.docx(
        {"word/_rels/document.xml.rels": hostile.relations("https://go.id", "hyperlink")}
    ),
    "buka-halaman.pdf": lambda: hostile.pdf_with_root(OpenAction=Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))),
}


@pytest.mark.parametrize("name", GOOD)
def test_honest_file_is_kept_bit_by_bit_under_its_hash(client_of, people, answer, name):
    content = GOOD[name]()

    response = send(client_of(people.operator), answer, content, name)

    stored = StoredFile.objects.get()
    assert response.status_code == 302
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert path_of(stored).read_bytes() == content
    assert Citation.objects.get().evidence.file_name == name


JS = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
BAD = {
    "kosong.pdf": (lambda: b"", "Berkas kosong"),
    "program.pdf": (lambda: b"MZ\x90\0" + b"\0" * 200, "Jenis berkas ini tidak diterima"),
    "elf.pdf": (lambda: b"\x7fELF\x02\x01\x01" + b"\0" * 200, "Jenis berkas ini tidak diterima"),
    "skrip.pdf": (lambda: b"#!/bin/sh\nrm -rf /\n", "Jenis berkas ini tidak diterima"),
    "laman.pdf": (lambda: b"<!doctype html><script>alert(1)</script>", "Jenis berkas ini tidak diterima"),
    "laman-dulu.pdf": (lambda: b"<html>" + b" " * 600 + hostile.pdf(), "Jenis berkas ini tidak diterima"),
    "ekor.pdf": (lambda: hostile.pdf() + b"<script>" + b"x" * 2000, "data lain di belakangnya"),
    "ekor-zip.pdf": (lambda: hostile.pdf() + hostile.docx({"a": hostile.noise(3000)}), "data lain di belakangnya"),
    "potong.pdf": (lambda: hostile.pdf(3)[:300], "tidak utuh atau rusak"),
    "jumlah-kata.pdf": (lambda: hostile.pdf().replace(b"/Count 1", b"/Count /x"), "tidak utuh atau rusak"),
    "kunci.pdf": (lambda: hostile.locked_pdf(user="rahasia"), "terkunci kata sandi"),
    "js.pdf": (lambda: hostile.pdf_with_root(OpenAction=JS), "bagian aktif"),
    "nama-js.pdf": (
        lambda: hostile.pdf_with_root(Names=Dictionary(JavaScript=Dictionary(Names=Array(["a", JS])))), "bagian aktif",
    ),
    "aksi.pdf": (lambda: hostile.pdf_with_root(AA=Dictionary(WC=JS)), "bagian aktif"),
    "lampiran.pdf": (
        lambda: hostile.pdf_with_root(Names=Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))), "bagian aktif",
    ),
    "jalankan.pdf": (lambda: hostile.pdf_with_annotation(S=Name.Launch, F=String("cmd.exe")), "bagian aktif"),
    "pergi.pdf": (lambda: hostile.pdf_with_annotation(S=Name.GoToR, F=String("lain.pdf")), "bagian aktif"),
    "formulir.pdf": (lambda: hostile.pdf_with_root(AcroForm=Dictionary(XFA=Array([]))), "bagian aktif"),
    "uri-buka.pdf": (lambda: hostile.pdf_with_root(OpenAction=Dictionary(S=Name.URI, URI=String("http://x"))), "aktif"),
    "media.pdf": (
        lambda: hostile.pdf(change=lambda document: document.pages[0].__setitem__(
            "/Annots", Array([Dictionary(Subtype=Name.RichMedia)]))), "bagian aktif",
    ),
    "gambar.gif": (lambda: b"GIF89a/*" + b"x" * 50 + b"*/=alert(1)", "Jenis berkas ini tidak diterima"),
    "gambar.svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "tidak diterima"),
    "besar.png": (hostile.huge_png, "40 megapiksel"),
    "rusak.jpg": (lambda: hostile.image()[:200], "tidak utuh atau rusak"),
    "makro.docx": (lambda: hostile.docx({"word/vbaProject.bin": b"x"}), "memuat makro"),
    "makro.odt": (
        lambda: hostile.odt(parts={"Basic/script-lc.xml": "<a/>", "Basic/Standard/Module1.xml": "<m>Shell</m>"}),
        "memuat makro",
    ),
    "skrip.odt": (lambda: hostile.odt(parts={"Scripts/python/a.py": "print(1)"}), "memuat makro"),
    "makro-tipe.docx": (
        lambda: hostile.docx({"[Content_Types].xml": hostile.content_types("word.document.macroEnabled.main")}),
        "memuat makro",
    ),
    "makro-utf16.docx": (
        lambda: hostile.docx({
            "[Content_Types].xml": hostile.content_types("word.document.macroEnabled.main").encode("utf-16")
        }), "memuat makro",
    ),
    "templat-huruf-besar.docx": (
        lambda: hostile.docx({"word/_rels/settings.xml.RELS": hostile.relations("http://jahat/x.dotm")}), "dari luar",
    ),
    "medan-dde.docx": (
        lambda: hostile.docx({"word/document.xml": hostile.field("dde", " c:\\\\windows\\\\calc.exe")}), "dari luar",
    ),
    "program.docx": (lambda: hostile.docx({"word/media/image1.png": b"MZ\x90\0" + b"\0" * 60}), "dari luar"),
    "tautan-gambar.odt": (
        lambda: hostile.odt('<office:document-content xmlns:office="o" xmlns:draw="d" xmlns:xlink="x">'
                            '<draw:image xlink:href="http://jahat/x.png"/></office:document-content>'), "dari luar",
    ),
    "dalam.pdf": (lambda: hostile.pdf_with_root(Extra=hostile.nested(25)), "terlalu rumit"),
    "dwimuka.pdf": (hostile.pdf_and_archive, "data lain di belakangnya"),
    "dtd.docx": (
        lambda: hostile.docx({"word/document.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'}),
        "tidak utuh atau rusak",
    ),
    "templat.docx": (
        lambda: hostile.docx({"word/_rels/settings.xml.rels": hostile.relations("http://jahat/x.dotm")}), "dari luar",
    ),
    "gambar-lokal.docx": (
        lambda: hostile.docx({"word/_rels/document.xml.rels": hostile.relations("file:///c:/x.png", "image")}), "luar",
    ),
    "ole.xlsx": (lambda: hostile.xlsx({"xl/embeddings/oleObject1.bin": b"x"}), "dari luar"),
    "luar.xlsx": (lambda: hostile.xlsx({"xl/externalLinks/externalLink1.xml": "<a/>"}), "dari luar"),
    "kueri.xlsx": (lambda: hostile.xlsx({"xl/connections.xml": "<a/>"}), "dari luar"),
    "dde.xlsx": (lambda: hostile.xlsx({"xl/a.xml": "<ddeLink/>"}), "dari luar"),
    "lama.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Simpan sebagai PDF"),
    "sandi.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EncryptedPackage", "Simpan sebagai PDF"),
    "bom.docx": (hostile.bomb, "terlalu besar setelah dibuka"),
    "nisbah.docx": (lambda: hostile.bomb(20), "terlalu besar setelah dibuka"),
    "banyak.docx": (lambda: hostile.docx({f"a{n}": "" for n in range(2100)}), "terlalu besar setelah dibuka"),
    "naik.docx": (lambda: hostile.docx({"../../etc/passwd": "x"}), "tidak utuh atau rusak"),
    "mutlak.docx": (lambda: hostile.docx({"/etc/passwd": "x"}), "tidak utuh atau rusak"),
    "taut.docx": (lambda: hostile.docx(symlink="word/x"), "tidak utuh atau rusak"),
    "sarang.docx": (lambda: hostile.docx({"word/media/x.zip": hostile.zipped({"a": "b"})}), "dari luar"),
    "arsip.zip": (lambda: hostile.zipped({"a.pdf": hostile.pdf()}), "Arsip tidak diterima"),
    "laporan.pdf.exe": (hostile.pdf, "berakhiran .pdf"),
    "laporan": (hostile.pdf, "berakhiran .pdf"),
    "laporan.docx": (hostile.pdf, "Isi berkas ini PDF"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", BAD)
def test_harmful_or_broken_file_is_refused_with_help_and_leaves_nothing(client_of, people, answer, name):
    make, sentence = BAD[name]
    before = set(root().rglob("*"))

    response = send(client_of(people.operator), answer, make(), name, title="Judul yang sudah diketik")

    assert response.status_code == 422
    assert sentence in response.text
    assert "Judul yang sudah diketik" in response.text
    assert StoredFile.objects.count() == Evidence.objects.count() == 0
    assert set(root().rglob("*")) == before


@pytest.mark.parametrize("days", [0, 1])
def test_document_is_not_dated_after_today(client_of, people, answer, days):
    day = timezone.localdate() + dt.timedelta(days=days)

    response = send(client_of(people.operator), answer, hostile.pdf(), "perda.pdf", dated_on=day.isoformat())

    assert response.status_code == (422 if days else 302)
    assert ("Tanggal ini belum tiba" in response.text) is bool(days)


def test_document_of_today_is_taken_also_where_the_day_begins_earlier(client_of, people, region, answer, time_machine):
    region.zone = "Asia/Jayapura"
    region.save()
    year = timezone.now().year + 1
    time_machine.move_to(dt.datetime(year, 11, 30, 15, 30, tzinfo=dt.UTC), tick=False)  # 00.30 WIT, 22.30 WIB
    page = reverse("evidence-add", args=[answer.owner_id])
    fields = {"title": "Perda", "kind": "perda", "dated_on": f"{year}-12-01"}

    client_of(people.operator).post(page, {**fields, "file": SimpleUploadedFile("a.pdf", hostile.pdf())})

    assert Evidence.objects.get().dated_on == dt.date(year, 12, 1)


def test_large_photo_is_decoded_wherever_the_site_was_started(client_of, people, answer, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    response = send(client_of(people.operator), answer, LARGE, "foto.jpg")

    assert response.status_code == 302


def test_document_of_too_many_elements_is_refused_before_they_are_all_read():
    reader = PartReader("word/document.xml", elements_left=2)

    with pytest.raises(RefusedFileError, match="terlalu besar setelah dibuka"):
        reader.feed(b"<w><p/><p/><p/>")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_entry_names_are_refused(client_of, people, answer):
    content = hostile.docx(repeat="word/document.xml")

    assert "tidak utuh atau rusak" in send(client_of(people.operator), answer, content, "dua.docx").text


def test_exactly_the_limit_passes_and_one_byte_more_does_not(client_of, people, answer, settings):
    content = hostile.pdf()
    client = client_of(people.operator)
    settings.MAX_UPLOAD_BYTES = len(content) - 1
    refused = send(client, answer, content, "a.pdf")
    settings.MAX_UPLOAD_BYTES = len(content)

    accepted = send(client, answer, content, "a.pdf")

    assert "lebih besar dari" in refused.text
    assert accepted.status_code == 302


def test_content_type_of_the_browser_is_not_believed(client_of, people, answer):
    send(client_of(people.operator), answer, hostile.pdf(), "a.pdf", "text/html")

    assert StoredFile.objects.get().content_type == "application/pdf"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("C:\\dokumen\\x.pdf", "x.pdf"),
        ("/abs.pdf", "abs.pdf"),
        ("a\x00b\r\nSet-Cookie: x.pdf", "x.pdf"),
        ("bukti\u202efdp.exe.pdf", "buktifdp.exe.pdf"),
        ("nol\u200blebar.pdf", "nollebar.pdf"),
        (unicodedata.normalize("NFD", "é.pdf"), "é.pdf"),
        ("=cmd.pdf", "=cmd.pdf"),
        ("-rf.pdf", "-rf.pdf"),
        (".htaccess", ".htaccess"),
        ("CON.pdf", "CON.pdf"),
        ("", "berkas"),
        ("Qur'an dan Ju'mat ꦧꦱꦗꦮ القرآن.pdf", "Qur'an dan Ju'mat ꦧꦱꦗꦮ القرآن.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_name_is_cleaned_for_showing(given, shown):
    assert shown_name(given) == shown


def test_javanese_name_is_downloaded_as_it_was_given(client_of, people, answer):
    client = client_of(people.operator)
    send(client, answer, hostile.pdf(), "Ju'mat ꦗꦮ.pdf")

    response = client.get(reverse("evidence-file", args=[Evidence.objects.get().public_id]))

    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Ju%27mat")


def test_download_is_an_attachment_in_a_sandbox_and_logged(client_of, people, answer):
    client, content = client_of(people.operator), hostile.pdf()
    send(client, answer, content, "a; filename=x.exe.pdf")
    path = reverse("evidence-file", args=[Evidence.objects.get().public_id])

    head, response = client.head(path), client.get(path)

    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert b"".join(response.streaming_content) == content
    assert head.status_code == 200
    assert AccessEntry.objects.filter(kind="downloaded").count() == 1


def test_file_that_is_not_on_the_disk_is_said_plainly_and_told_to_the_log(client_of, people, answer, caplog):
    client = client_of(people.operator)
    send(client, answer, hostile.pdf(), "a.pdf")
    stored = StoredFile.objects.get()
    path_of(stored).unlink()

    response = client.get(reverse("evidence-file", args=[Evidence.objects.get().public_id]))

    assert response.status_code == 404
    assert "berkasnya tidak ada di server" in response.text
    assert stored.path in caplog.text
    assert not AccessEntry.objects.filter(kind="downloaded").exists()


def test_refused_description_leaves_the_heading_as_it_is_stored(client_of, people, places):
    evidence = evidence_of(people.operator, places.health, hostile.pdf(), title="Judul lama")
    page = reverse("evidence-detail", args=[evidence.public_id])

    response = client_of(people.operator).post(page, {"title": "Judul baru", "kind": "bukan"})

    heading = response.text.partition("<h1")[2].partition("</h1>")[0]
    assert response.status_code == 422
    assert "Judul lama" in heading
    assert 'value="Judul baru"' in response.text


def test_coordinator_who_stands_in_for_an_agency_finds_the_library_in_the_menu(client_of, people, places):
    evidence = evidence_of(people.operator, places.health, hostile.pdf(), title="Laporan dinas")
    Membership.objects.filter(agency=places.health).update(ended_at=timezone.now())
    client, library = client_of(people.coordinator), reverse("evidence-list")

    home, page = client.get(reverse("home")).text, client.get(library).text
    detail = client.get(reverse("evidence-detail", args=[evidence.public_id])).text

    assert f'href="{library}"' in home
    assert "Laporan dinas" in page
    assert f'href="{library}"' in detail.partition("<main")[2]


def test_front_server_is_told_where_the_file_lies(client_of, people, answer, settings):
    settings.ACCEL_REDIRECT_PREFIX = "/_arsip/"
    client = client_of(people.operator)
    send(client, answer, hostile.pdf(), "a.pdf")

    response = client.get(reverse("evidence-file", args=[Evidence.objects.get().public_id]))

    assert response["X-Accel-Redirect"] == f"/_arsip/{StoredFile.objects.get().path}"
    assert b"".join(response.streaming_content) == b""


def test_file_is_never_reachable_but_through_its_rule(client_of, people, answer):
    send(client_of(people.operator), answer, hostile.pdf(), "a.pdf")
    public_id = Evidence.objects.get().public_id
    paths = [
        reverse("evidence-file", args=[public_id]),
        reverse("evidence-detail", args=[public_id]),
        reverse("evidence-picture", args=[public_id, 1, 480]),
    ]

    for person in ("supporter", "leader", "reviewer", "observer", "administrator", "other_operator", "far_coordinator"):
        assert {client_of(getattr(people, person)).get(path).status_code for path in paths} == {404}
    assert client_of(people.coordinator).get(paths[0]).status_code == 200


def test_reviewer_reads_only_what_was_handed_over(client_of, people, places, answer):
    """A document of a withdrawn submission never leaves the regency; one that comes back in a round does."""
    withdrawn, sent, corrected = (
        evidence_of(people.operator, places.health, hostile.pdf(pages), title=f"Laporan {pages}") for pages in (1, 2, 3)
    )
    for evidence, number in ((withdrawn, 1), (sent, 2)):
        _cite(people, places, answer_of(answer.cycle, number), evidence)
        submitted(answer.cycle, number, people.operator)
    answers.withdraw(answer=answer_of(answer.cycle, 1), by=people.operator)
    start(answer.cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    open_round(answer.cycle, (1,), people.reviewer)
    _cite(people, places, answer_of(answer.cycle, 1), corrected)
    remove_citation(citation=withdrawn.citations.get(), by=people.operator)
    client = client_of(people.reviewer)

    def read() -> list[int]:
        rows = (withdrawn, sent, corrected)
        return [client.get(reverse("evidence-file", args=[row.public_id])).status_code for row in rows]

    assert read() == [404, 200, 404]
    submitted(answer.cycle, 1, people.operator)
    assert read() == [404, 200, 200]


def _cite(people, places, answer, evidence):
    cite(answer=answer, evidence=evidence, agency=places.health, by=people.operator, reference=Reference())


def test_picture_of_a_page_is_drawn_without_what_the_file_hides(client_of, people, answer):
    client = client_of(people.operator)
    send(client, answer, hostile.pdf(2), "a.pdf")
    public_id = Evidence.objects.get().public_id

    drawn = client.get(reverse("evidence-picture", args=[public_id, 2, 480]))

    assert drawn["Content-Type"] == "image/webp"
    assert b"".join(drawn.streaming_content)[:4] == b"RIFF"
    for page, width in ((0, 480), (3, 480), (1, 481)):
        assert client.get(reverse("evidence-picture", args=[public_id, page, width])).status_code == 404


def test_same_bytes_in_one_agency_are_cited_again(client_of, people, answer):
    client = client_of(people.operator)
    send(client, answer, hostile.pdf(), "a.pdf")

    response = send(client, answer_of(answer.cycle, 2), hostile.pdf(), "lain.pdf", title="Judul kedua")

    assert "Ditautkan, tidak disimpan dua kali." in client.get(response["Location"]).text
    assert Evidence.objects.get().title == "Perda bantuan hukum"
    assert Citation.objects.count() == 2


def test_same_bytes_in_two_agencies_share_the_file_and_know_nothing_of_each_other(
    client_of, people, places, answer, region
):
    send(client_of(people.operator), answer, hostile.pdf(), "a.pdf")
    client = client_of(people.supporter)
    form = {"title": "Punya kami", "kind": "perda", "file": SimpleUploadedFile("b.pdf", hostile.pdf())}

    client.post(reverse("evidence-add", args=[places.education.pk]), form)

    listed = client.get(reverse("evidence-list")).text
    assert StoredFile.objects.count() == 1
    assert Evidence.objects.count() == 2
    assert "Punya kami" in listed
    assert "Perda bantuan hukum" not in listed


def test_same_name_with_other_bytes_is_other_evidence(client_of, people, answer):
    client = client_of(people.operator)
    send(client, answer, hostile.pdf(1), "a.pdf")

    send(client, answer, hostile.pdf(2), "a.pdf")

    assert Evidence.objects.count() == StoredFile.objects.count() == 2


def test_coordinator_adds_documents_for_a_supporting_agency_without_people(client_of, people, places, answer):
    Assignment.objects.create(cycle=answer.cycle, indicator=answer.indicator, agency=places.legal)
    client, path = client_of(people.coordinator), reverse("citation-upload", args=[answer.pk])
    file = SimpleUploadedFile("laporan.pdf", hostile.pdf(), "application/pdf")

    client.post(path, {"file": file, "title": "Laporan bagian", "kind": "laporan", "document": ""})

    citation = answer.citations.get()
    assert (citation.agency, citation.evidence.agency) == (places.legal, places.legal)
    assert "Ambil dari pustaka" in client.get(reverse("answer-detail", args=[answer.pk])).text
    client.post(reverse("citation-remove", args=[citation.pk]))
    assert not answer.citations.exists()


def test_coordinator_adds_nothing_for_a_supporting_agency_that_has_people(client_of, people, places, answer):
    Assignment.objects.create(cycle=answer.cycle, indicator=answer.indicator, agency=places.education)

    response = client_of(people.coordinator).get(reverse("citation-upload", args=[answer.pk]))

    assert response.status_code == 403
