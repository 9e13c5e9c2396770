"""Invite contact persons, and let them forward or decline the invitation."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.utils import timezone
from wagtail.log_actions import log

from contacts.models import ContactPerson, Organisation, Person
from outbox.actions import queue, queue_all
from outbox.addresses import AddressError, normalise
from outbox.mails import Mail
from outbox.models import OutgoingMail
from outbox.rendering import rendered

from .. import mails
from ..enums import MailOutKind
from ..errors import MeetingError
from ..limits import may_forward_to
from ..models import NOTE_LENGTH, Invitation, InvitedOrganisation, MailOut, MeetingPage
from ..permissions import user_can_answer_for, user_can_send_invitations
from ..tokens import Purpose, new_token_fields
from .locking import lock_calendar, refuse_unless_open


@dataclass(frozen=True)
class Sent:
    """The result of sending invitations: the mail-out (None if there was nobody to mail) and new mails."""

    mail_out: MailOut | None
    queued: int


@dataclass(frozen=True)
class Forwarded:
    """The result of forwarding, in addresses: mailed, already invited, and those at their hourly limit."""

    queued: int
    already: int
    resting: int


def receivers_without_invitation(meeting: MeetingPage) -> QuerySet[ContactPerson]:
    """The contact persons who would get a mail if invitations were sent now."""
    # A person may have two periods with the same organisation; one mail is enough.
    invited = Invitation.objects.filter(
        invited__meeting=meeting.pk,
        invited__organisation=OuterRef("organisation"),
        contact_person__person=OuterRef("person"),
        mail_out__isnull=False,
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
        invitations = _ensure_invitations(entry.meeting, receivers)
        queued = queue_all(mails.invitations_to(invitations, entry=entry, mail_out=mail_out))
        for invitation, mail in zip(invitations, queued, strict=True):
            invitation.mail, invitation.mail_out = mail, mail_out
        Invitation.objects.bulk_update(invitations, ["mail", "mail_out"])
        log(instance=entry.meeting, action="meetings.invite", user=by, data={"queued": len(queued)})
    return Sent(mail_out, len(queued))


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


def decline(*, invited: InvitedOrganisation, because: str, by: Person) -> None:
    """Record that the organisation takes no part this time.

    Raises MeetingError without a reason and for a past or cancelled meeting, PermissionDenied for
    somebody who is not the organisation's contact person.
    """
    because = because.strip()
    if not user_can_answer_for(by, invited):
        raise PermissionDenied
    if not because:
        raise MeetingError("Skriv kort varför ni inte deltar.")
    with transaction.atomic():
        entry = lock_calendar(invited.meeting)
        refuse_unless_open(entry)
        invited.declined_at, invited.declined_because = timezone.now(), because[:NOTE_LENGTH]
        invited.save(update_fields=["declined_at", "declined_because"])
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
        log(
            instance=entry.meeting,
            action="meetings.withdraw_decline",
            user=by,
            data={"organisation": invited.organisation.name},
        )


def forward_to_colleagues(*, invited: InvitedOrganisation, by: Person, addresses: list[str]) -> Forwarded:
    """Mail the organisation's invitation to colleagues, in the name of a contact person.

    An address that has already got it from the organisation, or that is at its limit of mails this hour,
    is left out. Raises MeetingError for a wrong address, for too many at once or in a day, and
    for a past or cancelled meeting; PermissionDenied for others than contact persons.
    """
    if not user_can_answer_for(by, invited):
        raise PermissionDenied
    chosen = _checked_addresses(addresses)
    with transaction.atomic():
        entry = lock_calendar(invited.meeting)
        refuse_unless_open(entry)
        _refuse_beyond_daily_cap(invited, by, len(chosen))
        invited.meeting = entry.meeting
        invitation = invited.invitations.filter(contact_person__person=by).first()
        link = (invitation or invited).personal_link
        already = set(
            OutgoingMail.objects.filter(batch__startswith=f"forward:{invited.pk}:").values_list("recipient", flat=True)
        )
        new = [address for address in chosen if address not in already]
        receivers = [address for address in new if may_forward_to(address)]
        queued = len(queue_all(mails.forwarded_to(receivers, invited=invited, by=by, link=link)))
        if queued and invited.opened_at is None:
            invited.opened_at = timezone.now()
            invited.save(update_fields=["opened_at"])
        log(
            instance=entry.meeting,
            action="meetings.forward",
            user=by,
            data={"organisation": invited.organisation.name, "queued": queued},
        )
    return Forwarded(queued, already=len(chosen) - len(new), resting=len(new) - queued)


def _checked_addresses(addresses: list[str]) -> list[str]:
    """Normalises the addresses, each once. Raises MeetingError if one is wrong or there are too many."""
    if len(addresses) > settings.FORWARD_ADDRESSES_AT_ONCE:
        raise MeetingError(f"Skicka till högst {settings.FORWARD_ADDRESSES_AT_ONCE} adresser åt gången.")
    try:
        return list(dict.fromkeys(normalise(address) for address in addresses))
    except AddressError as error:
        raise MeetingError(str(error)) from error


def _refuse_beyond_daily_cap(invited: InvitedOrganisation, by: Person, wanted: int) -> None:
    since = timezone.now() - timedelta(days=1)
    batch = mails.forward_batch(invited, by)
    sent = OutgoingMail.objects.in_batch(batch).since(since).count()
    if sent + wanted > settings.FORWARD_ADDRESSES_A_DAY:
        raise MeetingError(
            f"Härifrån kan du skicka till högst {settings.FORWARD_ADDRESSES_A_DAY} adresser om dagen. "
            "Kopiera länken och mejla själv, så når du fler."
        )
