"""Taking mails away for good."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from .composition import clean_subject
from .models import MailEvent, OutgoingMail

MIN_TITLE = 3  # characters; a shorter one says nothing about what a mail is about
LONGEST = 60  # characters of a title that are compared: a subject may have been cut


def remove_mails(mails: QuerySet[OutgoingMail]) -> dict[str, int]:
    """Remove the mails with their events; those still in the queue are never sent."""
    numbers = list(mails.order_by().values_list("pk", flat=True))
    events = MailEvent.objects.filter(mail__in=numbers).count()
    OutgoingMail.objects.filter(pk__in=numbers).delete()
    return {OutgoingMail._meta.label: len(numbers), MailEvent._meta.label: events}


def mails_about(*, titles: Iterable[str], links: Iterable[str]) -> QuerySet[OutgoingMail]:
    """Mails that have one of the titles in their subject or text, and lead to one of the addresses.

    Both are asked for: a footer leads to the same page in every mail, and a title may be a common word.
    """
    named, linked = Q(pk__in=[]), Q(pk__in=[])
    for title in titles:
        if len(title.strip()) >= MIN_TITLE:
            named |= Q(subject__contains=clean_subject(title)[:LONGEST]) | Q(text__contains=title.strip()[:LONGEST])
    for link in links:
        linked |= Q(text__contains=link)
    return OutgoingMail.objects.filter(named, linked)
