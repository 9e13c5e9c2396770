"""The mails that the register itself sends."""

from outbox.links import absolute
from outbox.mails import Mail

from .conditions import role_condition
from .enums import MailCategory
from .models import ContactPerson, Person


def welcome(role: ContactPerson) -> Mail:
    """Tells a new contact person or deputy of the role and where their details came from (GDPR, art. 14)."""
    stop = role.stop_mail
    return Mail(
        to=role.person.email,
        subject=f"Välkommen som {role.role_name} för {role.organisation.name} i LUMEN",
        template="contact_welcome",
        context={
            "organisation": role.organisation.name,
            "role_name": role.role_name,
            "button_url": absolute("/min-sida/"),
            "button_label": "Logga in på Min sida",
        },
        category=MailCategory.WELCOME,
        urgent=True,  # Before the invitation that follows it.
        condition=role_condition(role),
        unsubscribe_url=stop.url,
        personal_links=[stop],
    )


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
        condition=role_condition(role),
    )
