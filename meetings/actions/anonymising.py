"""Removes what registrations tell of people. What a meeting's numbers are counted from stays."""

from django.db import transaction

from contacts.models.persons import erased_address

from ..models import Details, Registration
from ..models.registration import RegistrationQuerySet
from ..tokens import Purpose, new_token_fields

ROWS_A_QUERY = 500
ANONYMOUS = Details(name="")


@transaction.atomic
def anonymise_registrations(registrations: RegistrationQuerySet) -> int:
    """Remove name, address, role and department, and let the personal link die; return how many.

    Meeting, organisation, status and attendance stay, so numbers by meeting and organisation are as before.
    """
    rows = list(registrations.select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        row.take_over(ANONYMOUS)
        row.email, row.invitation = erased_address(row.pk), None
        for name, value in new_token_fields(Purpose.PARTICIPANT).items():
            setattr(row, name, value)
    fields = [*vars(ANONYMOUS), "email", "invitation", "nonce", "token_hash"]
    Registration.objects.bulk_update(rows, fields, batch_size=ROWS_A_QUERY)
    return len(rows)
