"""The mails to a participant about the own registration.

Those with a calendar part lead to a page that mails the personal link to whoever asks with the participant's address.
"""

from contacts.models import Organisation, Person
from outbox.mails import Mail

from .. import calendars, links
from ..enums import MailCategory
from ..models import Registration
from . import facts
from .meeting import meeting_context
from .subjects import subject_of

CHANGE_OR_LEAVE = "Ändra eller avanmäl dig"
REGISTER_AGAIN = "Anmäl dig igen"


def confirmation(registration: Registration, *, category: MailCategory) -> Mail:
    """The participant's own booking and join link."""
    entry = registration.meeting.calendar
    return Mail(
        to=registration.email,
        subject=subject_of("Du är anmäld", entry),
        template="meeting_confirmation",
        context={
            **meeting_context(entry),
            "join_url": entry.join_url,
            "button_url": links.own_registration(entry.meeting),
            "button_label": CHANGE_OR_LEAVE,
        },
        calendar=calendars.request_part(registration),
        stream=entry.stream,
        category=category,
        urgent=True,
        condition=facts.for_participant(registration, mail=facts.BOOKING),
    )


def waiting(registration: Registration, *, category: MailCategory) -> Mail:
    """The answer while the organisation is not known: no booking or join link until an editor has matched it."""
    return _with_personal_link(
        registration,
        subject="Vi har tagit emot din anmälan",
        template="meeting_waiting",
        button_label=CHANGE_OR_LEAVE,
        category=category,
        kind=facts.WAITING,
    )


def way_back(registration: Registration, *, category: MailCategory) -> Mail:
    """The answer to a form with the address of somebody who has cancelled: only their own link brings them back."""
    return _with_personal_link(
        registration,
        subject="Vill du vara med igen?",
        template="meeting_way_back",
        button_label=REGISTER_AGAIN,
        category=category,
        kind=facts.WAY_BACK,
    )


def own_link(registration: Registration) -> Mail:
    """The personal link, to whoever has asked for it with the participant's address."""
    return _with_personal_link(
        registration,
        subject="Din anmälan",
        template="meeting_own_link",
        button_label="Öppna din anmälan",
        category=MailCategory.OWN_LINK,
        kind=facts.OWN_LINK,
    )


def _with_personal_link(
    registration: Registration, *, subject: str, template: str, button_label: str, category: MailCategory, kind: str
) -> Mail:
    entry, link = registration.meeting.calendar, registration.personal_link
    return Mail(
        to=registration.email,
        subject=subject_of(subject, entry),
        template=template,
        context={**meeting_context(entry), "button_url": link.url, "button_label": button_label},
        stream=entry.stream,
        category=category,
        urgent=True,
        personal_links=[link],
        condition=facts.for_participant(registration, mail=kind),
    )


def own_cancellation(
    registration: Registration, *, was_booked: bool, by_calendar: bool = False, by: Person | None = None
) -> Mail:
    """The mail to a participant who has cancelled, or been cancelled by an editor or the answer of a calendar.

    `by` is the contact person who took the registration away, and gets the answers.
    """
    entry = registration.meeting.calendar
    return Mail(
        to=registration.email,
        subject=subject_of("Du är avanmäld", entry),
        template="meeting_own_cancellation",
        context={
            **meeting_context(entry),
            "by_calendar": by_calendar,
            "cancelled_by": by.name if by else "",
            "button_url": links.own_registration(entry.meeting),
            "button_label": REGISTER_AGAIN,
        },
        calendar=calendars.cancel_part(registration) if was_booked else None,
        stream=entry.stream,
        category=MailCategory.PARTICIPANT,
        urgent=True,
        reply_to=by.email if by else "",
        condition=facts.for_participant(registration, mail=facts.LEFT),
    )


def named(organisations: list[Organisation]) -> str:
    """The organisations in a sentence: `Nacka kommun och Tyresö kommun`."""
    *first, last = (organisation.name for organisation in organisations)
    return f"{', '.join(first)} och {last}" if first else last
