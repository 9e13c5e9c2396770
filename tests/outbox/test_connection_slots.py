"""Never more than three connections to the mail server."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from outbox.connection_slots import SLOTS, free_slot, make_slots, release_dead_slots, take_slot
from outbox.models import DeliverySlot

# A thread that fails must fail its test.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.databases,
    pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning"),
]

LEASE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _slots():
    make_slots()


def take(holder: str, now=None) -> bool:
    return take_slot(holder=holder, now=now or timezone.now(), lease=LEASE)


def test_there_are_three_places_and_the_fourth_worker_waits():
    assert [take(holder) for holder in "abcd"] == [True, True, True, False]


def test_a_worker_keeps_one_place_however_often_it_asks():
    assert [take("a") for _ in range(5)] == [True] * 5
    assert DeliverySlot.objects.filter(holder="a").count() == 1


def test_a_place_given_back_is_free():
    for holder in "abc":
        take(holder)
    free_slot(holder="b")

    assert take("d")


def test_a_place_whose_lease_ran_out_is_free():
    now = timezone.now()
    for holder in "abc":
        take(holder, now)

    assert not take("d", now + LEASE - timedelta(seconds=1))
    assert take("d", now + LEASE)


def test_a_place_that_is_kept_is_kept_for_another_lease():
    now = timezone.now()
    for holder in "abc":
        take(holder, now)
    assert take("a", now + LEASE / 2)

    assert [take(holder, now + LEASE) for holder in "de"] == [True, True]
    assert not take("f", now + LEASE)
    assert take("f", now + LEASE * 1.5)


def test_who_comes_back_after_the_lease_ran_out_takes_no_place_from_others():
    now = timezone.now()
    take("a", now)
    for holder in "bcd":
        take(holder, now + LEASE)
    assert not take("a", now + LEASE)


def test_the_place_of_a_dead_worker_on_this_machine_is_free_at_once(ended_holder):
    for holder in ("elsewhere/1/a", "elsewhere/1/b", ended_holder):
        take(holder)
    release_dead_slots()

    assert take("d")
    assert not take("e")


def test_no_fourth_place_can_be_made():
    make_slots()
    assert DeliverySlot.objects.count() == SLOTS
    with pytest.raises(IntegrityError):
        DeliverySlot.objects.create(number=4)


@pytest.mark.django_db(transaction=True)
def test_workers_that_ask_at_once_do_not_share_a_place():
    taken = []
    barrier = threading.Barrier(6)

    def ask(number: int) -> None:
        barrier.wait()
        try:
            taken.append(take(f"worker {number}"))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) <= SLOTS
    assert DeliverySlot.objects.exclude(holder="").count() == sum(taken)
