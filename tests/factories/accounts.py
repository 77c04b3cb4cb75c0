"""Makes people and places."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Agency, Jurisdiction, Membership, Region, ReviewOffice, User

PASSWORD = "sebuah kalimat yang hanya saya ingat"


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region

    kind = "regency"
    code = factory.Sequence(lambda n: f"9{n % 10}.{n % 100:02}")
    name = factory.Sequence(lambda n: f"Contoh {n}")


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Dinas Contoh {n}")
    short_name = factory.Sequence(lambda n: f"Dinas {n}")


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = ReviewOffice

    name = factory.Sequence(lambda n: f"Kanwil Contoh {n}")
    short_name = factory.LazyAttribute(lambda row: row.name)


class JurisdictionFactory(DjangoModelFactory):
    class Meta:
        model = Jurisdiction

    office = factory.SubFactory(OfficeFactory)
    region = factory.SubFactory(RegionFactory)
    started_on = dt.date(2020, 1, 1)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"orang-{n}")
    name = factory.LazyAttribute(lambda row: row.username.replace("-", " ").title())
    password = factory.django.Password(PASSWORD)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership
        exclude = ("place",)

    place = None
    user = factory.SubFactory(UserFactory)
    role = "operator"
    started_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=400))

    @factory.lazy_attribute
    def agency(self):
        return self.place if isinstance(self.place, Agency) else None

    @factory.lazy_attribute
    def region(self):
        return self.place if isinstance(self.place, Region) else None

    @factory.lazy_attribute
    def office(self):
        return self.place if isinstance(self.place, ReviewOffice) else None
