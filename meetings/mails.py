"""The mails about meetings: who gets what, with which calendar message.

Every function queues into the caller's transaction. The texts lie in templates/emails/meeting_*.
A mail to an address that nobody has confirmed carries nothing that a visitor has typed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from contacts.models import Organisation, Person
from outbox.actions import Attachment, CalendarPart, queue_templated_mail, render_templates
from outbox.models import OutgoingMail

from . import calendars, dates
from .enums import MailCategory, MaterialMoment, MeetingFormat
from .models import CalendarEntry, Facts, Invitation, InvitedOrganisation, MeetingPage, Registration
from .wording import mid_sentence


@dataclass(frozen=True)
class RenderedMail:
    """A mail as its receiver would see it."""

    subject: str
    text: str
    html: str


def stream_of(entry: CalendarEntry, address: str) -> str:
    """Names what one address is told of one meeting, which must leave in the order it was queued."""
    digest = hashlib.blake2b(address.strip().lower().encode(), digest_size=16).hexdigest()
    return f"meeting:{entry.uid}:{digest}"


def meeting_context(entry: CalendarEntry) -> dict[str, Any]:
    """What every template gets of the meeting. Read it once for a whole mail-out."""
    meeting = entry.meeting
    return {
        "title": entry.title,
        "lead": meeting.lead,
        "when": dates.when(entry.starts_at, entry.ends_at),
        "location": entry.location,
        "is_digital": meeting.format != MeetingFormat.PHYSICAL,
        "page_url": meeting.public_url,
        "agenda": [
            {"hours": dates.timetable_hours(item.start, item.end), "title": item.title, "presenters": item.presenters}
            for item in meeting.agenda_items.prefetch_related("speakers__organisation")
        ],
        "materials": materials_of(meeting),
        "cancellation_note": entry.cancellation_note,
        "change_note": entry.change_note,
    }


def materials_of(meeting: MeetingPage) -> list[dict[str, str]]:
    """What there is to read before the meeting, with absolute addresses."""
    found = []
    for material in meeting.materials.select_related("resource", "document__screening"):
        url = material.address
        if url and material.moment == MaterialMoment.BEFORE:
            found.append({"label": material.label, "url": url if "://" in url else f"{settings.BASE_URL}{url}"})
    return found


def publish_file(entry: CalendarEntry) -> Attachment:
    """The meeting as a file for anybody's calendar. The same for a whole mail-out."""
    return Attachment("mote.ics", calendars.build_publish(entry), "text/calendar; method=PUBLISH; charset=utf-8")


def cancel_file(entry: CalendarEntry) -> Attachment:
    """The file that takes the meeting out of a calendar it was put in from `publish_file`."""
    return Attachment("mote.ics", calendars.build_cancel(entry), "text/calendar; method=CANCEL; charset=utf-8")


def invitation_subject(entry: CalendarEntry) -> str:
    return f"Inbjudan: {entry.title}, {dates.short_when(entry.starts_at, entry.ends_at)}"


def invitation_context(entry: CalendarEntry, organisation: Organisation, link: str) -> dict[str, Any]:
    return {**meeting_context(entry), **link_context(organisation, link)}


def link_context(organisation: Organisation, link: str) -> dict[str, Any]:
    """What differs between the invitations of one mail-out."""
    return {"organisation": organisation.name, "button_url": link, "button_label": "Anmäl dig"}


def link_of(token: str) -> str:
    """The absolute address of the registration form behind a token."""
    return f"{settings.BASE_URL}{reverse('meetings:register_invited', args=[token])}"


def render_invitation(entry: CalendarEntry, organisation: Organisation, link: str) -> RenderedMail:
    """The invitation as the organisation's contact persons would get it."""
    subject = invitation_subject(entry)
    text, html = render_templates(
        subject=subject, template="meeting_invitation", context=invitation_context(entry, organisation, link)
    )
    return RenderedMail(subject, text, html)


def queue_invitation(
    *,
    to: str,
    entry: CalendarEntry,
    context: Mapping[str, Any],
    calendar_file: Attachment,
    batch: str = "",
    is_test: bool = False,
    unsubscribe_url: str = "",
) -> OutgoingMail:
    """To a contact person, who forwards it: a calendar file for anybody, no personal part.

    `unsubscribe_url` goes into the header, which is not forwarded with the mail.
    """
    subject = invitation_subject(entry)
    return _queue(
        to=to,
        entry=entry,
        subject=f"Test: {subject}" if is_test else subject,
        template="meeting_invitation",
        context=context,
        attachments=[calendar_file],
        batch=batch,
        category=MailCategory.TEST if is_test else MailCategory.INVITATION,
        stream="" if is_test else stream_of(entry, to),
        urgent=is_test,
        unsubscribe_url=unsubscribe_url,
    )


def queue_forwarded(
    *,
    to: str,
    invited: InvitedOrganisation,
    entry: CalendarEntry,
    by: Person,
    context: Mapping[str, Any],
    calendar_file: Attachment,
) -> OutgoingMail:
    """The invitation to a colleague, on behalf of a contact person whose address has been proved."""
    return _queue(
        to=to,
        entry=entry,
        subject=invitation_subject(entry),
        template="meeting_forwarded",
        context={**context, "forwarded_by": by.name, "forwarded_by_title": mid_sentence(by.title)},
        attachments=[calendar_file],
        batch=forward_batch(invited, by),
        category=MailCategory.FORWARD,
    )


def forward_batch(invited: InvitedOrganisation, by: Person) -> str:
    """Names in the outbox what one contact person has forwarded of one invitation."""
    return f"forward:{invited.pk}:{by.pk}"


def queue_confirmation(registration: Registration, *, category: MailCategory) -> OutgoingMail:
    """The participant's own booking and join link, and the link to cancel or correct."""
    entry = registration.meeting.calendar
    return _queue(
        to=registration.email,
        entry=entry,
        subject=f"Du är anmäld: {entry.title}, {dates.short_when(entry.starts_at, entry.ends_at)}",
        template="meeting_confirmation",
        context={
            **meeting_context(entry),
            "join_url": entry.join_url,
            "button_url": registration.manage_link,
            "button_label": "Ändra eller avanmäl dig",
        },
        calendar=calendars.request_part(registration),
        category=category,
        urgent=True,
    )


def queue_waiting(registration: Registration, *, category: MailCategory) -> OutgoingMail:
    """The organisation is not known yet: no booking and no join link until an editor has matched it."""
    entry = registration.meeting.calendar
    return _queue(
        to=registration.email,
        entry=entry,
        subject=f"Vi har tagit emot din anmälan: {entry.title}",
        template="meeting_waiting",
        context={
            **meeting_context(entry),
            "button_url": registration.manage_link,
            "button_label": "Ändra eller avanmäl dig",
        },
        category=category,
        urgent=True,
    )


def queue_own_cancellation(registration: Registration, *, was_booked: bool) -> OutgoingMail:
    """To a participant who has cancelled, or been cancelled by an editor."""
    entry = registration.meeting.calendar
    return _queue(
        to=registration.email,
        entry=entry,
        subject=f"Du är avanmäld: {entry.title}",
        template="meeting_own_cancellation",
        context={
            **meeting_context(entry),
            "button_url": registration.manage_link,
            "button_label": "Anmäl dig igen",
        },
        calendar=calendars.cancel_part(registration) if was_booked else None,
        category=MailCategory.PARTICIPANT,
        urgent=True,
    )


def queue_update_to_participant(registration: Registration, *, context: Mapping[str, Any], batch: str) -> OutgoingMail:
    entry = registration.meeting.calendar
    return _queue(
        to=registration.email,
        entry=entry,
        subject=f"Ändrat: {entry.title}, {dates.short_when(entry.starts_at, entry.ends_at)}",
        template="meeting_update",
        context={
            **context,
            "join_url": entry.join_url,
            "button_url": registration.manage_link,
            "button_label": "Ändra eller avanmäl dig",
        },
        calendar=calendars.request_part(registration),
        batch=batch,
        category=MailCategory.UPDATE,
    )


def queue_update_to_contact_person(
    invitation: Invitation, *, context: Mapping[str, Any], calendar_file: Attachment, batch: str
) -> OutgoingMail:
    entry = invitation.invited.meeting.calendar
    return _queue(
        to=invitation.contact_person.person.email,
        entry=entry,
        subject=f"Ändrat: {entry.title}, {dates.short_when(entry.starts_at, entry.ends_at)}",
        template="meeting_update_forward",
        context={**context, **link_context(invitation.invited.organisation, invitation.link)},
        attachments=[calendar_file],
        batch=batch,
        category=MailCategory.UPDATE,
        unsubscribe_url=invitation.contact_person.stop_mail_link,
    )


def queue_cancellation_to_participant(
    registration: Registration, *, context: Mapping[str, Any], batch: str
) -> OutgoingMail:
    entry = registration.meeting.calendar
    return _queue(
        to=registration.email,
        entry=entry,
        subject=_cancellation_subject(entry),
        template="meeting_cancellation",
        context=context,
        calendar=calendars.cancel_part(registration) if registration.takes_part else None,
        batch=batch,
        category=MailCategory.CANCELLATION,
    )


def queue_cancellation_to_contact_person(
    invitation: Invitation, *, context: Mapping[str, Any], calendar_file: Attachment, batch: str
) -> OutgoingMail:
    entry = invitation.invited.meeting.calendar
    return _queue(
        to=invitation.contact_person.person.email,
        entry=entry,
        subject=_cancellation_subject(entry),
        template="meeting_cancellation_forward",
        context={**context, "organisation": invitation.invited.organisation.name},
        attachments=[calendar_file],
        batch=batch,
        category=MailCategory.CANCELLATION,
        unsubscribe_url=invitation.contact_person.stop_mail_link,
    )


def queue_removal(*, to: str, entry: CalendarEntry, is_booked: bool) -> OutgoingMail:
    """That a meeting will not be, without a word of what it was: it has been removed for good."""
    body = calendars.build_removal(entry, to if is_booked else "")
    file = Attachment("mote.ics", body, "text/calendar; method=CANCEL; charset=utf-8")
    return _queue(
        to=to,
        entry=entry,
        subject=f"Ett möte blir inte av: {dates.short_when(entry.starts_at, entry.ends_at)}",
        template="meeting_removed",
        context={"when": dates.when(entry.starts_at, entry.ends_at), "is_booked": is_booked},
        calendar=CalendarPart(calendars.CANCEL, body) if is_booked else None,
        attachments=[] if is_booked else [file],
        category=MailCategory.CANCELLATION,
    )


def describe_changes(before: Facts, after: Facts) -> list[str]:
    """What has changed, one sentence each, without the join link (it is for participants only)."""
    changes = []
    if before.title != after.title:
        changes.append(f"Mötet heter nu: {after.title}")
    if (before.starts_at, before.ends_at) != (after.starts_at, after.ends_at):
        new, old = dates.when(after.starts_at, after.ends_at), dates.when(before.starts_at, before.ends_at)
        changes.append(f"Ny tid: {new} (förut {old})")
    if before.location != after.location:
        changes.append(f"Ny plats: {after.location} (förut {before.location})")
    return changes


def _cancellation_subject(entry: CalendarEntry) -> str:
    return f"Inställt: {entry.title}, {dates.short_when(entry.starts_at, entry.ends_at)}"


def _queue(
    *,
    to: str,
    entry: CalendarEntry,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    category: MailCategory,
    calendar: CalendarPart | None = None,
    attachments: list[Attachment] | None = None,
    batch: str = "",
    stream: str | None = None,
    urgent: bool = False,
    unsubscribe_url: str = "",
) -> OutgoingMail:
    return queue_templated_mail(
        to=to,
        subject=subject,
        template=template,
        context=dict(context),
        calendar=calendar,
        attachments=attachments or [],
        stream=stream_of(entry, to) if stream is None else stream,
        batch=batch,
        category=category,
        urgent=urgent,
        unsubscribe_url=unsubscribe_url,
    )
