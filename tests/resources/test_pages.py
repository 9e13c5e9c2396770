"""What visitors see on each page type, and what they do not."""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import html5lib
import pytest
from django.test import Client
from wagtail.models import PageViewRestriction, get_page_models

from resources.models import BodyPage, ResourceFile, ResourceLink
from tests.factories import resources as factories
from tests.factories.contacts import OrganisationFactory
from tests.factories.resources import (
    DocumentFactory,
    FrameworkPageFactory,
    HomePageFactory,
    ImageFactory,
    ResourcePageFactory,
    StandardPageFactory,
    ThemeFactory,
    ThemePageFactory,
    site_tree,
)

pytestmark = pytest.mark.django_db


def html(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def every_block() -> list[tuple[str, object]]:
    return [
        ("text", "<h2>Rubrik</h2><p>Text</p>"),
        ("accordion", {"title": "Frågor", "items": [{"title": "Varför?", "text": "<p>Därför.</p>"}]}),
        ("quote", {"text": "Ett citat", "source": "Någon"}),
        ("fact_box", {"title": "Fakta", "text": "<p>Så är det.</p>"}),
        (
            "table",
            {
                "data": [["När", "Vad"], ["Före", "Kontroll <script>"]],
                "first_row_is_table_header": True,
                "first_col_is_header": True,
                "table_caption": "Kontroller",
                "table_header_choice": "both",
            },
        ),
        ("link_list", {"title": "Länkar", "links": [{"text": "Ut", "page": None, "url": "https://example.org/"}]}),
        ("video_link", {"title": "Film", "url": "https://example.org/film", "description": "3 min, textad"}),
        ("document", {"document": DocumentFactory(title="Mall"), "description": "Fyll i"}),
        ("picture", {"image": ImageFactory(), "alt_text": "En bild", "caption": "Bild: någon", "shape": "wide"}),
    ]


OWN_PAGE_TYPES = [
    model.__name__
    for model in get_page_models()
    if issubclass(model, BodyPage) and model._meta.app_label == "resources"
]


@pytest.mark.parametrize("page_type", OWN_PAGE_TYPES)
def test_every_page_type_is_one_valid_page_with_one_heading(client: Client, page_type: str) -> None:
    factory = getattr(factories, f"{page_type}Factory", None)
    page = factory() if factory else next(m for m in get_page_models() if m.__name__ == page_type).objects.get()
    page.body = every_block()
    page.save()
    source = html(client, page.url)
    html5lib.HTMLParser(strict=True).parse(source)
    assert source.count("<h1") == 1
    assert "&lt;script&gt;" in source
    assert '<th scope="row">Före</th>' in source


def test_the_start_page_leads_on(client: Client) -> None:
    home = HomePageFactory(lead="Här lär vi av varandra.")
    ResourcePageFactory(title="Nyast av allt")
    source = html(client, "/")
    assert "Här lär vi av varandra." in source
    assert "/material/?niva=komma-igang" in source
    assert "Nyast av allt" in source
    assert all(f'href="{part.url}"' in source for part in site_tree().parts.values())
    assert home.url == "/"


def test_a_resource_tells_who_made_it_when_and_for_whom(client: Client) -> None:
    page = ResourcePageFactory(
        title="Checklista inför avtal",
        kind="checklist",
        purpose="För dig som köper.",
        producer=OrganisationFactory(name="Upphandlingsmyndigheten", short_name="UHM"),
        published_on=date(2025, 3, 4),
        reviewed_on=date(2025, 9, 1),
        themes=["Avtal"],
        files=[ResourceFile(document=DocumentFactory(title="Checklista", content=b"%PDF-" + b"x" * 240_000))],
        links=[ResourceLink(text="Läs mer", url="https://example.org/mer")],
    )
    source = html(client, page.url).replace("\xa0", " ")
    for text in (
        "Upphandlingsmyndigheten",
        "4 mars 2025",
        "1 september 2025",
        "För dig som köper.",
        "Ladda ner checklistan",
        "PDF, 240 kB",
        "/material/?tema=avtal",
        "https://example.org/mer",
    ):
        assert text in source, text


@pytest.mark.parametrize(
    ("kind", "text"),
    [("podcast", "Lyssna på podden hos UHM"), ("film", "Se filmen hos UHM"), ("report", "Läs rapporten hos UHM")],
)
def test_the_main_button_of_what_lies_elsewhere_says_what_happens(client: Client, kind: str, text: str) -> None:
    page = ResourcePageFactory(kind=kind, external=True, producer=OrganisationFactory(short_name="UHM"))
    assert text in html(client, page.url)


@pytest.mark.parametrize(
    ("precision", "text"), [("day", "4 mars 2025"), ("month", "mars 2025"), ("year", "2025"), ("unknown", "")]
)
def test_a_date_is_written_as_far_as_it_is_known(precision: str, text: str) -> None:
    page = ResourcePageFactory.build(published_on=date(2025, 3, 4), published_precision=precision)
    assert page.published_text.replace("\xa0", " ") == text


def test_related_material_is_the_closest_first_and_never_itself_or_a_draft(client: Client) -> None:
    shared = {"themes": ["Avtal"], "framework_parts": [site_tree().parts["agera"]]}
    page = ResourcePageFactory(title="Sidan", **shared)
    ResourcePageFactory(title="Samma del", framework_parts=shared["framework_parts"])
    ResourcePageFactory(title="Samma tema", themes=["Avtal"])
    ResourcePageFactory(title="Båda", **shared)
    ResourcePageFactory(title="Utkast", draft=True, **shared)
    ResourcePageFactory(title="Inget gemensamt")
    related = client.get(page.url).context["related"]
    assert [other.title for other in related] == ["Båda", "Samma tema", "Samma del"]


def test_a_theme_shows_its_material_and_how_much_there_is(client: Client) -> None:
    theme = ThemeFactory(name="Avtal")
    page = ThemePageFactory(theme=theme)
    for number in range(7):
        ResourcePageFactory(title=f"Om avtal {number}", themes=[theme])
    ResourcePageFactory(title="Utkast om avtal", themes=[theme], draft=True)
    source = html(client, page.url)
    assert "Visa allt material (7)" in source
    assert "/material/?tema=avtal" in source
    assert "Utkast om avtal" not in source
    assert "7 material" in html(client, "/teman/")


def test_a_part_of_the_framework_shows_its_material(client: Client) -> None:
    part = site_tree().parts["lara"]
    ResourcePageFactory(title="Att lära", framework_parts=[part])
    source = html(client, part.url)
    assert "Att lära" in source
    assert "/material/?del=lara" in source


def test_the_framework_is_also_a_list(client: Client) -> None:
    source = html(client, FrameworkPageFactory().url)
    assert source.count("framework-list__item") == 5


def test_breadcrumbs_lead_up_to_the_start(client: Client) -> None:
    page = ResourcePageFactory(title="Långt ner")
    crumbs = client.get(page.url).context["breadcrumbs"]
    assert [(crumb["title"], crumb["url"]) for crumb in crumbs] == [("Start", "/"), ("Material", "/material/")]


def test_a_page_for_some_is_listed_nowhere(client: Client) -> None:
    page = ResourcePageFactory(title="Bara för några")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    for url in ("/", "/material/", "/material/feed/", "/sok/?q=några"):
        assert "Bara för några" not in html(client, url)


def test_the_feed_has_the_newest_with_absolute_addresses(client: Client) -> None:
    page = ResourcePageFactory(title="I flödet & mer")
    ResourcePageFactory(title="Utkast", draft=True)
    answer = client.get("/material/feed/")
    source = answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "I flödet &amp; mer" in source
    assert f"http://testserver{page.url}" in source
    assert "Utkast" not in source


def test_the_feed_begins_with_what_was_published_last_and_ends_after_thirty(client: Client) -> None:
    for day in range(1, 32):
        ResourcePageFactory(title=f"Material {day:02}", first_published_at=datetime(2026, 1, day, tzinfo=UTC))
    titles = re.findall(r"<title>(Material \d\d)</title>", client.get("/material/feed/").content.decode())
    assert titles == [f"Material {day:02}" for day in range(31, 1, -1)]


@pytest.mark.parametrize(
    ("known", "published"),
    [
        ({"published_on": date(2024, 3, 5)}, "2024-03-05T00:00:00+01:00"),
        ({"published_on": None}, "2026-02-03T04:05:06+00:00"),
    ],
)
def test_the_feed_tells_when_the_producer_published(client: Client, known: dict[str, date], published: str) -> None:
    ResourcePageFactory(first_published_at=datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC), **known)
    assert f"<published>{published}</published>" in client.get("/material/feed/").content.decode()


def test_the_library_leads_to_the_feed(client: Client) -> None:
    source = html(client, "/material/")
    assert re.search(r'<link rel="alternate"[^>]+href="/material/feed/"', source)
    assert '<a href="/material/feed/"' in source


def test_a_line_with_producer_and_date_may_break_after_the_dot_but_not_before() -> None:
    page = ResourcePageFactory(producer__name="Myndigheten", published_on=date(2026, 2, 12))
    assert page.list_meta == "Myndigheten\xa0· 12\xa0februari\xa02026"


@pytest.mark.parametrize("address", ["/sok/", "/material/"])
@pytest.mark.parametrize(
    ("query", "common"), [("och", True), ("Vad är det?", True), ("och brott", False), ("?!", False)]
)
def test_words_that_are_too_common_are_not_called_misspelt(
    client: Client, address: str, query: str, common: bool
) -> None:
    source = html(client, f"{address}?{urlencode({'q': query})}")
    assert ("Skriv gärna ett mer ovanligt ord" in source) is common
    assert not (common and "stavningen" in source)


def test_the_main_action_has_its_whole_address_for_paper(client: Client) -> None:
    page = ResourcePageFactory(with_file=True)
    address = page.files.get().document.url
    assert f'data-address="http://testserver{address}"' in html(client, page.url)
    assert "data-address" not in html(client, ResourcePageFactory(external=True).url)


def test_the_search_finds_pages_of_every_type_with_a_marked_excerpt(client: Client) -> None:
    ThemePageFactory(title="Temasida", lead="Om bidragsfusk och <b>annat</b>.")
    StandardPageFactory(title="Sida", lead="Mer om bidragsfusket.")
    source = html(client, "/sok/?q=bidragsfusk")
    assert "2 träffar" in source
    assert "<mark>bidragsfusk</mark>" in source
    assert "<mark>bidragsfusket</mark>" in source
    assert "&lt;b&gt;annat&lt;/b&gt;" in source
    assert "1 träff" in html(client, "/sok/?q=bidragsfusk&typ=temasida")


@pytest.mark.parametrize("query", ["", "q=", "q=%22", "q=" + "x" * 5000, "q=%ED%A0%80", "sida=x"])
def test_the_search_answers_any_question(client: Client, query: str) -> None:
    ThemePageFactory(title="Ett tema")
    assert "Ett tema" in html(client, f"/sok/?{query}")


def test_no_hits_says_what_to_try(client: Client) -> None:
    source = html(client, "/sok/?q=finnsinte<script>")
    assert "Inga träffar" in source
    assert "<script>finns" not in source
    assert "finnsinte&lt;script&gt;" in source
