"""Tells an editor who has mended a stopped page that its earlier versions and history still hold what was stopped."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin import messages
from wagtail.models import Page, PageLogEntry, Revision

from gate.stops import stops_in
from gate.texts import BOOKKEEPING, texts_in_json
from screening.descriptions import masked_title
from screening.findings import Verdict
from screening.text import screen_text

from ..permissions import user_can_purge
from .generic_relations import revisions_of

OFFER = "Ta bort tidigare versioner och historik"
WHY = "Tidigare versioner innehöll ett nummer som inte får bli publikt."
ASK = "Be någon som är med i gruppen Får rensa bort att ta bort dem."


def offer_removal(request: HttpRequest, page: Page) -> None:
    """Offer to remove earlier versions and history (hook `after_publish_page`), if they hold what stops a page."""
    if not holds_what_stops(page):
        return
    told = f"Tidigare versioner eller historiken för ”{masked_title(page.title)}” har kvar ett nummer som stoppar."
    if user_can_purge(request.user):
        address = reverse("purging:versions", args=[page.pk])
        button = messages.button(f"{address}?{urlencode({'skal': WHY})}", OFFER)
        messages.warning(request, told, buttons=[button])
    else:
        messages.warning(request, f"{told} {ASK}")


def holds_what_stops(page: Page) -> bool:
    """Whether an earlier version of the page, or a title in its history, holds what stops a page.

    Versions have most of their texts in common, so each text is read once, and only a version with one that may
    stop is read as a page.
    """
    labels = PageLogEntry.objects.filter(page=page.pk).order_by().values_list("label", flat=True).distinct()
    # The title of today is published, so two persons have let it through if it would stop.
    if any(_blocks(label) for label in labels.exclude(label=page.title)):
        return True
    known: dict[str, bool] = {}
    earlier = revisions_of(page).exclude(pk=page.latest_revision_id)
    for pk, content in earlier.order_by("-pk").values_list("pk", "content").iterator(chunk_size=50):
        if _may_stop(content, known) and stops_in(Revision.objects.get(pk=pk).as_object()):
            return True
    return False


def _may_stop(content: dict[str, Any], known: dict[str, bool]) -> bool:
    found = False
    for text in _texts(content):
        if text not in known:
            known[text] = _blocks(text)
        found = found or known[text]
    return found


def _texts(content: dict[str, Any]) -> Iterator[str]:
    for name, value in content.items():
        if name in BOOKKEEPING:
            continue
        if isinstance(value, str) and value.startswith(("[", "{")):  # a stream of blocks
            with suppress(ValueError):
                value = json.loads(value)
        yield from (piece.text for piece in texts_in_json(value))


def _blocks(text: str) -> bool:
    return screen_text(text).verdict == Verdict.BLOCK
