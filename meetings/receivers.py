"""Who is told what becomes of a meeting: asked of the roles and registrations as they are now, not of earlier mails."""

from collections import Counter
from dataclasses import dataclass

from django.db.models.functions import Lower

from contacts.models import ContactPerson
from outbox.enums import UNDELIVERABLE_STATUSES, MailStatus
from outbox.mails import PersonalLink
from outbox.models import OutgoingMail

from .enums import MailCategory
from .forward_batches import ForwardBatch
from .models import Colleague as ListedColleague
from .models import Invitation, InvitedOrganisation, MeetingPage, Registration


@dataclass(frozen=True)
class Contact:
    """A contact person or deputy of an invited organisation."""

    role: ContactPerson
    invited: InvitedOrganisation
    invitation: Invitation | None  # None when this person has not been mailed the invitation
    is_for_several: bool  # whether the person is asked on behalf of other organisations too

    @property
    def link(self) -> PersonalLink:
        """The organisation's link to the registration form."""
        return (self.invitation or self.invited).personal_link

    @property
    def key(self) -> tuple[int, int]:
        return self.role.person_id, self.role.organisation_id


@dataclass(frozen=True)
class Colleague:
    """Somebody to whom LUMEN has forwarded an organisation's invitation, and who has not registered."""

    address: str
    invited: InvitedOrganisation
    batch: str  # of the mail that was forwarded, which says who did


@dataclass(frozen=True)
class Receivers:
    """Those who are told. Somebody who is several of these stands in each list."""

    participants: list[Registration]
    contacts: list[Contact]
    colleagues: list[Colleague]

    @property
    def addresses(self) -> set[str]:
        participants = {registration.email for registration in self.participants}
        contacts = {contact.role.person.email for contact in self.contacts}
        return participants | contacts | {colleague.address for colleague in self.colleagues}


def receivers_of(meeting: MeetingPage) -> Receivers:
    """All who are told of a change that anybody may know, or that the meeting is cancelled."""
    participants = list(Registration.objects.to_meeting(meeting).current().with_details())
    contacts = contacts_of(meeting)
    return Receivers(participants, contacts, _colleagues_of(meeting, contacts))


def participants_of(meeting: MeetingPage) -> Receivers:
    """Those who are told of a change that concerns those who take part only."""
    return Receivers(list(Registration.objects.to_meeting(meeting).taking_part().with_details()), [], [])


def contacts_of(meeting: MeetingPage) -> list[Contact]:
    """Every contact person and deputy, today, of the organisations that are invited, once for each organisation."""
    rows = InvitedOrganisation.objects.filter(meeting=meeting).prefetch_related("invitations__contact_person")
    invited = {row.organisation_id: row for row in rows.select_related("organisation")}
    roles = (
        ContactPerson.objects.active()
        .reachable()
        .filter(organisation__in=invited)
        .select_related("person", "organisation")
        .order_by("organisation__kind", "organisation__short_name", "pk")
    )
    # A person may have two periods in one organisation.
    unique = {(role.person_id, role.organisation_id): role for role in roles}
    organisations = Counter(person for person, _ in unique)
    contacts = []
    for (person, organisation), role in unique.items():
        row = invited[organisation]
        row.meeting = meeting
        sent = [each for each in row.invitations.all() if each.contact_person.person_id == person]
        for each in sent:
            each.invited = row
        contacts.append(Contact(role, row, sent[0] if sent else None, organisations[person] > 1))
    return contacts


def _colleagues_of(meeting: MeetingPage, contacts: list[Contact]) -> list[Colleague]:
    stream = f"{meeting.calendar.stream}:"
    forwarded = OutgoingMail.objects.filter(category=MailCategory.FORWARD, stream__startswith=stream)
    reached = forwarded.exclude(status__in=[*UNDELIVERABLE_STATUSES, MailStatus.WITHDRAWN]).order_by("pk")
    invited = {contact.invited.pk: contact.invited for contact in contacts}
    rows = InvitedOrganisation.objects.filter(meeting=meeting).select_related("organisation")
    invited |= {row.pk: row for row in rows if row.pk not in invited}
    others = {contact.role.person.email for contact in contacts}
    others |= set(Registration.objects.to_meeting(meeting).values_list("email", flat=True))
    left = set(ListedColleague.objects.left().values_list("organisation", Lower("email")))
    colleagues: dict[str, Colleague] = {}
    for address, batch in reached.values_list("recipient", "batch"):
        row = invited.get(ForwardBatch.read(batch).invited)
        # Who has left is told no more.
        if row is not None and address not in others and (row.organisation_id, address.lower()) not in left:
            colleagues.setdefault(address, Colleague(address, row, batch))
    return list(colleagues.values())
