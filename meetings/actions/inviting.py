"""Invite contact persons, also those who are appointed after the mail-out."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from wagtail.log_actions import log

from contacts.actions import welcome
from contacts.models import ContactPerson, Organisation, Person
from outbox.actions import queue, queue_all
from outbox.mails import Mail
from outbox.models import OutgoingMail
from outbox.rendering import rendered

from .. import mails
from ..enums import MailOutKind
from ..errors import MeetingError
from ..models import CalendarEntry, Invitation, InvitedOrganisation, MailOut, MeetingPage
from ..permissions import user_can_send_invitations
from ..tokens import Purpose, new_token_fields
from .locking import lock_calendar, refuse_unless_open


@dataclass(frozen=True)
class Sent:
    """The result of sending invitations: the mail-out (None if there was nobody to mail) and new mails."""

    mail_out: MailOut | None
    queued: int


def receivers_without_invitation(meeting: MeetingPage) -> QuerySet[ContactPerson]:
    """The contact persons who would get a mail if invitations were sent now."""
    # A person may have two periods with the same organisation; one mail is enough.
    invited = (
        Invitation.objects.mailed()
        .standing()
        .filter(
            invited__meeting=meeting.pk,
            invited__organisation=OuterRef("organisation"),
            contact_person__person=OuterRef("person"),
        )
    )
    active = ContactPerson.objects.active().reachable().filter(~Exists(invited))
    return active.select_related("person", "organisation").order_by("organisation", "pk")


def send_invitations(*, meeting: MeetingPage, by: Person | None) -> Sent:
    """Mail the invitation to every contact person who has not got it yet.

    A second call, by the same editor or another, reaches only those who have been added since.
    `by` is None when a command sends. Raises MeetingError for a draft and for a past or cancelled
    meeting, PermissionDenied for somebody who may not publish the meeting.
    """
    if by is not None and not user_can_send_invitations(by, meeting):
        raise PermissionDenied
    with transaction.atomic():
        entry = lock_calendar(meeting)
        refuse_unless_open(entry)
        receivers = list(receivers_without_invitation(entry.meeting))
        mail_out = entry.meeting.invitation_mail_out
        if not receivers:
            return Sent(mail_out, 0)
        if mail_out is None:
            mail_out = MailOut.objects.create(meeting=entry.meeting, kind=MailOutKind.INVITATION, created_by=by)
        queued = invite(entry, mail_out, receivers)
        log(instance=entry.meeting, action="meetings.invite", user=by, data={"queued": len(queued)})
    return Sent(mail_out, len(queued))


def invite(entry: CalendarEntry, mail_out: MailOut, receivers: list[ContactPerson]) -> list[OutgoingMail]:
    """Queue the invitation to the contact persons. Call it under the calendar's lock."""
    invitations = _ensure_invitations(entry.meeting, receivers)
    for_several = ContactPerson.objects.active().reachable().persons_of_several()
    queued = queue_all(mails.invitations_to(invitations, entry=entry, mail_out=mail_out, for_several=for_several))
    for invitation, mail in zip(invitations, queued, strict=True):
        invitation.mail, invitation.mail_out = mail, mail_out
    Invitation.objects.bulk_update(invitations, ["mail", "mail_out"])
    return queued


def invite_newcomers() -> int:
    """Invite the contact persons who came after a coming meeting's invitation was sent; return how many mails.

    A recurring job, which also welcomes those who have not been told of their role.
    """
    coming = MeetingPage.objects.coming().not_cancelled().filter(mail_outs__kind=MailOutKind.INVITATION)
    return sum(_invite_newcomers_to(meeting) for meeting in coming.distinct())


def invite_appointed(role: ContactPerson) -> int:
    """Invite somebody who has just been appointed to the coming meetings whose invitation has been sent."""
    return invite_newcomers() if ContactPerson.objects.active().reachable().filter(pk=role.pk).exists() else 0


@transaction.atomic
def _invite_newcomers_to(meeting: MeetingPage) -> int:
    if not receivers_without_invitation(meeting).exists():
        return 0
    entry = lock_calendar(meeting)
    mail_out = entry.meeting.invitation_mail_out
    if mail_out is None or not entry.meeting.is_open:
        return 0
    newcomers = list(receivers_without_invitation(entry.meeting))
    for role in newcomers:
        welcome(role)
    return len(invite(entry, mail_out, newcomers))


def _ensure_invitations(meeting: MeetingPage, receivers: list[ContactPerson]) -> list[Invitation]:
    """Returns one invitation for each person and organisation, in the order given; missing ones are created."""
    # There may be several periods of one person in one organisation.
    unique = list({(receiver.organisation_id, receiver.person_id): receiver for receiver in receivers}.values())
    invited = _ensure_invited(meeting, {receiver.organisation for receiver in unique})
    rows = Invitation.objects.filter(invited__meeting=meeting, contact_person__in=unique)
    there = {row.contact_person_id: row for row in rows}
    new = Invitation.objects.bulk_create(
        Invitation(invited=invited[receiver.organisation_id], contact_person=receiver)
        for receiver in unique
        if receiver.pk not in there
    )
    there |= {row.contact_person_id: row for row in new}
    # Prefetched, since a link hints at whose invitation it is where an organisation has several.
    prefetch_related_objects(list(invited.values()), "invitations")
    for receiver in unique:
        row = there[receiver.pk]
        row.invited, row.contact_person = invited[receiver.organisation_id], receiver
    return [there[receiver.pk] for receiver in unique]


def _ensure_invited(meeting: MeetingPage, organisations: set[Organisation]) -> dict[int, InvitedOrganisation]:
    """Returns the organisations' invitations by organisation id; missing ones are created."""
    rows = InvitedOrganisation.objects.filter(meeting=meeting, organisation__in=organisations)
    invited = {row.organisation_id: row for row in rows}
    new = InvitedOrganisation.objects.bulk_create(
        InvitedOrganisation(meeting=meeting, organisation=organisation, **new_token_fields(Purpose.ORGANISATION))
        for organisation in organisations
        if organisation.pk not in invited
    )
    invited |= {row.organisation_id: row for row in new}
    for organisation in organisations:
        # The mails and links read both; this spares the queries.
        invited[organisation.pk].meeting, invited[organisation.pk].organisation = meeting, organisation
    return invited


def ensure_invited(*, meeting: MeetingPage, organisation: Organisation) -> InvitedOrganisation:
    """The organisation's invitation, created if missing: for a contact person appointed after the mail-out.

    Raises MeetingError before the invitations have gone out, and for a past or cancelled meeting.
    """
    with transaction.atomic():
        entry = lock_calendar(meeting)
        refuse_unless_open(entry)
        if entry.meeting.invitation_mail_out is None:
            raise MeetingError("Inbjudan har inte skickats än. Du får ett mejl när det är dags.")
        return _ensure_invited(entry.meeting, {organisation})[organisation.pk]


def preview_invitation(*, meeting: MeetingPage, organisation: Organisation) -> Mail:
    """The invitation as the organisation's contact persons would get it, with a link that does not work.

    Raises MeetingError for a meeting that has never been published.
    """
    entry = meeting.entry
    if entry is None:
        raise MeetingError("Mötet är inte publicerat än. Publicera det först.")
    return rendered(mails.example_invitation(entry, organisation))


def send_test_invitation(*, meeting: MeetingPage, to: Person) -> OutgoingMail:
    """Mail the invitation to an editor, with a link that does not work.

    Raises MeetingError as `send_invitations` does, PermissionDenied if `to` may not publish the meeting.
    """
    if not user_can_send_invitations(to, meeting):
        raise PermissionDenied
    with transaction.atomic():
        entry = lock_calendar(meeting)
        refuse_unless_open(entry)
        organisation = to.organisation or Organisation(name="Exempelkommunen", short_name="Exempelkommunen")
        return queue(mails.example_invitation(entry, organisation, to=to.email))
