"""Organisations that nobody answers for, for the admin's start page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from gate.waiting import Waiting

from ..permissions import user_can_change_register
from .admin_views import FOLLOW_UP, states_to_follow_up


def waiting_organisations(user: Any) -> list[Waiting]:
    """One line for all of them, for those who may appoint."""
    number = len(states_to_follow_up()) if user_can_change_register(user) else 0
    if not number:
        return []
    what = "1 organisation svarar inte" if number == 1 else f"{number} organisationer svarar inte"
    url = f"{reverse('reachability:index')}?visa={FOLLOW_UP}"
    return [Waiting(timezone.now(), what, url, "fast alla har fått frågan")]
