"""The head of a chain keeps the hour of its last row, so that lists of many regions need not look for that row."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def read_hours(apps, _schema_editor) -> None:
    """Take each hour from the row that the head points at."""
    head, event = apps.get_model("accounts", "TrailHead"), apps.get_model("accounts", "AuditEvent")
    newest = event.objects.filter(region=OuterRef("region"), number=OuterRef("number"))
    head.objects.filter(region__isnull=False).update(at=Subquery(newest.values("at")[:1]))
    for none in head.objects.filter(region=None, number__gt=0):
        last = event.objects.filter(region=None, number=none.number).first()
        head.objects.filter(pk=none.pk).update(at=last.at if last else None)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("trailhead", "at", models.DateTimeField("pada", null=True)),
        migrations.RunPython(read_hours, migrations.RunPython.noop),
    ]
