"""Print the one-time link of the first administrator."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from accounts.actions.invitations import Invitee, invite
from accounts.models import Membership
from accounts.roles import Role


class Command(BaseCommand):
    """For an empty installation: there are no default accounts."""

    help = "Membuat tautan sekali pakai untuk administrator pertama."

    def add_arguments(self, parser):
        """Name to greet."""
        parser.add_argument("--name", default="Administrator", help="nama orangnya")

    def handle(self, *args, **options):
        """Print the link; exits 1 where an administrator is there already."""
        if Membership.objects.active().filter(role=Role.ADMINISTRATOR, user__is_active=True).exists():
            raise CommandError("Administrator sudah ada. Undangan berikutnya dibuat di dalam aplikasi.")
        invitation, token = invite(invitee=Invitee(options["name"]), role=Role.ADMINISTRATOR, place=None, by=None)
        self.stdout.write(settings.SITE_URL + reverse("invitation-open", args=[token]))
        self.stdout.write(f"Berlaku sekali pakai sampai {invitation.expires_at:%d-%m-%Y %H.%M} UTC.")
