"""The office's board for whoever served in one of its regencies before."""

from django.urls import reverse

from accounts.roles import Role
from tests.factories.accounts import MembershipFactory


def test_regency_in_which_the_reviewer_served_may_have_no_year_yet(client_of, people, places):
    MembershipFactory(user=people.reviewer, role=Role.OPERATOR, place=places.health)

    page = client_of(people.reviewer).get(reverse("office-board"))

    assert page.status_code == 200
    assert "Serang" in page.text
