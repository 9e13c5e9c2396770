"""A SEQUENCE for each participant, and the UID of a meeting whole, as calendars have it.

Nobody's calendar may see a difference: the UID keeps the domain it has been sent with, and a participant has been
told the meeting's SEQUENCE.
"""

import meetings.models.calendar
from django.db import migrations, models


def note_the_domain(apps, schema_editor):
    entries = apps.get_model("meetings", "CalendarEntry").objects.filter(uid_domain="")
    entries.update(uid_domain=meetings.models.calendar.domain_of_site())


def note_what_participants_were_told(apps, schema_editor):
    entries = apps.get_model("meetings", "CalendarEntry").objects.filter(meeting=models.OuterRef("meeting"))
    told = apps.get_model("meetings", "Registration").objects.filter(meeting__calendar__isnull=False)
    told.update(sequence=models.Subquery(entries.values("sequence")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0002_registration_claim'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='sequence',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='calendarentry',
            name='uid_domain',
            field=models.CharField(db_default='', default='', editable=False, max_length=255),
        ),
        migrations.RunPython(note_the_domain, migrations.RunPython.noop),
        migrations.RunPython(note_what_participants_were_told, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='calendarentry',
            name='uid_domain',
            field=models.CharField(db_default='', default=meetings.models.calendar.domain_of_site, editable=False, max_length=255),
        ),
    ]
