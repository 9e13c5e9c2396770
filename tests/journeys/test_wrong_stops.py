"""A stop is wrong, and two editors say so."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from lumen.roles import EDITORS, REVIEWERS
from tests.factories.resources import ResourcePageFactory
from tests.screening.numbers import personal_number

from .admin import approve_and_publish, log_in, press_publish
from .conftest import DESKTOP, Lumen, open_window

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def colleague(chromium: Browser, lumen: Lumen) -> Iterator[Page]:
    """The browser of somebody else."""
    context = open_window(chromium, lumen.url, DESKTOP)
    yield context.new_page()
    context.close()


def test_f10_a_wrong_stop_is_passed_by_an_editor_and_a_reviewer(lumen: Lumen, page: Page, colleague: Page) -> None:
    material = ResourcePageFactory(title="Så kvitterar vi", lead=f"Kvittens {personal_number()}.", draft=True)
    log_in(page, lumen, EDITORS)
    page.goto(f"/admin/pages/{material.pk}/edit/")
    press_publish(page)
    page.get_by_text("Det här är fel").click()
    page.get_by_label("Varför är det fel?").fill("Vårt eget kvittensnummer.")
    page.get_by_label("Jag har sett efter vad numret är").check()
    page.get_by_role("button", name="Säg att det är fel").click()
    expect(page.get_by_text("Någon annan än du behöver hålla med")).to_be_visible()
    expect(page.get_by_role("button", name="Publicera")).to_have_count(0)

    log_in(colleague, lumen, REVIEWERS)
    colleague.get_by_role("link", name="säger att ett stopp i sidan ”Så kvitterar vi” är fel").click()
    expect(colleague.get_by_text("Vårt eget kvittensnummer.")).to_be_visible()
    colleague.get_by_label("Jag har sett efter vad numret är").check()
    colleague.get_by_role("button", name="Håll med").click()
    expect(colleague.get_by_text("Ni är två som säger att stoppet är fel")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Stopp som två personer har släppt igenom")).to_be_visible()
    approve_and_publish(page)
    material.refresh_from_db()
    assert material.live
