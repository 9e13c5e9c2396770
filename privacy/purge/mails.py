"""Deletes the mails about what is purged, both those in the queue and those sent."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from wagtail.models import Page

from outbox.models import MailEvent, OutgoingMail
from outbox.plain_text import clean_subject
from resources.models import Document

from .pages import paths_of, titles_of
from .removal import Removal

MIN_TITLE = 3  # characters; a shorter one says nothing about what a mail is about
LONGEST = 60  # characters of a title that are compared: a subject may have been cut


def delete_mails(mails: QuerySet[OutgoingMail], removal: Removal) -> None:
    """Delete the mails with their events; those still in the queue are never sent."""
    removal.delete(MailEvent.objects.filter(mail__in=mails.order_by().values("pk")))
    removal.delete(mails)


def delete_mails_about_page(page: Page, removal: Removal) -> None:
    """Delete mails that name the page and lead to it: Wagtail's own, and those that list it as material."""
    admin = reverse("wagtailadmin_pages:edit", args=[page.pk]).removesuffix("edit/")
    links = [admin, *(f"{settings.BASE_URL}{path}" for path in paths_of(page))]
    delete_mails(mails_about(titles=titles_of(page), links=links), removal)


def delete_mails_about_document(document: Document, removal: Removal) -> None:
    """Delete mails that list the document as material."""
    link = document.url.rpartition("/")[0] + "/"
    delete_mails(mails_about(titles=[document.title, document.filename], links=[link]), removal)


def mails_about(*, titles: Iterable[str], links: Iterable[str]) -> QuerySet[OutgoingMail]:
    """Mails with one of the titles in their subject or text, and with one of the links.

    Both are required: the footer of every mail has the same link, and a title may be a common word.
    """
    named, linked = Q(pk__in=[]), Q(pk__in=[])
    for title in titles:
        if len(title.strip()) >= MIN_TITLE:
            named |= Q(subject__contains=clean_subject(title)[:LONGEST]) | Q(text__contains=title.strip()[:LONGEST])
    for link in links:
        linked |= Q(text__contains=link)
    return OutgoingMail.objects.filter(named, linked)
