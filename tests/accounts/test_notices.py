"""What a person is told: on the page, once, and by mail where an address is known."""

from contextlib import suppress
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.module_loading import import_string

from accounts import jobs, notices
from accounts.jobs import mail_notice
from accounts.models import Notice
from accounts.notices import tell

LIST = "/pemberitahuan/"


def told(person, count=1):
    return [
        Notice.objects.create(recipient=person, kind="account", text=f"Kabar {n}", url="/orang/") for n in range(count)
    ]


def test_person_sees_the_own_notices_newest_first(people, client_of):
    told(people.operator, 2)
    told(people.head)

    page = client_of(people.operator).get(LIST).text

    assert page.index("Kabar 1") < page.index("Kabar 0")
    assert page.count("task-title") == 2


def test_opening_a_notice_puts_it_away_and_leads_to_its_page(people, client_of):
    notice = told(people.operator)[0]

    response = client_of(people.operator).post(reverse("notice-open", args=[notice.pk]))

    notice.refresh_from_db()
    assert response["Location"] == "/orang/"
    assert notice.read_at is not None


def test_reading_the_list_puts_nothing_away(people, client_of):
    told(people.operator)

    client_of(people.operator).get(LIST)

    assert Notice.objects.visible_to(people.operator).unread().count() == 1


def test_all_are_put_away_at_once_and_only_the_own(people, client_of):
    told(people.operator, 3)
    told(people.head)

    client = client_of(people.operator)
    before = client.get(reverse("notice-list")).text
    client.post(reverse("notice-read-all"))

    assert Notice.objects.unread().count() == 1
    assert "Tandai semua sudah dibaca" in before
    assert "Tandai semua sudah dibaca" not in client.get(reverse("notice-list")).text


def test_long_list_has_pages(people, client_of):
    told(people.operator, 31)

    page = client_of(people.operator).get(LIST)

    assert "Halaman 1 dari 2" in page.text
    assert client_of(people.operator).get(LIST, {"hal": "2"}).text.count("task-title") == 1


def test_list_asks_no_more_for_more_notices(people, client_of):
    client = client_of(people.operator)
    told(people.operator)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    told(people.operator, 3)
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(many) == len(few)


def test_each_person_is_told_once_and_nobody_who_is_gone(people):
    people.head.is_active = False
    people.head.save()

    tell([people.operator, people.operator, people.head], kind="account", text="Halo", url="/")

    assert [notice.recipient for notice in Notice.objects.all()] == [people.operator]


def test_mail_goes_out_after_the_commit_where_an_address_is_known(people, django_capture_on_commit_callbacks):
    people.operator.email = "operator@contoh.go.id"
    people.operator.save()

    with django_capture_on_commit_callbacks(execute=True):
        tell([people.operator, people.head], kind="account", text="Halo", url="/orang/")
        assert mail.outbox == []

    assert [message.to for message in mail.outbox] == [["operator@contoh.go.id"]]
    assert "http://testserver/orang/" in mail.outbox[0].body


def test_address_that_is_refused_keeps_no_mail_from_the_others(people, monkeypatch, django_capture_on_commit_callbacks):
    told_ones = [people.operator, people.head, people.coordinator]
    for person in told_ones:
        person.email = f"{person.username}@contoh.go.id"
        person.save()
    send = jobs.send_mail

    def refusing(subject, body, sender, to):
        if to == ["operator@contoh.go.id"]:
            raise SMTPRecipientsRefused({to[0]: (550, b"No such user")})
        send(subject, body, sender, to)

    queued = []
    monkeypatch.setattr(jobs, "send_mail", refusing)
    monkeypatch.setattr(notices, "async_task", lambda job, *args: queued.append((import_string(job), args)))

    with django_capture_on_commit_callbacks(execute=True):
        tell(told_ones, kind="account", text="Halo", url="/orang/")
    for job, args in queued:  # as the workers do it: what one job raises does not reach the next
        with suppress(SMTPRecipientsRefused):
            job(*args)

    assert {message.to[0] for message in mail.outbox} == {"head@contoh.go.id", "coordinator@contoh.go.id"}
    assert Notice.objects.get(mailed_at=None).recipient == people.operator


@pytest.mark.parametrize(
    ("text", "end"), [("Kata " * 60, "Kata "), ("Alasan " * 60, "Alasa…"), ("a" + "\u0332" * 400, "\u0332")]
)
def test_long_text_fits_and_shows_that_it_was_cut(people, text, end):
    tell([people.operator], kind="account", text=text, url="/")

    stored = Notice.objects.get().text
    assert len(stored) <= 300
    assert stored.endswith(end)


def test_mail_that_was_sent_is_not_sent_again(people):
    people.operator.email = "operator@contoh.go.id"
    people.operator.save()
    notice = told(people.operator)[0]

    mail_notice(notice.pk)
    mail_notice(notice.pk)

    assert len(mail.outbox) == 1


def test_mail_keeps_signs_as_they_were_typed(people):
    people.operator.email = "operator@contoh.go.id"
    people.operator.save()
    notice = Notice.objects.create(recipient=people.operator, kind="account", text="A & B <c>", url="/")

    mail_notice(notice.pk)

    assert "A & B <c>" in mail.outbox[0].body


def test_subject_says_what_happened_on_one_line(people):
    people.operator.email = "operator@contoh.go.id"
    people.operator.save()
    text = "Indikator 71 dikembalikan.\nSebutkan sumber angkanya. " + "Panjang sekali. " * 10
    notice = Notice.objects.create(recipient=people.operator, kind="return", text=text[:300], url="/")

    mail_notice(notice.pk)

    subject = mail.outbox[0].subject
    assert subject.startswith("Pengembalian: Indikator 71 dikembalikan. Sebutkan sumber angkanya.")
    assert len(subject) <= 110
