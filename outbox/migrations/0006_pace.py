from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0005_classes_of_earlier_bounces")]

    operations = [
        migrations.AddField(
            model_name="queuestate",
            name="next_turn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
