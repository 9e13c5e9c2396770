"""The forms of the admin, sent as a browser sends them: with the token that the page has, and not without."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test.client import Client
from django.urls import reverse

from gate.desk.routing import desk_url
from gate.models import FileScreening
from privacy.models import Purge
from resources.models import Document
from screening.findings import Verdict
from tests.factories.contacts import PersonFactory
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.resources import DocumentFactory, ResourcePageFactory

pytestmark = pytest.mark.django_db

FIELD = re.compile(r'<input type="hidden" name="([a-z]+)" value="([^"]+)"')
# The address, what is answered, and whether it has been done.
Question = tuple[str, dict[str, str], Callable[[], bool]]
PURGE = {"reason": "Innehöll uppgifter om en enskild.", "sure": "on"}


def purge_question() -> Question:
    mail = OutgoingMailFactory()
    return reverse("purging:purge", args=["mejl", mail.pk]), PURGE, Purge.objects.exists


def versions_question() -> Question:
    page = ResourcePageFactory()
    return reverse("purging:versions", args=[page.pk]), PURGE, Purge.objects.exists


def desk() -> Question:
    page: Any = ResourcePageFactory(live=False)
    page.save_revision()
    is_live = type(page).objects.filter(pk=page.pk, live=True).exists
    return desk_url([page.pk], next_url=""), {"statement": "on"}, is_live


def file_page() -> Question:
    document = DocumentFactory()
    row = FileScreening.objects.filter(pk=Document.objects.get(pk=document.pk).screening_id)
    row.update(verdict=Verdict.UNSCREENED, fault="Filen är en bild.")
    address = reverse("gate_file", args=[row.get().pk])
    return address, {"content_is_read": "on"}, row.filter(approved_at__isnull=False).exists


@pytest.mark.parametrize("made", [purge_question, versions_question, desk, file_page], ids=lambda made: made.__name__)
def test_a_form_is_taken_with_its_token_only(
    made: Callable[[], Question],
) -> None:
    address, answers, is_done = made()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(PersonFactory(editor=True))
    html = browser.get(address).content.decode()
    form = html[html.index('<form method="post"') :]
    hidden = dict(FIELD.findall(form[: form.index("</form>")]))
    without = {name: value for name, value in hidden.items() if name != "csrfmiddlewaretoken"}
    assert browser.post(address, {**without, **answers}).status_code == 403
    assert not is_done()
    assert browser.post(address, {**hidden, **answers}).status_code == 302
    assert is_done()
