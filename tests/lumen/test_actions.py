"""Setting up a whole LUMEN."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, Page, Workflow

from lumen.actions import set_up_site
from lumen.roles import EDITORS, PURGERS, ROLES, SUBJECT_REVIEWERS
from resources.models import HomePage

pytestmark = pytest.mark.django_db


def test_u10_wagtails_workflow_gives_way_to_one_that_asks_the_subject_reviewers_and_then_an_editor() -> None:
    set_up_site()
    workflow = HomePage.objects.get().get_workflow()
    asked = [(task.name, [group.name for group in task.specific.groups.all()]) for task in workflow.tasks]
    assert asked == [("Sakgranskning", [SUBJECT_REVIEWERS]), ("Publicering", [EDITORS])]
    assert set(Group.objects.values_list("name", flat=True)) == {role.name for role in ROLES}


def test_u10_a_workflow_that_the_authority_has_chosen_stays() -> None:
    set_up_site()
    Workflow.objects.filter(name="Sakgranskning").update(name="Vår egen granskning")
    set_up_site()
    assert HomePage.objects.get().get_workflow().name == "Vår egen granskning"
    assert not Workflow.objects.filter(name="Sakgranskning").exists()


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
