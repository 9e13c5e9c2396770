"""A web process is ready before its first visitor."""

import gc

from lumen import web_process
from resources.search import compounds


def test_the_word_lists_are_read_before_the_first_search() -> None:
    compounds._list.cache_clear()
    compounds._plain_words.cache_clear()
    compounds.parts_of.cache_clear()
    web_process.prepare()
    assert compounds._list.cache_info().currsize == 1
    assert compounds._plain_words.cache_info().currsize == 1


def test_what_stays_is_not_looked_through_by_the_collector_of_garbage() -> None:
    gc.unfreeze()
    web_process.prepare()
    assert gc.get_freeze_count() > 0
    assert len(gc.get_objects()) < gc.get_freeze_count()
