"""Somebody asks what LUMEN holds about them, and then to be forgotten: the editor's way, as axe sees each page."""

import re

import pytest
from playwright.sync_api import Browser, expect

from lumen.roles import EDITORS, PURGERS
from meetings.models import Registration
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory

from .admin import log_in
from .conftest import DESKTOP, PHONE, Lumen, open_window
from .test_secrecy_accessibility import faults

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NAME, EMAIL = "Kim Frågvis", "kim.fragvis@ort.example"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: str(size["width"]))
def test_an_editor_takes_out_what_is_held_and_erases_it(lumen: Lumen, chromium: Browser, size: dict[str, int]) -> None:
    RegistrationFactory(name=NAME, email=EMAIL, meeting=MeetingPageFactory(past=True))
    context = open_window(chromium, lumen.url, size)
    page = context.new_page()
    log_in(page, lumen, EDITORS, PURGERS)
    main = page.get_by_role("main")
    page.goto("/admin/personuppgifter/utdrag/")
    found = faults(page)
    main.get_by_label("E-post").fill("ingen@ort.example")
    main.get_by_role("button", name="Ta fram").click()
    main.get_by_text("LUMEN har ingenting om den adressen.").wait_for()
    found += faults(page)
    main.get_by_label("E-post").fill(EMAIL)
    main.get_by_role("button", name="Ta fram").click()
    main.get_by_text(NAME).wait_for()
    found += faults(page)
    with page.expect_download() as download:
        main.get_by_role("button", name="Ladda ner att lämna ut").click()
    assert re.fullmatch(r"registerutdrag-\d{4}-\d\d-\d\d\.html", download.value.suggested_filename)
    main.get_by_role("button", name="Se vad som kan raderas").click()
    main.get_by_role("heading", name="Det här tas bort eller görs namnlöst").wait_for()
    found += faults(page)
    main.get_by_role("button", name="Radera").click()
    main.get_by_text("Skriv varför uppgifterna ska raderas.").wait_for()
    found += faults(page)
    main.get_by_label("Skäl").fill("Begärt av personen")
    main.get_by_label("Jag förstår").check()
    main.get_by_role("button", name="Radera").click()
    main.get_by_text("Uppgifterna är raderade.").wait_for()
    found += faults(page)
    assert Registration.objects.get().is_anonymous
    page.goto("/admin/personuppgifter/radera/")
    found += faults(page)
    page.goto("/admin/personuppgifter/gallring/")
    expect(main.get_by_text("Reglerna för gallring ser bara administratörer")).to_be_visible()
    context.close()
    assert found == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: str(size["width"]))
def test_an_administrator_changes_how_long_something_is_kept(
    lumen: Lumen, chromium: Browser, size: dict[str, int]
) -> None:
    context = open_window(chromium, lumen.url, size)
    page = context.new_page()
    administrator = log_in(page, lumen, EDITORS)
    administrator.is_superuser = True
    administrator.save()
    main = page.get_by_role("main")
    page.goto("/admin/personuppgifter/gallring/")
    found = faults(page)
    main.get_by_role("link", name=re.compile("Se och ändra.*Anmälningar till möten")).click()
    main.get_by_label("Antal dagar").wait_for()
    found += faults(page)
    main.get_by_label("Antal dagar").fill("45")
    main.get_by_label("Beslut").fill("Beslut 2026-12-01, dnr 12.3")
    main.get_by_role("button", name="Spara").click()
    main.get_by_text("45 dagar från mötets slut").wait_for()
    page.goto("/integritet/")
    main.get_by_role("cell", name="45 dagar från mötets slut").wait_for()
    found += faults(page)
    context.close()
    assert found == []
