"""Saying no needs no reason any longer; only who has said no has one."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

WITHOUT = "Inget skäl angavs."


def clear_reasons_of_no_answer(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Empty the reason where there is no answer. The site never writes such a row."""
    apps.get_model("meetings", "InvitedOrganisation").objects.filter(declined_at=None).exclude(
        declined_because=""
    ).update(declined_because="")


def fill_reasons(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give those who gave no reason one, which the earlier constraint demands."""
    rows = apps.get_model("meetings", "InvitedOrganisation").objects.filter(declined_at__isnull=False)
    rows.filter(declined_because="").update(declined_because=WITHOUT)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_lists_by_time")]

    operations = [
        migrations.RemoveConstraint(model_name="invitedorganisation", name="declined_says_why"),
        migrations.RunPython(clear_reasons_of_no_answer, fill_reasons),
        migrations.AddConstraint(
            model_name="invitedorganisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("declined_at__isnull", False), ("declined_because", ""), _connector="OR"),
                name="only_who_declined_says_why",
            ),
        ),
    ]
