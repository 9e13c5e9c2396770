"""What is late in the operation, and where it is told: health, start page and the page Driften."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lumen.heartbeat import beat
from lumen.jobs import JOBS
from lumen.models import Heartbeat, JobRun
from lumen.operation import read_operation
from outbox.actions import hold_queue
from outbox.enums import MailStatus
from tests.factories.contacts import PersonFactory
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.databases, pytest.mark.django_db]


def ago(**time: int):
    return timezone.now() - timedelta(**time)


@pytest.fixture
def well() -> None:
    """A worker that lives, and jobs that have run."""
    beat("elsewhere/1", looked_at=timezone.now())
    Heartbeat.objects.update(started_at=ago(hours=1))
    JobRun.objects.bulk_create(JobRun(name=job.name, started_at=ago(), finished_at=ago()) for job in JOBS)


def late() -> list[str]:
    return [each.name for each in read_operation().late()]


def health(client: Client) -> dict:
    response = client.get("/healthz/")
    assert response.status_code == 200
    return response.json()


def test_o9_where_all_goes_well_nothing_is_late(client, well):
    assert health(client) == {
        "status": "ok",
        "late": [],
        "workers": 1,
        "last_beat_seconds": 0,
        "due_mails": 0,
        "oldest_due_mail_seconds": None,
    }


def test_o9_a_worker_that_died_is_told(client, well):
    Heartbeat.objects.update(beat_at=ago(minutes=3))
    OutgoingMailFactory()

    found = health(client)

    assert (found["status"], found["late"], found["workers"], found["due_mails"]) == ("late", ["no_worker"], 0, 1)
    assert found["last_beat_seconds"] >= 180
    assert "Den senaste hördes av" in read_operation().late()[0].text


def test_o9_that_no_worker_ever_ran_is_told():
    assert late() == ["no_worker"]


def test_one_that_lives_is_enough(well):
    beat("elsewhere/2", looked_at=None)
    Heartbeat.objects.filter(process="elsewhere/2").update(beat_at=ago(minutes=3))

    assert late() == []


@pytest.mark.parametrize(("minutes", "told"), [(9, []), (11, ["oldest_due_mail"])])
def test_o9_the_age_of_the_oldest_mail_that_could_go_is_told(client, well, minutes, told):
    OutgoingMailFactory(due_at=ago(minutes=minutes))
    OutgoingMailFactory(retrying=True)

    found = health(client)

    assert (found["late"], found["due_mails"]) == (told, 1)
    assert minutes * 60 <= found["oldest_due_mail_seconds"] < minutes * 60 + 30


def test_a_mail_that_waits_for_an_earlier_one_of_its_stream_is_not_due(well):
    OutgoingMailFactory(retrying=True, stream="meeting:1:a")
    OutgoingMailFactory(due_at=ago(hours=3), stream="meeting:1:a")

    assert late() == []


def test_a_held_queue_is_told_and_not_that_its_mails_wait(well):
    OutgoingMailFactory(due_at=ago(hours=3))
    hold_queue(because="Databasen tycks vara återställd.")

    assert late() == ["queue_held"]


@pytest.mark.parametrize(("minutes", "told"), [(6, []), (8, ["job:finish_purges"])])
def test_o9_a_job_is_late_after_twice_its_interval_and_five_minutes(well, minutes, told):
    JobRun.objects.filter(name="finish_purges").update(started_at=ago(minutes=minutes))

    assert late() == told


def test_o9_a_job_that_fails_is_told_and_so_is_one_that_never_ran(well):
    JobRun.objects.filter(name="finish_purges").update(fault="ValueError")
    JobRun.objects.filter(name="apply_retention").delete()

    assert late() == ["job:finish_purges", "job:apply_retention"]


def test_a_worker_that_has_just_started_has_not_had_time_for_its_jobs(well):
    JobRun.objects.all().delete()
    Heartbeat.objects.update(started_at=ago(minutes=1))

    assert late() == []


def test_o9_health_takes_a_few_queries_and_writes_nothing(client, well, django_assert_num_queries):
    OutgoingMailFactory.create_batch(3)
    client.get("/healthz/")

    with django_assert_num_queries(6) as asked:
        client.get("/healthz/")

    assert isinstance(asked, CaptureQueriesContext)
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)


def test_health_tells_no_address_and_no_subject(client):
    mail = OutgoingMailFactory(due_at=ago(hours=1))

    body = client.get("/healthz/").content.decode()

    assert mail.recipient not in body
    assert mail.subject not in body


def log_in(client: Client, *codenames: str) -> None:
    person = PersonFactory()
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client.force_login(person)


def test_o9_the_start_page_tells_an_editor_whom_to_ask_and_an_operator_where_to_look(client):
    log_in(client, "view_outgoingmail")
    html = client.get("/admin/").content.decode()
    assert "Programmet worker är inte igång" in html
    assert "Säg till den som sköter driften." in html
    assert "/admin/driften/" not in html

    client = Client()
    log_in(client, "view_outgoingmail", "release_queue")
    assert 'href="/admin/driften/"' in client.get("/admin/").content.decode()


def test_the_start_page_says_nothing_when_nothing_is_late(client, well):
    log_in(client, "view_outgoingmail")

    assert "Driften behöver ses över" not in client.get("/admin/").content.decode()


def test_o9_the_page_shows_workers_with_what_they_do_and_each_job(client, well):
    log_in(client, "release_queue")
    OutgoingMailFactory(status=MailStatus.SENDING, holder="elsewhere/1/abc", due_at=ago(minutes=-5))
    JobRun.objects.filter(name="finish_purges").update(fault="ValueError")
    beat("elsewhere/2", looked_at=None)
    Heartbeat.objects.filter(process="elsewhere/2").update(beat_at=ago(minutes=3))

    html = client.get("/admin/driften/").content.decode()

    for words in ("skickar mejl", "(svarar inte)", "Gallra", "gick fel: ValueError", "Jobbet ”Göra färdigt"):
        assert words in html


def test_every_job_says_in_swedish_what_it_does():
    assert [job.name for job in JOBS if not job.label] == []
