"""The picture first on a page: its sizes, its text, its approval and its screening, and how small it is on a card."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from gate.desk.routing import desk_url
from gate.files.actions import record_outcome
from gate.stops import blocking
from gate.texts import files_of, texts_of
from privacy.purge.actions import purge
from resources.models import Image, ResourcePage
from screening.findings import Screening
from tests.factories.contacts import PersonFactory
from tests.factories.resources import (
    DraftLinkFactory,
    ImageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    ThemeFactory,
    ThemePageFactory,
)
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db
ALT = "Ett avtal under en lupp."
WITH_PICTURE = (ResourcePageFactory, ThemePageFactory, StandardPageFactory)


def with_picture(factory: Any = ResourcePageFactory, **values: Any) -> Any:
    # Another picture would make the same content approved again, so one is made only where none is given.
    image = values.pop("lead_picture", None) or ImageFactory()
    return factory(**{"lead_picture": image, "lead_picture_alt": ALT, **values})


def shown(address: str, client: Client | None = None) -> str:
    return (client or Client()).get(address).content.decode()


def lead_tags(html: str) -> list[str]:
    return re.findall(r"<img[^>]*picture__image[^>]*>", html)


def card_tags(html: str) -> list[str]:
    return re.findall(r"<img[^>]*card__picture[^>]*>", html)


def unread(image: Image) -> Image:
    record_outcome(image.screening, Screening(fault="Titta på bilden."))
    return image


@pytest.mark.parametrize("factory", WITH_PICTURE)
def test_u7_a_page_has_a_picture_first_in_sizes_with_its_text(factory: Any) -> None:
    page = with_picture(factory)
    (tag,) = lead_tags(shown(page.url))
    assert f'alt="{ALT}"' in tag and 'loading="lazy"' not in tag, "it is seen at once"
    assert all(re.search(each, tag) for each in (r'srcset="/bilder/\S+ \d+w', r' width="\d+"', r' height="\d+"'))
    for address in re.findall(r"/bilder/[^ \"]+", tag):
        assert Client().get(address).status_code == 200


@pytest.mark.parametrize("factory", WITH_PICTURE)
def test_u7_a_page_without_one_is_as_before(factory: Any) -> None:
    assert "lead-picture" not in shown(factory().url)


def test_u7_on_a_card_the_picture_is_small_and_adorns() -> None:
    theme = ThemePageFactory()
    with_picture(themes=[theme.theme])
    for address in ("/", theme.url):
        (tag,) = card_tags(shown(address))
        assert 'alt=""' in tag and 'loading="lazy"' in tag and 'width="96"' in tag and 'height="96"' in tag
    assert "<img" not in shown("/material/").partition("<main")[2], "the dense list has none"


def test_u7_a_card_keeps_what_must_be_seen() -> None:
    focus = {"focal_point_x": 390, "focal_point_y": 50, "focal_point_width": 9, "focal_point_height": 9}
    image = ImageFactory(file__width=400, file__height=100, **focus)
    with_picture(lead_picture=image)
    shown("/")
    (small,) = image.renditions.filter(filter_spec="fill-96x96-c60")
    assert small.focal_point_key == image.get_rendition("fill-96x96-c60").focal_point_key != ""


@pytest.mark.parametrize(
    "values",
    [{"lead_picture_alt": ""}, {"lead_picture_decorative": True}],
    ids=["neither text nor decoration", "both"],
)
def test_u7_either_a_text_or_decoration_is_asked_for(values: dict[str, Any]) -> None:
    page = ResourcePage(lead_picture=ImageFactory(), **{"lead_picture_alt": ALT, **values})
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert "lead_picture_alt" in refused.value.error_dict
    page.lead_picture = None
    page.clean()


def test_u7_a_decorative_picture_has_an_empty_text() -> None:
    page = with_picture(lead_picture_alt="", lead_picture_decorative=True)
    (tag,) = lead_tags(shown(page.url))
    assert 'alt=""' in tag


def test_u7_a_picture_without_approval_is_shown_nowhere() -> None:
    page = with_picture(lead_picture=unread(ImageFactory()))
    assert not lead_tags(shown(page.url)) and not card_tags(shown("/"))


def test_u7_the_picture_is_approved_where_its_page_is_published() -> None:
    image = unread(ImageFactory(title="Lupp över avtal"))
    page = with_picture(draft=True, lead_picture=image)
    page.save_revision()
    assert files_of(page) == [image]
    editor = Client()
    editor.force_login(PersonFactory(editor=True))
    assert "Lupp över avtal" in shown(desk_url([page.pk]), editor)


def test_u7_its_text_is_screened_and_found() -> None:
    page = with_picture(draft=True, lead_picture_alt=f"Om {personal_number()}")
    assert [piece.where for piece in texts_of(page) if piece.field == "lead_picture_alt"] == ["Bildens textalternativ"]
    assert len(blocking(page)) == 1
    assert ALT in with_picture().search_text()


def test_u7_who_reads_the_draft_by_a_link_gets_the_words() -> None:
    page = with_picture(draft=True)
    page.save_revision()
    DraftLinkFactory(page=page)
    html = shown("/utkast/hemlig/")
    assert f"Bild: {ALT}" in html and "/bilder/" not in html


def test_u7_a_purged_picture_leaves_the_page_without_it() -> None:
    page = with_picture()
    purge(page.lead_picture, by=None, reason="Städning")
    assert page.lead in shown(Page.objects.get(pk=page.pk).url)
    assert not lead_tags(shown(page.url)) and not card_tags(shown("/"))


def test_u7_more_pictures_on_cards_cost_no_more_queries() -> None:
    counted = []
    for number in (1, 6):
        theme = ThemePageFactory(theme=ThemeFactory())
        for _ in range(number):
            with_picture(themes=[theme.theme])
        shown(theme.url)
        with CaptureQueriesContext(connection) as queries:
            shown(theme.url)
        counted.append(len(queries))
    assert counted[0] == counted[1]
