"""What is published at the desk is what was screened there, whoever saves at the same moment."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from gate.desk import views
from gate.desk.routing import desk_url
from resources.models import StandardPage
from tests.factories.resources import StandardPageFactory
from tests.publishing import filled_desk

# The threads must see each other's commits.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases]
PATIENCE = 30  # seconds before the thread is given up


def test_the_desk_waits_for_a_draft_that_is_being_saved_and_shows_it(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = StandardPageFactory(draft=True)
    page.save_revision(clean=False)
    address = desk_url([page.pk])
    answer = filled_desk(admin, address)
    reviewed = threading.Event()
    review_page = views.review_page

    def review(*args: Any, **kwargs: Any) -> Any:
        reviewed.set()
        return review_page(*args, **kwargs)

    monkeypatch.setattr(views, "review_page", review)
    statuses: list[int] = []

    def publish() -> None:
        try:
            statuses.append(admin.post(address, answer).status_code)
        finally:
            connection.close()

    desk = threading.Thread(target=publish)
    with transaction.atomic():
        page.lead = "Något annat än det som visades."
        page.save_revision(clean=False)
        desk.start()
        assert not reviewed.wait(1), "screened while somebody else saves"
    desk.join(PATIENCE)
    assert reviewed.is_set()

    assert statuses == [422]
    assert not StandardPage.objects.get(pk=page.pk).live
