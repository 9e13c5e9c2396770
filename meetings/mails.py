"""The mails about meetings: who gets what, with which calendar message.

Every function makes mails; the actions queue them. The texts lie in templates/emails/meeting_*.
A mail to an address that nobody has confirmed carries nothing that a visitor has typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from contacts.models import Organisation, Person
from outbox.links import absolute
from outbox.mails import CalendarPart, Mail, PersonalLink

from . import calendars, dates, links
from .enums import MailCategory, MaterialMoment, MeetingFormat
from .models import CalendarEntry, Facts, Invitation, InvitedOrganisation, MailOut, MeetingPage, Registration
from .titles import mid_sentence

CHANGE_OR_LEAVE = "Ändra eller avanmäl dig"


def meeting_context(entry: CalendarEntry) -> dict[str, Any]:
    """The context about the meeting, for every template. Read it once for a whole mail-out."""
    meeting = entry.meeting
    return {
        "title": entry.title,
        "lead": meeting.lead,
        "when": dates.when(entry.starts_at, entry.ends_at),
        "location": entry.location,
        "is_digital": meeting.format != MeetingFormat.PHYSICAL,
        "page_url": links.meeting_page(meeting),
        "agenda": [
            {"hours": dates.timetable_hours(item.start, item.end), "title": item.title, "presenters": item.presenters}
            for item in meeting.agenda_items.prefetch_related("speakers__organisation")
        ],
        "materials": materials_of(meeting),
        "cancellation_note": entry.cancellation_note,
        "change_note": entry.change_note,
    }


def materials_of(meeting: MeetingPage) -> list[dict[str, str]]:
    """What there is to read before the meeting, with absolute links."""
    found = []
    for material in meeting.materials.select_related("resource", "document__screening"):
        url = material.address
        if url and material.moment == MaterialMoment.BEFORE:
            found.append({"label": material.label, "url": url if "://" in url else absolute(url)})
    return found


def invitation_subject(entry: CalendarEntry) -> str:
    return f"Inbjudan: {entry.title}, {dates.short_when(entry.starts_at, entry.ends_at)}"


def invitation_context(organisation: Organisation, link: str) -> dict[str, str]:
    """What differs between the invitations of one mail-out."""
    return {"organisation": organisation.name, "button_url": link, "button_label": "Anmäl dig"}


def invitations_to(invitations: Iterable[Invitation], *, entry: CalendarEntry, mail_out: MailOut) -> list[Mail]:
    """The invitations to contact persons, who forward them: with a calendar file for anybody, nothing personal."""
    shared = Mail(
        to="",
        subject=invitation_subject(entry),
        template="meeting_invitation",
        context=meeting_context(entry),
        attachments=[calendars.publish_file(entry)],
        stream=entry.stream,
        batch=mail_out.batch,
        category=MailCategory.INVITATION,
    )
    made = []
    for invitation in invitations:
        link, stop = invitation.personal_link, invitation.contact_person.stop_mail
        made.append(
            replace(
                shared,
                to=invitation.contact_person.person.email,
                context={**shared.context, **invitation_context(invitation.invited.organisation, link.url)},
                unsubscribe_url=stop.url,  # In the header only, which is not forwarded with the mail.
                personal_links=[link, stop],
            )
        )
    return made


def example_invitation(entry: CalendarEntry, organisation: Organisation, *, to: str = "") -> Mail:
    """The invitation as the organisation's contact persons would get it, with a link that does not work.

    It can be looked at, or sent to an editor's address as a test.
    """
    subject = invitation_subject(entry)
    return Mail(
        to=to,
        subject=f"Test: {subject}" if to else subject,
        template="meeting_invitation",
        context={**meeting_context(entry), **invitation_context(organisation, links.registration_form("exempel"))},
        attachments=[calendars.publish_file(entry)],
        category=MailCategory.TEST,
        urgent=True,
    )


def forwarded_to(
    addresses: Iterable[str], *, invited: InvitedOrganisation, by: Person, link: PersonalLink
) -> list[Mail]:
    """The invitation to colleagues, on behalf of a contact person whose address is verified."""
    entry = invited.meeting.calendar
    shared = Mail(
        to="",
        subject=invitation_subject(entry),
        template="meeting_forwarded",
        context={
            **meeting_context(entry),
            **invitation_context(invited.organisation, link.url),
            "forwarded_by": by.name,
            "forwarded_by_title": mid_sentence(by.title),
        },
        attachments=[calendars.publish_file(entry)],
        stream=entry.stream,
        batch=forward_batch(invited, by),
        category=MailCategory.FORWARD,
        personal_links=[link],
    )
    return [replace(shared, to=address) for address in addresses]


def forward_batch(invited: InvitedOrganisation, by: Person) -> str:
    """The outbox batch of the mails in which one contact person has forwarded one invitation."""
    return f"forward:{invited.pk}:{by.pk}"


def confirmation(registration: Registration, *, category: MailCategory) -> Mail:
    """The participant's own booking and join link, and the link to cancel or correct."""
    entry, link = registration.meeting.calendar, registration.personal_link
    return Mail(
        to=registration.email,
        subject=f"Du är anmäld: {entry.title}, {dates.short_when(entry.starts_at, entry.ends_at)}",
        template="meeting_confirmation",
        context={
            **meeting_context(entry),
            "join_url": entry.join_url,
            "button_url": link.url,
            "button_label": CHANGE_OR_LEAVE,
        },
        calendar=calendars.request_part(registration),
        stream=entry.stream,
        category=category,
        urgent=True,
        personal_links=[link],
    )


def waiting(registration: Registration, *, category: MailCategory) -> Mail:
    """The answer while the organisation is not known: no booking or join link until an editor has matched it."""
    entry, link = registration.meeting.calendar, registration.personal_link
    return Mail(
        to=registration.email,
        subject=f"Vi har tagit emot din anmälan: {entry.title}",
        template="meeting_waiting",
        context={
            **meeting_context(entry),
            "button_url": link.url,
            "button_label": CHANGE_OR_LEAVE,
        },
        stream=entry.stream,
        category=category,
        urgent=True,
        personal_links=[link],
    )


def way_back(registration: Registration, *, category: MailCategory) -> Mail:
    """The answer to a form with the address of somebody who has cancelled: only their own link brings them back."""
    entry, link = registration.meeting.calendar, registration.personal_link
    return Mail(
        to=registration.email,
        subject=f"Vill du vara med igen? {entry.title}",
        template="meeting_way_back",
        context={
            **meeting_context(entry),
            "button_url": link.url,
            "button_label": "Anmäl dig igen",
        },
        stream=entry.stream,
        category=category,
        urgent=True,
        personal_links=[link],
    )


def own_cancellation(registration: Registration, *, was_booked: bool) -> Mail:
    """The mail to a participant who has cancelled, or been cancelled by an editor."""
    entry, link = registration.meeting.calendar, registration.personal_link
    return Mail(
        to=registration.email,
        subject=f"Du är avanmäld: {entry.title}",
        template="meeting_own_cancellation",
        context={
            **meeting_context(entry),
            "button_url": link.url,
            "button_label": "Anmäl dig igen",
        },
        calendar=calendars.cancel_part(registration) if was_booked else None,
        stream=entry.stream,
        category=MailCategory.PARTICIPANT,
        urgent=True,
        personal_links=[link],
    )


def updates_to(
    registrations: Iterable[Registration],
    invitations: Iterable[Invitation],
    *,
    entry: CalendarEntry,
    mail_out: MailOut,
    news: Mapping[str, Any],
) -> list[Mail]:
    """The mails about a change: participants get the new booking, contact persons a file to forward again.

    `news` is what the templates say of the change: `changes`, `change_note` and `new_join_url`.
    """
    shared = Mail(
        to="",
        subject=f"Ändrat: {entry.title}, {dates.short_when(entry.starts_at, entry.ends_at)}",
        context={**meeting_context(entry), **news},
        stream=entry.stream,
        batch=mail_out.batch,
        category=MailCategory.UPDATE,
    )
    file = calendars.publish_file(entry)
    return [
        *(
            replace(
                shared,
                to=registration.email,
                template="meeting_update",
                context={
                    **shared.context,
                    "join_url": entry.join_url,
                    "button_url": registration.manage_link,
                    "button_label": CHANGE_OR_LEAVE,
                },
                calendar=calendars.request_part(registration),
                personal_links=[registration.personal_link],
            )
            for registration in registrations
        ),
        *(
            replace(
                shared,
                to=invitation.contact_person.person.email,
                template="meeting_update_forward",
                context={**shared.context, **invitation_context(invitation.invited.organisation, invitation.link)},
                attachments=[file],
                unsubscribe_url=invitation.contact_person.stop_mail_link,
                personal_links=[invitation.personal_link, invitation.contact_person.stop_mail],
            )
            for invitation in invitations
        ),
    ]


def cancellations_to(
    registrations: Iterable[Registration],
    invitations: Iterable[Invitation],
    *,
    entry: CalendarEntry,
    mail_out: MailOut,
) -> list[Mail]:
    """The mails about a cancelled meeting: participants' bookings are withdrawn, contact persons get a file."""
    shared = Mail(
        to="",
        subject=f"Inställt: {entry.title}, {dates.short_when(entry.starts_at, entry.ends_at)}",
        template="meeting_cancellation",
        context=meeting_context(entry),
        stream=entry.stream,
        batch=mail_out.batch,
        category=MailCategory.CANCELLATION,
    )
    file = calendars.cancel_file(calendars.build_cancel(entry))
    return [
        *(
            replace(
                shared,
                to=registration.email,
                calendar=calendars.cancel_part(registration) if registration.takes_part else None,
            )
            for registration in registrations
        ),
        *(
            replace(
                shared,
                to=invitation.contact_person.person.email,
                template="meeting_cancellation_forward",
                context={**shared.context, "organisation": invitation.invited.organisation.name},
                attachments=[file],
                unsubscribe_url=invitation.contact_person.stop_mail_link,
                personal_links=[invitation.contact_person.stop_mail],
            )
            for invitation in invitations
        ),
    ]


def removal(*, to: str, entry: CalendarEntry, is_booked: bool) -> Mail:
    """The mail about a meeting that has been removed for good. It does not say what the meeting was about."""
    body = calendars.build_removal(entry, to if is_booked else "")
    return Mail(
        to=to,
        subject=f"Ett möte blir inte av: {dates.short_when(entry.starts_at, entry.ends_at)}",
        template="meeting_removed",
        context={"when": dates.when(entry.starts_at, entry.ends_at), "is_booked": is_booked},
        calendar=CalendarPart(calendars.CANCEL, body) if is_booked else None,
        attachments=[] if is_booked else [calendars.cancel_file(body)],
        stream=entry.stream,
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
