"""Let a contact person say that the organisation takes no part this time."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from contacts.enums import ProofKind
from contacts.models import Person
from contacts.reachability.proofs import prove

from ..models import NOTE_LENGTH, InvitedOrganisation
from ..permissions import user_can_answer_for
from .locking import lock_calendar, refuse_unless_open


def decline(*, invited: InvitedOrganisation, because: str = "", by: Person) -> None:
    """Record that the organisation takes no part this time, perhaps with a reason.

    Raises MeetingError for a past or cancelled meeting, PermissionDenied for somebody who is not the
    organisation's contact person.
    """
    because = because.strip()
    if not user_can_answer_for(by, invited):
        raise PermissionDenied
    with transaction.atomic():
        entry = lock_calendar(invited.meeting)
        refuse_unless_open(entry)
        invited.declined_at, invited.declined_because = timezone.now(), because[:NOTE_LENGTH]
        invited.save(update_fields=["declined_at", "declined_because"])
        prove(by, ProofKind.ANSWERED)
        log(
            instance=entry.meeting,
            action="meetings.decline",
            user=by,
            data={"organisation": invited.organisation.name},
        )


def withdraw_decline(*, invited: InvitedOrganisation, by: Person) -> None:
    """Record that the organisation may take part after all. Raises as `decline` does."""
    if not user_can_answer_for(by, invited):
        raise PermissionDenied
    with transaction.atomic():
        entry = lock_calendar(invited.meeting)
        refuse_unless_open(entry)
        invited.declined_at, invited.declined_because = None, ""
        invited.save(update_fields=["declined_at", "declined_because"])
        prove(by, ProofKind.ANSWERED)
        log(
            instance=entry.meeting,
            action="meetings.withdraw_decline",
            user=by,
            data={"organisation": invited.organisation.name},
        )
