"""The register in the admin: who gets in, what is noted, what can be done."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from contacts.imports.plan import make_plan
from contacts.imports.reading import read_file
from contacts.models import ContactPerson, Organisation, Person
from contacts.permissions import EDITOR_PERMISSIONS
from outbox.enums import BounceClass
from privacy.models import AccessLogEntry
from tests.factories.contacts import (
    ContactPersonFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

REGISTER_PAGES = [
    "organisation:index",
    "contactperson:index",
    "person:index",
    "contactgroup:index",
    "contact_import:index",
]


def shown(client: Client, name: str, **query: Any) -> list[Any]:
    return list(client.get(reverse(name), query).context["object_list"])


class TestWhoGetsIn:
    @pytest.mark.parametrize("name", REGISTER_PAGES)
    def test_an_editor_does(self, as_editor: Client, name: str) -> None:
        ContactPersonFactory()
        MembershipFactory(person=PersonFactory())
        assert as_editor.get(reverse(name)).status_code == 200

    @pytest.mark.parametrize("name", [*REGISTER_PAGES, "access_log:index", "wagtailusers_users:index"])
    def test_others_do_not_even_with_access_to_the_admin(self, as_outsider: Client, client: Client, name: str) -> None:
        assert as_outsider.get(reverse(name)).status_code in (302, 403)
        assert client.get(reverse(name)).status_code == 302
        assert not AccessLogEntry.objects.exists()

    @pytest.mark.parametrize("name", ["access_log:index", "wagtailusers_users:index", "wagtailusers_users:add"])
    def test_accounts_and_the_list_of_readings_are_for_administrators(
        self, as_editor: Client, as_administrator: Client, name: str
    ) -> None:
        assert as_editor.get(reverse(name)).status_code in (302, 403)
        assert as_administrator.get(reverse(name)).status_code == 200

    def test_the_menu_shows_what_one_may_open(self, as_editor: Client, as_outsider: Client) -> None:
        html = as_editor.get(reverse("organisation:index")).content.decode()
        assert reverse("contactperson:index") in html
        assert reverse("contact_import:index") in html
        assert reverse("access_log:index") not in html
        assert reverse("wagtailusers_users:index") not in html
        assert reverse("contactperson:index") not in as_outsider.get(reverse("wagtailadmin_account")).content.decode()

    def test_an_outsider_cannot_choose_among_persons(self, as_outsider: Client) -> None:
        assert as_outsider.get(reverse("person_chooser:choose")).status_code in (302, 403)

    def test_the_editors_permissions_exist(self, editor: Person) -> None:
        assert editor.groups.get().permissions.filter(codename__in=EDITOR_PERMISSIONS).count() == len(
            EDITOR_PERMISSIONS
        )
        assert not editor.has_perm("contacts.change_person"), "that would let them give out roles"


class TestFiltersAndSearch:
    def test_organisations(self, as_editor: Client) -> None:
        nacka = OrganisationFactory(municipality=True, short_name="Nacka")
        umea = OrganisationFactory(municipality=True, short_name="Umeå", county_code="24")
        ContactPersonFactory(organisation=nacka)
        unreached = ContactPersonFactory(person__is_active=False).organisation
        agency = OrganisationFactory()
        assert set(shown(as_editor, "organisation:index", kind="authority")) == {agency}
        assert set(shown(as_editor, "organisation:index", county_code="24")) == {umea}
        assert set(shown(as_editor, "organisation:index", contact="ja")) == {nacka, unreached}
        assert set(shown(as_editor, "organisation:index", contact="nej")) == {umea}
        assert set(shown(as_editor, "organisation:index", contact="onabar")) == {umea, unreached}
        assert not shown(as_editor, "organisation:index", contact="adress")
        OutgoingMailFactory(recipient=ContactPerson.objects.get(organisation=nacka).person.email, bounced=True)
        assert set(shown(as_editor, "organisation:index", contact="adress")) == {nacka}
        assert set(shown(as_editor, "organisation:index", contact="onabar")) == {nacka, umea, unreached}
        assert set(shown(as_editor, "organisation:index", q="umeå", kind="municipality")) == {umea}

    def test_contact_persons(self, as_editor: Client) -> None:
        now = ContactPersonFactory(person__name="Åsa Öst")
        ended = ContactPersonFactory(ended=True, organisation__county_code="24")
        coming = ContactPersonFactory(start=date(2090, 1, 1), is_deputy=True)
        assert set(shown(as_editor, "contactperson:index", state="nu")) == {now}
        assert set(shown(as_editor, "contactperson:index", state="slut")) == {ended}
        assert set(shown(as_editor, "contactperson:index", state="sen")) == {coming}
        assert set(shown(as_editor, "contactperson:index", deputy="True")) == {coming}
        assert set(shown(as_editor, "contactperson:index", county="24")) == {ended}
        assert set(shown(as_editor, "contactperson:index", kind="region")) == set()
        assert set(shown(as_editor, "contactperson:index", q="åsa")) == {now}

    def test_persons(self, as_editor: Client, editor: Person) -> None:
        contact = ContactPersonFactory().person
        assert set(shown(as_editor, "person:index", role="kontakt")) == {contact}
        assert set(shown(as_editor, "person:index", role="redaktor")) == {editor}
        assert set(shown(as_editor, "person:index", q="EVA")) == {editor}

    @pytest.mark.parametrize("q", ['"', "%", "x" * 5_000])
    @pytest.mark.parametrize("name", ["organisation:index", "contactperson:index", "person:index"])
    def test_odd_words_get_an_answer(self, as_editor: Client, name: str, q: str) -> None:
        assert as_editor.get(reverse(name), {"q": q}).status_code == 200

    @pytest.mark.parametrize("name", ["organisation:index", "contactperson:index", "person:index"])
    def test_the_queries_of_a_listing_do_not_grow(
        self, as_editor: Client, name: str, django_assert_max_num_queries
    ) -> None:
        as_editor.get(reverse(name))
        for _ in range(2):
            ContactPersonFactory.create_batch(10)
            with django_assert_max_num_queries(25):
                as_editor.get(reverse(name))


class TestContactPersons:
    def test_one_is_appointed(self, as_editor: Client) -> None:
        nacka = OrganisationFactory(municipality=True)
        data = {
            "organisation": nacka.pk,
            "email": "Anna@nacka.example",
            "name": "Anna Ek",
            "title": "Jurist",
            "phone": "",
            "start": "2026-01-01",
        }
        response = as_editor.post(reverse("contactperson:add"), data)
        assert response.status_code == 302, response.context["form"].errors
        role = ContactPerson.objects.get()
        assert (role.person.email, role.start, role.deputy) == ("anna@nacka.example", date(2026, 1, 1), False)

    def test_what_the_action_refuses_is_told_in_the_form(self, as_editor: Client) -> None:
        role = ContactPersonFactory()
        data = {
            "organisation": role.organisation.pk,
            "email": role.person.email,
            "name": "Anna",
            "start": "2026-01-01",
        }
        response = as_editor.post(reverse("contactperson:add"), data)
        assert response.status_code == 200
        assert "Personen är redan kontaktperson" in response.content.decode()

    def test_a_role_is_corrected(self, as_editor: Client) -> None:
        role = ContactPersonFactory()
        url = reverse("contactperson:edit", args=[role.pk])
        assert as_editor.get(url).status_code == 200
        as_editor.post(url, {"start": "2025-09-15", "deputy": "on"})
        role.refresh_from_db()
        assert (role.start, role.deputy) == (date(2025, 9, 15), True)

    def test_a_role_ends_and_stays_as_history(self, as_editor: Client) -> None:
        role = ContactPersonFactory()
        url = reverse("contactperson:end", args=[role.pk])
        assert "Avsluta uppdraget" in as_editor.get(url).content.decode()
        response = as_editor.post(url, {"on": "2025-09-01"})
        assert "kan inte sluta innan det börjar" in response.content.decode()
        assert as_editor.post(url, {"on": "2026-01-01"}).status_code == 302
        role.refresh_from_db()
        assert role.end == date(2026, 1, 1)

    def test_an_editor_ends_roles_but_deletes_none(self, as_editor: Client) -> None:
        role = ContactPersonFactory()
        response = as_editor.post(reverse("contactperson:delete", args=[role.pk]))
        assert response.status_code in (302, 403)
        assert ContactPerson.objects.filter(pk=role.pk).exists()

    def test_an_outsider_ends_none(self, as_outsider: Client) -> None:
        role = ContactPersonFactory()
        as_outsider.post(reverse("contactperson:end", args=[role.pk]), {"on": "2026-01-01"})
        role.refresh_from_db()
        assert role.end is None


class TestMailStopped:
    """What the admin shows and does about those who have said no to mail-outs."""

    DAY = "2026-03-10"

    def test_the_list_tells_the_day_and_can_be_filtered(self, as_editor: Client) -> None:
        welcome, stopped = ContactPersonFactory(), ContactPersonFactory(no_mail=True)
        assert shown(as_editor, "contactperson:index", mail="nej") == [stopped]
        assert shown(as_editor, "contactperson:index", mail="ja") == [welcome]
        html = as_editor.get(reverse("contactperson:index")).content.decode()
        assert html.count(self.DAY) == 1
        assert reverse("contactperson:resume_mail", args=[stopped.pk]) in html
        assert reverse("contactperson:resume_mail", args=[welcome.pk]) not in html

    def test_the_organisation_shows_it_and_that_nobody_is_reached(self, as_editor: Client) -> None:
        role = ContactPersonFactory(no_mail=True)
        html = as_editor.get(reverse("organisation:inspect", args=[role.organisation_id])).content.decode()
        assert f"Vill inte ha mejl sedan {self.DAY}" in html
        assert "Ingen att mejla: kontaktpersonerna vill inte ha mejl" in html
        assert reverse("contactperson:resume_mail", args=[role.pk]) in html
        assert shown(as_editor, "organisation:index", contact="onabar") == [role.organisation]

    def test_the_organisation_says_why_there_is_nobody_to_mail(self, as_editor: Client) -> None:
        def page(organisation: Organisation) -> str:
            return as_editor.get(reverse("organisation:inspect", args=[organisation.pk])).content.decode()

        reached, bounced = ContactPersonFactory.create_batch(2, organisation__municipality=True)
        OutgoingMailFactory(recipient=bounced.person.email, bounced=True)
        assert "Ingen att mejla" not in page(reached.organisation)
        assert "Ingen att mejla: kontaktpersonerna har ingen adress som fungerar" in page(bounced.organisation)
        assert "Ingen att mejla: organisationen saknar kontaktperson" in page(OrganisationFactory(municipality=True))
        assert "Ingen att mejla" not in page(OrganisationFactory())

    def test_m7_the_page_says_what_a_failure_means_and_what_to_do(self, as_editor: Client) -> None:
        refused, dead, arrived = ContactPersonFactory.create_batch(3, organisation__municipality=True)
        OutgoingMailFactory(recipient=refused.person.email, bounced=True, bounce_class=BounceClass.REFUSED)
        OutgoingMailFactory(recipient=dead.person.email, bounced=True)
        OutgoingMailFactory(recipient=arrived.person.email, bounced=True)
        OutgoingMailFactory(recipient=arrived.person.email, sent=True, sent_at=timezone.now() - timedelta(days=5))

        def page(role: ContactPerson) -> str:
            return as_editor.get(reverse("organisation:inspect", args=[role.organisation.pk])).content.decode()

        assert BounceClass.REFUSED.what_to_do in page(refused)
        assert "Ingen att mejla" not in page(refused)
        assert BounceClass.DEAD.what_to_do in page(dead)
        assert BounceClass.DEAD.label not in page(arrived)

    def test_m19_the_page_shows_the_address_that_mails_were_sent_on_to(self, as_editor: Client) -> None:
        role = ContactPersonFactory(organisation__municipality=True)
        OutgoingMailFactory(recipient=role.person.email, bounced=True, failed_address="anna@hemma.example")
        html = as_editor.get(reverse("organisation:inspect", args=[role.organisation.pk])).content.decode()
        assert "Adressen är anna@hemma.example." in html
        assert "Ingen att mejla" not in html

    def test_an_editor_takes_it_back_after_a_question(self, as_editor: Client, editor: Person) -> None:
        role = ContactPersonFactory(no_mail=True)
        url = reverse("contactperson:resume_mail", args=[role.pk])
        assert self.DAY in as_editor.get(url).content.decode()
        assert ContactPerson.objects.mail_stopped().exists()
        html = as_editor.post(url, follow=True).content.decode()
        assert "får mejl igen" in html
        assert not ContactPerson.objects.mail_stopped().exists()
        entry = ModelLogEntry.objects.get(action="contacts.resume_mail")
        assert (entry.user, entry.label) == (editor, f"kontaktperson {role.pk}")
        assert "får redan mejl" in as_editor.get(url).content.decode()

    def test_who_only_reads_the_register_sees_it_without_a_button(self, client: Client) -> None:
        reader = PersonFactory()
        reader.user_permissions.add(
            *Permission.objects.filter(
                codename__in=("access_admin", "view_contactperson", "view_organisation"),
            )
        )
        client.force_login(reader)
        role = ContactPersonFactory(no_mail=True)
        url = reverse("contactperson:resume_mail", args=[role.pk])
        html = client.get(reverse("organisation:inspect", args=[role.organisation_id])).content.decode()
        assert self.DAY in html
        assert url not in html
        assert client.post(url).status_code in (302, 403)
        assert ContactPerson.objects.mail_stopped().exists()


def test_log_entries_name_nobody(as_administrator: Client) -> None:
    role = ContactPersonFactory(person__name="Hemlige Henrik", person__email="henrik@hemlig.example")
    as_administrator.post(reverse("contactperson:end", args=[role.pk]), {"on": "2026-01-01"})
    data = {"name": "Hemlige Henrik", "email": "ny@hemlig.example", "title": "", "phone": ""}
    as_administrator.post(reverse("wagtailusers_users:edit", args=[role.person.pk]), data)
    as_administrator.post(reverse("contactperson:delete", args=[role.pk]))
    as_administrator.post(reverse("wagtailusers_users:delete", args=[role.person.pk]))
    assert not Person.objects.filter(pk=role.person.pk).exists()
    entries = list(ModelLogEntry.objects.values_list("label", "data"))
    assert len(entries) == 4
    assert "enrik" not in str(entries)
    assert "hemlig" not in str(entries)


class TestExport:
    def rows(self, client: Client, form: str) -> list[list[Any]]:
        response = client.get(reverse("contactperson:index"), {"export": form})
        content = b"".join(response.streaming_content)
        if form == "csv":
            return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        return [list(row) for row in sheet.iter_rows(values_only=True)]

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_hostile_cells_are_text(self, as_editor: Client, form: str) -> None:
        ContactPersonFactory(person__name='=HYPERLINK("http://x")', person__title="a;=1+1", person__phone="+46 8 1")
        heading, row = self.rows(as_editor, form)
        cells = dict(zip(heading, row, strict=True))
        assert cells["Namn"] == '\'=HYPERLINK("http://x")'
        assert cells["Telefon"] == "'+46 8 1"
        assert cells["Titel"] == "a;=1+1"

    def test_an_export_can_be_read_in_again_without_a_change(self, as_editor: Client) -> None:
        ContactPersonFactory(person__title="Jurist", person__name="Åsa Öst")
        ContactPersonFactory(ended=True)
        for form in ("csv", "xlsx"):
            response = as_editor.get(reverse("contactperson:index"), {"export": form})
            file = read_file(f"l.{form}", b"".join(response.streaming_content))
            assert make_plan(file.rows).as_json() == {"rows": 2, "new": 0, "changed": 0, "unchanged": 2, "errors": []}

    def test_organisations_are_exported(self, as_editor: Client) -> None:
        OrganisationFactory(municipality=True, code="0182", short_name="Nacka")
        response = as_editor.get(reverse("organisation:index"), {"export": "csv"})
        content = b"".join(response.streaming_content)
        assert content.startswith(b"\xef\xbb\xbf"), "the mark by which a spreadsheet knows that this is UTF-8"
        assert '"Kommun";"0182";"Nacka kommun"' in content.decode()
        assert Organisation.objects.count() == 1


def test_no_filter_has_an_empty_choice_without_words(client: Client, editor: Person) -> None:
    client.force_login(editor)
    for name in ("organisation", "contactperson", "person", "contactgroup"):
        html = client.get(reverse(f"{name}:index")).content.decode()
        assert "---------" not in html, name
        assert "Alla" in html, name


class TestU2OneTypesInsteadOfScrolling:
    """Organisations and persons are found by typing, however many there are."""

    def test_u2_no_form_of_the_register_lists_the_organisations(self, as_administrator: Client) -> None:
        role, seat = ContactPersonFactory(), MembershipFactory()
        OrganisationFactory.create_batch(5, kind="other")
        never_shown = OrganisationFactory(name="Stiftelsen Långt ned i listan", kind="other")
        for address in (
            reverse("contactperson:add"),
            reverse("person:edit", args=[role.person_id]),
            reverse("contactgroup:edit", args=[seat.group_id]),
            reverse("contactgroup:add"),
            reverse("wagtailusers_users:add"),
            reverse("wagtailusers_users:edit", args=[role.person_id]),
        ):
            html = as_administrator.get(address).content.decode()
            assert reverse("organisation_chooser:choose") in html, address
            assert never_shown.name not in html, address

    @pytest.mark.parametrize("typed", ["skurup", "Skurups kommun", "skurps"])
    def test_u2_the_window_finds_an_organisation_although_it_is_mistyped(self, as_editor: Client, typed: str) -> None:
        OrganisationFactory(name="Skurups kommun", short_name="Skurup")
        OrganisationFactory(name="Ale kommun", short_name="Ale")
        found = as_editor.get(reverse("organisation_chooser:choose_results"), {"q": typed}).content.decode()
        assert "Skurups kommun" in found
        assert "Ale kommun" not in found

    def test_u2_a_group_asks_the_database_as_much_for_one_seat_as_for_six(
        self, as_editor: Client, django_assert_max_num_queries: Any
    ) -> None:
        seat = MembershipFactory(person=PersonFactory())
        address = reverse("contactgroup:edit", args=[seat.group_id])
        as_editor.get(address)
        with CaptureQueriesContext(connection) as with_one:
            as_editor.get(address)
        for _ in range(5):
            MembershipFactory(group=seat.group, person=PersonFactory())
        with django_assert_max_num_queries(len(with_one)):
            as_editor.get(address)
