"""Files by where they stand, for the lists and the admin's start page."""

from django.db.models import Q, QuerySet

from screening.findings import Verdict

from ..models import ScreeningState

WAITS, STOPPED, WORKS, CLEARED = "ord", "stopp", "granskas", "godkand"  # as they stand in an address
CHOICES = [
    (WAITS, "Väntar på ditt ord"),
    (STOPPED, "Får inte publiceras"),
    (WORKS, "Granskas eller väntar på granskning"),
    (CLEARED, "Godkänd"),
]

_PASSABLE = Q(screening__verdict__in=(Verdict.WARN, Verdict.UNSCREENED))
_STATES = {
    WAITS: _PASSABLE & Q(screening__cleared_at=None),
    STOPPED: Q(screening__verdict=Verdict.BLOCK),
    WORKS: Q(screening=None) | ~Q(screening__state=ScreeningState.DONE),
    CLEARED: Q(screening__verdict=Verdict.CLEAN) | _PASSABLE & Q(screening__cleared_at__isnull=False),
}


def in_state(rows: QuerySet, state: str) -> QuerySet:
    """The documents or images that stand so, as `wording.state_of` tells of each."""
    return rows.filter(_STATES[state])
