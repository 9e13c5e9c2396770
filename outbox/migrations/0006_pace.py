from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0007_restore_proof")]

    operations = [
        migrations.AddField(
            model_name="queuestate",
            name="next_turn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
