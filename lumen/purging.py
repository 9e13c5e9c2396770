"""What is removed for good, in every room: here the rooms meet the purge, which knows none of them."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from contacts.purging import register_contacts
from meetings.purging import register_meetings
from outbox.models import OutgoingMail
from outbox.purging import mails_about, remove_mails
from privacy.purging import pages
from privacy.purging.registry import Kind, register, register_kind
from resources.purging import register_resources


def connect() -> None:
    """Let the purge know the rooms. Called when all models are loaded."""
    pages.register()
    register_kind(Kind("mail", "mejl", "mejlet", OutgoingMail, mail_names, "outgoing_mail:index"))
    register_resources()
    register_contacts()
    # Before the mails that merely name a page: a meeting knows its own.
    register_meetings()
    register(Page, erase_mails_about_page)
    register(get_document_model(), erase_mails_about_file)
    register(get_image_model(), erase_mails_about_file)


def mail_names(mail: OutgoingMail) -> list[str]:
    return [mail.subject, mail.recipient]


def erase_mails_about_page(page: Any) -> dict[str, int]:
    """Mails that name the page and lead to it: Wagtail's own, and those that list it as material."""
    admin = reverse("wagtailadmin_pages:edit", args=[page.pk]).removesuffix("edit/")
    links = [admin, *(f"{settings.BASE_URL}{path}" for path in pages.paths_of(page))]
    return remove_mails(mails_about(titles=pages.titles_of(page), links=links))


def erase_mails_about_file(instance: Any) -> dict[str, int]:
    """Mails that list the file as material."""
    if not hasattr(instance, "url"):
        return {}
    link = str(instance.url).rpartition("/")[0] + "/"
    return remove_mails(mails_about(titles=[instance.title, instance.filename], links=[link]))
