"""Originals of images are private; what pages show are renditions, which lie apart."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories.resources import ImageFactory

pytestmark = pytest.mark.django_db


def test_a_rendition_is_public_and_its_original_is_not(client: Client) -> None:
    image = ImageFactory()
    rendition = image.get_rendition("width-50")
    assert Path(rendition.file.path).is_relative_to(settings.RENDITION_ROOT)
    assert not Path(image.file.path).is_relative_to(settings.RENDITION_ROOT)
    assert rendition.url.startswith("/bilder/")
    assert client.get(rendition.url).status_code == 200
    for path in (f"/bilder/{image.file.name}", f"/media/{image.file.name}", f"/{image.file.name}"):
        assert client.get(path).status_code == 404
