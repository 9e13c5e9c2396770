"""The mails with an invitation: to contact persons, and to colleagues on their behalf."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from contacts.models import Organisation, Person
from outbox.mails import Mail, PersonalLink

from .. import calendars, links
from ..enums import MailCategory
from ..forward_batches import ForwardBatch
from ..models import CalendarEntry, Colleague, Invitation, InvitedOrganisation, MailOut
from ..receivers import Contact
from ..titles import mid_sentence
from . import facts
from .meeting import meeting_context
from .subjects import subject_of

INVITATION, REMINDER = "Inbjudan", "Påminnelse"


def invitation_context(organisation: Organisation, link: str) -> dict[str, str]:
    """What differs between the invitations of one mail-out."""
    return {"organisation": organisation.name, "button_url": link, "button_label": "Anmäl dig"}


def invitations_to(
    invitations: Iterable[Invitation], *, entry: CalendarEntry, mail_out: MailOut, for_several: Container[int]
) -> list[Mail]:
    """The invitations to contact persons, who forward them: with a calendar file for anybody, nothing personal.

    `for_several` holds the persons who are contact persons of several organisations: they are told which it is.
    """
    shared = Mail(
        to="",
        subject="",
        template="meeting_invitation",
        context=meeting_context(entry),
        stream=entry.stream,
        batch=mail_out.batch,
        category=MailCategory.INVITATION,
    )
    made = []
    with_list = set(Colleague.objects.listed().order_by().values_list("organisation", flat=True))
    for invitation in invitations:
        role, organisation = invitation.contact_person, invitation.invited.organisation
        link, stop = invitation.personal_link, role.stop_mail
        made.append(
            replace(
                shared,
                to=role.person.email,
                subject=subject_of(
                    INVITATION, entry, organisation=organisation.short_name if role.person_id in for_several else ""
                ),
                context={
                    **shared.context,
                    **invitation_context(organisation, link.url),
                    "same_url": links.forward_to_same(entry.meeting, organisation.pk)
                    if organisation.pk in with_list
                    else "",
                },
                attachments=[calendars.invitation_file(entry, link.url)],
                unsubscribe_url=stop.url,  # In the header only, which is not forwarded with the mail.
                personal_links=[link, stop],
                condition=facts.for_contact(role, entry, mail=facts.INVITATION),
            )
        )
    return made


def reminders_to(contacts: Iterable[Contact], *, entry: CalendarEntry, mail_out: MailOut) -> list[Mail]:
    """The reminders to contact persons of organisations from which nobody is registered."""
    context, made = meeting_context(entry), []
    with_list = set(Colleague.objects.listed().order_by().values_list("organisation", flat=True))
    for contact in contacts:
        organisation, stop = contact.role.organisation, contact.role.stop_mail
        made.append(
            Mail(
                to=contact.role.person.email,
                subject=subject_of(
                    REMINDER, entry, organisation=organisation.short_name if contact.is_for_several else ""
                ),
                template="meeting_reminder",
                context={
                    **context,
                    "organisation": organisation.name,
                    "button_url": links.forward(entry.meeting, organisation.pk),
                    "button_label": "Vidarebefordra inbjudan",
                    "same_url": links.forward_to_same(entry.meeting, organisation.pk)
                    if organisation.pk in with_list
                    else "",
                    "decline_url": links.decline(entry.meeting, organisation.pk),
                },
                stream=entry.stream,
                batch=mail_out.batch,
                category=MailCategory.REMINDER,
                unsubscribe_url=stop.url,
                personal_links=[stop],
                condition=facts.for_silent(contact.role, entry),
            )
        )
    return made


def example_invitation(entry: CalendarEntry, organisation: Organisation, *, to: str = "") -> Mail:
    """The invitation as the organisation's contact persons would get it, with a link that does not work.

    It can be looked at, or sent to an editor's address as a test.
    """
    link = links.registration_form("exempel")
    return Mail(
        to=to,
        subject=subject_of("Test: Inbjudan" if to else INVITATION, entry),
        template="meeting_invitation",
        context={**meeting_context(entry), **invitation_context(organisation, link)},
        attachments=[calendars.invitation_file(entry, link)],
        category=MailCategory.TEST,
        urgent=True,
    )


def forwarded_to(
    addresses: Iterable[str],
    *,
    invited: InvitedOrganisation,
    by: Person,
    link: PersonalLink,
    listed: Mapping[str, Colleague],
) -> list[Mail]:
    """The invitation to colleagues, on behalf of a contact person, who gets the answers.

    Those on the organisation's list are told why they are, and get a link by which they leave it.
    """
    entry = invited.meeting.calendar
    shared = Mail(
        to="",
        subject=subject_of(INVITATION, entry),
        template="meeting_forwarded",
        context={
            **meeting_context(entry),
            **invitation_context(invited.organisation, link.url),
            "forwarded_by": by.name,
            "forwarded_by_title": mid_sentence(by.title),
            "leave_url": "",
        },
        attachments=[calendars.invitation_file(entry, link.url)],
        stream=entry.stream,
        batch=str(ForwardBatch(invited.pk, by.pk)),
        category=MailCategory.FORWARD,
        reply_to=by.email,
        personal_links=[link],
        condition=facts.for_colleague(entry, invited.organisation_id, mail=facts.INVITATION),
    )
    return [_to_colleague(replace(shared, to=address), listed.get(address)) for address in addresses]


def _to_colleague(mail: Mail, colleague: Colleague | None) -> Mail:
    if colleague is None:
        return mail
    leave = colleague.leave_link
    return replace(
        mail,
        context={**mail.context, "leave_url": leave.url},
        unsubscribe_url=leave.url,
        personal_links=[*mail.personal_links, leave],
    )
