"""The last log-in of each person is the first proof that we reach them."""

from django.db import migrations, models


def take_log_ins_as_proofs(apps, schema_editor):
    persons = apps.get_model("contacts", "Person").objects
    persons.exclude(last_login=None).update(proved_at=models.F("last_login"), proved_by="log_in")


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0006_reachability'),
    ]

    operations = [
        migrations.RunPython(take_log_ins_as_proofs, migrations.RunPython.noop),
    ]
