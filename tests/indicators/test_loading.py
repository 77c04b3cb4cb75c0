"""A faultless manuscript becomes a revision once; another content becomes another revision and leaves the first."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.catalogue import (
    check,
    content_hash,
    content_of_manuscript,
    content_of_revision,
    identity_faults,
    known_revision,
    load,
)
from indicators.models import AnswerOption, Band, Indicator, Instrument, RequiredDocument, Revision
from tests.factories.assessment import choice_row, number_row, ratio_row, small_manuscript

ROWS = (Indicator, AnswerOption, Band, RequiredDocument, Indicator.supporting.through)


def digest(manuscript) -> str:
    return content_hash(content_of_manuscript(manuscript))


def everything(revision) -> list:
    """Every row of a revision as it stands in the database."""
    parts = [revision.rights.order_by("pk"), revision.agency_types.order_by("pk"), revision.predicates.order_by("pk")]
    rows = [model.objects.order_by("pk") for model in ROWS]
    found = [list(part.values()) for part in parts]
    found += [
        list(
            (
                part.filter(revision=revision) if part.model is Indicator else part.filter(indicator__revision=revision)
            ).values()
        )
        for part in rows
    ]
    return [*found, list(Revision.objects.filter(pk=revision.pk).values())]


def other_guidance() -> dict:
    return small_manuscript(indicators=[choice_row(guidance="Lain."), ratio_row(), number_row()])


def test_working_catalogue_is_loaded_whole(catalogue):
    assert (catalogue.number, catalogue.declared_total, catalogue.text_status) == (1, 120, "draft")
    assert (catalogue.rights.count(), catalogue.agency_types.count()) == (10, 29)
    types = list(catalogue.indicators.values_list("answer_type", flat=True))
    assert [types.count(kind) for kind in ("choice", "ratio", "number")] == [44, 56, 20]
    assert catalogue.indicators.filter(direction="lower").count() == 11


def test_older_instrument_has_seven_criteria_and_no_indicator(db, older):
    revision = load(older).revision

    assert (revision.declared_total, revision.rights.count(), revision.indicators.count()) == (83, 7, 0)
    assert (revision.text_status, revision.predicates.get().minimum) == ("bare", None)
    assert str(revision) == "Permenkumham 34/2016 revisi 1"


@pytest.mark.parametrize("name", ["working", "older"])
def test_rows_hold_everything_that_the_file_says(db, request, name):
    manuscript = request.getfixturevalue(name)

    revision = load(manuscript).revision

    revision.refresh_from_db()
    assert content_of_revision(revision) == content_of_manuscript(manuscript)
    assert content_hash(content_of_revision(revision)) == revision.content_hash


def test_loading_twice_changes_nothing(db):
    first = load(small_manuscript())
    before = everything(first.revision)

    second = load(small_manuscript())

    assert (first.created, second.created) == (True, False)
    assert second.revision == first.revision
    assert everything(first.revision) == before


def test_changed_content_makes_a_new_revision_and_leaves_the_old(db):
    old = load(small_manuscript()).revision
    before = everything(old)

    new = load(other_guidance())

    assert (new.created, new.revision.number) == (True, 2)
    assert everything(old) == before
    assert new.revision.indicators.get(number=1).guidance == "Lain."


def test_content_of_an_older_revision_is_not_loaded_again(db):
    first = load(small_manuscript()).revision
    load(other_guidance())

    again = load(small_manuscript())

    assert (again.created, again.revision) == (False, first)
    assert known_revision(small_manuscript()) == first


@pytest.mark.parametrize("status", ["rancangan", "resmi"])
def test_text_is_official_only_when_a_person_confirms_it(db, status):
    revision = load(small_manuscript(text_status=status)).revision

    assert revision.text_status == "draft"


def test_another_status_alone_is_no_new_revision(db):
    revision = load(small_manuscript()).revision

    again = load(small_manuscript(text_status="resmi", text_note="Dicocokkan."))

    assert (again.created, again.revision) == (False, revision)
    assert Revision.objects.get().text_note == ""


SAME = [
    {"text_status": "resmi", "text_note": "Catatan"},
    {"indicators": [choice_row(source="lain"), ratio_row(), number_row()]},
    {"predicates": [{**row, "source": "Surat"} for row in small_manuscript()["predicates"]]},
    {"title": "  Instrumen \n contoh "},
    {"scale": {"max": Decimal("100.00")}},
    {"conventions": {}},
    {"indicators": [choice_row(weight=1, supporting_agencies=[]), ratio_row(), number_row()]},
    {"agencies": list(reversed(small_manuscript()["agencies"]))},
]
OTHER = [
    {"title": "Judul lain"},
    {"conventions": {"ratio": "Lain"}},
    {"rights": list(reversed(small_manuscript()["rights"]))},
    {"predicates": [{**row, "working": True} for row in small_manuscript()["predicates"]]},
    {"agencies": [{**row, "short_name": f"{row['short_name']} X"} for row in small_manuscript()["agencies"]]},
    {"indicators": [choice_row(weight=2), ratio_row(), number_row()]},
    {"indicators": [choice_row(basis=""), ratio_row(), number_row()]},
]


@pytest.mark.parametrize("changes", SAME)
def test_hash_leaves_out_status_note_source_and_spelling(changes):
    assert digest(small_manuscript(**changes)) == digest(small_manuscript())


@pytest.mark.parametrize("changes", OTHER)
def test_hash_knows_every_change_of_content(changes):
    assert digest(small_manuscript(**changes)) != digest(small_manuscript())


def test_code_of_another_rule_is_refused(db):
    load(small_manuscript())
    rule = {**small_manuscript()["regulation"], "number": 7}

    found = [str(fault) for fault in identity_faults(small_manuscript(regulation=rule))]

    assert found == ["Instrumen, regulation.number: kode ini sudah dipakai untuk “1”; pakai code lain."]
    assert identity_faults(small_manuscript()) == identity_faults(small_manuscript(code="lain")) == []


def test_title_belongs_to_the_revision(db):
    old = load(small_manuscript()).revision

    new = load(small_manuscript(title="Judul baru")).revision

    old.refresh_from_db()
    assert (old.title, new.title) == ("Instrumen contoh", "Judul baru")


def test_loading_asks_few_questions(db, working, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        load(working)


def test_half_a_document_is_never_there(db):
    unchecked = small_manuscript(indicators=[choice_row(), ratio_row(), number_row(kind="proses", number=2)])

    with pytest.raises(IntegrityError):
        load(unchecked)

    assert (Instrument.objects.count(), Revision.objects.count(), Indicator.objects.count()) == (0, 0, 0)


def test_newest_is_one_revision_of_each_instrument(db, older):
    load(small_manuscript())
    second = load(other_guidance()).revision
    bare = load(older).revision

    assert set(Revision.objects.newest()) == {second, bare}
    assert set(Revision.objects.newest().waiting()) == {second}


@pytest.mark.parametrize(
    ("model", "values"),
    [(AnswerOption, {"points": 11}), (Band, {"points": -1}), (Indicator, {"kind": "x"}), (Indicator, {"weight": 0})],
)
def test_database_holds_points_and_words_within_their_bounds(db, model, values):
    load(small_manuscript())

    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)


LINE = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40).filter(
    str.strip
)
POINTS = st.decimals(0, 10, places=2)


@st.composite
def documents(draw) -> dict:
    """Faultless instruments: any words, options, bands and weights."""
    points = sorted(draw(st.lists(POINTS, min_size=2, max_size=5, unique=True)), reverse=True)
    labels = draw(st.lists(LINE, min_size=len(points), max_size=len(points)))
    limits = sorted(draw(st.lists(st.decimals(1, 10**9, places=4), min_size=1, max_size=3, unique=True)), reverse=True)
    choice = choice_row(guidance=draw(LINE), weight=draw(st.decimals(Decimal("0.01"), 99, places=2)))
    choice["answer"]["options"] = [
        {"label": f"{n} {label}", "points": p} for n, (label, p) in enumerate(zip(labels, points, strict=True))
    ]
    number = number_row()
    bounds = [*limits, 0]
    number["answer"] |= {
        "direction": "higher",
        "bands": [{"min": bound, "points": 10 - place} for place, bound in enumerate(bounds)],
    }
    return small_manuscript(title=draw(LINE), indicators=[choice, ratio_row(), number])


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents())
def test_every_faultless_document_comes_out_as_it_went_in(db, manuscript):
    if check(manuscript):
        return

    revision = load(manuscript).revision

    assert content_of_revision(Revision.objects.get(pk=revision.pk)) == content_of_manuscript(manuscript)
