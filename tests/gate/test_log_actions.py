"""What the history shows of a reason."""

import pytest
from wagtail.log_actions import log, registry
from wagtail.models import PageLogEntry

from gate.log_actions import APPROVE_PAGE, APPROVE_WARNINGS
from tests.factories.resources import ResourcePageFactory

pytestmark = pytest.mark.django_db


def test_a_line_about_an_approved_warning_shows_the_reason() -> None:
    page = ResourcePageFactory()
    log(instance=page, action=APPROVE_WARNINGS, data={"reason": "Kommunens eget bolag.", "findings": []})
    assert (
        PageLogEntry.objects.get(action=APPROVE_WARNINGS).message
        == "Publicerade trots varning. Skäl: Kommunens eget bolag."
    )


def test_a_line_without_a_reason_shows_none() -> None:
    page = ResourcePageFactory()
    log(instance=page, action=APPROVE_PAGE)
    assert PageLogEntry.objects.get(action=APPROVE_PAGE).message == "Bekräftade att innehållet får publiceras"


@pytest.mark.parametrize(
    "action",
    ["gate.approve_file", "gate.approve_warnings_in_row", "gate.approve_warnings", "gate.approve_warnings_scheduled"],
)
def test_every_approval_with_a_reason_is_told_with_it(action: str) -> None:
    registry.scan_for_actions()
    entry = PageLogEntry(action=action, data={"reason": "Ett skäl."})
    assert registry.formatters[action].format_message(entry).endswith(". Skäl: Ett skäl.")


def test_a_line_tells_what_was_approved_and_where_but_not_endlessly() -> None:
    rows = [{"kind": "organisationsnummer", "where": f"Fält {number}", "excerpt": "55…"} for number in (1, 1, 2)]
    registry.scan_for_actions()
    tell = registry.formatters[APPROVE_WARNINGS].format_message
    line = tell(PageLogEntry(action=APPROVE_WARNINGS, data={"reason": "Ett skäl.", "findings": rows}))
    assert line.endswith(": organisationsnummer i Fält 1, organisationsnummer i Fält 2. Skäl: Ett skäl.")
    many = [{**rows[0], "where": f"Fält {number}"} for number in range(8)]
    assert tell(PageLogEntry(action=APPROVE_WARNINGS, data={"findings": many})).endswith("Fält 4 och 3 till")
