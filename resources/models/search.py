"""The search index: which words stand on which published pages, and on which pages of their files.

Derived from the pages and rebuilt at any time (`manage.py rebuild_search`). Plain tables, so that SQLite and
PostgreSQL find the same pages in the same order. Whether an entry may be shown is asked of its page and file when
somebody searches, never of the index.
"""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.functions import Left, Length
from wagtail.models import CollectionViewRestriction

from gate.models import FileScreening

from .files import Document


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def of_files(self) -> Self:
        """Pages of files."""
        return self.filter(document__isnull=False)

    def on_display(self, pages: models.QuerySet[Any]) -> Self:
        """Views, those of the pages, and of their files that anybody may read."""
        # Asked of each entry alone: as lists, SQLite would look up every page for every entry.
        page = models.Exists(pages.order_by().filter(pk=models.OuterRef("page")))
        return self.filter(models.Q(page=None) | page, models.Q(document=None) | models.Exists(_open_document()))


def _open_document() -> models.QuerySet[Document]:
    """The entry's file, if it is approved with exactly the content that the text was read from, and not locked away."""
    documents = Document.objects.approved().filter(pk=models.OuterRef("document"), screening=models.OuterRef("content"))
    return documents.exclude(models.Exists(_closed_collection()))


def _closed_collection() -> models.QuerySet[CollectionViewRestriction]:
    """The restrictions of the collection that the file lies in, or of one above it."""
    start = Left(models.OuterRef("collection__path"), Length("collection__path"))
    return CollectionViewRestriction.objects.filter(collection__path=start)


class SearchEntry(models.Model):
    """A published page in the search index, a public view beside the tree of pages, or a page of a page's file."""

    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, null=True, related_name="+")
    path = models.CharField(max_length=200, blank=True)  # the address of a view, which is no page
    document = models.ForeignKey(Document, models.CASCADE, null=True, related_name="+")
    # The content that the text was read from; it goes when the content is purged.
    content = models.ForeignKey(FileScreening, models.CASCADE, null=True, related_name="+")
    position = models.PositiveIntegerField(default=0)  # of the text in the file
    number = models.PositiveIntegerField(default=0)  # of the page in the file; 0 when it has no pages
    label = models.CharField(max_length=80, blank=True)  # what kind of page it is, as a hit shows it
    meta = models.CharField(max_length=300, blank=True)  # producer and date, as a hit shows them
    title = models.CharField(max_length=255, blank=True)
    sorting = models.TextField(blank=True)  # what the page is sorted by, such as its themes, one a line
    text = models.TextField(blank=True)
    # Decides between entries that answer equally well: the same number on every database, whenever it was indexed.
    lot = models.PositiveIntegerField(default=0, db_default=0)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(page__isnull=False, path="") | (models.Q(page=None) & ~models.Q(path="")),
                name="search_entry_of_page_or_view",
            ),
            models.CheckConstraint(
                condition=models.Q(document=None, content=None)
                | models.Q(document__isnull=False, content__isnull=False),
                name="search_entry_of_file_knows_its_content",
            ),
            models.UniqueConstraint(fields=["page"], condition=models.Q(document=None), name="one_search_entry_a_page"),
            models.UniqueConstraint(fields=["path"], condition=~models.Q(path=""), name="one_search_entry_a_view"),
            models.UniqueConstraint(
                fields=["page", "document", "position"],
                condition=models.Q(document__isnull=False),
                name="one_search_entry_a_page_of_a_file",
            ),
        ]


class SearchWord(models.Model):
    """A word that stands somewhere, as written (lower case), with its stem and lemma without dots and rings."""

    word = models.CharField(max_length=60, unique=True)
    stem = models.CharField(max_length=60, db_index=True)
    lemma = models.CharField(max_length=60, db_index=True)
    # In how many entries it stands, kept by `indexing`, since counting them takes long.
    # No index has it, so that PostgreSQL can change the number in place.
    entries = models.PositiveIntegerField(default=0, db_default=0)


class SearchPart(models.Model):
    """A word that is a part of a compound: its stem or its lemma, without dots and rings."""

    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="parts")
    part = models.CharField(max_length=60)
    is_last = models.BooleanField()  # *brott* in *bidragsbrott*

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["word", "part"], name="one_row_a_part")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["part", "word", "is_last"], name="search_part")]


class SearchPosting(models.Model):
    """A word of an entry, its weight there, and its first places."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="postings")
    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="postings", db_index=False)
    weight = models.PositiveIntegerField()
    places = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "word"], name="one_posting_a_word_and_page")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["word", "entry", "weight"], name="search_word_entry_weight")
        ]
