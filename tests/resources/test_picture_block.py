"""A picture in a page: what it says to those who do not see it, its sizes, its approval and its screening."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gate.desk.routing import desk_url
from gate.files.actions import record_outcome
from gate.stops import blocking
from gate.texts import files_of, texts_of
from privacy.purge.actions import purge
from resources.blocks import PictureBlock
from resources.models import Image, SearchEntry, StandardPage
from screening.findings import Screening
from tests.factories.contacts import PersonFactory
from tests.factories.resources import ImageFactory, StandardPageFactory
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db
SECRET = personal_number()


def picture(image: Image, **values: Any) -> tuple[str, dict[str, Any]]:
    return "picture", {"image": image, "alt_text": "Tre led i ett bidragsbrott.", "shape": "whole", **values}


def shown(page: Any) -> str:
    return Client().get(page.url).content.decode()


def image_tags(html: str) -> list[str]:
    return re.findall(r"<img[^>]*picture__image[^>]*>", html)


def test_u7_a_picture_is_shown_in_sizes_with_its_text_and_caption() -> None:
    page = StandardPageFactory(body=[picture(ImageFactory(), caption="Bild: LUMEN")])
    (tag,) = image_tags(html := shown(page))
    assert 'alt="Tre led i ett bidragsbrott."' in tag and 'loading="lazy"' in tag
    sizes = (r'srcset="/bilder/\S+ \d+w', r' width="\d+"', r' height="\d+"')
    assert all(re.search(each, tag) for each in sizes)
    assert '<figcaption class="picture__caption">Bild: LUMEN</figcaption>' in html
    for address in re.findall(r"/bilder/[^ \"]+", tag):
        assert Client().get(address).status_code == 200


def test_u7_a_picture_that_adorns_has_an_empty_text() -> None:
    page = StandardPageFactory(body=[picture(ImageFactory(), alt_text="", decorative=True)])
    (tag,) = image_tags(html := shown(page))
    assert 'alt=""' in tag and "<figcaption" not in html


def test_u7_a_cropped_picture_keeps_what_must_be_seen() -> None:
    image = ImageFactory(
        file__width=400,
        file__height=400,
        focal_point_x=200,
        focal_point_y=380,
        focal_point_width=9,
        focal_point_height=9,
    )
    shown(StandardPageFactory(body=[picture(image, shape="wide")]))
    cropped = image.renditions.get(filter_spec="fill-400x225")
    assert cropped.width == 400 and abs(cropped.height - 225) <= 1
    assert cropped.focal_point_key == image.get_rendition("fill-400x225").focal_point_key != ""


@pytest.mark.parametrize(
    "values", [{"alt_text": ""}, {"decorative": True}], ids=["neither text nor decoration", "both"]
)
def test_u7_either_a_text_or_decoration_is_asked_for(values: dict[str, Any]) -> None:
    block = PictureBlock()
    value = block.to_python({"image": ImageFactory().pk, "alt_text": "Text", "shape": "whole", **values})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "alt_text" in refused.value.block_errors  # type: ignore[attr-defined]
    assert block.clean(block.to_python({"image": ImageFactory().pk, "alt_text": "Text", "shape": "whole"}))


def test_u7_a_picture_without_approval_is_not_shown() -> None:
    image = ImageFactory()
    page = StandardPageFactory(body=[picture(image, caption="Bildtexten")])
    record_outcome(image.screening, Screening(fault="Titta på bilden."))
    assert not image_tags(html := shown(page)) and "Bildtexten" not in html


def test_u7_a_picture_is_approved_where_its_page_is_published() -> None:
    image = ImageFactory()
    record_outcome(image.screening, Screening(fault="Titta på bilden."))
    page = StandardPageFactory(draft=True, body=[picture(image)])
    page.save_revision()
    assert files_of(page) == [image]
    client = Client()
    client.force_login(PersonFactory(editor=True))
    assert image.title in client.get(desk_url([page.pk])).content.decode()


@pytest.mark.parametrize("name", ["alt_text", "caption"])
def test_u7_its_texts_are_screened_and_found(name: str) -> None:
    page = StandardPageFactory(draft=True, body=[picture(ImageFactory(), **{name: f"Om {SECRET}"})])
    (piece,) = [piece for piece in texts_of(page) if SECRET in piece.text]
    assert piece.where.startswith("Innehåll, block 1 (Bild): ")
    assert len(blocking(page)) == 1


def test_u7_the_search_finds_its_texts() -> None:
    page = StandardPageFactory(body=[picture(ImageFactory(), caption="Försäkringskedjan")])
    assert "Försäkringskedjan" in page.search_text() and "Tre led" in page.search_text()
    assert SearchEntry.objects.filter(page=page.pk).exists()


def test_u7_a_purged_picture_leaves_a_page_without_it() -> None:
    image = ImageFactory()
    page = StandardPageFactory(body=[picture(image), ("text", "<p>Löpande text.</p>")])
    purge(image, by=None, reason="Städning")
    assert "Löpande text." in shown(StandardPage.objects.get(pk=page.pk))
    assert not image_tags(shown(page))


def test_u7_more_pictures_cost_one_query_more_each_for_their_sizes() -> None:
    pages = [StandardPageFactory(body=[picture(ImageFactory()) for _ in range(number)]) for number in (1, 4)]
    for page in pages:
        shown(page)
    counted = []
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            shown(page)
        counted.append(len(queries))
    assert counted[1] - counted[0] <= 3
