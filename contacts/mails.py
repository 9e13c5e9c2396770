"""The mails that the register itself sends."""

from outbox.links import absolute
from outbox.mails import Mail

from .enums import MailCategory
from .models import ContactPerson, Person


def named_deputy(*, role: ContactPerson, by: Person) -> Mail:
    """Tells a deputy that `by` has named them, what it means and where their details came from (GDPR, art. 14).

    It carries nothing that `by` has typed of the deputy.
    """
    return Mail(
        to=role.person.email,
        subject=f"Du är ersättare för {role.organisation.name} i LUMEN",
        template="contact_deputy",
        context={
            "named_by": by.name or by.email,
            "organisation": role.organisation.name,
            "button_url": absolute("/min-sida/"),
            "button_label": "Logga in på Min sida",
        },
        category=MailCategory.DEPUTY,
    )
