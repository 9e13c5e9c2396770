"""What long lists are sorted and narrowed by has an index, and no list asks for what all rows hold."""

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import MeetingPage
from outbox.models import OutgoingMail
from resources.models import ResourcePage
from tests.factories.contacts import PersonFactory
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (MeetingPage, "starts_at"),
        (MeetingPage, "ends_at"),
        (ResourcePage, "kind"),
        (ResourcePage, "published_on"),
        (OutgoingMail, "created_at"),
        (OutgoingMail, "recipient"),
        (OutgoingMail, "status"),
    ],
)
def test_o20_a_list_is_sorted_and_narrowed_by_an_index(model: type[Model], column: str) -> None:
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, model._meta.db_table)
    leading = {each["columns"][0] for each in constraints.values() if each["index"] and each["columns"]}
    assert column in leading


def test_o20_the_list_of_mails_never_asks_for_the_kinds_of_all_mails(client: Client) -> None:
    OutgoingMailFactory.create_batch(3)
    client.force_login(PersonFactory(editor=True))
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/admin/mejl/").status_code == 200
    assert [query["sql"] for query in captured if "DISTINCT" in query["sql"]] == []
