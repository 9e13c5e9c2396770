"""Notes whom we have told of their role. Those who have one already are not new to it."""

from django.db import migrations, models
from django.utils import timezone


def note_those_who_have_a_role(apps, schema_editor):
    apps.get_model("contacts", "ContactPerson").objects.update(welcomed_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0002_log_ins_and_sessions'),
    ]

    operations = [
        migrations.AddField(
            model_name='contactperson',
            name='welcomed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='välkomnad'),
        ),
        migrations.RunPython(note_those_who_have_a_role, migrations.RunPython.noop),
    ]
