"""Sakgranskning: an editor asks, a subject reviewer answers, an editor publishes."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import TaskState

from contacts.models import Person
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
