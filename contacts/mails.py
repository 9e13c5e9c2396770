"""The mails that the register itself sends."""

from datetime import date

from django.utils.formats import date_format

from outbox.links import absolute
from outbox.mails import Mail

from .conditions import ended_condition, role_condition
from .enums import MailCategory
from .models import ContactPerson, Person, today


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


def ended_deputy(role: ContactPerson, *, on: date) -> Mail:
    """Tells a deputy that the role holds no longer from the day `on`, and what becomes of their details.

    It does not say who ended it: a contact person or an editor.
    """
    return Mail(
        to=role.person.email,
        subject=f"Du är inte längre ersättare för {role.organisation.name} i LUMEN",
        template="contact_deputy_ended",
        context={
            "organisation": role.organisation.name,
            "last_day": date_format(on, "j F Y") if on > today() else "",
        },
        category=MailCategory.DEPUTY_ENDED,
        condition=ended_condition(role, on=on),
    )
