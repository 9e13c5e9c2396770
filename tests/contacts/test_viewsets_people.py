"""Persons, groups and accounts in the admin."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group as AuthGroup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from contacts.enums import GroupKind
from contacts.models import Group, Person
from tests.factories.contacts import (
    ContactPersonFactory,
    GroupFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


def shown(client: Client, name: str, **query: Any) -> list[Any]:
    return list(client.get(reverse(name), query).context["object_list"])


class TestPersons:
    def details(self, person: Person, **changed: str) -> dict[str, str]:
        return {"name": person.name, "email": person.email, "title": "", "phone": "", "is_active": "on", **changed}

    def test_details_are_changed(self, as_editor: Client) -> None:
        person = ContactPersonFactory().person
        url = reverse("person:edit", args=[person.pk])
        response = as_editor.post(url, self.details(person, name="Nytt Namn", email="Ny@Ort.example"))
        assert response.status_code == 302
        person.refresh_from_db()
        assert (person.name, person.email) == ("Nytt Namn", "ny@ort.example")

    def test_an_address_that_somebody_has_is_refused(self, as_editor: Client) -> None:
        person, other = PersonFactory.create_batch(2)
        response = as_editor.post(
            reverse("person:edit", args=[person.pk]), self.details(person, email=other.email.upper())
        )
        html = response.content.decode()
        assert "Någon annan har redan den e-postadressen." in html
        assert "one_person_an_email" not in html

    def test_an_editor_cannot_take_over_an_account_of_the_admin(
        self, as_editor: Client, administrator: Person, editor: Person
    ) -> None:
        for person in (administrator, editor):
            response = as_editor.post(
                reverse("person:edit", args=[person.pk]), self.details(person, email="kapad@x.example")
            )
            assert response.status_code in (302, 403)
            person.refresh_from_db()
            assert person.email.endswith("@lumen.example")


class TestGroups:
    def test_a_group_is_made_and_its_seats_are_rows(self, as_editor: Client) -> None:
        agency, person = OrganisationFactory(), PersonFactory()
        data = {
            "name": "Temagrupp upphandling",
            "kind": GroupKind.THEME,
            "description": "",
            "memberships-TOTAL_FORMS": "1",
            "memberships-INITIAL_FORMS": "0",
            "memberships-MIN_NUM_FORMS": "0",
            "memberships-MAX_NUM_FORMS": "1000",
            "memberships-0-organisation": agency.pk,
            "memberships-0-person": person.pk,
            "memberships-0-start": "2026-01-01",
            "memberships-0-end": "",
            "memberships-0-DELETE": "",
        }
        assert as_editor.get(reverse("contactgroup:add")).status_code == 200
        assert as_editor.post(reverse("contactgroup:add"), data).status_code == 302
        seat = Group.objects.get().memberships.get()
        assert (seat.organisation, seat.person, seat.start) == (agency, person, date(2026, 1, 1))

    def test_the_list_counts_the_seats_of_today(self, as_editor: Client) -> None:
        group = GroupFactory()
        MembershipFactory(group=group)
        MembershipFactory(group=group, end=date(2025, 6, 1))
        assert [row.seats for row in shown(as_editor, "contactgroup:index")] == [1]


class TestAccounts:
    def posted(self, **changed: Any) -> dict[str, Any]:
        return {"name": "Rut Ny", "email": "Rut@Lumen.example", "title": "", "phone": "", **changed}

    def test_an_account_is_made_without_a_password(self, as_administrator: Client) -> None:
        group = AuthGroup.objects.create(name="Ny roll")
        response = as_administrator.post(reverse("wagtailusers_users:add"), self.posted(groups=[group.pk]))
        assert response.status_code == 302, response.context["form"].errors
        person = Person.objects.get(name="Rut Ny")
        assert person.email == "rut@lumen.example"
        assert not person.has_usable_password()
        assert list(person.groups.all()) == [group]

    def test_an_address_counts_as_the_same_in_any_case(self, as_administrator: Client) -> None:
        PersonFactory(email="rut@lumen.example")
        response = as_administrator.post(reverse("wagtailusers_users:add"), self.posted())
        assert response.status_code == 200
        assert "email" in response.context["form"].errors

    def test_an_account_is_changed_and_closed(self, as_administrator: Client) -> None:
        person = PersonFactory()
        url = reverse("wagtailusers_users:edit", args=[person.pk])
        html = as_administrator.get(url).content.decode()
        assert 'name="name"' in html
        assert 'name="first_name"' not in html
        assert 'name="password1"' not in html
        assert as_administrator.post(url, self.posted()).status_code == 302
        person.refresh_from_db()
        assert (person.name, person.is_active) == ("Rut Ny", False)

    def test_accounts_are_found_by_name_and_sorted(self, as_administrator: Client) -> None:
        PersonFactory(name="Åsa Öst")
        url = reverse("wagtailusers_users:index")
        assert [row.name for row in as_administrator.get(url, {"q": "åsa"}).context["object_list"]] == ["Åsa Öst"]
        assert as_administrator.get(url, {"ordering": "-name"}).status_code == 200
        assert as_administrator.get(reverse("wagtailusers_users:index_results")).status_code == 200

    def test_only_an_administrator_makes_or_changes_one(self, administrator: Person, editor: Person) -> None:
        editor.user_permissions.add(*Permission.objects.filter(codename__in=("add_person", "change_person")))
        client = Client()
        client.force_login(editor)
        assert client.get(reverse("wagtailusers_users:add")).status_code == 200
        client.post(reverse("wagtailusers_users:add"), self.posted(is_superuser="on"))
        assert not Person.objects.get(name="Rut Ny").is_superuser
        response = client.post(reverse("wagtailusers_users:edit", args=[administrator.pk]), self.posted())
        assert response.status_code in (302, 403)
        administrator.refresh_from_db()
        assert administrator.email == "adam@lumen.example"
