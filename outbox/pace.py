"""The pace: at most so many mails a minute, over all workers, by one moment in the database."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from . import clock
from .models import QueueState


def take_turn() -> float:
    """Take the next turn to send, if it has come; else return the seconds until it does.

    The turns are spread evenly over the minute. Without a pace it is always somebody's turn.
    """
    if not settings.OUTBOX_MAILS_A_MINUTE:
        return 0.0
    now = clock.now()
    between = timedelta(minutes=1) / settings.OUTBOX_MAILS_A_MINUTE
    # The condition is repeated under the row's lock, so that only one of two workers finds the row.
    free = QueueState.objects.filter(Q(next_turn_at=None) | Q(next_turn_at__lte=now))
    if free.update(next_turn_at=now + between):
        return 0.0
    turn = QueueState.objects.current().next_turn_at
    # A moment further ahead than one turn was written by a slower pace, or by a clock that has been set right.
    if turn is None or turn > now + between:
        QueueState.objects.update(next_turn_at=now + between)
        return between.total_seconds()
    return max((turn - now).total_seconds(), 0.001)
