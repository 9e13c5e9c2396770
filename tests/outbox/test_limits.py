"""Limits are counted in the database, by hour and by whom they are for."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from outbox.addresses import mailbox_of
from outbox.limits import Limit, forget_old_tallies, mails_to_mailbox, time_for_category, time_for_mailbox
from outbox.models import Tally
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

KIND = "test"


@pytest.fixture
def limit(settings) -> Limit:
    settings.LIMITS = {**settings.LIMITS, "tries": 3}
    return Limit("tries")


class TestLimit:
    def test_exactly_so_many_are_within_it(self, limit: Limit) -> None:
        assert [limit.allows("a") for _ in range(5)] == [True, True, True, False, False]

    def test_it_is_counted_for_each_on_their_own(self, limit: Limit) -> None:
        for _ in range(4):
            limit.allows("a", "b")
        assert limit.allows("b", "a")
        assert limit.allows("ab")

    def test_two_limits_do_not_count_together(self, limit: Limit, settings) -> None:
        settings.LIMITS["others"] = 1
        for _ in range(4):
            limit.allows("a")
        assert Limit("others").allows("a")

    @pytest.mark.parametrize(("minutes", "allowed"), [(59, False), (60, True)])
    def test_it_begins_anew_after_an_hour(self, limit: Limit, minutes: int, allowed: bool) -> None:
        start = timezone.now()
        with time_machine.travel(start, tick=False):
            for _ in range(3):
                limit.allows("a")
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert limit.allows("a") is allowed

    def test_what_was_right_is_taken_back_and_the_wrong_ones_stay(self, limit: Limit) -> None:
        limit.allows("a")
        for _ in range(10):
            assert limit.allows("a")
            limit.forgive("a")
        assert [limit.allows("a") for _ in range(3)] == [True, True, False]

    def test_looking_counts_nothing(self, limit: Limit) -> None:
        assert not any(limit.is_reached("a") for _ in range(5))
        for _ in range(3):
            limit.allows("a")
        assert limit.is_reached("a")

    def test_no_address_lies_in_the_table(self, limit: Limit) -> None:
        limit.allows("anna@nacka.example")
        assert "anna" not in Tally.objects.get().key

    def test_hours_that_are_over_are_forgotten(self, limit: Limit) -> None:
        limit.allows("a")
        assert forget_old_tallies() == 0
        Tally.objects.update(ends_at=timezone.now())
        assert forget_old_tallies() == 1


@pytest.mark.parametrize(
    ("address", "mailbox"),
    [
        ("a.berg+lumen@x.example", "aberg@x.example"),
        ("A.Berg@X.example", "aberg@x.example"),
        ("aberg@x.example", "aberg@x.example"),
        ("a.berg+@x.example", "aberg@x.example"),
        ("aberg@y.example", "aberg@y.example"),
    ],
)
def test_the_ways_to_write_an_address_are_one_mailbox(address: str, mailbox: str) -> None:
    assert mailbox_of(address) == mailbox


class TestTimes:
    def test_there_is_room_at_once_for_so_many(self) -> None:
        now = timezone.now()
        for number in range(2):
            OutgoingMailFactory(recipient=f"kim+{number}@ort.example", category=KIND)
        assert time_for_mailbox(KIND, "kim@ort.example", an_hour=3) <= timezone.now()
        assert time_for_mailbox(KIND, "kim@ort.example", an_hour=2) > now + timedelta(minutes=59)
        assert mails_to_mailbox(KIND, "k.im@ort.example") == 2

    def test_other_mailboxes_and_kinds_do_not_count(self) -> None:
        OutgoingMailFactory(recipient="kim@ort.example", category="another")
        OutgoingMailFactory(recipient="kimmy@ort.example", category=KIND)
        OutgoingMailFactory(recipient="kim@xort.example", category=KIND)
        assert mails_to_mailbox(KIND, "kim@ort.example") == 0

    def test_what_left_an_hour_ago_does_not_count_and_what_waits_does(self) -> None:
        now = timezone.now()
        OutgoingMailFactory(category=KIND, created_at=now - timedelta(hours=3), due_at=now - timedelta(hours=2))
        assert time_for_category(KIND, an_hour=1) <= timezone.now()
        OutgoingMailFactory(category=KIND, created_at=now - timedelta(hours=3), due_at=now + timedelta(hours=2))
        waits = time_for_category(KIND, an_hour=1)
        assert now + timedelta(hours=2, minutes=59) < waits < now + timedelta(hours=3, minutes=1)
