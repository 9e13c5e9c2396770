"""A database put back in time must not send everything once more."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from outbox import restore_guard
from outbox.actions import hold_queue, release_queue
from outbox.apps import make_first_mark
from outbox.database_identity import database_identity
from outbox.enums import MailStatus
from outbox.models import MailEvent, QueueState
from outbox.restore_guard import RestoreGuard, as_text
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.databases, pytest.mark.django_db]


def delivered(count: int, **fields) -> QueueState:
    """Let the database say that so many mails have been delivered."""
    QueueState.objects.current()
    QueueState.objects.update(delivered=count, **fields)
    return QueueState.objects.current()


def strict(guard: RestoreGuard) -> RestoreGuard:
    return RestoreGuard(state_dir=guard.state_dir, hold_without_mark=True)


def test_a_new_queue_may_run(guard):
    assert strict(guard).fault() == ""


def test_a_queue_that_goes_forward_may_run(guard):
    for count in (1, 2, 10):
        guard.note(delivered(count))
        assert guard.fault() == ""
    delivered(15)  # other machines deliver too
    assert guard.fault() == ""


def test_a_restored_database_is_noticed(guard):
    guard.note(delivered(10))
    delivered(4)

    assert "känner till 4 levererade mejl, men 10" in guard.fault()


def test_a_restored_database_stays_noticed_after_a_restart(guard):
    guard.note(delivered(10))
    delivered(4)
    guard.fault()

    assert RestoreGuard(state_dir=guard.state_dir, hold_without_mark=False).fault()


def test_after_a_release_the_queue_may_run(guard):
    guard.note(delivered(10))
    delivered(4)
    hold_queue(because=guard.fault())
    release_queue(by=None)

    assert guard.fault() == ""
    guard.note(delivered(5))
    assert guard.fault() == ""


def test_a_second_restore_of_the_same_backup_is_noticed_too(guard):
    guard.note(delivered(10))
    for _ in range(2):
        delivered(4, latest_release=None, held_since=None)
        hold_queue(because=guard.fault())
        release_queue(by=None)
        assert guard.fault() == ""
    guard.note(delivered(20))
    # The backup was taken before any release.
    delivered(30, latest_release=None)
    assert guard.fault()


def test_a_machine_without_a_mark_begins_one_where_that_is_allowed(guard):
    delivered(10)

    assert guard.fault() == ""
    delivered(4)
    assert guard.fault()


@pytest.mark.parametrize("count", [0, 10])
def test_o4_a_machine_without_a_mark_waits_for_a_release_where_it_must(guard, count):
    guard = strict(guard)
    delivered(count)
    OutgoingMailFactory()

    assert "inte skickat för kön förut" in guard.fault()
    assert "inte skickat för kön förut" in guard.fault()
    hold_queue(because=guard.fault())
    release_queue(by=None)
    assert guard.fault() == ""


def test_a_mark_that_cannot_be_read_is_no_mark(guard):
    state = delivered(10)
    guard.note(state)
    OutgoingMailFactory()
    guard.path(state).write_text("{")

    assert strict(guard).fault()


def test_the_marks_of_two_queues_on_one_machine_are_apart(guard):
    guard.note(delivered(10))
    QueueState.objects.all().delete()
    delivered(1)

    assert guard.fault() == ""


def test_a_mark_never_goes_back(guard):
    guard.note(delivered(10))
    guard.note(delivered(9))  # another worker of the machine was quicker

    delivered(9)
    assert guard.fault()


def released(**fields) -> QueueState:
    """Let an operator release a held queue."""
    hold_queue(because="Prov")
    release_queue(by=None)
    QueueState.objects.update(**fields)
    return QueueState.objects.current()


def test_another_machine_notices_a_release(guard):
    guard.note(delivered(10))
    released(delivered=4)

    assert guard.fault() == ""


@pytest.mark.parametrize("hours", [-1, 1])
def test_o4_a_release_counts_whatever_the_clock_says(guard, hours):
    released(delivered=10, released_at=timezone.now())
    assert guard.fault() == ""

    released(delivered=4, released_at=timezone.now() + timedelta(hours=hours))

    assert guard.fault() == ""


def test_a_release_that_the_database_has_forgotten_is_noticed_whatever_the_count(guard):
    first = released(delivered=10)
    assert guard.fault() == ""
    released(delivered=20)
    assert guard.fault() == ""

    delivered(50, latest_release=first.latest_release)
    assert guard.fault()
    delivered(50, latest_release=None)
    assert guard.fault()


def test_a_release_of_another_database_is_none_of_this_one(guard):
    guard.note(delivered(10))
    released(delivered=4, database_identity="en annan")

    assert "känner till 4" in guard.fault()


def test_the_same_count_is_no_fault_and_writes_no_new_mark(guard):
    state = delivered(10)
    guard.note(state)
    before = guard.path(state).stat()
    guard.note(state)

    assert guard.fault() == ""
    assert guard.path(state).stat().st_ino == before.st_ino


def test_o4_a_machine_without_a_mark_may_send_where_nothing_could_go_twice(guard):
    delivered(10)
    assert strict(guard).fault() == ""

    OutgoingMailFactory()

    assert strict(guard).fault() == ""


def test_o4_a_database_of_another_name_is_held_while_mails_wait(guard):
    guard.note(delivered(10, database_identity="en annan"))
    mail = OutgoingMailFactory()
    assert "återställts, kopierats eller flyttats" in strict(guard).fault()
    assert guard.fault() == ""  # a developer's machine

    delivered(10, database_identity="en annan")
    mail.delete()
    assert strict(guard).fault() == ""
    assert QueueState.objects.current().database_identity == database_identity()


def test_o4_the_same_count_with_another_latest_delivery_is_noticed(guard):
    guard.note(delivered(10, latest_delivery="<a@lumen.example>"))
    delivered(10, latest_delivery="<b@lumen.example>")

    assert "glömt något" in guard.fault()


def test_o4_a_higher_count_that_does_not_know_the_latest_delivery_is_noticed(guard):
    mail = OutgoingMailFactory()
    guard.note(delivered(10, latest_delivery=mail.message_id))
    delivered(12, latest_delivery="<b@lumen.example>")

    assert "glömt något" in guard.fault()


def test_a_mail_that_came_back_and_is_tried_again_is_no_sign_of_a_restore(guard):
    mail = OutgoingMailFactory()
    MailEvent.objects.create(mail=mail, status=MailStatus.SENT)
    guard.note(delivered(10, latest_delivery=mail.message_id))
    delivered(12, latest_delivery="<b@lumen.example>")

    assert guard.fault() == ""


class TestAMarkOfAnEarlierVersion:
    """It knows a count and the time of the last release."""

    def write(self, guard, count: int | None, released_at: str = "") -> QueueState:
        state = QueueState.objects.current()
        guard.state_dir.mkdir()
        guard.path(state).write_text(json.dumps({"delivered": count, "released_at": released_at}))
        return state

    def test_an_ordinary_upgrade_holds_nothing(self, guard):
        self.write(guard, 10)
        delivered(12)
        OutgoingMailFactory()

        assert strict(guard).fault() == ""
        state = QueueState.objects.current()
        assert (guard.read(state).delivered, guard.read(state).released_at) == (12, None)
        assert state.database_identity == database_identity()

    def test_a_restored_database_is_noticed(self, guard):
        self.write(guard, 10)
        delivered(4)

        assert "känner till 4 levererade mejl, men 10" in guard.fault()

    def test_a_later_release_counts_and_a_forgotten_one_does_too(self, guard):
        now = timezone.now()
        self.write(guard, 10, as_text(now))
        delivered(12, released_at=None)
        assert guard.fault()
        delivered(4, released_at=now + timedelta(hours=1))
        assert guard.fault() == ""

    def test_a_machine_that_waited_for_a_release_still_waits(self, guard):
        self.write(guard, None)
        delivered(10)
        OutgoingMailFactory()

        assert strict(guard).fault()


class TestANewInstallation:
    @pytest.fixture(autouse=True)
    def _operation(self, settings, tmp_path, monkeypatch):
        settings.OUTBOX_HOLD_WITHOUT_MARK = True
        monkeypatch.setattr(restore_guard, "mark_folder", lambda: tmp_path)

    def test_o4_the_first_mark_is_made_when_the_database_is(self):
        make_first_mark()
        OutgoingMailFactory()

        assert restore_guard.configured_guard().fault() == ""

    def test_o4_no_mark_is_made_where_there_are_mails(self, tmp_path):
        OutgoingMailFactory(sent=True)
        make_first_mark()

        assert list(tmp_path.iterdir()) == []

    def test_a_folder_that_cannot_be_written_stops_no_migration(self, monkeypatch):
        monkeypatch.setattr(restore_guard, "mark_folder", lambda: Path("/proc/nowhere"))

        make_first_mark()


def test_the_mark_lies_where_all_who_send_from_the_database_can_see_it(settings):
    folder = restore_guard.mark_folder()

    expected = Path(settings.DATABASES["default"]["NAME"]).parent if connection.vendor == "sqlite" else None
    assert folder == (expected or Path(settings.STATE_DIR))


@pytest.mark.parametrize("reason", [restore_guard.BEHIND, restore_guard.FORGOTTEN, restore_guard.MOVED])
def test_each_reason_has_room_in_the_database(reason):
    longest = QueueState._meta.get_field("held_because").max_length

    assert len(reason.format(database=10**12, mark=10**12)) <= longest
