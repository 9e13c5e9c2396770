"""The words that Wagtail lacks in Swedish: compiled as written, and with every placeholder known."""

import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from django.conf import settings

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
