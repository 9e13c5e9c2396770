"""Removes what is purged from the search: the words of a page, and the row's name in entries of other pages."""

from collections.abc import Iterable
from functools import partial

from django.db import models, transaction
from wagtail.models import Page

from resources.models import SearchEntry
from resources.search.indexing import forget_entries, index_page, remove_unused_words
from resources.signals import pages_that_name

from .removal import Removal


def delete_entry(page: Page, removal: Removal) -> None:
    """Delete the page's search entries, those of its files too, and the words that no other page has."""
    forget_entries(SearchEntry.objects.filter(page=page.pk))
    remove_unused_words()


def index_again(instance: models.Model) -> None:
    """Reindex the pages that name the row after the commit, when it is gone."""
    transaction.on_commit(partial(_index, pages_that_name(instance)), robust=True)


def _index(page_ids: Iterable[int]) -> None:
    for page_id in page_ids:
        index_page(page_id)
    remove_unused_words()
