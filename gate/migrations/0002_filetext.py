import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gate", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="filescreening",
            name="text_read_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="FileText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("page", models.PositiveIntegerField(default=0)),
                ("text", models.TextField()),
                (
                    "content",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="gate.filescreening",
                    ),
                ),
            ],
            options={
                "verbose_name": "text i en fil",
                "verbose_name_plural": "texter i filer",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("content", "position"), name="one_text_a_place_in_a_file")
                ],
            },
        ),
    ]
