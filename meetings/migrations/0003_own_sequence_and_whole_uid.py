"""A SEQUENCE for each participant, and the UID of a meeting whole, as calendars have it.

Nobody's calendar may see a difference: the UID gets the host it has been sent with, and a participant has been
told the meeting's SEQUENCE.
"""

import uuid
from urllib.parse import urlsplit

import meetings.models.calendar
from django.conf import settings
from django.db import migrations, models


def complete_uids(apps, schema_editor):
    CalendarEntry = apps.get_model("meetings", "CalendarEntry")
    host = urlsplit(settings.BASE_URL).hostname
    for entry in CalendarEntry.objects.exclude(uid__contains="@").iterator():
        # SQLite has stored it without hyphens.
        entry.uid = f"{uuid.UUID(entry.uid)}@{host}"
        entry.save(update_fields=["uid"])


def shorten_uids(apps, schema_editor):
    CalendarEntry = apps.get_model("meetings", "CalendarEntry")
    for entry in CalendarEntry.objects.iterator():
        uid = uuid.UUID(entry.uid.partition("@")[0])
        entry.uid = str(uid) if schema_editor.connection.vendor == "postgresql" else uid.hex
        entry.save(update_fields=["uid"])


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
        migrations.AlterField(
            model_name='calendarentry',
            name='uid',
            field=models.CharField(default=meetings.models.calendar.new_uid, editable=False, max_length=255, unique=True),
        ),
        migrations.RunPython(complete_uids, shorten_uids),
        migrations.RunPython(note_what_participants_were_told, migrations.RunPython.noop),
    ]
