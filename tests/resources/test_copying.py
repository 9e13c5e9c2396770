"""What can't be copied."""

from typing import Any

import pytest
from django.test.client import Client
from django.urls import reverse

from resources.models import ThemePage
from tests.factories.contacts import PersonFactory
from tests.factories.resources import ThemePageFactory

pytestmark = pytest.mark.django_db


def copy(client: Client, page: Any, **answers: str) -> Any:
    client.force_login(PersonFactory(editor=True))
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    data = {"new_title": "En till", "new_slug": "en-till", "new_parent_page": str(page.get_parent().pk), **answers}
    return client.post(address, data, follow=True)


def test_a_theme_page_is_not_copied_and_the_editor_is_told_why(client: Client) -> None:
    answer = copy(client, ThemePageFactory())
    assert answer.status_code == 200
    assert "Ett tema har bara en sida" in answer.content.decode()
    assert ThemePage.objects.count() == 1


def test_the_page_above_does_not_take_them_along(client: Client) -> None:
    answer = copy(client, ThemePageFactory().get_parent(), copy_subpages="on")
    assert "Ett tema har bara en sida" in answer.content.decode()
    assert ThemePage.objects.count() == 1
