"""The queue of files to screen: the rows of `FileScreening`, which the worker takes one at a time."""

import threading
from datetime import datetime, timedelta

import structlog
from django.db import close_old_connections, connection, models, transaction

from outbox import clock
from screening.findings import Screening

from ..enums import ScreeningState
from ..models import FileScreening, file_models
from .actions import record_outcome, report_blocked_file, screening_in_queue
from .content import Content, content_of, screen_content
from .texts import read_texts

log = structlog.get_logger("gate")

POLL_INTERVAL = 2.0  # seconds
# Longer than the process that reads a file may live: a worker that took a file this long ago has died.
LEASE = timedelta(minutes=10)
MAX_TRIES = 3

GAVE_UP = "Filen gick inte att granska automatiskt."
IS_GONE = "Filen finns inte kvar i lagringen."


def queued(now: datetime) -> models.QuerySet[FileScreening]:
    """The screenings that wait, and those taken by a worker that has died."""
    dead = models.Q(state=ScreeningState.RUNNING, taken_at__lt=now - LEASE)
    return FileScreening.objects.filter(models.Q(state=ScreeningState.WAITING) | dead)


def take_next(*, now: datetime | None = None) -> FileScreening | None:
    """Take the screening that has waited longest; no other worker gets it while the lease lasts."""
    now = now or clock.now()
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        screening = queued(now).select_for_update(skip_locked=skip).order_by("created_at", "pk").first()
        if screening is not None:
            screening.state, screening.taken_at = ScreeningState.RUNNING, now
            screening.tries += 1
            screening.save(update_fields=["state", "taken_at", "tries"])
    return screening


def screen_next() -> bool:
    """Screen the next file of the queue; False when there was none."""
    taken = take_next()
    if taken is None:
        return False
    # A file that brings the worker down again and again is left to a person.
    outcome = Screening(fault=GAVE_UP) if taken.tries > MAX_TRIES else _read(taken)
    if outcome is None:
        _remove(taken)
    else:
        _finish(taken, outcome)
    return True


def _read(taken: FileScreening) -> Screening | None:
    """Screen the content in any file that has it; None when no file does any more."""
    missing = False
    for file in taken.files():
        try:
            return screen_content(file.file, Content(taken.digest, taken.suffix, taken.size), has_time=True)
        except FileNotFoundError:
            missing = True
    return Screening(fault=IS_GONE) if missing else None


def _finish(taken: FileScreening, outcome: Screening) -> None:
    with transaction.atomic():
        screening = FileScreening.objects.select_for_update().filter(pk=taken.pk, taken_at=taken.taken_at).first()
        if screening is None:  # It was purged, or another worker took it after a very long time.
            return
        record_outcome(screening, outcome)
        if screening.blocks:
            report_blocked_file(screening)
    log.info("file screened", screening=screening.pk, verdict=screening.verdict, size=screening.size)


def _remove(taken: FileScreening) -> None:
    """Remove the row of a content that no file has any more."""
    with transaction.atomic():
        screening = FileScreening.objects.select_for_update().filter(pk=taken.pk).first()
        if screening is not None and next(screening.files(), None) is None:
            screening.delete()


def queue_unscreened_files() -> int:
    """Queue the files that have no screening; return how many. They are not public until they are screened."""
    number = 0
    for model in file_models():
        for instance in model._default_manager.filter(screening=None).order_by("pk").iterator(chunk_size=100):
            try:
                content = content_of(instance.file)
            except OSError:
                continue  # `rescreen` reports missing files.
            with transaction.atomic():
                model._default_manager.filter(pk=instance.pk, screening=None, file=instance.file.name).update(
                    screening=screening_in_queue(content), screened_name=instance.file.name
                )
            number += 1
    return number


def drain(stop: threading.Event) -> int:
    """Screen all that waits; return the number of files."""
    number = 0
    while not stop.is_set() and screen_next():
        number += 1
    return number


def drain_now() -> int:
    """Screen all that waits and read the texts, for a command that nothing stops on the way."""
    number = drain(threading.Event())
    read_texts(threading.Event())
    return number


def screen_until(stop: threading.Event) -> None:
    """Screen files as they are queued, until `stop` is set; a failure is logged and the queue goes on."""
    while not stop.is_set():
        close_old_connections()
        try:
            drain(stop)
            read_texts(stop)
        except Exception:
            log.exception("screening failed; it is tried again")
        stop.wait(POLL_INTERVAL)
    connection.close()
