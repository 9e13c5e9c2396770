"""The form of a page whose last day has passed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, get_page_models

from gate.desk.page_forms import DeskPageForm
from gate.desk.routing import desk_url
from resources.models import StandardPage
from tests.factories.resources import StandardPageFactory
from tests.publishing import answer_desk

from .conftest import form_data, html

pytestmark = pytest.mark.django_db


def expired_page() -> StandardPage:
    then = timezone.now() - timedelta(days=2)
    page: StandardPage = StandardPageFactory(draft=True, expire_at=then, expired=True)
    page.save_revision(clean=False)
    return page


def newest(page: StandardPage) -> StandardPage:
    """The page as its newest draft says."""
    draft: StandardPage = StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return draft


def schedule(page: StandardPage, expire_at: Any) -> dict[str, str]:
    return {"go_live_at": "", "expire_at": timezone.localtime(expire_at).strftime("%Y-%m-%d %H:%M")}


def test_f21_an_expired_page_is_saved_as_a_draft_and_published_with_a_new_date(admin: Client) -> None:
    page = expired_page()
    edit = f"/admin/pages/{page.pk}/edit/"
    admin.post(edit, form_data(page, "save", lead="Ny ingress.", **schedule(page, page.expire_at)))
    assert newest(page).lead == "Ny ingress."
    desk = desk_url([page.pk])
    assert "Sista dagen har passerat." in html(admin, desk) and "Bekräfta innehållet" not in html(admin, desk)

    later = timezone.now() + timedelta(days=30)
    response = admin.post(edit, form_data(page, lead="Ny ingress.", **schedule(page, later)))
    answer_desk(admin, response.url)
    page = StandardPage.objects.get(pk=page.pk)
    assert page.live and not page.expired and page.lead == "Ny ingress."


def test_f21_a_new_date_in_the_past_is_refused(admin: Client) -> None:
    page = expired_page()
    long_ago = page.expire_at - timedelta(days=2)
    admin.post(f"/admin/pages/{page.pk}/edit/", form_data(page, "save", lead="Ny.", **schedule(page, long_ago)))
    assert newest(page).lead != "Ny."


def test_f21_the_form_of_every_page_type_takes_an_expired_page() -> None:
    forms = {model: model.get_edit_handler().get_form_class() for model in get_page_models() if model is not Page}
    assert forms and {model for model, form in forms.items() if not issubclass(form, DeskPageForm)} == set()
