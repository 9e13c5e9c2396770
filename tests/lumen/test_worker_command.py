"""`manage.py worker`."""

import os
import signal
import threading
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lumen.jobs import JOBS
from lumen.models import Heartbeat, JobRun
from lumen.settings import base
from outbox.actions import hold_queue
from outbox.enums import MailStatus
from outbox.models import OutgoingMail
from resources.models import Document
from screening.findings import Finding, Kind, Screening
from tests.factories.contacts import PersonFactory
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.resources import DocumentFactory

from . import background

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _our_signals():
    """The command takes over the signals of its process; give them back."""
    kept = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in kept.items():
        signal.signal(name, handler)


@pytest.fixture(autouse=True)
def _delivery(settings, smtp_server, tmp_path):
    settings.OUTBOX_DELIVERY = smtp_server.delivery
    settings.STATE_DIR = tmp_path


def test_once_empties_the_queue_and_says_what_it_did(smtp_server):
    OutgoingMailFactory.create_batch(2)
    OutgoingMailFactory(recipient="fel@nacka.example")
    smtp_server.replies["fel@nacka.example"] = "550 No such user"
    out = StringIO()

    call_command("worker", "--once", stdout=out)

    assert out.getvalue() == "Skickade: 2. Väntar på nytt försök: 0. Gick inte att skicka: 1.\n"
    assert len(smtp_server.mails) == 2


def test_once_screens_files_and_tells_of_those_that_block(settings, smtp_server, monkeypatch):
    settings.SCREENING_DIRECT_BYTES = 0
    settings.EMAIL_BACKEND = "outbox.backends.OutboxBackend"  # which the tests' own takes the place of
    finding = Finding(Kind.PERSONAL_NUMBER, "sida 2", "85…")
    monkeypatch.setattr("screening.files.screen_file", lambda path, **options: Screening((finding,)))
    document = DocumentFactory(unread=True, uploaded_by_user=PersonFactory())
    out = StringIO()

    call_command("worker", "--once", stdout=out)

    document.refresh_from_db()
    assert document.screening.blocks
    assert "Granskade filer: 1." in out.getvalue()
    assert "Skickade: 1." in out.getvalue()


def test_once_ends_with_a_reason_when_the_queue_is_held(smtp_server):
    OutgoingMailFactory()
    hold_queue(because="Databasen är återställd.")

    with pytest.raises(CommandError, match="Kön står stilla: Databasen är återställd. .* release_queue"):
        call_command("worker", "--once")
    assert smtp_server.mails == []


def test_once_ends_with_a_reason_when_the_server_is_away(settings, smtp_server):
    OutgoingMailFactory.create_batch(2)
    settings.OUTBOX_DELIVERY = {**smtp_server.delivery, "EMAIL_PORT": 1}

    with pytest.raises(CommandError, match="Mejlservern går inte att nå: .* 2 mejl väntar"):
        call_command("worker", "--once")
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {MailStatus.QUEUED}


def test_in_development_mails_are_said_not_to_be_sent_for_real(settings):
    OutgoingMailFactory()
    settings.OUTBOX_DELIVERY = {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}

    call_command("worker", "--once", stdout=StringIO())

    mail = OutgoingMail.objects.get()
    assert (mail.status, mail.reply) == (MailStatus.SENT, "Skickades inte på riktigt: LUMEN kör utan e-postserver")


def test_the_running_command_delivers_screens_runs_the_jobs_and_ends_on_a_signal(settings, smtp_server, monkeypatch):
    settings.SCREENING_DIRECT_BYTES = 0
    monkeypatch.setattr("screening.files.screen_file", lambda path, **options: Screening())
    OutgoingMailFactory()
    document = DocumentFactory(unread=True)
    beats: list[Heartbeat] = []

    def end_when_delivered() -> None:
        try:
            smtp_server.wait_for(1)
            finished = JobRun.objects.exclude(finished_at=None)
            while not Document.objects.approved().exists() or finished.count() < len(JOBS):
                time.sleep(0.05)
            beats.extend(Heartbeat.objects.with_life())
        finally:
            connection.close()
            os.kill(os.getpid(), signal.SIGTERM)

    ender = threading.Thread(target=end_when_delivered)
    ender.start()
    call_command("worker")
    ender.join()

    assert OutgoingMail.objects.get().status == MailStatus.SENT
    document.refresh_from_db()
    assert document.is_approved
    assert not JobRun.objects.exclude(holder="", fault="").exists()
    assert set(JobRun.objects.values_list("name", flat=True)) == {job.name for job in JOBS}
    assert [beat.is_alive for beat in beats] == [True]
    assert not Heartbeat.objects.exists()


def test_once_does_the_tasks_that_wait_and_runs_no_job(settings):
    settings.TASKS = base.TASKS | {"worker": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    background.remember.enqueue("ett")

    call_command("worker", "--once", stdout=StringIO())

    assert background.done.pop() == "ett"
    assert not JobRun.objects.exists()
