"""The mails of a letter."""

from contacts.conditions import role_condition
from contacts.models import ContactPerson
from outbox.mails import Mail

from ..enums import MailCategory
from ..models import Letter


def letter_to(role: ContactPerson, letter: Letter) -> Mail:
    """The letter to a contact person, as long as the role holds and the person takes mail."""
    stop = role.stop_mail
    return Mail(
        to=role.person.email,
        subject=letter.subject,
        template="letter",
        context={
            "paragraphs": letter.paragraphs,
            "role_name": role.role_name,
            "organisation": role.organisation.name,
        },
        category=MailCategory.LETTER,
        batch=letter.batch,
        condition=role_condition(role),
        unsubscribe_url=stop.url,
        personal_links=[stop],
    )


def test_of(letter: Letter, *, to: str) -> Mail:
    """The letter as a contact person would get it, to be looked at."""
    return Mail(
        to=to,
        subject=f"Test: {letter.subject}",
        template="letter",
        context={"paragraphs": letter.paragraphs, "role_name": "kontaktperson", "organisation": "Exempelkommunen"},
        category=MailCategory.TEST,
        urgent=True,
    )
