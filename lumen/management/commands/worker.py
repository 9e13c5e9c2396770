"""The process beside the web server: delivers mail, screens large files and publishes what is scheduled."""

import signal
import threading
from types import FrameType
from typing import Any

import structlog
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections, connection

from contacts.actions import forget_expired_imports
from gate.uploads.queue import drain as drain_screenings
from gate.uploads.queue import queue_unscreened_files, screen_until
from outbox.enums import MailStatus
from outbox.models import OutgoingMail
from outbox.peers import PeerUnavailable
from outbox.worker import QueueHeld, Worker
from privacy.purge.actions import finish_all

log = structlog.get_logger("worker")

PUBLISH_INTERVAL = 60.0  # seconds


class Command(BaseCommand):
    help = (
        "Skickar mejlen i kön, granskar stora filer och publicerar det som är schemalagt. "
        "Avslutas med Ctrl+C eller SIGTERM."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Töm kön på det som ska gå nu och avsluta.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda number, frame: self.finish(stop, frame))
        worker = Worker()
        if once:
            self.drain(worker, stop)
        else:
            self.run(worker, stop)

    def finish(self, stop: threading.Event, frame: FrameType | None) -> None:
        """Let the mail that is under way be finished, then end."""
        stop.set()

    def drain(self, worker: Worker, stop: threading.Event) -> None:
        queue_unscreened_files()
        # First, since a file that may not be published is told of by mail.
        if screened := drain_screenings(stop):
            self.stdout.write(f"Granskade filer: {screened}.")
        try:
            worker.drain(stop)
        except QueueHeld as held:
            raise CommandError(f"Kön står stilla: {held} Granska och kör sedan manage.py release_queue.") from held
        except PeerUnavailable as error:
            waiting = OutgoingMail.objects.pending().count()
            raise CommandError(f"Mejlservern går inte att nå: {error}. {waiting} mejl väntar.") from error
        self.stdout.write(
            f"Skickade: {worker.counts[MailStatus.SENT]}. "
            f"Väntar på nytt försök: {worker.counts[MailStatus.RETRY]}. "
            f"Gick inte att skicka: {worker.counts[MailStatus.FAILED]}."
        )

    def run(self, worker: Worker, stop: threading.Event) -> None:
        beside = [
            threading.Thread(target=publish_scheduled_until, args=[stop], name="publisher"),
            threading.Thread(target=screen_until, args=[stop], name="screener"),
        ]
        for thread in beside:
            thread.start()
        log.info("worker started", holder=worker.holder)
        try:
            worker.run(stop)
        finally:
            stop.set()
            for thread in beside:
                thread.join()
        log.info("worker ended", **{status.value: count for status, count in worker.counts.items()})


def publish_scheduled_until(stop: threading.Event) -> None:
    """Publish each minute what is scheduled, beside the mail so that neither delays the other."""
    while not stop.is_set():
        close_old_connections()
        try:
            call_command("publish_scheduled", verbosity=0)
            forget_expired_imports()
            finish_all()
        except Exception:
            log.exception("publishing failed; it is tried again in a minute")
        stop.wait(PUBLISH_INTERVAL)
    connection.close()
