"""Reads the text of cleared files, a page at a time, for those rooms that search in it.

It is stored with the content and goes with it: when the content is purged, and when it is no longer cleared.
"""

import threading

import structlog
from django.db import models, transaction
from django.utils import timezone

from screening.files import read_pages
from screening.files.shown_text import SUFFIXES, ShownText

from ..enums import ScreeningState
from ..models import FileScreening, FileText
from .content import on_disk

log = structlog.get_logger("gate")


def unread() -> models.QuerySet[FileScreening]:
    """Cleared contents whose text has not been read yet, the oldest first."""
    cleared = FileScreening.objects.approved().filter(state=ScreeningState.DONE, suffix__in=SUFFIXES)
    return cleared.filter(text_read_at=None).order_by("created_at", "pk")


def read_next_text() -> bool:
    """Read the text of the next cleared file; False when there was none."""
    screening = unread().first()
    if screening is None:
        return False
    _store(screening, _read(screening))
    return True


def read_texts(stop: threading.Event) -> int:
    """Read the text of all cleared files that have not been read; return how many they were."""
    number = 0
    while not stop.is_set() and read_next_text():
        number += 1
    return number


def _read(screening: FileScreening) -> list[ShownText]:
    for file in screening.files():
        try:
            with on_disk(file.file, screening.suffix) as path:
                return read_pages(path, name=f"fil{screening.suffix}")
        except OSError:
            continue  # `rescreen` reports missing files.
    return []


def _store(screening: FileScreening, texts: list[ShownText]) -> None:
    """Store the texts, unless the content is no longer cleared; the row is noted as read in any case."""
    with transaction.atomic():
        row = FileScreening.objects.select_for_update().filter(pk=screening.pk).first()
        if row is None or not row.is_approved or not row.is_done:
            return
        row.texts.all().delete()
        FileText.objects.bulk_create(
            FileText(content=row, position=position, page=text.page, text=text.text.replace("\x00", " "))
            for position, text in enumerate(texts)
        )
        row.text_read_at = timezone.now()
        row.save(update_fields=["text_read_at"])
    log.info("text of file read", screening=screening.pk, pages=len(texts))


def forget_texts(screening: FileScreening) -> None:
    """Remove the text of a content that is no longer cleared. The caller saves the row."""
    if screening.pk and not screening.is_approved:
        screening.texts.all().delete()
        screening.text_read_at = None
