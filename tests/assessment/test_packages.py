"""The package on its way: handed over, given back."""

from django.urls import reverse

from assessment.actions.cycles import record_past_year
from tests.factories.assessment import small_revision


def test_recorded_year_has_no_package_to_give_back(client_of, people, places):
    fields = {"revision": small_revision(), "assessment_year": 2020, "data_year": 2019, "outcome": "announced"}
    fields |= {"source": "Arsip", "predicate": "Peduli HAM"}
    cycle = record_past_year(region=places.serang, fields=fields, by=people.coordinator)

    response = client_of(people.reviewer).get(reverse("package-give-back", args=[cycle.pk]), follow=True)

    assert response.redirect_chain == [(reverse("board", args=[cycle.pk]), 302)]
    assert "tidak mempunyai batas pengisian" in response.text
