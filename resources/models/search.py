"""The search index: which words stand on which published pages.

Derived from the pages and rebuilt at any time (`manage.py rebuild_search`). Plain tables, so that
SQLite and PostgreSQL find the same pages in the same order, and a search is an ordinary condition
that can be combined with facets.
"""

from django.db import models


class SearchEntry(models.Model):
    """A published page in the search index."""

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, primary_key=True, related_name="+")
    text = models.TextField()


class SearchWord(models.Model):
    """A word that stands on some page, as written (lower case), and its stem."""

    word = models.CharField(max_length=60, unique=True)
    stem = models.CharField(max_length=60, db_index=True)


class SearchPosting(models.Model):
    """A word on a page, and its weight there."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="postings")
    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="postings", db_index=False)
    weight = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "word"], name="one_posting_a_word_and_page")]
        indexes = [models.Index(fields=["word", "entry", "weight"], name="search_word_entry_weight")]
