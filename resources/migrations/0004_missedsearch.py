from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resources", "0003_synonym")]

    operations = [
        migrations.CreateModel(
            name="MissedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="dag")),
                ("query", models.CharField(max_length=100, verbose_name="sökt")),
                ("number", models.PositiveIntegerField(default=1, verbose_name="antal")),
            ],
            options={
                "verbose_name": "sökning utan svar",
                "verbose_name_plural": "sökningar utan svar",
                "indexes": [models.Index(fields=["query"], name="missed_searches_by_query")],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "query"), name="one_count_a_query_and_day")
                ],
            },
        ),
    ]
