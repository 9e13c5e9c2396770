"""An editor reads in a list of contact persons as it is, from a computer and from a phone."""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page, expect

from contacts.models import ContactPerson
from lumen.roles import EDITORS
from tests.contacts.imports.files import xlsx
from tests.contacts.imports.lifelike import Expected, lifelike_csv, lifelike_workbook, people
from tests.factories.contacts import OrganisationFactory

from .admin import log_in
from .conftest import DESKTOP, PHONE, Lumen
from .test_accessibility import OPTIONS

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TWO_PERSONS = ["Nacka", "Kim Ekdal / Bo Ek", "kim@ort0182.example; bo@ort0182.example"]


def upload(page: Page, name: str, content: bytes) -> None:
    page.goto("/admin/contact_import/")
    page.get_by_label("Fil").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Granska filen").click()
    expect(page.get_by_text(name)).to_be_visible()


def stored() -> set[Expected]:
    return {
        Expected(role.organisation.code, role.person.name, role.person.email, role.deputy)
        for role in ContactPerson.objects.select_related("organisation", "person")
    }


def faults(page: Page) -> list[str]:
    """What axe finds in the page's content, and whether it is wider than the window, in both widths."""
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"wider than {size['width']}")
        response: dict[str, Any] = Axe().run(page, context={"include": [["main"]]}, options=OPTIONS).response
        found += [f"{size['width']} {each['id']}: {each['nodes'][0]['html'][:150]}" for each in response["violations"]]
    page.set_viewport_size(DESKTOP)
    return found


def test_i7_a_list_of_sixty_is_read_in_with_two_clicks_and_no_other_program(lumen: Lumen, page: Page) -> None:
    call_command("load_organisations")
    log_in(page, lumen, EDITORS)
    upload(page, "kontaktpersoner.xlsx", lifelike_workbook(TWO_PERSONS))
    assert faults(page) == []
    meant = page.get_by_role("button", name=re.compile("Menade du"))
    clicks = 0
    while meant.count():
        assert clicks < 2
        meant.first.click()
        clicks += 1
        expect(page.get_by_text("Det här har du valt")).to_be_visible()
        expect(page.get_by_role("button", name="Ångra")).to_have_count(clicks)
    assert faults(page) == []
    expect(page.get_by_text("Här står två personer")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Ladda ner raderna med fel (1)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    page.get_by_role("button", name="Spara de 60 rätta raderna").click()
    expect(page.get_by_text("Sparat: 60 nya")).to_be_visible()
    assert stored() == {expected for expected, _ in people()}


def test_i7_the_same_list_as_text_is_read_in_on_a_phone(lumen: Lumen, phone: Page) -> None:
    call_command("load_organisations")
    log_in(phone, lumen, EDITORS)
    upload(phone, "kontaktpersoner.csv", lifelike_csv())
    phone.get_by_role("button", name="Ta organisationen från raden ovanför").click()
    phone.get_by_role("button", name="Menade du Nacka kommun?").click()
    phone.get_by_role("button", name="Menade du Region Värmland?").click()
    phone.get_by_role("button", name="Spara i registret").click()
    expect(phone.get_by_text("Sparat: 60 nya")).to_be_visible()
    assert stored() == {expected for expected, _ in people()}


def test_i3_columns_are_assigned_by_keyboard(lumen: Lumen, page: Page) -> None:
    OrganisationFactory(municipality=True, code="0182", short_name="Nacka")
    log_in(page, lumen, EDITORS)
    rows = [["Nacka", "Kim Ekdal", "kim@nacka.example", "jurist"]]
    upload(page, "lista.xlsx", xlsx(rows, ["Var", "Vem", "Hur", "Mer"]))
    assert faults(page) == []
    expect(page.get_by_label("Vem")).to_have_value("name")  # what the values look like is proposed
    page.get_by_label("Mer").focus()
    page.keyboard.type("Titel")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Läs om filen så")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Spara i registret").press("Enter")
    expect(page.get_by_text("Sparat: 1 nya")).to_be_visible()
    role = ContactPerson.objects.get()
    assert (role.organisation.code, role.person.name, role.person.title) == ("0182", "Kim Ekdal", "jurist")
