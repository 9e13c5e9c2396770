"""What editors meet: the page forms, the list of material and the vocabulary."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from resources.models import Category, Keyword, ResourcePage, Theme, ThemePage
from tests.factories.contacts import OrganisationFactory, PersonFactory
from tests.factories.resources import (
    DocumentFactory,
    ResourcePageFactory,
    ThemeFactory,
    ThemePageFactory,
    site_tree,
)
from tests.publishing import publish_by_button

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(PersonFactory(editor=True))
    return client


def resource_form(**fields: Any) -> dict[str, Any]:
    form = {
        "title": "Checklista inför avtal",
        "slug": "checklista-infor-avtal",
        "kind": "checklist",
        "lead": "Fråga detta innan ni skriver på.",
        "purpose": "",
        "published_precision": "day",
        "body": streamfield([("text", rich_text("<p>Innehåll</p>"))]),
        "files": inline_formset([]),
        "links": inline_formset([]),
        "keywords": "",
        "comments": inline_formset([]),
    }
    # Lists of choices are posted as they are; the rest stands for formsets and blocks.
    choices = {name: value for name, value in fields.items() if isinstance(value, list)}
    return nested_form_data(form | {name: fields[name] for name in fields.keys() - choices.keys()}) | choices


def publish(editor: Client, form: dict[str, Any]) -> str:
    url = reverse("wagtailadmin_pages:add", args=["resources", "resourcepage", site_tree().library.pk])
    return publish_by_button(editor, url, form | {"action-publish": "publish"}).content.decode()


def test_an_editor_publishes_material_with_theme_keywords_file_and_link(editor: Client, client: Client) -> None:
    theme, document = ThemeFactory(name="Avtal"), DocumentFactory()
    form = resource_form(
        producer=OrganisationFactory().pk,
        themes=[theme.pk],
        keywords="leverantör, insyn",
        framework_parts=[site_tree().parts["agera"].pk],
        files=inline_formset([{"document": document.pk, "description": "Att skriva ut"}]),
        links=inline_formset([{"text": "Läs mer", "url": "https://example.org/"}]),
    )
    publish(editor, form)
    page = ResourcePage.objects.get(slug="checklista-infor-avtal")
    assert page.live
    assert [tag.name for tag in page.themes.all()] == ["Avtal"]
    assert sorted(tag.name for tag in page.keywords.all()) == ["insyn", "leverantör"]
    assert page.files.get().document == document
    assert client.get(page.url).status_code == 200


def test_publishing_demands_producer_kind_and_lead_but_a_draft_does_not(editor: Client) -> None:
    answer = publish(editor, resource_form(kind="", lead=""))
    assert answer.count("Det här fältet är obligatoriskt") == 3
    assert not ResourcePage.objects.exists()
    url = reverse("wagtailadmin_pages:add", args=["resources", "resourcepage", site_tree().library.pk])
    editor.post(url, resource_form(kind="", lead=""))
    assert not ResourcePage.objects.get().live


def test_editors_choose_among_themes_but_invent_none(editor: Client) -> None:
    ThemeFactory(name="Avtal")
    url = reverse("wagtailadmin_pages:add", args=["resources", "resourcepage", site_tree().library.pk])
    source = editor.get(url).content.decode()
    assert 'type="checkbox" name="themes"' in source
    publish(editor, resource_form(producer=OrganisationFactory().pk, themes=["99999"]))
    assert Theme.objects.count() == 1


def test_keywords_are_free(editor: Client) -> None:
    publish(editor, resource_form(producer=OrganisationFactory().pk, keywords="nytt ord"))
    assert Keyword.objects.filter(name="nytt ord").exists() or Keyword.objects.count() == 2


def theme_page_form(**fields: Any) -> dict[str, Any]:
    form = {
        "title": "Riskanalys",
        "slug": "riskanalys",
        "lead": "Hitta svagheterna.",
        "body": streamfield([]),
        "theme": "",
        "comments": inline_formset([]),
    }
    return nested_form_data(form | fields)


def test_a_theme_page_without_a_theme_makes_the_theme(editor: Client) -> None:
    url = reverse("wagtailadmin_pages:add", args=["resources", "themepage", site_tree().themes.pk])
    publish_by_button(editor, url, theme_page_form() | {"action-publish": "publish"})
    assert ThemePage.objects.get().theme.name == "Riskanalys"
    assert ThemePage.objects.get().live


def test_a_theme_page_takes_the_theme_with_its_name_and_only_one_page_has_it(editor: Client) -> None:
    theme = ThemeFactory(name="Riskanalys")
    url = reverse("wagtailadmin_pages:add", args=["resources", "themepage", site_tree().themes.pk])
    publish_by_button(editor, url, theme_page_form() | {"action-publish": "publish"})
    assert ThemePage.objects.get().theme == theme
    answer = editor.post(url, theme_page_form(slug="riskanalys-2") | {"action-publish": "publish"})
    assert "Det finns redan en sida om temat." in answer.content.decode()
    assert ThemePage.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["", "kind=film", "q=finns", "ordering=producer__short_name", "ordering=-published_on", "theme={theme}"]
)
def test_the_list_of_material_can_be_filtered_and_sorted(editor: Client, query: str) -> None:
    page = ResourcePageFactory(title="Filmen", kind="film", themes=["Avtal"])
    ResourcePageFactory(title="Rapporten", draft=True)
    source = editor.get(f"{reverse('material:index')}?{query.format(theme=page.themes.get().pk)}").content.decode()
    assert ("Filmen" in source) == (query != "q=finns")
    assert ("Rapporten" in source) == (query in ("", "ordering=producer__short_name", "ordering=-published_on"))


@pytest.mark.parametrize("name", ["theme", "category", "keyword"])
def test_the_vocabulary_is_listed_and_edited(editor: Client, name: str) -> None:
    ResourcePageFactory(themes=["Avtal"], keywords=["insyn"])
    assert editor.get(reverse(f"{name}:index")).status_code == 200
    assert editor.get(reverse(f"{name}:add")).status_code == 200


def test_removing_a_theme_says_what_loses_it_and_a_theme_with_a_page_stays(editor: Client) -> None:
    theme = ThemeFactory(name="Avtal")
    ResourcePageFactory(themes=[theme])
    source = editor.get(reverse("theme:delete", args=[theme.pk])).content.decode()
    assert "1 material har Avtal och blir av med det." in source
    ThemePageFactory(theme=theme)
    editor.post(reverse("theme:delete", args=[theme.pk]))
    assert Theme.objects.filter(pk=theme.pk).exists()


@pytest.mark.parametrize("preview", ["/", "/material/", "/teman/", "/ramverk/", "/ramverk/agera/", "/om-lumen/"])
def test_every_form_of_a_fixed_page_opens(editor: Client, preview: str) -> None:
    tree = site_tree()
    pages = [tree.home, tree.library, tree.themes, tree.framework, tree.parts["agera"], tree.standard["om-lumen"]]
    page = next(page for page in pages if page.url == preview)
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


def test_a_draft_is_previewed_before_it_is_saved(editor: Client) -> None:
    library, theme = site_tree().library, ThemeFactory(name="Avtal")
    url = reverse("wagtailadmin_pages:preview_on_add", args=["resources", "resourcepage", library.pk])
    document = DocumentFactory(title="Att ladda ner")
    form = resource_form(
        producer=OrganisationFactory().pk,
        themes=[theme.pk],
        areas=[str(Category.objects.get(code="home_care").pk)],
        files=inline_formset([{"document": document.pk, "description": ""}]),
    )
    assert editor.post(url, form).json()["is_valid"]
    source = editor.get(url).content.decode()
    for text in (
        "Checklista inför avtal",
        "Ladda ner checklistan",
        "/material/?tema=avtal",
        "/material/?omrade=hemtjanst",
    ):
        assert text in source, text


def test_a_changed_page_is_previewed_with_what_is_not_saved(editor: Client) -> None:
    page = ResourcePageFactory(title="Förut", slug="checklista-infor-avtal")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = resource_form(producer=OrganisationFactory().pk, areas=[str(Category.objects.get(code="home_care").pk)])
    assert editor.post(url, form).json()["is_valid"]
    source = editor.get(url).content.decode()
    assert "/material/?omrade=hemtjanst" in source
    assert not page.areas.exists()


@pytest.mark.parametrize("name", ["home", "library", "framework", "themes"])
def test_fixed_pages_are_previewed(editor: Client, name: str) -> None:
    page = getattr(site_tree(), name)
    answer = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert answer.status_code == 200


def test_u2_the_producer_is_found_by_typing_in_the_form_and_in_the_lists_filter(editor: Client) -> None:
    resource = ResourcePageFactory(title="Vägledningen", producer__name="Skurups kommun")
    ResourcePageFactory(title="Handboken", producer__name="Ale kommun")
    form = editor.get(reverse("wagtailadmin_pages:edit", args=[resource.pk])).content.decode()
    assert reverse("organisation_chooser:choose") in form
    assert "Skurups kommun" in form
    assert "Ale kommun" not in form
    listed = editor.get(reverse("material:index"), {"producer": "skurup"}).content.decode()
    assert "Vägledningen" in listed
    assert "Handboken" not in listed
