"""The made-up records of the demo's held meetings: who was invited, who registered and who came."""

from datetime import datetime, timedelta

from contacts.models import ContactPerson, Person
from meetings.enums import MailOutKind
from meetings.models import Invitation, InvitedOrganisation, MailOut, MeetingPage, Registration
from meetings.tokens import Purpose, derive_token, hash_token, new_nonce

from .people import FIRST_NAMES, slug

ROLES = ("Handläggare", "Enhetschef", "Jurist", "Upphandlare", "Controller", "Förtroendevald", "Säkerhetsstrateg")
DEPARTMENTS = ("Socialförvaltningen", "Kommunledningskontoret", "Vård- och omsorgsförvaltningen", "Inköpsenheten")


def record_held_meeting(meeting: MeetingPage, held_at: datetime, by: Person) -> None:
    """Give a held meeting its invitations and participants, as if the mails had been deleted since."""
    invited_at = held_at - timedelta(days=30)
    mail_out = MailOut.objects.create(
        meeting=meeting, kind=MailOutKind.INVITATION, created_by=by, created_at=invited_at
    )
    roles = ContactPerson.objects.active(on=held_at.date()).select_related("organisation")
    registrations = []
    for number, role in enumerate(roles):
        nonce = new_nonce()
        invited = InvitedOrganisation.objects.create(
            meeting=meeting,
            organisation=role.organisation,
            nonce=nonce,
            token_hash=hash_token(derive_token(Purpose.ORGANISATION, nonce)),
        )
        invitation = Invitation.objects.create(
            invited=invited, contact_person=role, mail_out=mail_out, created_at=invited_at
        )
        registrations += _participants(invitation, number)
        if registrations and registrations[-1].organisation_id == role.organisation_id:
            invited.opened_at = registrations[-1].created_at
            invited.save(update_fields=["opened_at"])
    Registration.objects.bulk_create(registrations)


def _participants(invitation: Invitation, number: int) -> list[Registration]:
    """Make up to four participants from the organisation, most of whom attended."""
    organisation, meeting = invitation.invited.organisation, invitation.invited.meeting
    participants = []
    for i in range((number * 3 + meeting.pk) % 5):
        first, nonce = FIRST_NAMES[(number + i * 5) % len(FIRST_NAMES)], new_nonce()
        participants.append(
            Registration(
                meeting=meeting,
                organisation=organisation,
                invitation=invitation,
                name=f"{first} Exempel",
                email=f"deltagare{i + 1}@{slug(organisation)}.example",
                role=ROLES[(number + i) % len(ROLES)],
                department=DEPARTMENTS[(number + i) % len(DEPARTMENTS)],
                attended=(number + i) % 6 != 0,
                nonce=nonce,
                token_hash=hash_token(derive_token(Purpose.PARTICIPANT, nonce)),
                created_at=invitation.created_at + timedelta(days=1 + i),
            )
        )
    return participants
