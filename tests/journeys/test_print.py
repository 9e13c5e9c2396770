"""What a reader gets on paper: the list with its choices, the whole of a page, and numbers that are not cut."""

from datetime import time

import pytest
from playwright.sync_api import Page, expect

from meetings.models import AgendaItem
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import ResourcePageFactory, body

from .conftest import Lumen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TEN = "".join(f"<li>Steg {number}</li>" for number in range(1, 11))
# Room for the widest number to the left of the list's text, in pixels: what the paper's edge would cut is negative.
ROOM = """list => {
  const pen = document.createElement("canvas").getContext("2d");
  const style = getComputedStyle(list);
  pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return parseFloat(style.paddingInlineStart) - pen.measureText(`${list.children.length}. `).width;
}"""


def test_u11_lists_resources_and_meetings_are_pages_of_their_own_on_paper(lumen: Lumen, page: Page) -> None:
    checklist = ResourcePageFactory(title="Före avtal", kind="checklist", body=body(f"<ol>{TEN}</ol>"))
    ResourcePageFactory(title="En mall", kind="template")
    meeting = MeetingPageFactory(
        title="Upphandling", agenda_items=[AgendaItem(start=time(9), end=time(10), title="Så gjorde vi")]
    )
    page.emulate_media(media="print")

    page.goto("/material/?typ=checklista")
    main = page.get_by_role("main")
    expect(main.get_by_role("link", name="Före avtal")).to_be_visible()
    expect(main.get_by_text("Typ: Checklista")).to_be_visible()
    for name in ("Sök", "Ordna", "Visa material"):
        expect(main.get_by_role("button", name=name)).to_have_count(0)
    expect(page.locator(".filters")).not_to_be_visible()

    page.goto(checklist.url)
    steps = main.locator("ol", has_text="Steg 10")
    expect(steps).to_be_visible()
    assert steps.evaluate(ROOM) >= 0

    page.goto(meeting.url)
    expect(main.get_by_text("Så gjorde vi")).to_be_visible()
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_have_count(0)
