"""Large files are screened by the worker."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Collection, ModelLogEntry

from gate.enums import ScreeningState
from gate.errors import Blocked
from gate.files import queue
from gate.files.actions import approve_file
from gate.models import FileScreening
from outbox.categories import category_label
from outbox.models import OutgoingMail
from resources.models import Document
from screening.files.passages import TOO_SLOW
from screening.findings import Finding, Kind, Screening, Verdict
from tests.factories.resources import DocumentFactory

from .conftest import BLOCKS, CLEAN, UNREADABLE
from .samples import text_file

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

OUT_OF_TIME = Screening(fault=f"{TOO_SLOW} Den är läst till och med blad Data, cell B4000.")


@pytest.fixture(autouse=True)
def _everything_waits(settings):
    settings.SCREENING_DIRECT_BYTES = 0


def waiting(text: str = "En stor fil.", **fields) -> Document:
    document = Document(
        title="Rutin", collection=Collection.get_first_root_node(), file=text_file(text), file_size=12, **fields
    )
    document.save()
    return document


def test_what_waits_is_screened_in_turn(reads_as):
    reads_as(CLEAN)
    first, second = waiting("ett"), waiting("två")
    assert queue.take_next().pk == first.screening_id
    assert queue.take_next().pk == second.screening_id
    assert queue.take_next() is None


def test_a_file_is_approved_by_the_worker(reads_as):
    reads_as(CLEAN)
    document = waiting()
    assert queue.drain_now() == 1
    document = Document.objects.get()
    assert document.is_approved


def test_a_file_that_blocks_is_stopped_logged_and_its_uploader_told(reads_as, editor):
    reads_as(BLOCKS)
    document = waiting(uploaded_by_user=editor)
    queue.drain_now()
    document.refresh_from_db()
    assert document.screening.blocks
    assert not document.is_approved
    assert ModelLogEntry.objects.filter(action="gate.file_blocked", object_id=str(document.pk)).exists()
    mail = OutgoingMail.objects.get()
    assert mail.recipient == editor.email
    assert f"/admin/documents/edit/{document.pk}/" in mail.text
    assert "sida 2" in mail.text


def test_one_who_has_left_gets_no_mail(reads_as, editor):
    editor.is_active = False
    editor.save()
    reads_as(BLOCKS)
    waiting(uploaded_by_user=editor)
    queue.drain_now()
    assert not OutgoingMail.objects.exists()


def test_a_dead_workers_file_is_taken_again_when_its_lease_has_ended(reads_as):
    reads_as(CLEAN)
    waiting()
    now = timezone.now()
    assert queue.take_next(now=now) is not None
    assert queue.take_next(now=now + queue.LEASE) is None
    assert queue.take_next(now=now + queue.LEASE + timedelta(seconds=1)).tries == 2


def test_a_file_is_read_also_at_its_last_try(reads_as):
    paths = reads_as(CLEAN)
    document = waiting()
    FileScreening.objects.update(tries=queue.MAX_TRIES - 1)
    queue.drain_now()
    document.refresh_from_db()
    assert (document.screening.verdict, len(paths)) == (Verdict.CLEAN, 1)


def test_a_file_that_brings_the_worker_down_ends_as_one_to_read(reads_as):
    paths = reads_as(CLEAN)
    document = waiting()
    now = timezone.now()
    for _ in range(queue.MAX_TRIES):
        now += queue.LEASE * 2
        queue.take_next(now=now)
    FileScreening.objects.update(taken_at=timezone.now() - queue.LEASE * 2)
    queue.drain_now()
    document.refresh_from_db()
    assert (document.screening.verdict, document.screening.fault) == (Verdict.UNSCREENED, queue.GAVE_UP)
    assert paths == []


def test_a_worker_that_comes_back_too_late_changes_nothing(reads_as):
    reads_as(CLEAN)
    document = waiting()
    late = queue.take_next()
    FileScreening.objects.update(taken_at=timezone.now() - queue.LEASE * 2)
    queue.take_next()
    queue._finish(late, UNREADABLE)
    document.refresh_from_db()
    assert document.screening.state == ScreeningState.RUNNING


def test_a_content_that_nobody_holds_any_more_leaves_the_queue(reads_as):
    reads_as(CLEAN)
    waiting().delete()
    queue.drain_now()
    assert not FileScreening.objects.exists()


def test_a_file_that_is_gone_ends_as_unread(reads_as):
    reads_as(CLEAN)
    document = waiting()
    document.file.storage.delete(document.file.name)
    queue.drain_now()
    document.refresh_from_db()
    assert document.screening.fault == queue.IS_GONE


def test_files_from_before_the_screening_are_put_in_the_queue(reads_as):
    reads_as(CLEAN)
    old, gone = DocumentFactory(content=b"gammal"), DocumentFactory(content=b"borta")
    Document.objects.update(screening=None, screened_name="")
    FileScreening.objects.all().delete()
    gone.file.storage.delete(gone.file.name)
    old.refresh_from_db()
    assert not old.is_approved
    assert queue.queue_unscreened_files() == 1
    queue.drain_now()
    old.refresh_from_db()
    assert old.is_approved


def test_the_thread_goes_on_after_a_fault_and_ends_when_told(monkeypatch):
    stop, calls = threading.Event(), []

    def screen_next() -> bool:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("oväntat")
        stop.set()
        return False

    monkeypatch.setattr(queue, "screen_next", screen_next)
    monkeypatch.setattr(queue, "POLL_INTERVAL", 0)
    monkeypatch.setattr(queue, "close_old_connections", lambda: None)
    monkeypatch.setattr(queue, "connection", type("Open", (), {"close": staticmethod(lambda: None)}))
    queue.screen_until(stop)
    assert len(calls) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_file(reads_as):
    reads_as(CLEAN)
    for number in range(6):
        waiting(f"fil {number}")
    taken: list[int] = []
    start = threading.Barrier(3)

    def work() -> None:
        try:
            start.wait()
            while (screening := queue.take_next()) is not None:
                taken.append(screening.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 6


@pytest.mark.django_db(transaction=True)
def test_the_same_content_uploaded_at_the_same_time_gets_one_screening(reads_as, settings):
    settings.SCREENING_DIRECT_BYTES = 1000
    reads_as(CLEAN)
    start, faults = threading.Barrier(4), []
    collection = Collection.get_first_root_node()

    def upload(number: int) -> None:
        try:
            document = Document(title="Samma", collection=collection, file=text_file(name=f"{number}.txt"))
            start.wait()
            document.save()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=upload, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert FileScreening.objects.count() == 1
    assert Document.objects.approved().count() == 4


def test_a_file_that_takes_too_long_at_the_upload_waits_for_the_worker(reads_as, settings):
    settings.SCREENING_DIRECT_BYTES = 1000
    reads_as(OUT_OF_TIME)
    document = waiting()
    assert document.screening.state == ScreeningState.WAITING
    assert not document.is_approved
    assert not document.screening.needs_approval
    reads_as(BLOCKS)
    queue.drain_now()
    document.refresh_from_db()
    assert document.screening.blocks


def test_a_file_that_blocks_before_the_time_is_out_is_refused(reads_as, settings):
    settings.SCREENING_DIRECT_BYTES = 1000
    reads_as(replace(BLOCKS, fault=OUT_OF_TIME.fault))
    with pytest.raises(Blocked):
        waiting()


def test_the_worker_has_more_time(monkeypatch, settings):
    asked = []
    monkeypatch.setattr("screening.files.screen_file", lambda path, **order: asked.append(order) or OUT_OF_TIME)
    settings.SCREENING_DIRECT_BYTES = 1000
    document = waiting()
    queue.drain_now()
    assert [order["has_time"] for order in asked] == [False, True]
    document.refresh_from_db()
    assert document.screening.verdict == Verdict.UNSCREENED
    assert document.screening.needs_approval


def test_an_approval_given_while_it_waited_does_not_count_for_a_file_that_nobody_could_read_in_time(reads_as, editor):
    document = waiting()
    approve_file(document.screening, by=editor)
    reads_as(OUT_OF_TIME)
    queue.drain_now()
    document.refresh_from_db()
    assert not document.is_approved
    approve_file(document.screening, by=editor)
    document.refresh_from_db()
    assert document.is_approved


def test_the_mail_about_a_file_gathers_the_places_and_has_a_kind(reads_as, editor):
    reads_as(Screening(tuple(Finding(Kind.PERSONAL_NUMBER, f"rad {row // 2}", "85…") for row in range(30))))
    waiting(uploaded_by_user=editor)
    queue.drain_now()
    mail = OutgoingMail.objects.get()
    assert "- personnummer: rad 0; rad 1; " in mail.text
    assert "rad 9 och 5 till\n" in mail.text
    assert mail.text.count("personnummer") == 1
    assert mail.text.startswith("Hej!\n\nDu har laddat upp «Rutin» i LUMEN.")
    assert category_label(mail.category) == "Besked om en fil"
