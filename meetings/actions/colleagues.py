"""Keep an organisation's list of the colleagues to whom its contact persons forward."""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from contacts.models import Organisation, Person
from outbox.addresses import AddressError, normalise

from ..errors import MeetingError
from ..models import Colleague, Registration
from ..permissions import contact_person_organisations

HAS_LEFT = "Personen har bett att slippa inbjudningar från er, så adressen kan inte läggas till."


def add_colleague(*, organisation: Organisation, by: Person, email: str, name: str = "", unit: str = "") -> Colleague:
    """Put a colleague on the organisation's list, or correct the name and unit of one who is there.

    Raises MeetingError for a wrong address, one of another organisation, one who has left and a list that is full;
    PermissionDenied for others than the organisation's contact persons.
    """
    _refuse_others(organisation, by)
    try:
        address = normalise(email)
    except AddressError as error:
        raise MeetingError(str(error)) from error
    with transaction.atomic():
        # Two who add at once wait for each other.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        return _add(organisation, by, address, name.strip(), unit.strip())


def remember(*, organisation: Organisation, by: Person, addresses: Iterable[str]) -> None:
    """Put the addresses that somebody forwards to on the list; those that cannot be there are left out."""
    for address in addresses:
        try:
            add_colleague(organisation=organisation, by=by, email=address)
        except MeetingError:
            continue


def _add(organisation: Organisation, by: Person, address: str, name: str, unit: str) -> Colleague:
    owner = Organisation.objects.for_email(address)
    if owner is not None and owner != organisation:
        raise MeetingError(f"Adressen hör till {owner}. Listan är för kollegor i {organisation.name}.")
    row = Colleague.objects.filter(organisation=organisation).of_address(address).first()
    if row is None:
        if Colleague.objects.listed().filter(organisation=organisation).count() >= settings.FORWARD_ADDRESSES_AT_ONCE:
            raise MeetingError(
                f"Listan rymmer {settings.FORWARD_ADDRESSES_AT_ONCE} kollegor. Ta bort någon innan du lägger till fler."
            )
        row = Colleague(organisation=organisation, email=address, added_by=by)
    elif row.left_at is not None:
        if not registered_since(row):
            raise MeetingError(HAS_LEFT)
        row.left_at, row.added_by, row.added_at = None, by, timezone.now()
    row.name, row.unit, row.used_at = name or row.name, unit or row.unit, timezone.now()
    row.save()
    return row


def change_colleague(*, colleague: Colleague, by: Person, name: str, unit: str) -> None:
    """Correct the name and unit of somebody on the list. Raises as `add_colleague` does."""
    _refuse_others(colleague.organisation, by)
    with transaction.atomic():
        row = Colleague.objects.select_for_update().get(pk=colleague.pk)
        if row.left_at is not None:
            raise MeetingError(HAS_LEFT)
        row.name, row.unit = name.strip(), unit.strip()
        row.save(update_fields=["name", "unit"])


def remove_colleague(*, colleague: Colleague, by: Person) -> None:
    """Take a colleague off the list. One who has left stays, as an address that is not mailed."""
    _refuse_others(colleague.organisation, by)
    Colleague.objects.listed().filter(pk=colleague.pk).delete()


def leave(*, colleague: Colleague) -> None:
    """Note that the colleague wants no more invitations through the organisation. A second time changes nothing."""
    Colleague.objects.filter(pk=colleague.pk, left_at=None).update(left_at=timezone.now(), name="", unit="")
    colleague.refresh_from_db()


def registered_since(colleague: Colleague) -> bool:
    """Whether somebody who left has registered for a meeting since, and so may be mailed again."""
    rows = Registration.objects.of_address(colleague.email).filter(organisation=colleague.organisation)
    return rows.filter(created_at__gt=colleague.left_at).exists()


def unwilling(organisation: int, addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that have asked not to be mailed for the organisation."""
    wanted = {address.lower(): address for address in addresses}
    left = Colleague.objects.left().filter(organisation=organisation)
    return {wanted[row.email.lower()] for row in left if row.email.lower() in wanted and not registered_since(row)}


def _refuse_others(organisation: Organisation, by: Person) -> None:
    if not contact_person_organisations(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
