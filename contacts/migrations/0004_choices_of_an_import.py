"""A file to read in is kept as a table, with what its owner has chosen.

A file that waits for its hour when this runs is deleted: it holds what is in its owner's own file, and the preview says
that it has to be uploaded again.
"""

from django.db import migrations, models


def forget_files_that_wait(apps, schema_editor):
    apps.get_model("contacts", "PendingImport").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0003_welcomed'),
    ]

    operations = [
        migrations.RunPython(forget_files_that_wait, migrations.RunPython.noop),
        migrations.AddField(
            model_name='pendingimport',
            name='assigned',
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
