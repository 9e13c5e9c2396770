"""Connection slots: at most three workers, of however many there are, hold a connection to the mail server."""

from datetime import datetime, timedelta

from django.db import models, transaction

from .leases import known_dead
from .models import DeliverySlot

SLOTS = 3


def take_slot(*, holder: str, now: datetime, lease: timedelta) -> bool:
    """Take a slot, or keep the one already held, until `now + lease`. False when all are taken."""
    if DeliverySlot.objects.filter(holder=holder, lease_until__gt=now).update(lease_until=now + lease):
        return True
    with transaction.atomic():
        free = models.Q(holder="") | models.Q(lease_until__lte=now) | models.Q(holder=holder)
        slot = DeliverySlot.objects.select_for_update(skip_locked=True).filter(free).order_by("number").first()
        if slot is None:
            return False
        slot.holder, slot.lease_until = holder, now + lease
        slot.save(update_fields=["holder", "lease_until"])
        return True


def free_slot(*, holder: str) -> None:
    """Give the slot back."""
    DeliverySlot.objects.filter(holder=holder).update(holder="", lease_until=None)


def release_dead_slots() -> None:
    """Give back the slots of workers on this machine that died without doing so."""
    taken = DeliverySlot.objects.exclude(holder="").values_list("holder", flat=True)
    DeliverySlot.objects.filter(holder__in=known_dead(taken)).update(holder="", lease_until=None)


def make_slots() -> None:
    """Make the rows of the slots where they are missing."""
    if DeliverySlot.objects.count() < SLOTS:
        rows = [DeliverySlot(number=number) for number in range(1, SLOTS + 1)]
        DeliverySlot.objects.bulk_create(rows, ignore_conflicts=True)
