"""Gives the failures from before there were classes theirs: the addresses that the servers said do not exist."""

from django.db import migrations, models

# As the classes read them when this was written. What says something else keeps no class.
NO_SUCH_ADDRESS = r"5\.1\.([0-6]|10)|5\.2\.1|5\.4\.4|[Uu]ser unknown|[Uu]nknown user|[Nn]o such (user|recipient|mailbox)"


def classify(apps, schema_editor):
    mails = apps.get_model("outbox", "OutgoingMail").objects.using(schema_editor.connection.alias)
    failed = mails.filter(status__in=["failed", "bounced"], bounce_class="")
    failed.filter(reply__regex=NO_SUCH_ADDRESS).update(bounce_class="dead")


class Migration(migrations.Migration):
    dependencies = [("outbox", "0004_conditions_and_bounces")]

    operations = [
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(fields=["bounce_class", "recipient"], name="mails_by_bounce_class"),
        ),
        migrations.RunPython(classify, migrations.RunPython.noop, elidable=True),
    ]
