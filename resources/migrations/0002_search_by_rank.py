"""The search index in a new form. It is derived from the pages, so the former rows are left behind."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("gate", "0001_initial"),
        ("resources", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.DeleteModel(name="SearchPosting"),
        migrations.DeleteModel(name="SearchWord"),
        migrations.DeleteModel(name="SearchEntry"),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(blank=True, max_length=200)),
                ("position", models.PositiveIntegerField(default=0)),
                ("number", models.PositiveIntegerField(default=0)),
                ("label", models.CharField(blank=True, max_length=80)),
                ("meta", models.CharField(blank=True, max_length=300)),
                ("title", models.CharField(blank=True, max_length=255)),
                ("sorting", models.TextField(blank=True)),
                ("text", models.TextField(blank=True)),
                (
                    "document",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAILDOCS_DOCUMENT_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "content",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="gate.filescreening",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("page__isnull", False), ("path", "")),
                            models.Q(("page", None), models.Q(("path", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="search_entry_of_page_or_view",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content", None), ("document", None)),
                            models.Q(("content__isnull", False), ("document__isnull", False)),
                            _connector="OR",
                        ),
                        name="search_entry_of_file_knows_its_content",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("document", None)), fields=("page",), name="one_search_entry_a_page"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("path", ""), _negated=True),
                        fields=("path",),
                        name="one_search_entry_a_view",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("document__isnull", False)),
                        fields=("page", "document", "position"),
                        name="one_search_entry_a_page_of_a_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True)),
                ("stem", models.CharField(db_index=True, max_length=60)),
                ("lemma", models.CharField(db_index=True, max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="SearchPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=60)),
                ("is_last", models.BooleanField()),
                (
                    "word",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="resources.searchword",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["part", "word", "is_last"], name="search_part")],
                "constraints": [models.UniqueConstraint(fields=("word", "part"), name="one_row_a_part")],
            },
        ),
        migrations.CreateModel(
            name="SearchPosting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight", models.PositiveIntegerField()),
                ("places", models.CharField(blank=True, max_length=60)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postings",
                        to="resources.searchentry",
                    ),
                ),
                (
                    "word",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postings",
                        to="resources.searchword",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["word", "entry", "weight"], name="search_word_entry_weight")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "word"), name="one_posting_a_word_and_page")
                ],
            },
        ),
    ]
