"""The reviewer decides: one by one with the evidence in view, and many that were never filled."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.audit import history
from assessment.actions import reviews
from assessment.actions.citations import Reference, cite
from assessment.actions.reviews import OvertakenError
from assessment.enums import AnswerStatus, Outcome
from assessment.facts.decisions import Decision, DecisionRefusedError, Seen
from assessment.facts.scorecards import self_scored, verified
from assessment.facts.verdicts import verdicts_of
from assessment.models import Answer, Review
from assessment.pages.reviews import cited_pages, first_page
from assessment.refusals import TransitionRefusedError
from tests.factories import hostile
from tests.factories.assessment import answer_of, evidence_of, open_cycle
from tests.factories.verification import decide, proposed, seen, send, start, submitted
from tests.html import flat
from tests.kept import kept

D = Decimal


@kept
def cycle(people, places, region):
    """Three indicators: a choice worth 10 and a ratio worth 5 are submitted, the third was never filled in."""
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    submitted(cycle, 2, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return cycle


@kept
def exception(people, places, region):
    """A cycle in verification whose third answer says "tidak berlaku"."""
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 3, people.operator, form="not_applicable", reason="Tidak ada wilayah pesisir.")
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    return cycle


def page_of(cycle, number):
    return reverse("review-detail", args=[answer_of(cycle, number).pk])


def sent(cycle, number, **fields):
    """The form as the page holds it."""
    before = seen(answer_of(cycle, number))
    return {"seen_submission": before.submission or "", "seen_review": before.review or "", **fields}


def test_one_press_decides_that_nothing_was_filled(client_of, people, cycle):
    page = client_of(people.reviewer).get(page_of(cycle, 3)).text

    client_of(people.reviewer).post(page_of(cycle, 3), sent(cycle, 3, confirm="1"))

    assert "Putuskan tidak diisi" in page
    assert Review.objects.by_reviewers().get().outcome == Outcome.NOT_FILLED


def test_package_is_opened_by_the_reviewer_and_the_coordinator_is_told(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)
    send(cycle, people.coordinator)

    response = client_of(people.reviewer).post(reverse("review-start", args=[cycle.pk]))

    cycle.refresh_from_db()
    assert cycle.status == "verification"
    assert response["Location"] == reverse("review-list", args=[cycle.pk])
    assert people.coordinator.notices.filter(text__endswith="dimulai.").count() == 1


def test_room_before_the_package_is_sent_says_why_not(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)

    response = client_of(people.reviewer).get(reverse("review-list", args=[cycle.pk]))

    assert response.status_code == 403
    assert "belum diserahkan" in response.text


def test_one_press_confirms_by_the_rule_and_goes_on(client_of, people, cycle):
    response = client_of(people.reviewer).post(page_of(cycle, 1), sent(cycle, 1, confirm="1"))

    review = Review.objects.by_reviewers().get()
    assert (review.outcome, review.points, review.rule_points) == (Outcome.CONFIRMED, D(10), D(10))
    assert review.option == answer_of(cycle, 1).last_submission.option
    assert answer_of(cycle, 1).status == AnswerStatus.VERIFIED
    assert response["Location"] == page_of(cycle, 2)


@pytest.mark.parametrize(
    "begun", [{"points": "9"}, {"outcome": "changed", "numerator": "1", "denominator": "2"}, {"numerator": "1"}]
)
def test_one_press_drops_nothing_that_was_begun_in_the_folded_part(client_of, people, cycle, begun):
    form = sent(cycle, 2, **{"confirm": "1", "outcome": "confirmed", "reason": "Kurang lengkap.", **begun})

    response = client_of(people.reviewer).post(page_of(cycle, 2), form)

    assert response.status_code == 422
    assert "sudah ada isian" in response.text
    assert "Kurang lengkap." in response.text
    assert Review.objects.by_reviewers().count() == 0


def test_value_to_set_instead_begins_with_what_was_submitted_and_says_what_it_gives(client_of, people, cycle):
    client = client_of(people.reviewer)
    choice, ratio = client.get(page_of(cycle, 1)), client.get(page_of(cycle, 2))

    form = ratio.context["form"]
    untouched = {name: form[name].value() for name in ("outcome", "numerator", "denominator")}
    client.post(page_of(cycle, 2), sent(cycle, 2, confirm="1", **untouched))

    assert untouched == {"outcome": "confirmed", "numerator": "24", "denominator": "31"}
    assert "Masih rancangan: nilai 4" in choice.text
    assert Review.objects.by_reviewers().get().outcome == Outcome.CONFIRMED


def test_message_says_what_was_decided(client_of, people, cycle):
    client = client_of(people.reviewer)

    agreed = client.post(page_of(cycle, 1), sent(cycle, 1, confirm="1"), follow=True).text
    other = sent(cycle, 2, outcome="confirmed", points="4", reason="Belum terbukti.")
    deviating = client.post(page_of(cycle, 2), other, follow=True).text

    assert "Indikator 1 diputuskan: nilai disetujui (10)." in agreed
    assert "Indikator 2 diputuskan: jawaban disetujui dengan nilai lain (4)." in deviating


def test_one_press_keeps_a_remark(client_of, people, cycle):
    client_of(people.reviewer).post(page_of(cycle, 1), sent(cycle, 1, confirm="1", outcome="confirmed", remark="Baik."))

    assert Review.objects.by_reviewers().get().note == "Baik."


def test_decision_that_stands_is_shown_again_as_it_was_typed(client_of, people, cycle):
    changed = {"numerator": D(30), "denominator": D(31)}
    decide(cycle, 2, people.reviewer, Outcome.CHANGED, value=changed, points=D("7.5"), reason="Menurut lampiran.")

    form = client_of(people.reviewer).get(page_of(cycle, 2)).context["form"]

    shown = {name: form[name].value() for name in ("outcome", "numerator", "denominator", "points", "reason")}
    assert shown == {
        "outcome": "changed", "numerator": "30", "denominator": "31", "points": "7,5", "reason": "Menurut lampiran.",
    }  # fmt: skip


def test_value_set_instead_gives_the_points_of_the_rule(client_of, people, cycle):
    form = sent(cycle, 2, outcome="changed", numerator="30", denominator="31", reason="Menurut lampiran.")

    client_of(people.reviewer).post(page_of(cycle, 2), form)

    review = Review.objects.by_reviewers().get()
    untouched = answer_of(cycle, 2)
    assert (review.outcome, review.numerator, review.achievement, review.points) == (
        Outcome.CHANGED, D(30), D("96.77"), D(10),
    )  # fmt: skip
    assert (untouched.numerator, untouched.last_submission.points) == (D(24), D(5))


def test_none_set_instead_gives_nothing(client_of, people, cycle):
    client_of(people.reviewer).post(
        page_of(cycle, 1), sent(cycle, 1, outcome="changed_none", reason="Perdanya dicabut.")
    )

    review = Review.objects.by_reviewers().get()
    assert (review.outcome, review.form, review.points) == (Outcome.CHANGED, "none", D(0))


@pytest.mark.parametrize("form", ["none", "not_applicable"])
def test_value_set_instead_of_another_form_gives_the_points_of_the_rule(form, people, places, region):
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 3, people.operator, form=form, reason="Belum ada.")
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)

    review = decide(cycle, 3, people.reviewer, Outcome.CHANGED, value={"number": D(5)}, reason="Menurut lampiran.")

    assert (review.outcome, review.form, review.number, review.points) == (Outcome.CHANGED, "value", D(5), D(10))


def test_deviating_points_are_kept_beside_those_of_the_rule(client_of, people, cycle):
    form = sent(
        cycle, 2, outcome="confirmed", points="4,25", reason="Dokumen tidak bertanda tangan.", remark="Lengkapi."
    )

    client_of(people.reviewer).post(page_of(cycle, 2), form)

    review = Review.objects.by_reviewers().get()
    assert (review.points, review.rule_points, review.deviates) == (D("4.25"), D(5), True)
    assert (review.reason, review.note) == ("Dokumen tidak bertanda tangan.", "Lengkapi.")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"outcome": "confirmed", "points": "4"}, "Tulis alasannya"),
        ({"outcome": "confirmed", "points": "10,01", "reason": "x"}, "Nilai harus 0 sampai 10."),
        ({"outcome": "confirmed", "points": "4,255", "reason": "x"}, "Paling banyak 2 angka di belakang koma"),
        ({"outcome": "confirmed", "points": "4.5", "reason": "x"}, "tulis “4,5”"),
        ({"outcome": "confirmed", "points": "-1", "reason": "x"}, "tidak boleh negatif"),
        ({"outcome": "changed", "reason": "x"}, "Isi jawaban yang Anda tetapkan."),
        ({"outcome": "changed", "numerator": "30", "denominator": "31"}, "Tulis alasannya"),
        ({"outcome": "changed", "numerator": "32", "denominator": "31", "reason": "x"}, "lebih besar dari"),
        (
            {"outcome": "changed", "numerator": "0", "denominator": "0", "reason": "x"},
            "Penyebut 0 tidak menghasilkan",
        ),
        ({"outcome": "not_applicable", "reason": "x"}, "Masukkan pilihan yang valid"),
        ({}, "tidak boleh kosong"),
    ],
)
def test_decision_that_does_not_hold_is_refused_with_the_words_kept(client_of, people, cycle, fields, sentence):
    response = client_of(people.reviewer).post(page_of(cycle, 2), sent(cycle, 2, remark="Catatan saya.", **fields))

    assert response.status_code == 422
    assert sentence in response.text
    assert "Catatan saya." in response.text
    assert Review.objects.by_reviewers().count() == 0


def test_exception_is_accepted_and_leaves_points_and_maximum_also_of_the_self_score(client_of, people, exception):
    client_of(people.reviewer).post(page_of(exception, 3), sent(exception, 3, outcome="not_applicable"))

    verdicts = verdicts_of(exception)
    right = {row.right: row for row in verified(exception, verdicts).rights}["R02"]
    own = {row.right: row for row in self_scored(exception, verdicts).rights}["R02"]
    review = Review.objects.by_reviewers().get()
    assert (right.counted, right.score) == (0, None)
    assert (own.counted, own.score) == (0, None)
    assert (review.points, review.rule_points) == (None, None)


def test_exception_undecided_counts_nothing_of_its_maximum(exception):
    card = verified(exception, verdicts_of(exception))

    assert (card.counted, card.total) == (3, D("0.00"))


def test_exception_is_refused_with_a_reason_and_no_points(client_of, people, exception):
    client, path = client_of(people.reviewer), page_of(exception, 3)

    without = client.post(path, sent(exception, 3, outcome="refused"))
    client.post(path, sent(exception, 3, outcome="refused", reason="Kewenangan kabupaten."))

    review = Review.objects.by_reviewers().get()
    assert without.status_code == 422
    assert (review.outcome, review.form, review.points) == (Outcome.REFUSED, "none", D(0))


def test_exception_cannot_be_confirmed_with_points(people, exception):
    with pytest.raises(DecisionRefusedError, match="tidak memakai nilai lain"):
        decide(exception, 3, people.reviewer, Outcome.NOT_APPLICABLE, points=D(5), reason="x")


def test_decision_that_does_not_fit_what_was_submitted_is_refused(people, cycle):
    with pytest.raises(DecisionRefusedError, match="sesuai dengan yang diajukan") as refused:
        decide(cycle, 2, people.reviewer, Outcome.NOT_APPLICABLE, reason="x")

    assert refused.value.part == "outcome"


@pytest.mark.parametrize(
    ("outcome", "points"), [("confirmed", D(0)), ("confirmed", D(10)), ("changed", D("0.01")), ("changed", D("9.99"))]
)
def test_reviewer_gives_any_points_up_to_the_most_where_something_was_answered(outcome, points, people, cycle):
    value = {"numerator": D(1), "denominator": D(2)} if outcome == "changed" else {}

    review = decide(cycle, 2, people.reviewer, Outcome(outcome), points=points, reason="x", value=value)

    assert (review.points, review.rule_points) == (points, D(5))


@pytest.mark.parametrize(
    ("points", "words"), [(D("-0.01"), "0 sampai 10"), (D("10.01"), "0 sampai 10"), (D("4.255"), "Paling banyak dua")]
)
def test_points_beyond_what_the_instrument_gives_are_refused(points, words, people, cycle):
    with pytest.raises(DecisionRefusedError, match=words) as refused:
        decide(cycle, 2, people.reviewer, points=points, reason="x")

    assert refused.value.part == "points"


def test_reason_of_blanks_is_none(people, cycle):
    with pytest.raises(DecisionRefusedError, match="Tulis alasannya"):
        decide(cycle, 2, people.reviewer, points=D(4), reason=" ")


def test_newest_decision_stands_and_the_older_one_stays(people, cycle):
    first = decide(cycle, 1, people.reviewer)
    second = decide(cycle, 1, people.second_reviewer, points=D(7), reason="Setelah dibaca ulang.")

    assert verdicts_of(cycle).standing[first.answer_id] == second
    assert Review.objects.by_reviewers().count() == 2


def test_second_reviewer_sees_what_the_first_decided_meanwhile(client_of, people, cycle):
    stale = sent(cycle, 1, outcome="confirmed", points="3", reason="Menurut saya begitu.")
    decide(cycle, 1, people.reviewer, note="Lengkap.")

    overtaken = client_of(people.second_reviewer).post(page_of(cycle, 1), stale)

    assert overtaken.status_code == 409
    assert "ada pengajuan atau keputusan baru" in overtaken.text
    assert "Menurut saya begitu." in overtaken.text
    assert "Lengkap." in overtaken.text
    assert Review.objects.by_reviewers().count() == 1
    newest = Review.objects.by_reviewers().get().pk
    assert f'name="seen_review" value="{newest}"' in overtaken.text


def test_what_was_typed_stays_when_a_colleague_proposed_meanwhile(client_of, people, cycle):
    client, path = client_of(people.second_reviewer), page_of(cycle, 1)
    decision = sent(cycle, 1, outcome="confirmed", points="3", reason="Menurut saya begitu.")
    note = {"catatan-whole": "Lengkapi lampirannya."}
    proposed(cycle, people.reviewer)

    decided = client.post(path, decision)
    noted = client.post(reverse("review-note", args=[answer_of(cycle, 1).pk]), note)

    assert {decided.status_code, noted.status_code} <= {409, 422}
    for response in (decided, noted):
        assert "Hasil sedang diusulkan." in response.text
    assert "Menurut saya begitu." in decided.text
    assert 'name="points" inputmode="decimal" autocomplete="off" value="3"' in flat(decided.text)
    assert "Lengkapi lampirannya." in noted.text
    assert 'id="putusan"' not in client.get(path).text


def test_decision_on_a_superseded_submission_is_refused(people, cycle):
    answer = answer_of(cycle, 1)

    with pytest.raises(OvertakenError):
        reviews.decide(answer=answer, decision=Decision(Outcome.CONFIRMED), seen=Seen(None, None), by=people.reviewer)


def test_never_submitted_ones_are_decided_together(client_of, people, cycle):
    client, path = client_of(people.reviewer), reverse("review-not-filled", args=[cycle.pk])
    listed = client.get(path).text

    none = client.post(path, follow=True)
    client.post(path, {"answers": [answer_of(cycle, number).pk for number in (1, 2, 3)]})

    review = Review.objects.by_reviewers().get()
    assert "Pilih paling sedikit satu" in none.text
    assert listed.count('name="answers"') == 1
    assert (review.answer.indicator.number, review.outcome, review.points) == (3, Outcome.NOT_FILLED, D(0))
    assert review.submission is None


def test_verified_score_takes_confirmed_set_and_missing_points(people, cycle):
    decide(cycle, 1, people.reviewer)
    decide(cycle, 2, people.reviewer, points=D("2.5"), reason="x")
    decide(cycle, 3, people.reviewer, Outcome.NOT_FILLED)

    card = verified(cycle, verdicts_of(cycle))

    assert [row.score for row in card.rights] == [D("62.50"), D("0.00")]
    assert (card.total, card.final) == (D("41.67"), D("41.67"))


def test_documents_are_shown_with_the_cited_page_first(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)
    evidence = evidence_of(people.operator, places.health, hostile.pdf(pages=5))
    cite(
        answer=answer_of(cycle, 1), evidence=evidence, agency=places.health, by=people.operator,
        reference=Reference(pages="3-4"),
    )  # fmt: skip
    submitted(cycle, 1, people.operator)
    start(cycle, coordinator=people.coordinator, reviewer=people.reviewer)
    client = client_of(people.reviewer)

    first = client.get(page_of(cycle, 1)).text
    last = client.get(page_of(cycle, 1), {"hal": "99"}).text

    picture = reverse("evidence-picture", args=[evidence.public_id, 3, 960])
    assert picture in first
    assert "Halaman </span>3 dari 5" in first
    assert "Ditunjuk OPD" in first
    assert "Halaman </span>5 dari 5" in last
    assert "Ditunjuk OPD" not in last
    assert client.get(picture)["Content-Type"] == "image/webp"


@pytest.mark.parametrize(
    ("pages", "found", "first"), [("3-4", {3, 4}, 3), ("7, 2-3", {2, 3, 7}, 2), ("", set(), 1), ("5-2", set(), 1)]
)
def test_cited_pages_are_read(pages, found, first):
    assert cited_pages(pages) == found
    assert first_page(pages) == first


def test_list_is_filtered(client_of, people, cycle):
    decide(cycle, 1, people.reviewer)
    client, path = client_of(people.reviewer), page_of(cycle, 2)

    undecided = client.get(path, {"saring": "belum"}).text
    unknown = client.get(path, {"saring": "<script>"}).text

    assert page_of(cycle, 1) not in undecided.replace("?saring=belum", "")
    assert "Belum diputuskan (2)" in undecided
    assert page_of(cycle, 1) in unknown


def test_regency_knows_that_an_answer_is_verified_but_not_how(client_of, people, cycle):
    decide(cycle, 2, people.reviewer, points=D("3.5"), reason="Rahasia verifikator.", note="Catatan verifikator.")
    path = reverse("answer-detail", args=[answer_of(cycle, 2).pk])

    for name in ("operator", "head", "coordinator", "leader"):
        page = client_of(getattr(people, name)).get(path).text
        assert "Terverifikasi" in page
        assert "Rahasia verifikator." not in page
        assert "Catatan verifikator." not in page
        assert "3,5" not in page
    assert Review.objects.visible_to(people.operator).count() == 0
    assert Review.objects.visible_to(people.reviewer).count() == 1
    assert Review.objects.visible_to(people.far_reviewer).count() == 0


def test_decision_is_in_the_trail_with_its_points(people, cycle):
    review = decide(cycle, 2, people.reviewer, points=D("3.5"), reason="Tidak lengkap.")

    payload = history(review).get().payload.data
    assert payload["after"]["points"] == "3.5"
    assert payload["after"]["reason"] == "Tidak lengkap."


def test_nothing_is_decided_before_the_start_or_after_the_end(people, places, region):
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    send(cycle, people.coordinator)

    with pytest.raises(TransitionRefusedError, match="Verifikasi belum dimulai"):
        decide(cycle, 1, people.reviewer)


def test_room_asks_no_more_for_more_answers(client_of, people, cycle):
    client, path = client_of(people.reviewer), reverse("review-list", args=[cycle.pk])
    Answer.objects.filter(cycle=cycle, indicator__number=3)
    client.get(path)
    with CaptureQueriesContext(connection) as before:
        client.get(path)
    decide(cycle, 1, people.reviewer)
    decide(cycle, 2, people.reviewer)
    with CaptureQueriesContext(connection) as after:
        client.get(path)

    assert len(after) <= len(before)


def test_start_page_says_what_waits_for_reviewers(client_of, people, places, region):
    cycle = open_cycle(region, agency=places.health)
    submitted(cycle, 1, people.operator)
    send(cycle, people.coordinator)
    one, two = client_of(people.reviewer), client_of(people.second_reviewer)

    waiting = [one.get("/").text]
    one.post(reverse("review-start", args=[cycle.pk]))
    waiting.append(one.get("/").text)
    proposed(cycle, people.reviewer)
    waiting += [one.get("/").text, two.get("/").text]

    assert f"Paket {cycle} menunggu dibuka." in waiting[0]
    assert f"3 indikator {cycle} belum diputuskan." in waiting[1]
    assert "menunggu ditetapkan" not in waiting[2].split("Yang terjadi")[0]
    assert f"Hasil {cycle} menunggu ditetapkan." in waiting[3]
