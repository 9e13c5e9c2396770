"""The mails that the register itself sends."""

from django.conf import settings

from outbox.actions import queue_templated_mail
from outbox.models import OutgoingMail

from .enums import DEPUTY_MAIL
from .models import ContactPerson, Person


def queue_named_deputy(*, role: ContactPerson, by: Person) -> OutgoingMail:
    """Tell a deputy that `by` has named them, what it means and where their details came from (GDPR, art. 14)."""
    return queue_templated_mail(
        to=role.person.email,
        subject=f"Du är ersättare för {role.organisation.name} i LUMEN",
        template="contact_deputy",
        context={
            "name": role.person.name,
            "named_by": by.name or by.email,
            "organisation": role.organisation.name,
            "button_url": f"{settings.BASE_URL}/min-sida/",
            "button_label": "Logga in på Min sida",
        },
        category=DEPUTY_MAIL,
    )
