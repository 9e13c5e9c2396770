"""What an editor does in the admin, for the journeys."""

import re
from pathlib import Path

from django.contrib.auth.models import Group
from playwright.sync_api import Page, expect

from contacts.models import Person
from tests.factories.contacts import PersonFactory

from .conftest import Lumen, log_in_by_code


def log_in(page: Page, lumen: Lumen, *groups: str) -> Person:
    """Log in as somebody with the rights of the groups and no more."""
    person = PersonFactory(name="Robin Redaktör")
    person.groups.set(Group.objects.filter(name__in=groups))
    page.goto("/konto/login/code/?next=/admin/")
    log_in_by_code(page, lumen, person.email)
    expect(page).to_have_url(re.compile("/admin/$"))
    return person


def press_publish(page: Page) -> None:
    """Press Publicera, which lies behind the arrow beside Spara utkast. It leads to the publishing step."""
    page.locator("footer").get_by_role("button", name=re.compile("Fler|alternativ|Åtgärder|Visa", re.I)).last.click()
    page.get_by_role("button", name="Publicera").click()
    expect(page).to_have_url(re.compile("/admin/granskning/publicera/"))


def approve_and_publish(page: Page) -> None:
    """At the publishing step: approve each unread file and the content, and publish."""
    page.get_by_label("Materialet innehåller inga uppgifter").check()
    for file in page.get_by_label(re.compile("Jag har läst")).all():
        file.check()
    page.get_by_role("button", name="Publicera").click()
    expect(page).not_to_have_url(re.compile("/admin/granskning/publicera/"))


def choose_organisation(page: Page, field: str, typed: str, name: str) -> None:
    """Choose an organisation for the field by typing some of its name."""
    page.locator(f"#id_{field}-chooser").get_by_role("button", name="Välj organisation").click()
    window = page.locator(".modal-content")
    window.get_by_role("searchbox").or_(window.get_by_label("Sök")).first.fill(typed)
    window.get_by_role("link", name=name).click()
    expect(page.locator(f"#id_{field}-chooser")).to_contain_text(name)


def upload_in_chooser(page: Page, file: Path, title: str) -> None:
    """Add a file to the material that is being written, from the editor's own computer."""
    page.get_by_role("tab", name="Filer och länkar").click()
    page.get_by_role("button", name=re.compile("Lägg till fil", re.I)).click()
    page.get_by_role("button", name=re.compile("Välj (ett )?dokument", re.I)).click()
    page.get_by_role("tab", name="Ladda upp").click()
    modal = page.locator(".modal-content")
    modal.locator("input[type=file]").set_input_files(file)
    modal.locator("input[name$=title]").fill(title)
    modal.get_by_role("button", name=re.compile("Ladda upp")).click()
    expect(page.get_by_text(title).first).to_be_visible()
