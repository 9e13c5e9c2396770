"""What somebody has written comes out as text on every page, never as HTML."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast, Concat
from django.test import Client
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.fields import RichTextField, StreamField

from contacts.models import ContactPerson, Person
from gate.models import FileScreening
from meetings.actions import send_invitations
from meetings.models import InvitedOrganisation, MeetingPage
from outbox.models import OutgoingMail
from outbox.rendering import plain_text
from resources.models import Document, ResourceFile
from resources.search.indexing import index_all_pages
from tests.factories.contacts import ContactPersonFactory, PersonFactory
from tests.factories.meetings import AgendaItemFactory, MeetingPageFactory, RegistrationFactory
from tests.factories.resources import (
    DocumentFactory,
    ResourcePageFactory,
    StandardPageFactory,
    ThemeFactory,
    ThemePageFactory,
    site_tree,
)
from tests.routes import filled_in, routes
from tests.write_paths.public import addresses

HOSTILE = "\"'></textarea><h1>Kapad"
MARK = "<h1>Kapad"
# Written by the code, or not as words.
NO_WORDS = (models.SlugField, models.EmailField, models.URLField, RichTextField, StreamField)
BY_CODE = {
    "password",
    "key",
    "code",
    "county_code",
    "digest",
    "token_hash",
    "nonce",
    "url_path",
    "path",
    "locale",
    "email_domains",
}


@pytest.fixture
def role(db: None) -> ContactPerson:
    """A contact person of a LUMEN where whatever somebody has written is hostile."""
    site_tree()
    role: ContactPerson = ContactPersonFactory()
    theme = ThemeFactory()
    ThemePageFactory(theme=theme)
    AgendaItemFactory(meeting=MeetingPageFactory(themes=[theme], on_site=True))
    ResourcePageFactory(themes=[theme], files=[ResourceFile(document=DocumentFactory())])
    StandardPageFactory()
    written = [model for model in apps.get_models() if "wagtail" not in model.__module__ and _make_hostile(model)]
    assert {MeetingPage, Person}.issubset(written)
    meeting = MeetingPage.objects.get()
    assert HOSTILE in meeting.title and HOSTILE in meeting.lead
    send_invitations(meeting=meeting, by=None)
    RegistrationFactory(meeting=meeting, name=HOSTILE, role=HOSTILE, department=HOSTILE)
    index_all_pages()
    return role


def _make_hostile(model: type[models.Model]) -> bool:
    """Write hostile words in every text field of the model's rows, past all forms and guards."""
    fields = {
        field.name: Concat(models.Value(HOSTILE), Cast("pk", models.CharField()))
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, NO_WORDS)
        and not (field.choices or field.name in BY_CODE)
        and (field.max_length or 1000) >= len(HOSTILE) + 6
    }
    return bool(fields and model._default_manager.update(**fields))


def _assert_escaped(client: Client, address: str) -> int:
    """Whether hostile words stand there, as text; 1 if they do."""
    response = client.get(address)
    assert response.status_code in (200, 302, 404, 405), address
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return 0
    html = response.content.decode()
    assert MARK not in html, address
    return int("Kapad" in html)


def test_k16_no_page_for_visitors_shows_what_is_written_as_html(role: ContactPerson, client: Client) -> None:
    assert sum(_assert_escaped(client, address) for address in dict.fromkeys(addresses())) > 10


def test_k16_the_text_to_forward_stays_in_its_field(role: ContactPerson, client: Client) -> None:
    client.force_login(role.person)
    (invited,) = InvitedOrganisation.objects.all()
    own = {"slug": invited.meeting.slug, "organisation": invited.organisation_id}
    assert _assert_escaped(client, reverse("meetings:forward", kwargs=own))
    assert "&lt;/textarea&gt;&lt;h1&gt;" in client.get(reverse("meetings:forward", kwargs=own)).content.decode()
    assert _assert_escaped(client, reverse("meetings:decline", kwargs=own))
    for name in ("my_page", "contacts:my_details", "contacts:my_deputy"):
        assert _assert_escaped(client, reverse(name))


def test_k16_no_page_of_the_admin_shows_what_is_written_as_html(role: ContactPerson, client: Client) -> None:
    client.force_login(PersonFactory(editor=True, name=HOSTILE))
    meeting, mail = MeetingPage.objects.get(), OutgoingMail.objects.get()
    assert HOSTILE in mail.text
    rows = {
        "/admin/moten/": (meeting.pk, meeting.mail_outs.get().pk),
        "/admin/organisation/": (role.organisation_id,),
        "/admin/contactperson/": (role.pk,),
        "/admin/person/": (role.person_id,),
        "/admin/mejl/": (mail.pk,),
        "/admin/granskning/fil": (FileScreening.objects.get().pk,),
        "/admin/registeraccess/": (0,),
        "/admin/reports/": (0,),
        "/admin/documents/edit/": (Document.objects.get().pk,),
        "/admin/pages/<page_id>/": (meeting.pk,),
    }
    seen = [
        _assert_escaped(client, filled_in(route, *values))
        for start, values in rows.items()
        for route in routes()
        if route.startswith(start)
    ]
    seen += [
        _assert_escaped(client, address) for address in ("/admin/", f"/admin/granskning/publicera/?page={meeting.pk}")
    ]
    assert sum(seen) > 20


def test_k16_a_text_for_a_mail_is_not_marked_as_html() -> None:
    text = plain_text("pages/my_forward_text.txt", {"link": SafeString("<b>")})
    assert "<b>" in text
    assert type(text) is str


def test_k16_only_the_outbox_leaves_text_unescaped() -> None:
    """In templates of mails, which are text; allauth renders its own by itself."""
    templates = Path(settings.BASE_DIR, "templates")
    unescaped = {
        str(path.relative_to(templates))
        for path in templates.rglob("*.*")
        if any(word in path.read_text() for word in ("autoescape off", "|safe"))
    }
    assert all(name.startswith(("account/email/", "mfa/email/")) and name.endswith(".txt") for name in unescaped)
