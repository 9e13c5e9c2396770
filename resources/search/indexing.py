"""Writes the search index. It holds published pages only, with the text of the published version."""

import logging
from collections import Counter
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from wagtail.models import Page, get_page_models

from ..models.body_page import BodyPage
from ..models.search import SearchEntry, SearchPosting, SearchWord
from .weights import LEAD_WEIGHT, MOST_COUNTED, SORTING_WEIGHT, TEXT_WEIGHT, TITLE_WEIGHT
from .words import stem, words_of

logger = logging.getLogger(__name__)

TRIES = 3


def index_page(page_id: int) -> None:
    """Index the published version of the page, or remove a page that is not published from the index."""
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                _write(page_id)
                remove_unused_words()
            return
        except IntegrityError:
            # Another process removed an unused word just when this one began to use it.
            if not left:
                raise


def _write(page_id: int) -> None:
    page = Page.objects.filter(pk=page_id, live=True).specific().first()
    if not isinstance(page, BodyPage):
        SearchEntry.objects.filter(pk=page_id).delete()
        return
    # Read once, since each call goes to the database.
    text, sorting = page.search_text(), page.search_words()
    shown = " ".join(f"{page.lead} {text}".replace("\x00", " ").split())
    # The entry is locked until the end, so that two processes that index the same page take turns.
    entry, _ = SearchEntry.objects.select_for_update().update_or_create(page_id=page_id, defaults={"text": shown})
    weights = _weights(
        (page.title, TITLE_WEIGHT), (sorting, SORTING_WEIGHT), (page.lead, LEAD_WEIGHT), (text, TEXT_WEIGHT)
    )
    ids = _word_ids(weights)
    entry.postings.all().delete()
    SearchPosting.objects.bulk_create(
        SearchPosting(entry=entry, word_id=ids[word], weight=weight) for word, weight in weights.items()
    )


def _weights(*texts: tuple[str, int]) -> Counter[str]:
    weights: Counter[str] = Counter()
    for text, weight in texts:
        for word, times in Counter(words_of(text)).items():
            weights[word] += weight * min(times, MOST_COUNTED)
    return weights


def _word_ids(words: Iterable[str]) -> dict[str, int]:
    words = list(words)
    known = dict(SearchWord.objects.filter(word__in=words).values_list("word", "pk"))
    new = [SearchWord(word=word, stem=stem(word)) for word in words if word not in known]
    if not new:
        return known
    SearchWord.objects.bulk_create(new, ignore_conflicts=True)
    return dict(SearchWord.objects.filter(word__in=words).values_list("word", "pk"))


def remove_unused_words() -> None:
    """Delete words that stand on no page, so that nothing of a removed page stays."""
    SearchWord.objects.filter(postings__isnull=True).delete()


def index_all_pages() -> int:
    """Rebuild the whole index, page by page; returns how many pages it holds."""
    models = [model for model in get_page_models() if issubclass(model, BodyPage)]
    live = Page.objects.live().type(*models)
    SearchEntry.objects.exclude(page__in=live).delete()
    ids = list(live.values_list("pk", flat=True))
    for page_id in ids:
        with transaction.atomic():
            _write(page_id)
    remove_unused_words()
    return len(ids)
