"""Every way to publish in the admin leads to the desk, with the draft kept and nothing public before it."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.models import Comment, GroupApprovalTask, Page, TaskState, Workflow, WorkflowTask, get_page_models

from contacts.models import Person
from gate.desk.page_views import DeskCreateView, DeskEditView, DeskWorkflowActionView, DraftCopyView
from resources.models import StandardPage
from tests.factories.resources import StandardPageFactory, site_tree
from tests.publishing import DESK, answer_desk
from tests.screening.numbers import personal_number

from .conftest import WARNING, form_data

pytestmark = pytest.mark.django_db
SECRET = personal_number()
TEXTS = pytest.mark.parametrize("text", ["Rent.", WARNING, SECRET], ids=["clean", "warned", "blocked"])


def reread(page: StandardPage) -> StandardPage:
    return StandardPage.objects.get(pk=page.pk)


def finish(admin: Client, response: Any, page: StandardPage, text: str) -> None:
    """From the answer that leads to the desk to the end, as it should go for the text."""
    assert response.status_code == 302 and response.url.startswith(DESK)
    live_text = reread(page).lead
    assert live_text != text or not reread(page).live
    assert reread(page).get_latest_revision_as_object().lead == text, "the draft is kept"
    if text == SECRET:
        assert "Stopp" in admin.get(response.url).content.decode()
        admin.post(response.url, {"statement": "on", "reason": "x"})
        assert reread(page).get_latest_revision_as_object().lead == text
        assert not reread(page).live or reread(page).lead == live_text
        return
    assert answer_desk(admin, response.url, statement=None, reason="x").status_code == 422
    if text == WARNING:
        assert answer_desk(admin, response.url, reason="").status_code == 422
    assert not reread(page).live or reread(page).lead == live_text
    assert answer_desk(admin, response.url, **({"reason": "Påhittat."} if text == WARNING else {})).status_code == 302
    assert reread(page).live and reread(page).lead == text


@TEXTS
@pytest.mark.parametrize("was_live", [True, False])
def test_the_button_of_the_editor(was_live: bool, text: str, admin: Client) -> None:
    page = StandardPageFactory(draft=not was_live)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    finish(admin, admin.post(url, form_data(page, lead=text)), page, text)


@TEXTS
def test_the_button_of_a_new_page(text: str, admin: Client) -> None:
    home = site_tree().home
    page = StandardPage(title="Ny", slug="ny", lead=text)
    url = reverse("wagtailadmin_pages:add", args=["resources", "standardpage", home.pk])
    response = admin.post(url, form_data(page))
    page = StandardPage.objects.get(slug="ny")
    assert not page.live and page.first_published_at is None
    finish(admin, response, page, text)


def bulk(admin: Client, *pages: Page, **data: str) -> Any:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = "&".join(f"id={page.pk}" for page in pages)
    return admin.post(f"{url}?{query}&next=/admin/", data)


@TEXTS
def test_several_at_once(text: str, admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    page.lead = text
    page.save_revision()
    finish(admin, bulk(admin, page), page, text)


@TEXTS
def test_pages_below_at_once(text: str, admin: Client) -> None:
    above = StandardPageFactory()
    page = StandardPageFactory(draft=True, parent=above)
    page.lead = text
    page.save_revision()
    assert f"page={page.pk}" not in bulk(admin, above).url
    finish(admin, bulk(admin, above, include_descendants="on"), page, text)


def test_too_many_at_once_are_refused(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gate.desk.routing.AT_ONCE", 1)
    pages = [StandardPageFactory(draft=True) for _ in range(2)]
    assert bulk(admin, *pages).url == "/admin/"
    assert "Publicera högst 1 åt gången." in admin.get("/admin/").content.decode()


class TestWorkflow:
    @pytest.fixture(autouse=True)
    def workflow(self) -> Workflow:
        workflow = Workflow.objects.create(name="Granskning")
        for order, name in enumerate(("Först", "Sist")):
            task = GroupApprovalTask.objects.create(name=name)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
        workflow.workflow_pages.create(page=site_tree().home)
        return workflow

    def submitted(self, editor: Person, text: str, *, approved: int = 1) -> StandardPage:
        """A page that waits for the last approval."""
        page = StandardPageFactory(draft=True)
        page.lead = text
        page.save_revision(user=editor)
        page.get_workflow().start(page, editor)
        for _ in range(approved):
            reread(page).current_workflow_task_state.approve(user=editor)
        return reread(page)

    def url(self, page: StandardPage, action: str = "approve") -> str:
        return reverse(
            "wagtailadmin_pages:workflow_action", args=[page.pk, action, page.current_workflow_task_state.pk]
        )

    @TEXTS
    def test_the_last_approval(self, text: str, admin: Client, editor: Person) -> None:
        page = self.submitted(editor, text)
        finish(admin, admin.post(self.url(page), {"comment": ""}), page, text)
        assert reread(page).workflow_in_progress is (text == SECRET)

    @TEXTS
    def test_the_last_approval_from_the_editor_keeps_what_was_changed_there(
        self, text: str, admin: Client, editor: Person
    ) -> None:
        page = self.submitted(editor, "Förut.")
        data = form_data(page, "workflow-action", lead=text, **{"workflow-action-name": "approve"})
        extra = {"workflow-action-extra-data": json.dumps({"comment": "Bra."})}
        response = admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**data, **extra})
        finish(admin, response, page, text)
        if text != SECRET:
            assert TaskState.objects.order_by("pk").last().comment == "Bra."

    def test_the_last_approval_in_a_dialogue_is_led_there_with_its_comment(self, admin: Client, editor: Person) -> None:
        page = self.submitted(editor, "Rent.")
        headers = {"x-requested-with": "XMLHttpRequest"}
        answer = admin.post(self.url(page), {"comment": "Fint arbete."}, headers=headers).json()
        assert answer["step"] == "success" and "Fint" not in answer["redirect"]
        assert "Fint arbete." in admin.get(answer["redirect"]).content.decode()

        answer_desk(admin, answer["redirect"])
        assert reread(page).live
        state = TaskState.objects.order_by("pk").last()
        assert (state.status, state.comment, state.finished_by) == ("approved", "Fint arbete.", editor)

    def test_a_comment_may_not_hold_a_number(self, admin: Client, editor: Person) -> None:
        page = self.submitted(editor, "Rent.")
        desk = admin.post(self.url(page), {"comment": ""}).url
        assert answer_desk(admin, desk, comment=SECRET).status_code == 422
        assert not reread(page).live

    def test_an_approval_that_is_not_the_last_publishes_nothing_and_goes_on(
        self, admin: Client, editor: Person
    ) -> None:
        page = self.submitted(editor, SECRET, approved=0)
        response = admin.post(self.url(page), {"comment": ""})
        assert not response.url.startswith(DESK)
        assert reread(page).current_workflow_task_state.task.name == "Sist"
        assert not reread(page).live

    def test_sending_back_needs_no_desk(self, admin: Client, editor: Person) -> None:
        page = self.submitted(editor, SECRET)
        assert not admin.post(self.url(page, "reject"), {"comment": "Nej."}).url.startswith(DESK)
        assert reread(page).current_workflow_state.status == "needs_changes"

    def test_nobody_approves_anothers_task_through_the_desk(self, admin: Client, editor: Person) -> None:
        page = self.submitted(editor, "Rent.")
        other = StandardPageFactory(draft=True)
        state = page.current_workflow_task_state.pk
        for query in (
            f"page={other.pk}&workflow={state}",
            f"page={page.pk}&workflow=999",
            f"page={page.pk}&workflow=x",
        ):
            assert admin.get(f"{DESK}?{query}").status_code == 404
        early = self.submitted(editor, "Rent.", approved=0)
        query = f"page={early.pk}&workflow={early.current_workflow_task_state.pk}"
        assert admin.get(f"{DESK}?{query}").status_code == 404

    def test_submitting_is_not_publishing(self, admin: Client) -> None:
        page = StandardPageFactory(draft=True)
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        response = admin.post(url, form_data(page, "submit", lead=SECRET))
        assert not response.url.startswith(DESK)
        assert reread(page).workflow_in_progress


@pytest.mark.parametrize("live", [True, False])
def test_a_copy_is_a_draft(live: bool, admin: Client) -> None:
    page = StandardPageFactory(draft=not live)
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    assert "publish_copies" not in admin.get(url).context["form"].fields
    data = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": str(site_tree().home.pk)}
    admin.post(url, {**data, "publish_copies": "on"})
    assert not StandardPage.objects.get(slug="kopia").live


def test_an_alias_of_what_a_new_rule_finds_is_refused_in_words(admin: Client) -> None:
    page = StandardPageFactory()
    StandardPage.objects.filter(pk=page.pk).update(lead=SECRET)
    data = {"new_title": "Alias", "new_slug": "alias", "new_parent_page": str(site_tree().home.pk), "alias": "on"}
    response = admin.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert "Ta bort numret." in response.content.decode()
    assert not Page.objects.filter(slug="alias").exists()


def test_a_comment_written_before_the_button_is_kept(admin: Client) -> None:
    page = StandardPageFactory()
    comment = {
        "comments-TOTAL_FORMS": "1",
        "comments-0-text": "Stämmer det?",
        "comments-0-contentpath": "lead",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-resolved": "0",
    }
    admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form_data(page), **comment})
    assert Comment.objects.get().text == "Stämmer det?"


def test_saving_a_draft_needs_no_desk(admin: Client) -> None:
    page = StandardPageFactory()
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = admin.post(url, form_data(page, "save", lead=SECRET))
    assert response.url == url
    assert reread(page).get_latest_revision_as_object().lead == SECRET


@pytest.mark.parametrize("model", get_page_models(), ids=lambda model: model._meta.label)
def test_every_page_type_has_the_views_that_lead_to_the_desk(model: type[Page]) -> None:
    reverse("wagtailadmin_home")  # Wagtail registers the views when its addresses are asked for
    views = page_viewset_registry.get_by_type(model)
    assert issubclass(views.add_view_class, DeskCreateView)
    assert issubclass(views.edit_view_class, DeskEditView)
    assert issubclass(views.copy_view_class, DraftCopyView)
    assert issubclass(views.workflow_action_view_class, DeskWorkflowActionView)
