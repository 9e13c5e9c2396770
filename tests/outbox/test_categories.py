"""The names of the kinds of mail."""

from outbox import categories
from outbox.categories import category_label, name_categories


def test_a_kind_is_called_what_its_app_calls_it(monkeypatch):
    monkeypatch.setattr(categories, "_labels", {})
    name_categories([("meeting_invitation", "Inbjudan")])

    assert category_label("meeting_invitation") == "Inbjudan"
    assert category_label("konto") == "konto"
    assert category_label("") == ""
