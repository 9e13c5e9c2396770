"""The mails about who is to become contact person."""

from outbox.links import absolute
from outbox.mails import Mail

from ..conditions import ended_condition, nomination_condition
from ..enums import MailCategory
from ..models import ContactPerson, Nomination, today


def confirmation(nomination: Nomination) -> Mail:
    """Asks whoever was named to confirm it. It carries nothing that another person has typed but names."""
    organisation = nomination.organisation.name
    predecessor = nomination.predecessor if nomination.is_handover else None
    subject = (
        f"Vill du ta över som kontaktperson för {organisation} i LUMEN?"
        if predecessor
        else f"Bekräfta att du ska vara kontaktperson för {organisation} i LUMEN"
    )
    return Mail(
        to=nomination.email,
        subject=subject,
        template="contact_nomination",
        context={
            "organisation": organisation,
            "handed_over_by": str(predecessor.person) if predecessor else "",
            "button_url": nomination.link.url,
            "button_label": "Svara ja eller nej",
        },
        category=MailCategory.NOMINATION,
        condition=nomination_condition(nomination),
        personal_links=[nomination.link],
    )


def declined(nomination: Nomination) -> Mail:
    """Tells an applicant that the editors have not appointed them, and what they can do."""
    return Mail(
        to=nomination.email,
        subject=f"Din anmälan som kontaktperson för {nomination.organisation.name}",
        template="contact_nomination_declined",
        context={"organisation": nomination.organisation.name},
        category=MailCategory.NOMINATION_DECLINED,
    )


def succeeded(role: ContactPerson, *, successor: str) -> Mail:
    """Tells the former contact person that somebody has taken over, and thanks."""
    return Mail(
        to=role.person.email,
        subject=f"{successor} är nu kontaktperson för {role.organisation.name}",
        template="contact_succeeded",
        context={
            "organisation": role.organisation.name,
            "successor": successor,
            "button_url": absolute("/material/"),
            "button_label": "Se materialet",
        },
        category=MailCategory.SUCCEEDED,
        condition=ended_condition(role, on=today()),
    )
