"""Sakgranskning: an editor asks, a subject reviewer answers, an editor publishes."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import TaskState

from contacts.models import Person
from gate.desk.waiting import waiting_reviews
from lumen.actions import set_up_site
from lumen.roles import EDITORS, SUBJECT_REVIEWERS
from resources.models import ResourcePage
from tests.factories.contacts import PersonFactory
from tests.factories.resources import ResourcePageFactory
from tests.publishing import DESK, answer_desk
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db


def staff(group: str) -> tuple[Client, Person]:
    person = PersonFactory()
    person.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(person)
    return client, person


@pytest.fixture
def asked() -> Any:
    """A page that an editor has sent to Sakgranskning; the editor, the reviewer and the page."""
    set_up_site()
    editor, who = staff(EDITORS)
    reviewer, _ = staff(SUBJECT_REVIEWERS)
    page = ResourcePageFactory(title="Väntar på granskning", draft=True)
    page.save_revision(user=who)
    page.get_workflow().start(page, who)
    return editor, reviewer, page


def answer(client: Client, page: ResourcePage, action: str, comment: str) -> Any:
    state = ResourcePage.objects.get(pk=page.pk).current_workflow_task_state
    return client.post(f"/admin/pages/workflow/action/{page.pk}/{action}/{state.pk}/", {"comment": comment})


def test_u10_the_editor_is_offered_to_ask_and_the_reviewer_finds_the_page_on_the_start_panel(asked: Any) -> None:
    editor, reviewer, page = asked
    other = ResourcePageFactory(draft=True)
    assert "Sakgranskning" in editor.get(f"/admin/pages/{other.pk}/edit/").content.decode()
    assert "Väntar på granskning" in reviewer.get("/admin/").content.decode()
    assert reviewer.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert reviewer.get(f"/admin/pages/{other.pk}/edit/").status_code == 302, "nothing but what was asked about"


def test_u26_the_question_stands_in_the_one_list_of_what_waits_and_leads_to_the_page(asked: Any) -> None:
    editor, reviewer, page = asked
    line = f'<a href="/admin/pages/{page.pk}/edit/">Sakgranskning av sidan ”Väntar på granskning”</a>'
    html = reviewer.get("/admin/").content.decode()
    assert line in html and "ber om" in html and "Inget just nu." not in html
    assert html.count("Väntar på granskning") == 1, "and in no list beside it"
    assert line not in editor.get("/admin/").content.decode(), "it is not asked of the editor yet"
    answer(reviewer, page, "approve", "")
    assert "Sakgranskning av sidan" not in reviewer.get("/admin/").content.decode()
    assert "Publicering av sidan ”Väntar på granskning”" in editor.get("/admin/").content.decode()


def test_u26_many_questions_cost_no_more_queries(asked: Any, django_assert_num_queries: Any) -> None:
    _, _, page = asked
    reviewer = Person.objects.get(groups__name=SUBJECT_REVIEWERS)
    waiting_reviews(reviewer)  # What Django remembers of the groups is asked for once.
    with CaptureQueriesContext(connection) as with_one:
        assert len(waiting_reviews(reviewer)) == 1
    for _ in range(4):
        other = ResourcePageFactory(draft=True)
        other.save_revision()
        page.get_workflow().start(other, None)
    with django_assert_num_queries(len(with_one)):
        assert len(waiting_reviews(reviewer)) == 5


def test_u10_what_the_reviewer_approves_an_editor_publishes(asked: Any) -> None:
    editor, reviewer, page = asked
    answer(reviewer, page, "approve", "Stämmer.")
    assert not ResourcePage.objects.get(pk=page.pk).live
    assert "Väntar på granskning" in editor.get("/admin/").content.decode()
    response = answer(editor, page, "approve", "")
    assert response.url.startswith(DESK)
    answer_desk(editor, response.url)
    assert ResourcePage.objects.get(pk=page.pk).live


def test_u10_the_page_comes_back_with_a_comment_that_is_screened(asked: Any) -> None:
    _, reviewer, page = asked
    answer(reviewer, page, "reject", f"Fråga {personal_number()}")
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS
    answer(reviewer, page, "reject", "Stycke två är fel.")
    assert TaskState.objects.get().comment == "Stycke två är fel."
    assert TaskState.objects.get().status == TaskState.STATUS_REJECTED
