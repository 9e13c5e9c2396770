"""All that waits stands in one list on the admin's start page."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lumen.waiting_panel import waiting_for
from meetings.models import Registration
from resources.models import DraftComment
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory
from tests.factories.resources import DraftCommentFactory, DraftLinkFactory

pytestmark = pytest.mark.django_db


def test_u26_what_waits_stands_oldest_first_whatever_room_it_is_from() -> None:
    editor, now = PersonFactory(editor=True), timezone.now()
    row = RegistrationFactory(meeting=MeetingPageFactory(), waiting=True)
    DraftCommentFactory()
    for days, order in ((3, ["utan organisation", "ny kommentar"]), (1, ["ny kommentar", "utan organisation"])):
        Registration.objects.filter(pk=row.pk).update(created_at=now - timedelta(days=days))
        DraftComment.objects.update(created_at=now - timedelta(days=2))
        told = [each.what for each in waiting_for(editor)]
        assert [sentence.partition(" ")[2] for sentence in told] == [
            {"utan organisation": "anmälan utan organisation", "ny kommentar": "ny kommentar"}[name] for name in order
        ]


def test_u26_each_line_has_the_one_thing_to_do_and_nobody_sees_what_is_not_theirs(client: Client) -> None:
    comment = DraftCommentFactory()
    assert waiting_for(PersonFactory()) == []
    client.force_login(PersonFactory(editor=True))
    html = client.get("/admin/").content.decode()
    assert f'<a href="/admin/utkast/{comment.link.page_id}/">1 ny kommentar</a>' in html
    DraftComment.objects.update(handled_at=timezone.now())
    assert "ny kommentar" not in client.get("/admin/").content.decode()


def test_u26_many_comments_cost_no_more_queries(django_assert_max_num_queries: Any) -> None:
    editor = PersonFactory(editor=True)
    DraftCommentFactory()
    with CaptureQueriesContext(connection) as with_one:
        waiting_for(editor)
    for number in range(4):
        DraftCommentFactory(link=DraftLinkFactory(token=f"en {number}"))
    with django_assert_max_num_queries(len(with_one)):
        assert len(waiting_for(editor)) == 5
