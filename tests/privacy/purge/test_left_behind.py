"""Whoever mends a stopped page is offered to remove what it leaves behind in versions and history."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageLogEntry, Revision

from contacts.models import Person
from gate.desk.routing import desk_url
from gate.objections import agree, object_to
from gate.stops import stops_in
from privacy.purge.left_behind import OFFER, WHY, holds_what_stops
from resources.models import StandardPage
from screening import text
from tests.factories.contacts import PersonFactory
from tests.factories.resources import StandardPageFactory, body
from tests.gate.desk.conftest import publisher
from tests.publishing import answer_desk
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db
SECRET = personal_number()


def mended(**texts: Any) -> StandardPage:
    """A page whose draft had the texts until somebody mended it; saved as an editor does, with the log."""
    page: StandardPage = StandardPageFactory(draft=True)
    clean = {name: getattr(page, name) for name in texts}
    for state in (texts, clean):
        for name, value in state.items():
            setattr(page, name, value)
        page.save_revision(clean=False, log_action=True)
    page.refresh_from_db()
    return page


def publish(page: StandardPage, by: Person) -> str:
    client = Client()
    client.force_login(by)
    answer_desk(client, desk_url([page.pk]))
    return client.get("/admin/").content.decode()


def test_f12_one_click_leads_from_the_mended_stop_to_the_removal() -> None:
    page = mended(title=f"Uppföljning {SECRET}")
    editor = PersonFactory(editor=True)
    client = Client()
    client.force_login(editor)
    told = publish(page, editor)
    assert OFFER in told and SECRET not in told.split("Tidigare versioner")[1].split("</li>")[0]
    address = f"/admin/granskning/rensa/sida/{page.pk}/versioner/"
    assert f'href="{address}?skal=' in told
    form = client.get(address, {"skal": WHY})
    assert WHY in form.content.decode()

    client.post(address, {"reason": WHY, "sure": "on"})
    assert not Revision.objects.filter(object_id=str(page.pk), content__icontains=SECRET).exists()
    left = PageLogEntry.objects.filter(page=page.pk).values_list("label", "data")
    assert left and SECRET not in str(list(left))
    assert not holds_what_stops(StandardPage.objects.get(pk=page.pk))


@pytest.mark.parametrize(
    "texts",
    [{"lead": f"Om {SECRET}."}, {"body": body(f"<p>Om {SECRET[:6]}<b>{SECRET[6:]}</b></p>")}],
    ids=["lead", "number with markup in it"],
)
def test_f12_a_number_in_any_text_of_a_version_is_told_of(texts: Any) -> None:
    assert OFFER in publish(mended(**texts), PersonFactory(editor=True))


def test_f12_who_may_not_purge_is_told_whom_to_ask() -> None:
    told = publish(mended(lead=SECRET), publisher())
    assert "Får rensa bort" in told and OFFER not in told


def test_f12_a_clean_history_is_not_mentioned() -> None:
    assert "har kvar ett nummer" not in publish(mended(lead="En annan ingress."), PersonFactory(editor=True))


def test_f12_a_number_that_two_persons_have_passed_is_not_told_of() -> None:
    page = StandardPageFactory(draft=True)
    page.lead = f"Kvittens {SECRET}"
    page.save_revision(clean=False)
    for objection in object_to(
        page, [stop.digest for stop in stops_in(page)], by=PersonFactory(editor=True), reason="Vårt."
    ):
        agree(objection, by=PersonFactory(editor=True))
    page.save_revision(clean=False)
    page.refresh_from_db()
    assert not holds_what_stops(page)


def test_f12_a_text_that_versions_share_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    page = mended(lead="Första.")
    for _ in range(5):
        page.save_revision(clean=False)
    read: list[str] = []
    monkeypatch.setattr(
        "privacy.purge.left_behind.screen_text", lambda each: read.append(each) or text.screen_text(each)
    )
    assert not holds_what_stops(page)
    assert read.count("Första.") == 1
