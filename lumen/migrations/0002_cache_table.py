"""The table of the cache, which production uses where no CACHE_URL is set."""

from django.core.management import call_command
from django.db import migrations

TABLE = "lumen_cache"


def create_table(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


def remove_table(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {schema_editor.quote_name(TABLE)}")


class Migration(migrations.Migration):

    dependencies = [
        ('lumen', '0001_initial'),
    ]

    operations = [migrations.RunPython(create_table, remove_table)]
