"""An operator after a restore: finds why nothing is sent, settles the mails and lets the queue go."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from lumen.heartbeat import beat
from lumen.roles import EDITORS
from outbox.actions import hold_queue
from outbox.enums import MailStatus
from outbox.models import OutgoingMail, QueueState
from tests.factories.outbox import OutgoingMailFactory

from .admin import log_in
from .conftest import DESKTOP, PHONE, Lumen
from .test_accessibility import OPTIONS

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def faults(page: Page) -> list[str]:
    """What axe finds in what the page shows, in both widths."""
    found = []
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        response: dict[str, Any] = Axe().run(page, context={"include": [["main"]]}, options=OPTIONS).response
        found += [f"{page.url}: {each['id']} ({each['nodes'][0]['html'][:120]})" for each in response["violations"]]
    page.set_viewport_size(DESKTOP)
    return found


def test_o6_an_operator_settles_a_restored_queue(lumen: Lumen, page: Page, tmp_path: Path) -> None:
    person = log_in(page, lumen, EDITORS)
    person.is_superuser = True
    person.save()
    first, *others = OutgoingMailFactory.create_batch(4)
    hold_queue(because="Databasen tycks vara återställd från en säkerhetskopia.")
    beat("elsewhere/1", looked_at=None)

    page.goto("/admin/")
    page.get_by_role("link", name="Visa mejlen").click()
    page.get_by_role("link", name="Släpp kön").wait_for()
    found = faults(page)
    page.get_by_role("link", name="Jämför med mejlserverns logg").click()
    log = tmp_path / "mail.log"
    log.write_text(f"{first.message_id}\n")
    page.get_by_label("Loggen").set_input_files(log)
    page.get_by_role("button", name="Läs loggen").click()
    page.get_by_text("Inget är ändrat än.").wait_for()
    found += faults(page)
    page.get_by_role("button", name="Märk 1 mejl som skickat").click()
    page.get_by_text("1 mejl är märkt som skickat.").wait_for()

    page.get_by_label(f"Välj mejlet ”{others[0].subject}”").check()
    page.get_by_role("button", name="Gör något med de valda").click()
    page.get_by_text("Du har valt 1 mejl.").wait_for()
    found += faults(page)
    page.get_by_role("button", name="Ta bort 1 mejl ur kön").click()
    page.get_by_text("1 mejl är borttaget ur kön").wait_for()
    page.get_by_role("link", name="Släpp kön").click()
    page.get_by_role("button", name="Ja, släpp kön").click()
    page.get_by_text("Kön är släppt").wait_for()
    page.goto("/admin/driften/")
    found += faults(page)

    assert found == []
    assert QueueState.objects.current().held_since is None
    mine = OutgoingMail.objects.filter(pk__in=[first.pk, *(mail.pk for mail in others)]).order_by("pk")
    assert list(mine.values_list("status", flat=True)) == [
        *(MailStatus.SENT, MailStatus.WITHDRAWN, MailStatus.QUEUED, MailStatus.QUEUED)
    ]
