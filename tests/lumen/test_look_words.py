"""The words that Wagtail lacks in Swedish: compiled as written, and with every placeholder known."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_tags

from meetings.models import MeetingPage
from resources.blocks import BodyBlock
from resources.models import Document, ResourcePage, StandardPage, ThemePage
from resources.tables import MENU, SEPARATOR

FOLDER = Path(settings.BASE_DIR) / "lumen/locale/sv/LC_MESSAGES"
DOMAINS = ("django", "djangojs")
ENTRY = re.compile(r'^msgid "(.+)"\n(?:msgid_plural "(.+)"\nmsgstr\[0\] "(.+)"\nmsgstr\[1\]|msgstr) "(.+)"$', re.M)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|<[^>]+>")


def entries(domain: str) -> list[list[str]]:
    """The English and Swedish texts of a domain, one list an entry, quotes unescaped."""
    source = (FOLDER / f"{domain}.po").read_text()
    found = [[text.replace('\\"', '"') for text in match if text] for match in ENTRY.findall(source)]
    assert len(found) == source.count('msgid "') - 1  # all but the header
    return found


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_file_is_the_one_of_the_written(domain):
    with (FOLDER / f"{domain}.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    for entry in entries(domain):
        if len(entry) == 2:
            assert compiled.gettext(entry[0]) == entry[1]
        else:
            assert [compiled.ngettext(entry[0], entry[1], n) for n in (1, 2)] == entry[2:]


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_swedish_text_uses_no_placeholder_or_tag_that_the_english_lacks(domain):
    for entry in entries(domain):
        half = len(entry) // 2
        english = set(PLACEHOLDER.findall(" ".join(entry[:half])))
        assert set(PLACEHOLDER.findall(" ".join(entry[half:]))) <= english, entry


def test_words_of_the_file_and_image_forms_are_swedish() -> None:
    with translation.override("sv"):
        assert str(Document._meta.get_field("tags").help_text) == "Skriv nyckelorden med komma emellan."
        used = translation.ngettext(
            "This %(model_name)s is referenced %(usage_count)s time.",
            "This %(model_name)s is referenced %(usage_count)s times.",
            0,
        )
        assert used % {"model_name": "möte", "usage_count": 0} == "Används på 0 ställen (möte)."


# What an editor read that no Swede would write.
CLUMSY = re.compile(
    r"\bsnutt|sidlogg|förälder|[Oo]m huruvida|validerings|[Ss]ekretess|\bdom\b|någon URL|Null-tecken|[Ss]ajt|Ledsen"
)


@pytest.mark.parametrize(
    "english",
    [
        "Change privacy",
        "New parent page",
        "Null characters are not allowed.",
        "Page/Snippet",
        "Pages created here will not be accessible at any URL. "
        "To add pages to an existing site, create them as children of the homepage.",
        "Privacy",
        "Site history",
        "Snippets",
        "The page could not be saved due to validation errors.",
        "Whether a link to this page will appear in automatically generated menus",
        "Your pages and snippets in a workflow",
        "page log entries",
    ],
)
def test_u19_clumsy_words_of_wagtail_are_plain_swedish(english: str) -> None:
    with translation.override("sv"):
        said = translation.gettext(english)
    assert said != english
    assert not CLUMSY.search(said), said


def test_u19_none_of_our_words_is_clumsy() -> None:
    for entry in entries("django"):
        for text in entry[len(entry) // 2 :]:
            assert not CLUMSY.search(text), text


@pytest.mark.parametrize(("value", "said"), [(True, "Ja"), (False, "Nej"), (None, "Vet inte")])
def test_u19_a_screen_reader_hears_yes_or_no(value: bool | None, said: str) -> None:
    html = render_to_string("wagtailadmin/tables/boolean_cell.html", {"value": value, "column": {}})
    assert strip_tags(html).strip() == said


def test_u19_nothing_is_used_on_0_places() -> None:
    html = render_to_string("wagtailadmin/shared/usage_summary.html", {"usage_count": 0, "model_opts": None})
    assert "Används inte någonstans." in html
    assert "0" not in html


def test_u19_the_tab_of_address_and_publication_has_one_name() -> None:
    with translation.override("sv"):
        last = {
            str(page.get_edit_handler().children[-1].heading)
            for page in (ResourcePage, MeetingPage, StandardPage, ThemePage)
        }
    assert last == {"Adress och publicering"}


def test_u19_the_table_editor_speaks_swedish() -> None:
    options = BodyBlock().child_blocks["table"].table_options
    assert options["language"] == "en-US", "one that it knows, or it complains"
    assert set(MENU.values()) - {SEPARATOR} == {
        item["name"] for item in options["contextMenu"]["items"].values() if isinstance(item, dict)
    }
