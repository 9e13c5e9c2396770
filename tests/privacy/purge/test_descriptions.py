"""What a purge took, in words."""

import pytest
from django.apps import apps

from privacy.purge.descriptions import describe_removed, name_of, purge_title, removed_phrases

ENGLISH = ("rendition", "entry", "queue", "slot", "state", "word")


def test_rows_of_the_log_are_told_as_texts() -> None:
    assert describe_removed({"log": 13}) == "texterna i 13 rader av historiken"
    assert describe_removed({"log": 1}) == "texten i 1 rad av historiken"


def test_sizes_of_a_picture_have_a_swedish_name() -> None:
    assert removed_phrases({"resources.Rendition": 3, "resources.Image": 1}) == ["3 bildstorlekar", "1 bild"]


def test_a_line_on_another_page_does_not_read_as_if_the_file_went() -> None:
    told = describe_removed({"resources.ResourceFile": 2, "wagtailcore.Revision.changed": 6})
    assert told == "2 rader i sidors fillistor, hänvisningar i 6 versioner av andra sidor"


def test_no_row_of_ours_is_called_by_an_english_name() -> None:
    ours = [model for model in apps.get_models() if model._meta.app_label in {"meetings", "resources", "contacts"}]
    names = {name_of(model._meta.label) for model in ours} - {None}
    assert len(names) > 10
    assert not [name for name in names if any(word in " ".join(name or ()).lower() for word in ENGLISH)]


@pytest.mark.parametrize(
    ("kind", "removed", "told"),
    [
        ("resources.ResourcePage", {"wagtailcore.Page": 1, "wagtailcore.Revision": 2}, "Sida 9"),
        ("resources.Document", {"resources.Document": 1, "files": 1}, "Dokument 9"),
        ("resources.ResourcePage", {"wagtailcore.Revision": 2, "log": 4}, "Äldre versioner av sida 9"),
        ("contacts.Group", {"fields": 1, "log": 1}, "Texter i grupp 9"),
        ("wagtailcore.Page", {"log": 1}, "Spår av sida 9"),
    ],
    ids=["a page", "a document", "versions", "texts", "traces"],
)
def test_the_log_tells_how_much_of_it_went(kind: str, removed: dict[str, int], told: str) -> None:
    assert purge_title(kind, "9", removed) == told
