"""Deletes the mails about a purged meeting or registration, and tells those who wait for the meeting."""

from django.db.models import Q
from django.utils import timezone

from meetings import mails
from meetings.forward_batches import ForwardBatch
from meetings.models import MeetingPage, Registration
from meetings.receivers import receivers_of
from outbox.actions import queue
from outbox.models import OutgoingMail

from .mails import delete_mails
from .removal import Removal


def delete_mails_about_meeting(meeting: MeetingPage, removal: Removal) -> None:
    """Delete every mail about the meeting: invitations, also forwarded ones, confirmations and changes."""
    about = Q(batch__in=[mail_out.batch for mail_out in meeting.mail_outs.all()])
    if meeting.entry is not None:
        about |= Q(stream__startswith=f"{meeting.entry.stream}:")
    for invited in meeting.invited_organisations.all():
        about |= Q(batch__startswith=ForwardBatch.of_invitation(invited.pk))
    delete_mails(OutgoingMail.objects.filter(about), removal)


def delete_mails_about_registration(registration: Registration, removal: Removal) -> None:
    """Delete the mails to the participant about the meeting."""
    entry = registration.meeting.entry
    if entry is not None:
        delete_mails(
            OutgoingMail.objects.to_address(registration.email).filter(stream__startswith=f"{entry.stream}:"), removal
        )


def people_waiting(meeting: MeetingPage) -> dict[str, bool]:
    """The addresses of people invited or registered to a coming meeting, each with whether they have a booking."""
    entry = meeting.entry
    if entry is None or entry.cancelled_at or entry.ends_at <= timezone.now():
        return {}
    receivers = receivers_of(meeting)
    waiting = dict.fromkeys(receivers.addresses, False)
    return waiting | {row.email: row.takes_part for row in receivers.participants}


def tell_people_waiting(meeting: MeetingPage) -> None:
    """Mail those who wait that the meeting will not take place, without saying what it was about."""
    for address, is_booked in people_waiting(meeting).items():
        queue(mails.removal(to=address, entry=meeting.calendar, is_booked=is_booked))
