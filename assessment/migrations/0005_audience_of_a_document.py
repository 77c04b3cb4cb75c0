"""The column says whose view a document is, by the word that the code uses."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("assessment", "0004_awards_and_problems")]

    operations = [migrations.RenameField("issueddocument", "reading", "audience")]
