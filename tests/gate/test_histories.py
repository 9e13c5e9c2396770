"""What the history shows of a reason."""

import pytest
from wagtail.log_actions import log, registry
from wagtail.models import PageLogEntry

from gate.publishing.log_actions import CONFIRMED, PASSED
from tests.factories.resources import ResourcePageFactory

pytestmark = pytest.mark.django_db


def test_a_line_about_a_passed_warning_shows_the_reason() -> None:
    page = ResourcePageFactory()
    log(instance=page, action=PASSED, data={"reason": "Kommunens eget bolag.", "findings": []})
    assert PageLogEntry.objects.get(action=PASSED).message == "Publicerade trots varning. Skäl: Kommunens eget bolag."


def test_a_line_without_a_reason_shows_none() -> None:
    page = ResourcePageFactory()
    log(instance=page, action=CONFIRMED)
    assert PageLogEntry.objects.get(action=CONFIRMED).message == "Bekräftade att innehållet får publiceras"


@pytest.mark.parametrize(
    "action",
    ["gate.word", "gate.warning_passed", "gate.pass_warning", "gate.pass_warning_scheduled"],
)
def test_every_word_with_a_reason_is_told_with_it(action: str) -> None:
    registry.scan_for_actions()
    entry = PageLogEntry(action=action, data={"reason": "Ett skäl."})
    assert registry.formatters[action].format_message(entry).endswith(". Skäl: Ett skäl.")


def test_a_line_tells_what_was_let_through_and_where_but_not_endlessly() -> None:
    rows = [{"kind": "organisationsnummer", "where": f"Fält {number}", "excerpt": "55…"} for number in (1, 1, 2)]
    registry.scan_for_actions()
    tell = registry.formatters[PASSED].format_message
    line = tell(PageLogEntry(action=PASSED, data={"reason": "Ett skäl.", "findings": rows}))
    assert line.endswith(": organisationsnummer i Fält 1, organisationsnummer i Fält 2. Skäl: Ett skäl.")
    many = [{**rows[0], "where": f"Fält {number}"} for number in range(8)]
    assert tell(PageLogEntry(action=PASSED, data={"findings": many})).endswith("Fält 4 och 3 till")
