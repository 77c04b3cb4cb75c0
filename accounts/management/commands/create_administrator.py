"""Print the one-time link of the first administrator, or one for an administrator who lost the password."""

import datetime as dt

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.urls import reverse

from accounts.actions.invitations import Invitee, invite, start_reset
from accounts.models import Membership, User
from accounts.roles import Role
from accounts.words import moment


class Command(BaseCommand):
    """For an empty installation: there are no default accounts."""

    help = "Mencetak tautan sekali pakai untuk administrator pertama."

    def add_arguments(self, parser):
        """Name to greet, how long the link opens, and whose password is lost."""
        parser.add_argument("--name", default="Administrator", help="nama orangnya")
        parser.add_argument("--hours", type=int, default=24, help="tautan berlaku sekian jam (1–168), bawaan 24")
        parser.add_argument(
            "--reset", metavar="NAMA_PENGGUNA", help="tautan kata sandi baru untuk administrator yang lupa"
        )

    def handle(self, *args, **options):
        """Print the link; exits 1 where an administrator is there already, or is not the one named."""
        if not 1 <= options["hours"] <= 168:  # noqa: PLR2004 - a week
            raise CommandError("--hours antara 1 dan 168.")
        if User._meta.db_table not in connection.introspection.table_names():
            call_command("migrate", verbosity=0)
        valid = dt.timedelta(hours=options["hours"])
        invitation, token = self._reset(options["reset"], valid) if options["reset"] else self._first(options, valid)
        self.stdout.write(settings.SITE_URL + reverse("invitation-open", args=[token]))
        self.stdout.write(f"Dapat dipakai sekali, sampai {moment(invitation.expires_at)}.")

    def _first(self, options, valid):
        administrators = Membership.objects.active().filter(role=Role.ADMINISTRATOR, user__is_active=True)
        if administrators.exists():
            raise CommandError(
                "Administrator sudah ada. Bila kata sandinya lupa: create_administrator --reset NAMA_PENGGUNA"
            )
        invitee = Invitee(options["name"])
        return invite(invitee=invitee, role=Role.ADMINISTRATOR, place=None, by=None, valid=valid)

    def _reset(self, username, valid):
        person = User.objects.named(username)
        if person is None or not person.holds(Role.ADMINISTRATOR):
            raise CommandError(f"Tidak ada administrator bernama {username}.")
        return start_reset(person=person, by=None, valid=valid)
