"""What people write in the models of Wagtail and Django."""

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.forms import TaskStateCommentForm
from wagtail.models import Collection, GroupApprovalTask, Site

from gate.errors import Blocked
from gate.third_party_models import SCREENED_FIELDS
from tests.factories.contacts import PersonFactory
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db
NUMBER = personal_number()


@pytest.fixture
def as_editor() -> Client:
    client = Client()
    client.force_login(PersonFactory(editor=True))
    return client


@pytest.mark.parametrize(
    ("model", "field"), [(model, field) for model, fields in SCREENED_FIELDS.items() for field in fields]
)
def test_code_cannot_store_a_number(model: type[Model], field: str) -> None:
    with pytest.raises(Blocked):
        model(**{field: f"/{NUMBER}"}).save()


def test_a_task_of_any_kind_is_a_task() -> None:
    with pytest.raises(Blocked):
        GroupApprovalTask(name=NUMBER).save()


def test_a_form_tells_it_at_the_field(as_editor: Client) -> None:
    response = as_editor.post(
        reverse("wagtailredirects:add"), {"old_path": f"/{NUMBER}", "redirect_link": "https://example.org/"}
    )
    assert response.context["form"].errors["old_path"][0].startswith("Personnummer («")
    assert not Redirect.objects.exists()


def test_a_comment_in_a_workflow_is_screened_in_its_form() -> None:
    form = TaskStateCommentForm({"comment": f"Ta bort {NUMBER}."})
    assert form.errors["comment"][0].startswith("Personnummer («")


def test_a_harmless_one_is_stored() -> None:
    site = Site.objects.get()
    site.site_name = "LUMEN"
    site.save()
    Collection.get_first_root_node().add_child(instance=Collection(name="Bilder från 2025"))
    Redirect.objects.create(old_path="/gammal", redirect_link="https://example.org/2025-10-01")


def test_a_refusal_that_no_form_caught_is_a_page_in_swedish(as_editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Collection._meta.fields:
        if field.name == "name":
            monkeypatch.setattr(field, "validators", [])
    response = as_editor.post(reverse("wagtailadmin_collections:add"), {"name": NUMBER, "parent": 1})
    assert response.status_code == 422
    html = response.content.decode()
    assert "Det sparades inte" in html
    assert "personnummer" in html
    assert NUMBER not in html
