"""Makes a web process ready before its first visitor: what takes long the first time is done at the start.

Only `lumen.wsgi` calls this, so commands, workers and tests start as quickly as ever.
"""

import gc

from django.urls import get_resolver

from resources.search.warming import read_word_lists


def prepare() -> None:
    """Load the addresses with their views, and the word lists, and take them all out of the collection of garbage.

    They stay as long as the process. To look through them again and again made every twentieth search twice as slow.
    """
    _ = get_resolver().url_patterns
    read_word_lists()
    gc.collect()
    gc.freeze()
