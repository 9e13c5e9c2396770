"""Let a contact person forward the invitation to colleagues."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from contacts.enums import ProofKind
from contacts.models import ContactPerson, Person
from contacts.reachability.proofs import prove
from outbox.actions import queue_all
from outbox.addresses import AddressError, normalise
from outbox.mails import PersonalLink
from outbox.models import OutgoingMail

from .. import mails
from ..errors import MeetingError
from ..forward_batches import ForwardBatch
from ..limits import may_forward_to
from ..models import Colleague, InvitedOrganisation
from ..permissions import user_can_answer_for
from .colleagues import remember, unwilling
from .locking import lock_calendar, refuse_unless_open


@dataclass(frozen=True)
class Forwarded:
    """The result of forwarding, in addresses: mailed, already invited, at their hourly limit, and unwilling."""

    queued: int
    already: int
    resting: int
    unwilling: int = 0


def forward_to_colleagues(
    *, invited: InvitedOrganisation, by: Person, addresses: list[str], keep: bool = False
) -> Forwarded:
    """Mail the organisation's invitation to colleagues, in the name of a contact person.

    An address that has already got it from the organisation, that is at its limit of mails this hour or that wants no
    mail through the organisation is left out. With `keep` the others are put on the list of colleagues.
    Raises MeetingError for a wrong address, for too many at once or in a day, and for a past or cancelled meeting;
    PermissionDenied for others than contact persons.
    """
    if not user_can_answer_for(by, invited):
        raise PermissionDenied
    chosen = _checked_addresses(addresses)
    with transaction.atomic():
        entry = lock_calendar(invited.meeting)
        refuse_unless_open(entry)
        _refuse_beyond_daily_cap(invited, by, len(chosen))
        invited.meeting = entry.meeting
        link = link_for(invited, by)
        already = set(invited.mails_to_colleagues.values_list("recipient", flat=True))
        # They get the invitation themselves.
        roles = ContactPerson.objects.active().reachable().filter(organisation=invited.organisation)
        already |= set(roles.values_list("person__email", flat=True))
        new = [address for address in chosen if address not in already]
        refused = unwilling(invited.organisation_id, new)
        receivers = [address for address in new if address not in refused and may_forward_to(address)]
        if keep:
            remember(organisation=invited.organisation, by=by, addresses=receivers)
        listed = listed_among(invited, receivers)
        Colleague.objects.filter(pk__in=[row.pk for row in listed.values()]).update(used_at=timezone.now())
        queued = len(queue_all(mails.forwarded_to(receivers, invited=invited, by=by, link=link, listed=listed)))
        if queued and invited.opened_at is None:
            invited.opened_at = timezone.now()
            invited.save(update_fields=["opened_at"])
        prove(by, ProofKind.FORWARDED)
        log(
            instance=entry.meeting,
            action="meetings.forward",
            user=by,
            data={"organisation": invited.organisation.name, "queued": queued},
        )
    return Forwarded(
        queued, already=len(chosen) - len(new), resting=len(new) - len(refused) - queued, unwilling=len(refused)
    )


def link_for(invited: InvitedOrganisation, by: Person) -> PersonalLink:
    """The organisation's link, with a hint of who forwards it if that person was mailed the invitation."""
    invitation = invited.invitations.filter(contact_person__person=by).first()
    if invitation is None:
        return invited.personal_link
    invitation.invited = invited
    return invitation.personal_link


def listed_among(invited: InvitedOrganisation, addresses: list[str]) -> dict[str, Colleague]:
    """Those of the addresses that stand on the organisation's list of colleagues, by address."""
    listed = {row.email.lower(): row for row in Colleague.objects.listed().filter(organisation=invited.organisation_id)}
    return {address: listed[address.lower()] for address in addresses if address.lower() in listed}


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
    batch = str(ForwardBatch(invited.pk, by.pk))
    sent = OutgoingMail.objects.in_batch(batch).since(since).count()
    if sent + wanted > settings.FORWARD_ADDRESSES_A_DAY:
        raise MeetingError(
            f"Härifrån kan du skicka till högst {settings.FORWARD_ADDRESSES_A_DAY} adresser om dagen. "
            "Kopiera länken och mejla själv, så når du fler."
        )
