"""What an administrator can give a group: to remove for good, and to see what was removed and who has read."""

import pytest
from wagtail import hooks

from privacy.permissions import user_can_purge, user_can_see_access_log, user_can_see_purges
from tests.factories.contacts import PersonFactory

pytestmark = pytest.mark.django_db


def test_the_rights_can_be_given_to_a_group() -> None:
    offered = {
        f"{permission.content_type.app_label}.{permission.codename}"
        for register in hooks.get_hooks("register_permissions")
        for permission in register()
    }
    assert {"privacy.purge", "privacy.view_purge", "privacy.view_accesslogentry"} <= offered


def test_an_editor_has_none_of_them() -> None:
    editor = PersonFactory()
    assert not user_can_purge(editor)
    assert not user_can_see_purges(editor)
    assert not user_can_see_access_log(editor)
