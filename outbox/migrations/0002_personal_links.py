"""What stands for the personal links of a mail, which are no longer stored in it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='links',
            field=models.JSONField(blank=True, null=True),
        ),
    ]
