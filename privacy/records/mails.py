"""What the outbox holds: mails to the person, and mails to others that name the person."""

from collections.abc import Iterable

from django.db.models import Q

from contacts.enums import MailCategory as ContactsMail
from meetings.enums import MailCategory as MeetingsMail
from outbox.actions import empty_mails, forget_failed_addresses, remove_mails
from outbox.categories import category_label
from outbox.mail_display import is_hidden
from outbox.models import MailEvent, MailQuerySet, OutgoingMail

from ..enums import RetentionKind
from ..purge.removal import Removal
from ..subjects import Subject
from .record import Record, Row, when

# Mails that tell of somebody else than the receiver. A namesake's name stands in mails to the namesake.
IN_SOMEBODYS_NAME = (MeetingsMail.FORWARD, ContactsMail.DEPUTY)
SHORTEST_NAME = 4  # characters; a shorter one may be part of any word
RETRY_NOTE = "Försök igen"  # before version 0.3 followed by the name of who did it


def _mails_to(subject: Subject) -> Iterable[OutgoingMail]:
    return OutgoingMail.objects.to_address(subject.email).order_by("pk").defer("message")


def _show_mail(mail: OutgoingMail) -> Row:
    return {
        "Ämne": mail.subject,
        "Slag": category_label(mail.category),
        "Skapat": when(mail.created_at),
        "Skickat": when(mail.sent_at),
        "Status": mail.get_status_display(),
        "Serverns svar": mail.reply,
        "Adressen som inte fungerade": mail.failed_address,
        # A log-in code is of no use to its owner afterwards, and must not be read by anybody else.
        "Text": "" if is_hidden(mail) else mail.text,
    }


def _remove_mails_to(subject: Subject, removal: Removal) -> None:
    removal.counts[OutgoingMail._meta.label] += remove_mails(OutgoingMail.objects.to_address(subject.email))


MAILS = Record(
    kind="mails",
    label="Mejl till adressen",
    models=(OutgoingMail, MailEvent),
    purpose="För att veta att inbjudningar och besked har kommit fram, och kunna skicka igen det som inte gjorde det.",
    rows=_mails_to,
    show=_show_mail,
    rules=(RetentionKind.MAIL_CONTENT, RetentionKind.MAILS, RetentionKind.UNDELIVERED_MAILS),
    erasure="Mejlen tas bort, även de som väntar på att skickas. Att ett mejl inte gick fram står kvar utan adress och "
    "innehåll.",
    erase=_remove_mails_to,
)


def _naming(subject: Subject) -> MailQuerySet:
    """Mails to others with the person's name or address in the text, such as those that the person has forwarded."""
    texts = [subject.email, *(name for name in subject.names if len(name) >= SHORTEST_NAME)]
    found = Q(pk__in=[])
    for text in texts:
        found |= Q(text__icontains=text) | Q(subject__icontains=text)
    return OutgoingMail.objects.filter(found).exclude(recipient=subject.email)


def _sent_on_to(subject: Subject) -> MailQuerySet:
    """Mails to others that were sent on to the person's address and failed there."""
    return OutgoingMail.objects.filter(failed_address=subject.email)


def _empty_mails_naming(subject: Subject, removal: Removal) -> None:
    naming = _naming(subject)
    removal.counts["emptied_mails"] += empty_mails(naming)
    waiting = naming.pending().filter(category__in=IN_SOMEBODYS_NAME)
    removal.counts[OutgoingMail._meta.label] += remove_mails(waiting)
    forget_failed_addresses(_sent_on_to(subject))
    for name in subject.names:
        MailEvent.objects.filter(note=f"{RETRY_NOTE}: {name}").update(note=RETRY_NOTE)


MAILS_NAMING = Record(
    kind="mails_naming",
    label="Mejl till andra där namnet eller adressen står",
    models=(),
    purpose="För att den som får en inbjudan vidarebefordrad ska se vem den kommer från.",
    rows=lambda subject: (_naming(subject) | _sent_on_to(subject)).order_by("pk").defer("message"),
    show=lambda mail: {"Ämne": mail.subject, "Slag": category_label(mail.category), "Skapat": when(mail.created_at)},
    rules=(RetentionKind.MAIL_CONTENT, RetentionKind.MAILS),
    erasure="Texten tas bort ur de mejl som har skickats. De som väntar på att skickas tas bort helt.",
    erase=_empty_mails_naming,
)

# The second looks for names that a registration may tell, so both go before the registrations.
RECORDS = (MAILS, MAILS_NAMING)
