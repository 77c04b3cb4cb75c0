"""A whole year in a real browser, as each of the people: from the empty cycle to both exports, and a fallen award."""

import datetime as dt
import io
import re
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from assessment.models import Answer, AwardEnding, Cycle, IssuedDocument, Problem, Result, Review, Submission
from tests.factories import hostile
from tests.factories.accounts import PASSWORD
from tests.factories.assessment import small_revision
from tests.journeys.walking import follow, look_at, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
D = Decimal


class Year:
    """The year as it is lived: who has which window open, and the chapters of the story."""

    def __init__(self, site, live_server, places, tmp_path) -> None:
        self._site, self._url, self.places, self._folder = site, live_server.url, places, tmp_path
        self._windows: dict[str, object] = {}

    def window(self, name: str, width: int = 1280):
        if name not in self._windows:
            self._windows[name] = self._site(name.replace("_", "-"), width=width)
        return self._windows[name]

    def at(self, name: str, view: str, *arguments, width: int = 1280):
        """Open a page as a person, and look at it."""
        page = self.window(name, width)
        page.goto(self._url + reverse(view, args=arguments))
        look_at(page)
        return page

    @property
    def cycle(self) -> Cycle:
        return Cycle.objects.get()

    def answer(self, number: int) -> Answer:
        return Answer.objects.get(indicator__number=number)

    def file(self, name: str, pages: int = 3):
        path = self._folder / name
        path.write_bytes(hostile.pdf(pages))
        return path

    # chapters

    def open(self) -> None:
        page, year = self.at("coordinator", "cycle-open", self.places.serang.pk), timezone.localdate().year
        page.fill("[name=assessment_year]", str(year))
        page.fill("[name=data_year]", str(year - 1))
        page.fill("[name=filling_deadline]", f"{year + 1}-12-01T15:00")
        press(page, "Simpan periode")
        follow(page.get_by_role("link", name="Pemetaan perangkat daerah"))
        press(page, "Simpan pemetaan")
        press(page, "Tugaskan semua menurut pemetaan")
        look_at(page)
        page = self.at("coordinator", "board", self.cycle.pk)
        follow(page.get_by_role("link", name="Mulai pengisian").first)
        look_at(page)
        press(page, "Ya, mulai pengisian")
        look_at(page)

    def fill(self) -> None:
        page = self.at("operator", "answer-detail", self.answer(1).pk, width=390)
        page.check("[name=option] >> nth=0")
        press(page, "Simpan draf")
        self.upload(1, "Laporan pertama", "2-3")
        page = self.at("operator", "answer-detail", self.answer(2).pk)
        page.fill("[name=numerator]", "34")
        page.fill("[name=denominator]", "31")
        press(page, "Simpan draf")
        assert "34 lebih besar dari 31" in page.inner_text("main")
        page.fill("[name=numerator]", "24")
        press(page, "Simpan draf")
        self.upload(2, "Laporan kedua", "1")
        page = self.at("operator", "answer-detail", self.answer(3).pk)
        page.check("[name=form][value=not_applicable]")
        page.fill("[name=reason]", "Tidak ada peristiwanya.")
        press(page, "Simpan draf")
        self.upload(3, "Surat keterangan kepala dinas", "", kind="keterangan", document="")
        self.support()
        for number in (1, 2, 3):
            self.ask_and_endorse(number)

    def upload(
        self, number: int, title: str, pages: str, *, kind: str = "laporan", document: str | None = None
    ) -> None:
        page = self.at("operator", "citation-upload", self.answer(number).pk)
        page.set_input_files("[name=file]", self.file(f"{title}.pdf", pages=2 + number))
        if document is None:
            page.select_option("[name=document]", index=1)
        page.fill("[name=title]", title)
        page.select_option("[name=kind]", kind)
        page.fill("[name=pages]", pages)
        page.get_by_role("button", name="Unggah dan tautkan").click()
        page.wait_for_selector(f"text=Ditautkan: “{title}”.")

    def support(self) -> None:
        """The agency that supports the second indicator adds a document of its own."""
        page = self.at("supporter", "task-list")
        follow(page.get_by_role("link", name="Rumusan indikator 2."))
        follow(page.get_by_role("link", name="Unggah berkas untuk Foto 2"))
        page.set_input_files("[name=file]", self.file("dari-pendukung.pdf", pages=6))
        page.fill("[name=title]", "Rekapitulasi pendukung")
        page.select_option("[name=kind]", "data")
        page.get_by_role("button", name="Unggah dan tautkan").click()
        page.wait_for_selector("text=Ditautkan: “Rekapitulasi pendukung”.")
        look_at(page)

    def ask_and_endorse(self, number: int) -> None:
        page = self.at("operator", "answer-submit", self.answer(number).pk)
        press(page, "Kirim kepada Kepala OPD")
        page = self.at("head", "answer-submit", self.answer(number).pk)
        press(page, "Sahkan dan ajukan")

    def check(self) -> None:
        page = self.at("coordinator", "check-detail", self.answer(2).pk)
        page.click("summary:has-text('Kembalikan untuk diperbaiki')")
        look_at(page)
        page.click("summary:has-text('Tentang nilai jawaban')")
        page.fill("[name=value]", "Hitung lagi penyebutnya.")
        press(page, "Kembalikan")
        page = self.at("operator", "answer-detail", self.answer(2).pk)
        assert "Hitung lagi penyebutnya." in page.inner_text("main")
        page.fill("[name^=note-]", "Sudah dihitung lagi.")
        page.fill("[name=denominator]", "32")
        press(page, "Simpan draf")
        self.ask_and_endorse(2)
        page = self.at("coordinator", "check-detail", self.answer(2).pk)
        assert "Sudah dihitung lagi." in page.inner_text("main")
        press(page, "Loloskan, lanjut")
        page = self.at("coordinator", "cycle-extend", self.cycle.pk)
        page.fill("[name=deadline]", f"{timezone.localdate().year + 1}-12-05T15:00")
        page.fill("[name=reason]", "Banjir di tiga kecamatan.")
        press(page, "Perpanjang")
        page = self.at("coordinator", "package-send", self.cycle.pk)
        page.fill("[name=endorsed_by]", "Sekretaris Daerah")
        page.fill("[name=endorsed_on]", timezone.localdate().isoformat())
        press(page, "Ya, serahkan paket")
        look_at(page)

    def verify(self) -> None:
        page = self.at("reviewer", "office-board")
        follow(page.get_by_role("link", name="Kabupaten Serang").first)
        follow(page.get_by_role("link", name="Mulai verifikasi"))
        look_at(page)
        press(page, "Ya, mulai verifikasi")
        look_at(page)
        page = self.at("reviewer", "review-detail", self.answer(1).pk)
        page.wait_for_selector("img[alt^='Halaman 2 dari']")
        press(page, "Setujui nilai 10, lanjut")
        page = self.at("reviewer", "review-detail", self.answer(2).pk)
        page.click("summary:has-text('Kembalikan dalam putaran')")
        page.click(".note-parts summary:has-text('Tentang nilai jawaban')")
        page.fill("[name=catatan-value]", "Lampirkan daftar puskesmasnya.")
        press(page, "Catat untuk putaran")
        page = self.at("reviewer", "round-open", self.cycle.pk)
        press(page, "Buka putaran untuk 1 indikator")
        look_at(page)
        page = self.at("operator", "answer-detail", self.answer(2).pk)
        assert "Lampirkan daftar puskesmasnya." in page.inner_text("main")
        page.fill("[name=numerator]", "26")
        press(page, "Simpan draf")
        self.ask_and_endorse(2)
        page = self.at("reviewer", "review-detail", self.answer(2).pk)
        assert "24 dari 32" in page.inner_text("main")
        page.click("summary:has-text('Keputusan lain')")
        page.check("[name=outcome][value=confirmed]")
        page.fill("[name=points]", "7,5")
        page.fill("#id_reason", "Tiga puskesmas belum bertanda tangan.")
        press(page, "Simpan keputusan, lanjut")
        page = self.at("reviewer", "review-detail", self.answer(3).pk)
        page.check("[name=outcome][value=not_applicable]")
        press(page, "Simpan keputusan, lanjut")
        page = self.at("reviewer", "result-bonus", self.cycle.pk)
        page.fill("[name=points]", "1,25")
        page.fill("[name=source]", "Surat hasil pelaporan Aksi HAM")
        press(page, "Simpan bonus")
        follow(page.get_by_role("link", name="Usulkan hasil").first)
        look_at(page)
        press(page, "Ya, usulkan hasil")
        look_at(page)

    def fix(self) -> None:
        page = self.at("second_reviewer", "result-detail", self.cycle.pk)
        follow(page.get_by_role("link", name="Tetapkan hasil"))
        page.fill("[name=minutes_number]", "W.11-7")
        page.fill("[name=minutes_on]", timezone.localdate().isoformat())
        page.fill("[name=password]", "bukan kata sandinya")
        press(page, "Tetapkan hasil")
        assert "Kata sandi belum cocok" in page.inner_text("main")
        look_at(page)
        page.fill("[name=password]", PASSWORD)
        press(page, "Tetapkan hasil")
        look_at(page)

    def export(self, kind: str, words: str) -> bytes:
        page = self.at("coordinator", "document-list", self.cycle.pk)
        press(page, words)
        look_at(page)
        document = IssuedDocument.objects.get(kind=kind)
        with page.expect_download() as download:
            page.locator(f"#dokumen-{document.public_id} a.btn").click()
        return download.value.path().read_bytes()

    def announce(self) -> None:
        page = self.at("coordinator", "award-announce", self.cycle.pk)
        page.check("[name=outcome][value=award]")
        if page.locator("[name=despite]").count():
            page.check("[name=despite]")
        page.fill("[name=decree_number]", "M.HA-7")
        page.fill("[name=decree_on]", timezone.localdate().isoformat())
        press(page, "Catat")
        look_at(page)

    def fall(self) -> None:
        page, today = self.at("coordinator", "problem-add", self.places.serang.pk), timezone.localdate()
        page.fill("[name=title]", "Dugaan penolakan layanan")
        page.fill("[name=summary]", "Uraian.")
        page.fill("[name=public_summary]", "Dugaan penolakan layanan kependudukan.")
        page.fill("[name=source]", "SP4N-LAPOR!")
        page.fill("[name=happened_on]", (today - dt.timedelta(days=9)).isoformat())
        page.fill("[name=received_on]", (today - dt.timedelta(days=5)).isoformat())
        page.fill("[name=due_at]", f"{today.year + 1}-01-05T15:00")
        page.select_option("[name=agency]", str(self.places.health.pk))
        press(page, "Catat permasalahan")
        look_at(page)
        problem = Problem.objects.get()
        page = self.at("operator", "problem-detail", problem.pk)
        page.fill("[name=text]", "Layanan sudah dibuka kembali.")
        press(page, "Kirim tanggapan")
        page = self.at("reviewer", "problem-detail", problem.pk)
        follow(page.get_by_role("link", name="Buka lagi"))
        page.fill("[name=reason]", "Belum ada buktinya.")
        press(page, "Buka lagi")
        page.click("summary:has-text('Tandai sebagai dasar')")
        page.select_option("[name=cycle]", str(self.cycle.pk))
        page.fill("[name=reason]", "Tidak ditanggapi dengan bukti.")
        press(page, "Tandai")
        look_at(page)
        page = self.at("leader", "result-detail", self.cycle.pk)
        assert "terancam dicabut" in page.inner_text("main")
        page = self.at("reviewer", "problem-detail", problem.pk)
        follow(page.get_by_role("link", name="Catat pencabutan"))
        page.fill("[name=decree_number]", "M.HA-9")
        page.fill("[name=decree_on]", today.isoformat())
        press(page, "Catat pencabutan")
        look_at(page)


@pytest.fixture
def year(site, people, places, live_server, tmp_path):
    small_revision()
    return Year(site, live_server, places, tmp_path)


def test_a_whole_year_from_the_empty_cycle_to_both_exports(year):
    year.open()
    year.fill()
    year.check()
    year.verify()
    year.fix()

    result, cycle = Result.objects.get(), year.cycle
    assert (cycle.status, result.total, result.final) == ("finalised", D("87.50"), D("88.75"))
    compare_excel(year.export("xlsx", "Buat Excel"), result)
    compare_pdf(year.export("pdf", "Buat PDF"), result)

    year.announce()
    year.fall()
    for name in ("leader", "observer"):
        assert "dicabut" in year.at(name, "result-detail", cycle.pk).inner_text("main")
    assert "dicabut" in year.at("operator", "answer-detail", year.answer(1).pk).inner_text("main")
    assert AwardEnding.objects.get().end == "revoked"
    call_command("verify_trail")


def compare_excel(content: bytes, result: Result) -> None:
    """Every number of the sheets is the database's."""
    book = load_workbook(io.BytesIO(content))
    head, *rows = book["Indikator"].iter_rows(values_only=True)
    sheet = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    for submission in Submission.objects.filter(answer__last_submission__isnull=False).order_by("serial"):
        row = sheet[submission.answer.indicator.number]
        if submission.pk != submission.answer.last_submission_id:
            continue
        review = Review.objects.by_reviewers().filter(answer=submission.answer).first()
        assert D(str(row["Nilai mandiri"])) == submission.points
        assert (
            row["Nilai verifikasi"] is None
            if review.points is None
            else D(str(row["Nilai verifikasi"])) == review.points
        )
        assert row["Pembilang"] == submission.numerator
        assert row["Jumlah data dukung"] == submission.citations.count()
        if submission.achievement is not None:
            assert D(str(row["Capaian"])) == submission.achievement
    recap = {row[0]: row for row in book["Rekap"].iter_rows(min_row=2, values_only=True)}
    assert D(str(recap["Total"][5])) == result.total
    assert D(str(recap["Bonus Aksi HAM"][5])) == result.bonus
    assert D(str(recap["Nilai akhir"][5])) == result.final
    assert recap["Predikat"][5] == result.predicate
    facts = dict(book["Keterangan"].iter_rows(values_only=True))
    assert (facts["Sifat"], facts["Hash snapshot"]) == ("FINAL", result.snapshot.sha256)


def compare_pdf(content: bytes, result: Result) -> None:
    """The printed pages carry the same numbers, the hash, and the documents."""
    reader = PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    joined = re.sub(r"\s", "", text)
    assert result.snapshot.sha256 in joined
    assert "SEMENTARA" not in text
    assert f"{result.final}".replace(".", ",") in text
    assert "81,25 %" in text
    assert "7,5" in text
    assert "W.11-7" in text
    for submission in Submission.objects.filter(answer__last_submission__isnull=False):
        if submission.pk == submission.answer.last_submission_id:
            for citation in submission.citations.select_related("evidence__file"):
                assert citation.evidence.file.sha256 in joined
