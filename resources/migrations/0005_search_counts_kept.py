"""Stores in how many entries each word stands, and each entry's place among equals.

Both are computed here from the index as it is, so that the search answers as before during the upgrade.
"""

from zlib import crc32

from django.db import migrations, models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

LARGEST = 2**31 - 1
BATCH = 500


def count_entries(apps, schema_editor):
    postings = apps.get_model("resources", "SearchPosting").objects.filter(word=OuterRef("pk")).order_by()
    numbers = postings.values("word").annotate(number=Count("*")).values("number")
    apps.get_model("resources", "SearchWord").objects.update(entries=Coalesce(Subquery(numbers), 0))


def draw_lots(apps, schema_editor):
    SearchEntry = apps.get_model("resources", "SearchEntry")
    entries = []
    for entry in SearchEntry.objects.only("title", "path", "text").iterator(chunk_size=BATCH):
        entry.lot = crc32(f"{entry.title}\n{entry.path}\n{entry.text}".encode()) & LARGEST
        entries.append(SearchEntry(pk=entry.pk, lot=entry.lot))
    SearchEntry.objects.bulk_update(entries, ["lot"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("resources", "0004_missedsearch")]

    operations = [
        migrations.AddField("searchentry", "lot", models.PositiveIntegerField(default=0, db_default=0)),
        migrations.AddField("searchword", "entries", models.PositiveIntegerField(default=0, db_default=0)),
        migrations.RunPython(count_entries, migrations.RunPython.noop),
        migrations.RunPython(draw_lots, migrations.RunPython.noop),
    ]
