"""A draft that is shown to somebody without an account, by a secret link."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from contacts.models import Person
from privacy.models import AccessLogEntry
from resources.drafts.actions import TOKEN_BYTES, handle_comment, hash_of, share_draft
from resources.models import DraftComment, DraftLink, ResourcePage
from tests.factories.contacts import PersonFactory
from tests.factories.resources import DraftCommentFactory, DraftLinkFactory, ImageFactory, ResourcePageFactory
from tests.screening.numbers import personal_number

from .test_picture_block import picture

pytestmark = pytest.mark.django_db

ADDRESS = "/utkast/hemlig/"


@pytest.fixture
def editor() -> Person:
    return PersonFactory(editor=True)


@pytest.fixture
def admin(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def link() -> DraftLink:
    page = ResourcePageFactory(title="Den publicerade", live=True)
    page.title = "Utkastet med nya ord"
    page.save_revision()
    return DraftLinkFactory(page=page)


def shared_url(admin: Client, page: Any, **fields: str) -> str:
    """Share the page as an editor does; the path of the link."""
    day = (timezone.localdate() + timedelta(days=7)).isoformat()
    answer = admin.post(f"/admin/utkast/{page.pk}/", {"for_whom": "Referensgruppen", "last_day": day, **fields})
    url: str = answer.context["new_url"]
    return url.removeprefix(settings.BASE_URL)


def test_u10_the_draft_is_shown_as_it_would_look_with_a_banner(client: Client, link: DraftLink) -> None:
    response = client.get(ADDRESS)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Utkastet med nya ord" in html
    assert "Det här är ett utkast" in html
    assert "Den publicerade" in client.get(link.page.url).content.decode(), "the page itself stays as it was"
    assert response["Cache-Control"] == "no-store, private"
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "strict-origin"


def test_u10_an_editor_makes_the_link_which_is_shown_once_and_stored_as_a_hash(admin: Client, client: Client) -> None:
    page = ResourcePageFactory(title="Bara ett utkast", draft=True)
    url = shared_url(admin, page)
    token = url.rstrip("/").rpartition("/")[2]
    assert TOKEN_BYTES * 8 >= 128
    assert "Bara ett utkast" in client.get(url).content.decode()
    assert DraftLink.objects.get().token_hash == hash_of(token)
    assert token not in admin.get(f"/admin/utkast/{page.pk}/").content.decode()
    assert PageLogEntry.objects.filter(action="resources.share_draft", page=page.pk).exists()


def test_u10_a_link_ends_after_its_day_and_when_it_is_withdrawn(admin: Client, client: Client, link: DraftLink) -> None:
    DraftLink.objects.update(last_day=timezone.localdate() - timedelta(days=1))
    assert client.get(ADDRESS).status_code == 410
    DraftLink.objects.update(last_day=timezone.localdate())
    assert client.get(ADDRESS).status_code == 200
    admin.post(f"/admin/utkast/{link.page_id}/", {"withdraw": link.pk})
    ended = client.get(ADDRESS)
    assert ended.status_code == 410
    assert "Utkastet med nya ord" not in ended.content.decode()
    assert client.get("/utkast/en-annan/").status_code == 404


def test_u10_the_old_link_tells_where_the_published_page_is(client: Client, link: DraftLink) -> None:
    link.page.get_latest_revision().publish()
    page = ResourcePage.objects.get(pk=link.page_id)
    answer = client.get(ADDRESS)
    html = answer.content.decode()
    assert answer.status_code == 200 and "Utkastet är publicerat" in html and f'href="{page.url}"' in html
    sent = client.post(ADDRESS, {"name": "Kim Läsare", "text": "Skrevs innan den kom ut."}, follow=True)
    assert "Redaktionen har fått din kommentar" in sent.content.decode() and DraftComment.objects.count() == 1

    DraftLink.objects.update(withdrawn_at=timezone.now())
    ended = client.get(ADDRESS)
    assert ended.status_code == 410 and f'href="{page.url}"' in ended.content.decode()
    page.unpublish()
    assert page.url not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(("days", "fault"), [(-1, "har inte passerat"), (91, "högst 90 dagar")])
def test_u10_a_link_always_has_an_end(admin: Client, days: int, fault: str) -> None:
    page = ResourcePageFactory(draft=True)
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    answer = admin.post(f"/admin/utkast/{page.pk}/", {"for_whom": "Alla", "last_day": day})
    assert answer.status_code == 422
    assert not DraftLink.objects.exists(), fault


def test_u10_a_comment_reaches_the_editors_beside_the_page(admin: Client, client: Client, link: DraftLink) -> None:
    answer = client.post(ADDRESS, {"name": "Kim Läsare", "text": "Stycke två är oklart."}, follow=True)
    assert "Redaktionen har fått din kommentar" in answer.content.decode()
    editing = admin.get(f"/admin/pages/{link.page_id}/edit/").content.decode()
    assert "Dela utkastet (1 ny kommentar)" in editing
    own = f"/admin/utkast/{link.page_id}/"
    html = admin.get(own).content.decode()
    assert "Kim Läsare" in html and "Stycke två är oklart." in html
    assert AccessLogEntry.objects.filter(what__startswith="Kommentarer på utkastet").exists()
    admin.post(own, {"handled": DraftComment.objects.get().pk})
    assert not DraftComment.objects.waiting().exists()
    admin.post(own, {"remove": DraftComment.objects.get().pk})
    assert not DraftComment.objects.exists()


@pytest.mark.parametrize("text", [f"Ring {personal_number()}", "Bolaget 559999-1238", ""])
def test_u10_a_comment_is_screened_as_every_public_form(client: Client, link: DraftLink, text: str) -> None:
    answer = client.post(ADDRESS, {"name": "Kim", "text": text})
    assert answer.status_code == 422
    assert "Utkastet med nya ord" in answer.content.decode()
    assert not DraftComment.objects.exists()


def test_u10_comments_have_a_limit(client: Client, link: DraftLink, settings: Any) -> None:
    settings.LIMITS = {**settings.LIMITS, "draft_comments_a_client": 1}
    for text in ("Den första", "Den andra"):
        answer = client.post(ADDRESS, {"name": "Kim", "text": text})
    assert answer.status_code == 422
    assert DraftComment.objects.count() == 1


def test_u10_a_draft_with_what_must_not_be_seen_is_not_shown(client: Client) -> None:
    page = ResourcePageFactory(draft=True)
    page.lead = f"Om {personal_number()}"
    page.save_revision()
    DraftLinkFactory(page=page)
    response = client.get(ADDRESS)
    assert response.status_code == 403
    assert page.lead not in response.content.decode()


def test_u10_only_those_who_may_change_the_page_share_it(link: DraftLink) -> None:
    outsider = PersonFactory()
    with pytest.raises(PermissionDenied):
        share_draft(page=link.page, for_whom="Alla", last_day=timezone.localdate(), by=outsider)


def test_u10_links_and_comments_go_by_the_rule_of_retention_and_with_the_page(link: DraftLink) -> None:
    DraftCommentFactory(link=link)
    open_link = DraftLinkFactory(page=link.page, token="en annan")
    DraftLink.objects.filter(pk=link.pk).update(last_day=timezone.localdate() - timedelta(days=400))
    call_command("retention", "--apply", verbosity=0)
    assert list(DraftLink.objects.all()) == [open_link]
    assert not DraftComment.objects.exists()
    DraftCommentFactory(link=open_link)
    link.page.delete()
    assert not DraftLink.objects.exists()


def test_u10_a_picture_of_the_draft_is_told_in_words_since_its_file_is_not_public(client: Client) -> None:
    image = ImageFactory()
    page = ResourcePageFactory(draft=True, body=[picture(image, alt_text="En trappa")])
    link, token = share_draft(
        page=page, for_whom="Gruppen", last_day=timezone.localdate(), by=PersonFactory(editor=True)
    )
    html = client.get(f"/utkast/{token}/").content.decode()
    assert "Bild: En trappa" in html and "/bilder/" not in html


def test_u10_that_a_comment_was_taken_care_of_is_logged_once(link: DraftLink, editor: Person) -> None:
    comment = DraftCommentFactory(link=link)
    for _ in range(2):
        handle_comment(comment=comment, by=editor)
    assert PageLogEntry.objects.filter(page=link.page, action="resources.handle_draft_comment").count() == 1
