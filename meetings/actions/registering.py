"""Register, correct, cancel, match and tick off participants."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from contacts.enums import ProofKind
from contacts.models import Organisation, Person
from contacts.reachability.proofs import prove_address
from outbox.actions import queue
from outbox.addresses import AddressError, belongs_to, normalise

from .. import mails
from ..enums import Claim, MailCategory, RegistrationStatus
from ..errors import MeetingError, TooOftenError
from ..limits import may_change_again, may_mail_own_link, time_of_confirmation
from ..models import CalendarEntry, Details, Invitation, InvitedOrganisation, MeetingPage, Registration
from ..permissions import user_can_cancel_registration, user_can_change_registrations
from ..tokens import Purpose, new_token_fields
from .locking import lock_calendar, refuse_unless_open

MAILBOX_IS_FULL = (
    "Vi har nyss mejlat flera gånger till den adressen, så anmälan togs inte emot. Vänta en timme och anmäl igen."
)


def register(
    *,
    meeting: MeetingPage,
    email: str,
    details: Details,
    invited: InvitedOrganisation | None = None,
    invitation: Invitation | None = None,
) -> Registration:
    """Register an address for the meeting and mail it a confirmation; show the same answer in every case.

    Anybody can fill in the form with anybody's address. So the address's domain tells the organisation; the link does
    where no organisation has the domain, and else the registration waits for an editor. Details that the owner has
    not confirmed are replaced by a claim that is at least as good (`Claim`). A cancelled registration is renewed by
    the personal link only, which is mailed again.

    The mail waits when the mailbox, or everybody together, has had many this hour.

    Raises MeetingError for a wrong address and for a past, cancelled or unpublished meeting, TooOftenError for a new
    registration of a mailbox that already waits for too many mails.
    """
    try:
        address = normalise(email)
    except AddressError as error:
        raise MeetingError(str(error)) from error
    if invited is not None and invited.meeting_id != meeting.pk:
        raise ValueError("The invitation is to another meeting.")
    with transaction.atomic():
        entry = lock_calendar(meeting)
        refuse_unless_open(entry)
        claim, organisation = _claim_of(invited, address)
        registration = Registration.objects.filter(meeting=entry.meeting, email__iexact=address).first()
        is_new, leaves_at = registration is None, time_of_confirmation(address)
        if registration is None:
            if leaves_at is None:
                raise TooOftenError(MAILBOX_IS_FULL)
            registration = Registration(
                meeting=entry.meeting, email=address, claim=claim, **new_token_fields(Purpose.PARTICIPANT)
            )
        registration.meeting = entry.meeting
        if registration.status != RegistrationStatus.CANCELLED:
            if is_new or registration.claim <= claim < Claim.CONFIRMED:
                registration.take_over(details)
                registration.claim = claim
            if is_new or registration.status == RegistrationStatus.WAITING:
                through = invited if invited is not None and invited.organisation == organisation else None
                _place(registration, organisation, through, invitation if through else None)
            registration.save()
        # What was mailed before is mailed again at once or not at all, so that nobody can fill the queue.
        if leaves_at is not None and (is_new or leaves_at <= timezone.now()):
            _answer(registration, category=MailCategory.REGISTRATION, not_before=leaves_at)
    return registration


def _answer(registration: Registration, *, category: MailCategory, not_before: datetime | None = None) -> None:
    """Queue the mail that tells a participant how the registration stands: booked, waiting or cancelled."""
    write = mails.confirmation if registration.takes_part else mails.waiting
    if registration.status == RegistrationStatus.CANCELLED:
        write = mails.way_back
    if registration.takes_part:
        registration.raise_sequence()
        registration.save(update_fields=["sequence"])
    queue(replace(write(registration, category=category), not_before=not_before))


def _claim_of(invited: InvitedOrganisation | None, address: str) -> tuple[Claim, Organisation | None]:
    """How far a form with the address can be trusted, and the organisation that it belongs to."""
    owner = Organisation.objects.for_email(address)
    if invited is None:
        return Claim.OPEN_FORM, owner
    own = invited.organisation
    if owner is not None:
        return (Claim.OWN_LINK if owner == own else Claim.OTHERS_LINK), owner
    # Nobody has the domain, or several have, this one among them.
    return (Claim.OWN_LINK if belongs_to(address, own.domains) else Claim.OPEN_FORM), own


def register_again(*, registration: Registration) -> None:
    """Renew a cancelled registration for the holder of the personal link, and send the booking again.

    Changes nothing if it is not cancelled. Raises TooOftenError after many changes in an
    hour, MeetingError for a past, cancelled or unpublished meeting.
    """
    with transaction.atomic():
        entry = lock_calendar(registration.meeting)
        refuse_unless_open(entry)
        _refresh(registration, entry)
        if registration.status != RegistrationStatus.CANCELLED:
            return
        if not may_change_again(registration.email):
            raise TooOftenError("Du har ändrat dig många gånger på kort tid. Vänta en timme och försök igen.")
        registration.created_at, registration.cancelled_at = timezone.now(), None
        registration.claim = Claim.CONFIRMED
        prove_address(registration.email, ProofKind.REGISTERED)
        registration.meeting = entry.meeting
        if registration.organisation is None:
            registration.organisation = Organisation.objects.for_email(registration.email)
        _place(registration, None)
        registration.save()
        _answer(registration, category=MailCategory.PARTICIPANT)


def mail_own_link(*, meeting: MeetingPage, email: str) -> None:
    """Mail the personal link to whoever takes part, or has, under the address; to nobody else. Nobody is told which.

    Raises MeetingError for what is no address, and for a past, cancelled or unpublished meeting.
    """
    try:
        address = normalise(email)
    except AddressError as error:
        raise MeetingError(str(error)) from error
    with transaction.atomic():
        entry = lock_calendar(meeting)
        refuse_unless_open(entry)
        registration = Registration.objects.filter(meeting=entry.meeting).of_address(address).first()
        if registration is not None and may_mail_own_link(address):
            registration.meeting = entry.meeting
            queue(mails.own_link(registration))


def _place(
    registration: Registration,
    organisation: Organisation | None,
    invited: InvitedOrganisation | None = None,
    invitation: Invitation | None = None,
) -> None:
    """Write on the row which organisation it belongs to, or that it waits for one (not saved)."""
    if organisation is not None:
        registration.organisation, registration.invitation = organisation, invitation
    known = registration.organisation is not None
    registration.status = RegistrationStatus.REGISTERED if known else RegistrationStatus.WAITING
    if invited is not None and invited.opened_at is None:
        invited.opened_at = timezone.now()
        invited.save(update_fields=["opened_at"])


def match_registration(*, registration: Registration, organisation: Organisation, by: Person) -> None:
    """Set a participant's organisation. One who waited for it becomes registered and gets a mail.

    Raises MeetingError for a cancelled registration and when the meeting is past or cancelled,
    PermissionDenied for others than editors.
    """
    if not user_can_change_registrations(by, registration.meeting):
        raise PermissionDenied
    with transaction.atomic():
        entry = lock_calendar(registration.meeting)
        refuse_unless_open(entry)
        _refresh(registration, entry)
        if registration.status == RegistrationStatus.CANCELLED:
            raise MeetingError("Personen är redan avanmäld.")
        waited = registration.status == RegistrationStatus.WAITING
        registration.organisation, registration.status = organisation, RegistrationStatus.REGISTERED
        registration.save(update_fields=["organisation", "status"])
        if waited:
            _answer(registration, category=MailCategory.PARTICIPANT)
        log(
            instance=entry.meeting,
            action="meetings.match",
            user=by,
            data={"registration": registration.pk, "organisation": organisation.name},
        )


def update_registration(*, registration: Registration, details: Details) -> None:
    """Correct a participant's details, by the personal link. Raises MeetingError once the meeting is over."""
    if registration.meeting.is_past:
        raise MeetingError("Mötet har redan varit.")
    registration.take_over(details)
    registration.claim = Claim.CONFIRMED
    registration.save(update_fields=[*vars(details), "claim"])
    prove_address(registration.email, ProofKind.REGISTERED)


def cancel_registration(*, registration: Registration, by: Person | None = None, by_calendar: bool = False) -> None:
    """Cancel a registration; the participant's calendar is told. A second time changes nothing.

    `by` is the editor or the organisation's contact person who cancels for somebody, None for the participant, whose
    calendar may have done it. Raises MeetingError once the meeting is over, PermissionDenied if `by` is neither.
    """
    if by is not None and not user_can_cancel_registration(by, registration):
        raise PermissionDenied
    with transaction.atomic():
        entry = lock_calendar(registration.meeting)
        _refresh(registration, entry)
        if registration.status == RegistrationStatus.CANCELLED:
            return
        if entry.meeting.is_past:
            raise MeetingError("Mötet har redan varit.")
        was_booked = registration.takes_part
        registration.status, registration.cancelled_at = RegistrationStatus.CANCELLED, timezone.now()
        if by is None and not by_calendar:
            registration.claim = Claim.CONFIRMED
            prove_address(registration.email, ProofKind.REGISTERED)
        # After a cancelled meeting everybody has had the message already.
        if entry.cancelled_at is None:
            registration.raise_sequence()
        registration.save(update_fields=["status", "cancelled_at", "claim", "sequence"])
        if entry.cancelled_at is None:
            queue(
                mails.own_cancellation(
                    registration,
                    was_booked=was_booked,
                    by_calendar=by_calendar,
                    by=None if by is None or user_can_change_registrations(by, registration.meeting) else by,
                )
            )
        if by is not None:
            log(
                instance=entry.meeting,
                action="meetings.cancel_registration",
                user=by,
                data={"registration": registration.pk},
            )


def set_attendance(*, registrations: Iterable[Registration], attended: bool | None, by: Person) -> int:
    """Note who attended (None removes the note), among those who take part. Returns how many were changed.

    Raises MeetingError before a meeting has begun, PermissionDenied for others than editors.
    """
    rows = list(registrations)
    meetings = {row.meeting for row in rows}
    if not all(user_can_change_registrations(by, meeting) for meeting in meetings):
        raise PermissionDenied
    if any(meeting.starts_at is None or meeting.starts_at > timezone.now() for meeting in meetings):
        raise MeetingError("Närvaro kan fyllas i när mötet har börjat.")
    with transaction.atomic():
        changed = 0
        for meeting in meetings:
            keys = [row.pk for row in rows if row.meeting_id == meeting.pk]
            number = Registration.objects.taking_part().filter(pk__in=keys).update(attended=attended)
            changed += number
            log(
                instance=meeting,
                action="meetings.attendance",
                user=by,
                data={"attended": attended, "number": number},
            )
    return changed


def _refresh(registration: Registration, entry: CalendarEntry) -> None:
    """Read the row again under the lock; another request may have changed it."""
    registration.refresh_from_db(fields=["status", "organisation", "cancelled_at", "email", "sequence"])
    registration.meeting = entry.meeting
