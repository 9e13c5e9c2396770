"""The process beside the web server: delivers mail, screens large files, runs the jobs and the task queue."""

import signal
import threading
from types import FrameType
from typing import Any

import structlog
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gate.files.queue import drain as drain_screenings
from gate.files.queue import queue_unscreened_files, screen_until
from lumen import heartbeat, jobs
from lumen.task_queue import TaskQueue
from meetings.actions import invite_newcomers, tell_successors
from outbox.connections import Connections
from outbox.enums import MailStatus
from outbox.mail_server import ServerUnavailable
from outbox.models import OutgoingMail
from outbox.worker import QueueHeld

log = structlog.get_logger("worker")

WHAT_TO_DO = "Ta reda på vilka mejl som har gått ut (manage.py match_smtp_log), och kör sedan manage.py release_queue."


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
        delivery = Connections()
        if once:
            self.drain(delivery, stop)
        else:
            self.run(delivery, stop)

    def finish(self, stop: threading.Event, frame: FrameType | None) -> None:
        """Give the mails that are under way some seconds to be finished, then end."""
        stop.set()

    def drain(self, delivery: Connections, stop: threading.Event) -> None:
        queue_unscreened_files()
        invite_newcomers()
        TaskQueue().drain()
        # Before the mails, since a file that blocks is reported by mail.
        if screened := drain_screenings(stop):
            self.stdout.write(f"Granskade filer: {screened}.")
        try:
            delivery.drain(stop)
            if tell_successors():  # Of those whose mails were just withdrawn.
                delivery.drain(stop)
        except QueueHeld as held:
            raise CommandError(f"Kön står stilla: {held} {WHAT_TO_DO}") from held
        except ServerUnavailable as error:
            waiting = OutgoingMail.objects.pending().count()
            raise CommandError(f"Mejlservern går inte att nå: {error}. {waiting} mejl väntar.") from error
        self.stdout.write(
            f"Skickade: {delivery.counts[MailStatus.SENT]}. "
            f"Väntar på nytt försök: {delivery.counts[MailStatus.RETRY]}. "
            f"Gick inte att skicka: {delivery.counts[MailStatus.FAILED]}."
            + (f" Osäkra: {uncertain}." if (uncertain := delivery.counts[MailStatus.UNCERTAIN]) else "")
        )

    def run(self, delivery: Connections, stop: threading.Event) -> None:
        tasks = TaskQueue()
        beside = [
            threading.Thread(target=heartbeat.beat_until, args=[stop, delivery], name="heartbeat"),
            threading.Thread(target=jobs.run_until, args=[stop], name="jobs"),
            threading.Thread(target=screen_until, args=[stop], name="screener"),
            threading.Thread(target=tasks.run_until, args=[stop], name="tasks"),
        ]
        for thread in beside:
            thread.start()
        log.info("worker started", holders=[worker.holder for worker in delivery.workers])
        try:
            delivery.run(stop)
        finally:
            stop.set()
            tasks.end()
            for thread in beside:
                thread.join()
        log.info("worker ended", **{status.value: count for status, count in delivery.counts.items()})
