"""Setting up a whole LUMEN."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, Page

from lumen.actions import set_up_site
from lumen.roles import EDITORS, PURGERS, REGISTRARS, REVIEWERS
from resources.models import HomePage

pytestmark = pytest.mark.django_db


def test_no_page_is_sent_for_approval_to_a_group_that_nobody_is_in() -> None:
    assert Page.get_first_root_node().get_workflow() is not None, "Wagtail comes with one"
    set_up_site()
    assert HomePage.objects.get().get_workflow() is None
    assert set(Group.objects.values_list("name", flat=True)) == {EDITORS, REVIEWERS, REGISTRARS, PURGERS}


def test_editors_may_pass_a_warning_and_only_a_group_of_its_own_may_purge() -> None:
    set_up_site()
    rights = {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}
    assert "approve_warning" in rights[EDITORS] and "purge" not in rights[EDITORS]
    assert rights[PURGERS] == {"access_admin", "purge", "view_purge"}


def test_setting_up_again_changes_nothing() -> None:
    set_up_site()
    pages = Page.objects.count()
    editors = Group.objects.get(name=EDITORS)
    editors.permissions.remove(editors.permissions.first())
    before = editors.permissions.count()
    set_up_site()
    assert Page.objects.count() == pages
    assert editors.permissions.count() == before + 1, "a right that is missing comes back"


def test_the_top_of_the_page_tree_has_a_swedish_name_that_may_be_changed() -> None:
    set_up_site()
    root = Page.get_first_root_node()
    assert (root.title, root.draft_title) == ("Sidor", "Sidor")
    Page.objects.filter(pk=root.pk).update(title="Allt innehåll")
    set_up_site()
    assert Page.get_first_root_node().title == "Allt innehåll"


def test_so_has_the_collection_of_all_files_which_the_list_of_images_shows() -> None:
    set_up_site()
    assert Collection.get_first_root_node().name == "Alla filer"
    Collection.objects.update(name="Filer")
    set_up_site()
    assert Collection.get_first_root_node().name == "Filer"
