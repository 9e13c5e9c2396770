"""Every kind of mail has a label in the outbox."""

from importlib import import_module

import pytest

from lumen.apps import MAIL_CATEGORIES
from outbox.categories import category_label


@pytest.mark.parametrize("room", ["contacts", "gate", "meetings"])
def test_the_kinds_of_mail_of_a_room_are_listed_and_named(room: str) -> None:
    kinds = import_module(f"{room}.enums").MailCategory.choices

    assert set(kinds) <= set(MAIL_CATEGORIES)
    assert [category_label(kind) for kind, _ in kinds] == [label for _, label in kinds]
