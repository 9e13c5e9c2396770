"""What goes with a meeting or a registration that is removed for good, and who is told."""

from collections import Counter

from django.db.models import Q
from django.utils import timezone

from contacts.purging import forget_in_accesses
from outbox.models import OutgoingMail
from outbox.purging import remove_mails
from privacy.purging.pages import titles_of
from privacy.purging.registry import Kind, Notice, register, register_kind, register_words

from . import mails
from .models import AgendaItem, Invitation, Material, MeetingPage, Registration


def register_meetings() -> None:
    register_kind(Kind("registration", "anmalan", "anmälan", Registration, registration_names, "meetings_admin:index"))
    register_words(AgendaItem, "punkt på dagordningen", "punkter på dagordningen")
    register_words(Material, "rad i ett mötes lista över material", "rader i mötens listor över material")
    register(MeetingPage, erase_around_meeting, notice=Notice(count_told, tell_of_removal))
    register(Registration, erase_around_registration)


def registration_names(registration: Registration) -> list[str]:
    return [registration.name, registration.email]


def erase_around_meeting(meeting: MeetingPage) -> Counter[str]:
    """Every mail about the meeting, and its title in the notes of who read its lists."""
    about = Q(batch__in=[mail_out.batch for mail_out in meeting.mail_outs.all()])
    if meeting.entry is not None:
        about |= Q(stream__startswith=f"meeting:{meeting.entry.uid}:")
    for invited in meeting.invited_organisations.all():
        about |= Q(batch__startswith=f"forward:{invited.pk}:")
    removed = Counter(remove_mails(OutgoingMail.objects.filter(about)))
    return removed + forget_in_accesses(titles_of(meeting))


def erase_around_registration(registration: Registration) -> dict[str, int]:
    """The mails to the participant about the meeting."""
    entry = registration.meeting.entry
    if entry is None:
        return {}
    return remove_mails(OutgoingMail.objects.filter(stream=mails.stream_of(entry, registration.email)))


def count_told(meeting: MeetingPage) -> int:
    """How many still wait for the meeting: it is to come, and they have it in their calendars."""
    return len(_waiting(meeting))


def tell_of_removal(meeting: MeetingPage) -> int:
    """Tell them, without a word of what it was, that it will not be."""
    waiting = _waiting(meeting)
    for address, is_booked in waiting.items():
        mails.queue_removal(to=address, entry=meeting.calendar, is_booked=is_booked)
    return len(waiting)


def _waiting(meeting: MeetingPage) -> dict[str, bool]:
    """The addresses of invited and registered, and whether each has a booking of their own."""
    entry = meeting.entry
    if entry is None or entry.cancelled_at or entry.ends_at <= timezone.now():
        return {}
    invitations = Invitation.objects.to_meeting(meeting).mailed().reachable().with_receiver()
    found = {invitation.contact_person.person.email: False for invitation in invitations}
    found.update({row.email: row.takes_part for row in Registration.objects.current().to_meeting(meeting)})
    return found
