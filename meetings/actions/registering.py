"""Register, correct, cancel, match and tick off participants."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from contacts.models import Organisation, Person
from outbox.actions import queue
from outbox.addresses import AddressError, normalise

from .. import mails
from ..enums import MailCategory, RegistrationStatus
from ..errors import MeetingError, TooOftenError
from ..limits import may_change_again, may_confirm
from ..models import CalendarEntry, Details, Invitation, InvitedOrganisation, MeetingPage, Registration
from ..permissions import user_can_change_registrations
from ..tokens import Purpose, new_token_fields
from .locking import lock_calendar, refuse_unless_open


def register(
    *,
    meeting: MeetingPage,
    email: str,
    details: Details,
    invited: InvitedOrganisation | None = None,
    invitation: Invitation | None = None,
) -> Registration:
    """Register an address for the meeting and mail it a confirmation.

    Without an invitation the organisation is found by the address; if none matches, the registration
    waits for an editor. An address that is already registered is left as it is and gets its
    confirmation again; show the same answer in every case, so that nobody can find out who is
    registered. Beyond the limits no mail is sent. A cancelled registration then stays cancelled, since
    the booking in the participant's calendar can be renewed only by mail.

    Raises MeetingError for a wrong address and for a past, cancelled or unpublished meeting.
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
        registration = Registration.objects.filter(meeting=entry.meeting, email__iexact=address).first()
        may_mail = may_confirm(address)
        if registration is None or (registration.status == RegistrationStatus.CANCELLED and may_mail):
            registration = registration or Registration(email=address, **new_token_fields(Purpose.PARTICIPANT))
            registration.take_over(details)
            registration.created_at, registration.cancelled_at = timezone.now(), None
            _place(registration, entry, invited, invitation)
        elif registration.status == RegistrationStatus.WAITING and invited is not None:
            _place(registration, entry, invited, invitation)
        registration.meeting = entry.meeting
        if may_mail:
            answer = mails.confirmation if registration.takes_part else mails.waiting
            queue(answer(registration, category=MailCategory.REGISTRATION))
    return registration


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
        _place(registration, entry, None, None)
        answer = mails.confirmation if registration.takes_part else mails.waiting
        queue(answer(registration, category=MailCategory.PARTICIPANT))


def _place(
    registration: Registration,
    entry: CalendarEntry,
    invited: InvitedOrganisation | None,
    invitation: Invitation | None,
) -> None:
    """Save the registration with the organisation it belongs to, or as waiting for one."""
    registration.meeting = entry.meeting
    if invited is not None:
        registration.organisation, registration.invitation = invited.organisation, invitation
        if invited.opened_at is None:
            invited.opened_at = timezone.now()
            invited.save(update_fields=["opened_at"])
    elif registration.organisation is None:
        registration.organisation = Organisation.objects.for_email(registration.email)
    known = registration.organisation is not None
    registration.status = RegistrationStatus.REGISTERED if known else RegistrationStatus.WAITING
    registration.save()


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
            queue(mails.confirmation(registration, category=MailCategory.PARTICIPANT))
        log(
            instance=entry.meeting,
            action="meetings.match",
            user=by,
            data={"registration": registration.pk, "organisation": organisation.name},
        )


def update_registration(*, registration: Registration, details: Details) -> None:
    """Correct a participant's details. Raises MeetingError once the meeting is over."""
    if registration.meeting.is_past:
        raise MeetingError("Mötet har redan varit.")
    registration.take_over(details)
    registration.save(update_fields=list(vars(details)))


def cancel_registration(*, registration: Registration, by: Person | None = None) -> None:
    """Cancel a registration; the participant's calendar is told. A second time changes nothing.

    `by` is the editor who cancels for somebody, None for the participant. Raises MeetingError once
    the meeting is over, PermissionDenied if `by` is no editor.
    """
    if by is not None and not user_can_change_registrations(by, registration.meeting):
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
        registration.save(update_fields=["status", "cancelled_at"])
        # After a cancelled meeting everybody has had the message already.
        if entry.cancelled_at is None:
            queue(mails.own_cancellation(registration, was_booked=was_booked))
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
    registration.refresh_from_db(fields=["status", "organisation", "cancelled_at", "email"])
    registration.meeting = entry.meeting
