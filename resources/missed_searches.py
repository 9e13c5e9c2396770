"""Counts what was searched for and not found, and shows it to those who can write what is missing."""

import logging
from datetime import date
from typing import Any

from django.db import DatabaseError, connection
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permissions import ModelPermissionPolicy

from screening.text import screen_text

from .models import MissedSearch, Synonym
from .search.words import WORD, normal

log = logging.getLogger(__name__)

SHOWN_FROM = 3  # askings: what one person alone has written is shown to nobody
MOST_LETTERS = 100
MOST_DIGITS = 4  # more of them may be a number of somebody
MOST_A_DAY = 1_000  # different queries: a program that asks for anything fills no table
MOST_SHOWN = 200


def count_missed_search(query: str, *, on: date | None = None) -> None:
    """Count a query without an answer, unless the screening finds anything in it."""
    words = " ".join(WORD.findall(normal(query)))
    if not words or len(words) > MOST_LETTERS or not _is_clean(query) or not _is_clean(words):
        return
    day = on or timezone.localdate()
    try:
        _add_one(words, day)
    except DatabaseError:
        # Whoever searches gets the answer all the same, as when the database only reads.
        log.exception("a search without an answer was not counted")


def _add_one(words: str, day: date) -> None:
    """One more of the query that day. One statement, since whoever searches waits for it."""
    table = connection.ops.quote_name(MissedSearch._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (day, query, number) SELECT %s, %s, 1 WHERE %s > "  # noqa: S608 (a name of ours)
            f"(SELECT COUNT(*) FROM {table} WHERE day = %s AND query <> %s) "
            f"ON CONFLICT (day, query) DO UPDATE SET number = {table}.number + 1",
            [day, words, MOST_A_DAY, day, words],
        )


def _is_clean(text: str) -> bool:
    outcome = screen_text(text)
    digits = sum(letter.isdigit() for letter in text)
    return not outcome.findings and not outcome.advice and "@" not in text and digits <= MOST_DIGITS


class MissedSearchesView(WagtailAdminTemplateMixin, PermissionCheckedMixin, TemplateView):
    """What was searched for and not found, the most often asked first."""

    template_name = "admin_resources/missed_searches.html"
    page_title = "Sökt men inte funnet"
    header_icon = "search"
    permission_policy = ModelPermissionPolicy(Synonym)
    any_permission_required = ("add", "change", "view")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missed = MissedSearch.objects.asked_often(SHOWN_FROM)[:MOST_SHOWN]
        return {**super().get_context_data(**kwargs), "missed": missed, "shown_from": SHOWN_FROM}
