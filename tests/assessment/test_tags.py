import re

import pytest
from django.template import Context, Template

from assessment.enums import AnswerStatus
from assessment.models import Answer


def drawn(tag: str, **context) -> str:
    return Template("{% load assessment_tags %}{% " + tag + " %}").render(Context(context)).strip()


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def answer(status: str = AnswerStatus.DRAFT, form: str = "value", **fields) -> Answer:
    return Answer(status=status, form=form, **fields)


@pytest.mark.parametrize(
    ("given", "reader", "expected"),
    [
        (answer(form=""), "agency", "Belum diisi"),
        (answer(), "agency", "Draf"),
        (answer(AnswerStatus.READY), "agency", "Menunggu pengesahan"),
        (answer(AnswerStatus.READY), "reader", "Menunggu Kepala OPD"),
        (answer(AnswerStatus.SUBMITTED), "agency", "Diajukan"),
        (answer(AnswerStatus.SUBMITTED), "reader", "Perlu diperiksa"),
        (answer(AnswerStatus.RETURNED, form=""), "agency", "Perlu diperbaiki"),
        (answer(AnswerStatus.RETURNED), "reader", "Dikembalikan"),
        (answer(AnswerStatus.ACCEPTED), "agency", "Lolos pra-verifikasi"),
        (answer(AnswerStatus.VERIFIED, last_submission_id=1), "agency", "Terverifikasi"),
        (answer(AnswerStatus.VERIFIED), "agency", "Tidak diajukan"),
    ],
)
def test_status_is_said_in_the_words_of_whoever_reads_it(given, reader, expected):
    assert words(drawn("answer_badge given reader", given=given, reader=reader)) == expected


def test_draft_that_lacks_nothing_is_called_complete_only_where_that_was_worked_out():
    assert words(drawn("answer_badge given lacks=lacks", given=answer(), lacks=())) == "Draf lengkap"
    assert words(drawn("answer_badge given lacks=lacks", given=answer(), lacks=("alasan",))) == "Draf"
    assert words(drawn("answer_badge given", given=answer())) == "Draf"
    assert words(drawn("answer_badge given lacks=lacks", given=answer(form=""), lacks=())) == "Belum diisi"


def test_what_takes_the_place_of_a_value_is_named():
    assert drawn("form_badge given", given=answer()) == ""
    assert words(drawn("form_badge given", given=answer(form="none"))) == "Tidak ada"
    assert words(drawn("form_badge given", given=answer(form="not_applicable"))) == "Tidak berlaku"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (AnswerStatus.SUBMITTED, "Tidak berlaku, menunggu verifikator"),
        (AnswerStatus.ACCEPTED, "Tidak berlaku, menunggu verifikator"),
        (AnswerStatus.VERIFIED, "Tidak berlaku"),
        (AnswerStatus.RETURNED, "Tidak berlaku"),
    ],
)
def test_exception_waits_for_the_reviewer_from_submitting_on(status, expected):
    assert words(drawn("form_badge given status", given=answer(status, "not_applicable"), status=status)) == expected


def test_cloth_has_a_petal_for_each_answer_and_four_petals_to_a_flower():
    html = drawn("cloth answers 2", answers=[answer()] * 9)

    assert html.count("<path") == 9
    assert 'viewBox="0 0 48 48"' in html
    assert html.count("translate(0 0)") == html.count("translate(24 0)") == 4
    assert html.count("translate(0 24)") == 1
    assert 'aria-hidden="true"' in html


def test_petals_show_the_states_and_the_legend_counts_them():
    answers = [answer(AnswerStatus.ACCEPTED), answer(form=""), answer(form=""), answer(AnswerStatus.RETURNED)]

    html = drawn("cloth answers", answers=answers)

    assert re.findall(r"petal p-(\w+)", html) == ["accepted", "empty", "empty", "returned"]
    assert (
        words(drawn("cloth_legend answers", answers=answers))
        == "1 lolos pra-verifikasi 1 perlu diperbaiki 2 belum diisi"
    )
    assert "1 dikembalikan" in words(drawn("cloth_legend answers 'reader'", answers=answers))


def test_cloth_of_nothing_is_empty():
    assert drawn("cloth answers", answers=[]).count("<path") == 0
