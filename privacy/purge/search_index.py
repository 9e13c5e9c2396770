"""What the search keeps of something that is purged: words of the page, and its name on other pages."""

from collections.abc import Iterable
from functools import partial

from django.db import models, transaction
from wagtail.models import Page

from resources.models import SearchEntry, SearchPosting
from resources.search.indexing import index_page, remove_unused_words
from resources.signals import pages_that_name

from .removal import Removal


def delete_entry(page: Page, removal: Removal) -> None:
    """Delete what the search knows of the page, also words that stand on no other page."""
    removal.delete(SearchPosting.objects.filter(entry=page.pk))
    SearchEntry.objects.filter(pk=page.pk).delete()
    remove_unused_words()


def index_again(instance: models.Model) -> None:
    """Write the search entries of the pages that name the row anew after the commit, when it is gone."""
    transaction.on_commit(partial(_index, pages_that_name(instance)), robust=True)


def _index(page_ids: Iterable[int]) -> None:
    for page_id in page_ids:
        index_page(page_id)
    remove_unused_words()
