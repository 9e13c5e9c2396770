"""What the search keeps of something that is removed for good."""

from collections import Counter
from collections.abc import Iterable
from functools import partial

from django.db import models, transaction
from wagtail.models import Page

from privacy.purging.registry import register, register_words

from .models import (
    Category,
    Document,
    Image,
    Keyword,
    Rendition,
    ResourceFile,
    ResourceLink,
    SearchEntry,
    SearchPosting,
    Theme,
)
from .search.indexing import index_page, remove_unused_words
from .signals import pages_that_name


def register_resources() -> None:
    register_words(Rendition, "bildstorlek", "bildstorlekar")
    register_words(ResourceFile, "rad i en sidas fillista", "rader i sidors fillistor")
    register_words(ResourceLink, "rad i en sidas länklista", "rader i sidors länklistor")
    register(Page, erase_search_entry)
    for model in (Document, Image, Theme, Keyword, Category):
        register(model, index_again)


def erase_search_entry(page: Page) -> Counter[str]:
    """The page's own words. Those that stand on no other page go when the index has been written."""
    postings = SearchPosting.objects.filter(entry=page.pk)
    removed = Counter({SearchPosting._meta.label: postings.count()})
    postings.delete()
    SearchEntry.objects.filter(pk=page.pk).delete()
    remove_unused_words()
    return removed + index_again(page)


def index_again(instance: models.Model) -> Counter[str]:
    """Write the search entries of the pages that name the row anew, once it is gone."""
    transaction.on_commit(partial(_index, pages_that_name(instance)), robust=True)
    return Counter()


def _index(page_ids: Iterable[int]) -> None:
    for page_id in page_ids:
        index_page(page_id)
    remove_unused_words()
