"""Who may see and change the register: each right alone, and all of them."""

import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from contacts.models import Person
from contacts.permissions import (
    address_can_be_deputy,
    user_can_change_person,
    user_can_change_register,
    user_can_manage_accounts,
    user_can_see_register,
)
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db


def user_with(*codenames: str) -> Person:
    person = PersonFactory()
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    assert person.user_permissions.count() == len(codenames)
    return person


@pytest.mark.parametrize(
    ("codenames", "allowed"),
    [
        ([], set()),
        (["view_contactperson"], {"see"}),
        (["change_contactperson"], {"see"}),
        (["add_contactperson"], set()),
        (["add_contactperson", "change_contactperson"], {"see", "change"}),
        (["change_person"], {"accounts"}),
    ],
)
def test_each_right_opens_what_it_should(codenames: list[str], allowed: set[str]) -> None:
    questions = {
        "see": user_can_see_register,
        "change": user_can_change_register,
        "accounts": user_can_manage_accounts,
    }
    user = user_with(*codenames)
    assert {name for name, question in questions.items() if question(user)} == allowed
    assert not any(question(AnonymousUser()) for question in questions.values())
    assert all(question(PersonFactory(is_superuser=True)) for question in questions.values())


class TestChangingAPerson:
    @pytest.fixture
    def editor(self) -> Person:
        return user_with("add_contactperson", "change_contactperson")

    @pytest.fixture
    def account_manager(self) -> Person:
        return user_with("change_person")

    def test_an_editor_changes_those_who_do_not_get_into_the_admin(self, editor: Person, account_manager: Person):
        assert user_can_change_person(editor, PersonFactory())
        assert not user_can_change_person(account_manager, PersonFactory())

    def test_who_manages_accounts_changes_those_who_do(self, editor: Person, account_manager: Person):
        insider = user_with("access_admin")
        assert user_can_change_person(account_manager, insider)
        assert not user_can_change_person(editor, insider)

    def test_an_administrator_is_changed_by_administrators_alone(self, account_manager: Person):
        administrator = PersonFactory(is_superuser=True)
        assert not user_can_change_person(account_manager, administrator)
        assert user_can_change_person(PersonFactory(is_superuser=True), administrator)


class TestDeputies:
    """Whom a contact person may name, by the address."""

    @pytest.mark.parametrize(
        ("fields", "allowed"),
        [({}, True), ({"ended": True}, False), ({"person__is_active": False}, False), ({"is_deputy": True}, True)],
    )
    def test_somebody_of_another_organisation_with_a_role_here(self, fields: dict, allowed: bool) -> None:
        role = ContactPersonFactory(person__organisation=OrganisationFactory(), **fields)
        assert address_can_be_deputy(role.person.email, role.organisation) is allowed

    def test_an_address_in_any_case(self) -> None:
        organisation = OrganisationFactory(municipality=True)
        PersonFactory(organisation=OrganisationFactory(), email="anna@privat.example")
        assert not address_can_be_deputy("ANNA@privat.example", organisation)
        assert address_can_be_deputy(f"bo@skola.{organisation.email_domains}", organisation)
