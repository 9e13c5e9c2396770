"""An approval is of exactly what the publisher has seen."""

from datetime import timedelta

import pytest
from django.test import Client

from resources.models import StandardPage
from tests.factories.resources import ResourcePageFactory, StandardPageFactory
from tests.publishing import filled_desk

from .conftest import WARNING, drafted, is_live

pytestmark = pytest.mark.django_db


def test_what_somebody_saved_meanwhile_is_shown_and_not_published(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    address = drafted(page, lead="Läst.")
    form = admin.get(address).context["form"]
    drafted(page, lead="Oläst.")

    response = admin.post(address, {"token": form["token"].value(), "statement": "on"})
    shown = response.content.decode()
    assert response.status_code == 422 and "Något har ändrats sedan du öppnade" in shown
    assert "checked" not in shown, "the approval was of something else"
    assert not is_live(page)

    again = response.context["form"]["token"].value()
    admin.post(address, {"token": again, "statement": "on"})
    assert StandardPage.objects.get(pk=page.pk).lead == "Oläst."


def test_a_warning_that_came_meanwhile_is_not_approved_by_a_reason_for_another(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    address = drafted(page, lead=WARNING)
    token = admin.get(address).context["form"]["token"].value()
    drafted(page, lead=f"{WARNING} Ärende 4812-24 om klienten.")
    response = admin.post(address, {"token": token, "statement": "on", f"reason_{page.pk}": "Det första är påhittat."})
    assert response.status_code == 422
    assert "Det första är påhittat." in response.content.decode(), "what was typed stays"
    assert not is_live(page)


def test_u9_an_autosave_of_the_same_content_asks_nothing_anew(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    address = drafted(page, lead="Ny ingress.")
    answers = filled_desk(admin, address)
    page.save_revision(clean=False)  # the autosave that was under way when the button was pressed
    assert admin.post(address, answers).status_code == 302
    assert is_live(page)


def test_u9_a_change_that_is_no_text_is_shown_first(admin: Client) -> None:
    page = ResourcePageFactory(draft=True)
    address = drafted(page)
    answers = filled_desk(admin, address)
    page.published_on += timedelta(days=1)
    page.save_revision(clean=False)
    response = admin.post(address, answers)
    assert response.status_code == 422 and "Något har ändrats" in response.content.decode()
    assert not is_live(page)
