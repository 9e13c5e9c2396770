"""The words that Wagtail lacks in Swedish: compiled as written, and with every placeholder known."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from resources.models import Document

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
