"""The mails that ask whether a contact person is still there."""

from outbox.mails import Mail

from ..conditions import inquiry_condition
from ..enums import InquiryKind, MailCategory
from ..models import Inquiry


def question(inquiry: Inquiry) -> Mail:
    """Asks the person, a colleague or the mailbox; the same text for a reminder, which says that it is one."""
    organisation = inquiry.organisation.name
    about = str(inquiry.about.person) if inquiry.about else ""
    subjects = {
        InquiryKind.PERSON: f"Är du fortfarande kontaktperson för {organisation}?",
        InquiryKind.COLLEAGUE: f"Är {about} fortfarande kontaktperson för {organisation}?",
        InquiryKind.MAILBOX: f"Vem är kontaktperson för {organisation} i LUMEN?",
    }
    return Mail(
        to=inquiry.address,
        subject=("Påminnelse: " if inquiry.reminded_at else "") + subjects[InquiryKind(inquiry.kind)],
        template="contact_inquiry",
        context={
            "kind": inquiry.kind,
            "organisation": organisation,
            "about": about,
            "is_reminder": inquiry.reminded_at is not None,
            "button_url": inquiry.link.url,
            "button_label": "Svara på frågan",
        },
        category=MailCategory.INQUIRY,
        condition=inquiry_condition(inquiry),
        personal_links=[inquiry.link],
    )
