from functools import partial

from django.core.files.storage import storages
from django.db import migrations, transaction


def remove_renditions(apps, schema_editor):
    """Remove the renditions made so far, which have the metadata of their originals. They are made anew when asked for."""
    names = list(apps.get_model("resources", "Rendition").objects.values_list("file", flat=True))
    apps.get_model("resources", "Rendition").objects.all().delete()
    transaction.on_commit(partial(_remove_files, names))


def _remove_files(names):
    for name in names:
        storages["renditions"].delete(name)


class Migration(migrations.Migration):
    dependencies = [("resources", "0007_more_synonyms")]

    operations = [migrations.RunPython(remove_renditions, migrations.RunPython.noop)]
