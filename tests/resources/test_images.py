"""Originals of images are private; what pages show are renditions, which lie apart."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from resources.models import Image
from tests.factories.contacts import PersonFactory
from tests.factories.resources import ImageFactory, StandardPageFactory, body, page_with_picture

pytestmark = pytest.mark.django_db


def test_a_rendition_is_public_and_its_original_is_not(client: Client) -> None:
    image = ImageFactory()
    page_with_picture(image)
    rendition = image.get_rendition("width-50")
    assert Path(rendition.file.path).is_relative_to(settings.RENDITION_ROOT)
    assert not Path(image.file.path).is_relative_to(settings.RENDITION_ROOT)
    assert rendition.url.startswith("/bilder/")
    assert client.get(rendition.url).status_code == 200
    for path in (f"/bilder/{image.file.name}", f"/media/{image.file.name}", f"/{image.file.name}"):
        assert client.get(path).status_code == 404


def used_nowhere(image: Image) -> None: ...


def in_a_draft(image: Image) -> None:
    page_with_picture(image, draft=True)


def in_a_draft_of_a_published_page(image: Image) -> None:
    page = StandardPageFactory()
    page.body = body(f'<embed embedtype="image" id="{image.pk}" format="left" alt=""/>')
    page.save_revision()


def on_a_page_that_was_unpublished(image: Image) -> None:
    page_with_picture(image).unpublish()


def on_a_page_past_its_last_day(image: Image) -> None:
    page_with_picture(image, expire_at=timezone.now() - timedelta(minutes=1))


def on_a_page_with_a_password(image: Image) -> None:
    page = page_with_picture(image)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def in_a_closed_collection(image: Image) -> None:
    page_with_picture(image)
    closed = image.collection.add_child(name="Stängd")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=CollectionViewRestriction.LOGIN)
    image.collection = closed
    image.save()


@pytest.mark.parametrize(
    "where",
    [
        used_nowhere,
        in_a_draft,
        in_a_draft_of_a_published_page,
        on_a_page_that_was_unpublished,
        on_a_page_past_its_last_day,
        on_a_page_with_a_password,
        in_a_closed_collection,
    ],
    ids=lambda use: use.__name__,
)
def test_a_picture_that_no_page_on_display_shows_is_given_to_editors_alone(
    client: Client, where: Callable[[Image], None]
) -> None:
    image = ImageFactory()
    url = image.get_rendition("width-50").url
    where(image)
    assert image.is_approved
    assert client.get(url).status_code == 404
    client.force_login(PersonFactory())
    assert client.get(url).status_code == 404
    client.force_login(PersonFactory(editor=True))
    answer = client.get(url)
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"] and "no-store" in answer["Cache-Control"]


def test_a_picture_goes_with_its_page_also_from_caches(client: Client) -> None:
    image = ImageFactory()
    page = page_with_picture(image)
    url = image.get_rendition("width-50").url
    before = client.get(url)
    assert before.status_code == 200
    assert "no-cache" in before["Cache-Control"]
    page.unpublish()
    assert client.get(url, headers={"if-none-match": before["ETag"]}).status_code == 404


def test_a_picture_costs_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    image = ImageFactory()
    page_with_picture(image)
    url = image.get_rendition("width-50").url
    client.get(url)
    with django_assert_max_num_queries(6):
        client.get(url)
