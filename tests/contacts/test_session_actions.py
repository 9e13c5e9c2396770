"""Sessions end when the person behind them is another, or no longer has a way in."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group as Rights
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from contacts.actions import change_person, end_contact_role
from contacts.models import today
from contacts.session_actions import end_sessions_of_former_holders
from tests.factories.contacts import ContactPersonFactory, GroupFactory, MembershipFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]  # dates and times are compared in the database


@pytest.fixture
def editor_client() -> Client:
    client = Client()
    client.force_login(PersonFactory(editor=True))
    return client


@pytest.fixture
def role():
    return ContactPersonFactory()


@pytest.fixture
def session(role) -> Client:
    """The contact person's session."""
    client = Client()
    client.force_login(role.person)
    return client


def is_logged_in(client: Client) -> bool:
    return client.get("/min-sida/").status_code == 200


class TestK5TheAddressChanges:
    def test_k5_an_editor_changes_it_and_every_session_ends(self, editor_client: Client, role, session: Client) -> None:
        assert is_logged_in(session)
        details = {"name": "Efterträdare", "email": "ny@ort.example", "organisation": "", "is_active": "on"}
        editor_client.post(f"/admin/person/edit/{role.person_id}/", details)
        role.person.refresh_from_db()
        assert role.person.email == "ny@ort.example"
        assert not is_logged_in(session)

    def test_k5_so_does_a_change_of_the_account(self, editor_client: Client, role, session: Client) -> None:
        details = {"name": "Ny", "email": "ny@ort.example", "is_active": "on"}
        editor_client.post(f"/admin/users/edit/{role.person_id}/", details)
        role.person.refresh_from_db()
        assert role.person.email == "ny@ort.example"
        assert not is_logged_in(session)

    def test_k5_and_one_past_all_forms(self, role, session: Client) -> None:
        type(role.person).objects.filter(pk=role.person_id).update(email="ny@ort.example")
        assert not is_logged_in(session)

    def test_k5_a_session_does_not_come_back_with_the_former_address(self, role, session: Client) -> None:
        former = role.person.email
        for email in ("ny@ort.example", former):
            change_person(person=role.person, details={"email": email}, by=None)
        assert not is_logged_in(session)

    def test_k5_another_way_of_writing_it_is_the_same_address(self, role, session: Client) -> None:
        type(role.person).objects.filter(pk=role.person_id).update(email=role.person.email.upper())
        assert is_logged_in(session)

    def test_k5_other_details_end_nothing(self, editor_client: Client, role, session: Client) -> None:
        details = {"name": "Nytt Namn", "email": role.person.email, "organisation": "", "is_active": "on"}
        editor_client.post(f"/admin/person/edit/{role.person_id}/", details)
        role.person.refresh_from_db()
        assert role.person.name == "Nytt Namn"
        assert is_logged_in(session)


class TestTheLastWayInIsGone:
    def test_a_session_does_not_come_back_when_the_person_is_let_in_again(self, role, session: Client) -> None:
        for is_active in (False, True):
            change_person(person=role.person, details={"is_active": is_active}, by=None)
        assert not is_logged_in(session)

    def test_the_last_role_ends_today(self, role, session: Client) -> None:
        end_contact_role(role=role, on=today(), by=None)
        assert not is_logged_in(session)

    def test_another_role_is_left(self, role, session: Client) -> None:
        ContactPersonFactory(person=role.person)
        end_contact_role(role=role, on=today(), by=None)
        assert is_logged_in(session)

    def test_a_role_that_ends_later_ends_the_session_then(self, role, session: Client) -> None:
        last_day = today() + timedelta(days=3)
        end_contact_role(role=role, on=last_day + timedelta(days=1), by=None)
        assert end_sessions_of_former_holders() == 0
        assert is_logged_in(session)
        with time_machine.travel(timezone.now() + timedelta(days=4)):
            assert end_sessions_of_former_holders() == 1
            assert not is_logged_in(session)
            session.force_login(role.person)
            assert end_sessions_of_former_holders() == 0, "who has logged in since is left alone"

    def test_a_seat_in_a_group_is_taken_away(self, editor_client: Client, session: Client, role) -> None:
        type(role).objects.filter(pk=role.pk).update(end=date(2026, 1, 1), start=date(2025, 10, 1))
        seat = MembershipFactory(group=GroupFactory(), person=role.person)
        form = {
            "name": seat.group.name,
            "kind": seat.group.kind,
            "memberships-TOTAL_FORMS": 1,
            "memberships-INITIAL_FORMS": 1,
            "memberships-0-id": seat.pk,
            "memberships-0-organisation": seat.organisation_id,
            "memberships-0-person": role.person_id,
            "memberships-0-start": seat.start,
        }
        address = f"/admin/contactgroup/edit/{seat.group_id}/"
        editor_client.post(address, form)
        assert is_logged_in(session)
        editor_client.post(address, {**form, "memberships-0-end": today()})
        assert not is_logged_in(session)

    def test_rights_in_the_admin_are_taken_away(self, editor_client: Client) -> None:
        person = PersonFactory()
        group = Rights.objects.create(name="Utgivare")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        person.groups.add(group)
        session = Client()
        session.force_login(person)
        form = {"name": person.name, "email": person.email, "is_active": "on"}
        editor_client.post(f"/admin/users/edit/{person.pk}/", {**form, "groups": [group.pk]})
        assert is_logged_in(session)
        editor_client.post(f"/admin/users/edit/{person.pk}/", form)
        assert not is_logged_in(session)


class TestTheOperatorsCommand:
    """ASVS 7.4.5."""

    @pytest.fixture
    def other(self) -> Client:
        client = Client()
        client.force_login(PersonFactory())
        return client

    def test_one_person_is_logged_out_and_nobody_else(self, role, session: Client, other: Client) -> None:
        call_command("end_sessions", role.person.email.upper())
        assert not is_logged_in(session)
        assert is_logged_in(other)

    def test_everybody_is(self, session: Client, other: Client) -> None:
        call_command("end_sessions", "--all")
        assert not is_logged_in(session)
        assert not is_logged_in(other)

    def test_an_address_that_nobody_has_is_told(self, session: Client) -> None:
        with pytest.raises(CommandError, match="Ingen har adressen"):
            call_command("end_sessions", "ingen@nacka.example")
        assert is_logged_in(session)
