"""Delivery: what the worker itself takes for a mail, at a mail server that does nothing."""

import tempfile
import threading
from pathlib import Path

from outbox.mail_server import MailServer
from outbox.models import OutgoingMail
from outbox.restore_guard import RestoreGuard
from outbox.worker import Worker
from tests.factories.outbox import OutgoingMailFactory

from .gauges import Gauge, compare, gauge

FEW, MANY = 200, 2_000


def measure() -> None:
    _deliver(1)  # what is only loaded once
    few, many = _deliver(FEW), _deliver(MANY)
    compare("Delivery to a peer that does nothing", "mail", [("delivered", FEW, few, MANY, many)])


def _deliver(number: int) -> Gauge:
    """Committed for real, since the worker commits each mail; cleared away afterwards."""
    mails = (OutgoingMailFactory.build(stream=f"meeting:1:{n}") for n in range(number))
    OutgoingMail.objects.bulk_create(mails)
    with tempfile.TemporaryDirectory() as state:
        worker = Worker(server=MailServer(), guard=RestoreGuard(state_dir=Path(state), hold_without_mark=False))
        with gauge() as taken:
            worker.drain(threading.Event())
    assert OutgoingMail.objects.filter(sent_at__isnull=False).count() == number
    OutgoingMail.objects.all().delete()
    return taken
