"""Nominations that wait for an editor, for the admin's start page."""

from typing import Any

from django.urls import reverse

from gate.waiting import Waiting

from ..models import Nomination
from ..permissions import user_can_change_register


def waiting_nominations(user: Any) -> list[Waiting]:
    """One line for all of them, for those who may appoint."""
    waiting = Nomination.objects.waiting() if user_can_change_register(user) else Nomination.objects.none()
    first, number = waiting.first(), waiting.count()
    if first is None or first.confirmed_at is None:
        return []
    what = "1 anmäld kontaktperson" if number == 1 else f"{number} anmälda kontaktpersoner"
    return [Waiting(first.confirmed_at, what, reverse("nomination:index"), "väntar på svar")]
