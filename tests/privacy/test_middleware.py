"""The log of access: each answer with personal data becomes a row, and nothing else does."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.enums import AccessKind
from contacts.imports.choices import Choices
from contacts.models import ContactPerson, PendingImport, Person
from meetings.enums import MailOutKind
from meetings.models import MeetingPage
from privacy.models import AccessLogEntry
from tests.contacts.imports.files import csv_file
from tests.factories.contacts import ContactPersonFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def accesses() -> list[tuple[str, str, int]]:
    return list(AccessLogEntry.objects.order_by("pk").values_list("kind", "what", "rows"))


class TestRegister:
    def test_a_listing_with_how_many_rows_were_shown(self, as_editor: Client, editor: Person) -> None:
        ContactPersonFactory.create_batch(3)
        as_editor.get(reverse("contactperson:index"))
        assert accesses() == [(AccessKind.READ, "Lista: kontaktpersoner", 3)]
        assert AccessLogEntry.objects.get().who == editor

    @pytest.mark.parametrize("name", ["contactperson:index_results", "person:index", "person:index_results"])
    def test_each_way_to_read_a_listing(self, as_editor: Client, name: str) -> None:
        as_editor.get(reverse(name))
        assert len(accesses()) == 1

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_an_export_counts_all_rows_and_not_a_page(self, as_editor: Client, form: str) -> None:
        ContactPersonFactory.create_batch(60)
        as_editor.get(reverse("contactperson:index"), {"export": form})
        assert accesses() == [(AccessKind.EXPORT, "Lista: kontaktpersoner", 60)]

    def test_an_organisation_with_its_contact_persons(self, as_editor: Client) -> None:
        role = ContactPersonFactory(ended=True)
        ContactPersonFactory(organisation=role.organisation)
        as_editor.get(reverse("organisation:inspect", args=[role.organisation.pk]))
        assert accesses() == [(AccessKind.READ, f"Kontaktpersoner för {role.organisation}", 2)]

    def test_a_person_a_group_and_the_list_to_choose_from(self, as_editor: Client) -> None:
        seat = MembershipFactory(person=PersonFactory())
        as_editor.get(reverse("person:edit", args=[seat.person.pk]))
        as_editor.get(reverse("contactgroup:edit", args=[seat.group.pk]))
        as_editor.get(reverse("person_chooser:choose"))
        as_editor.get(reverse("person_chooser:choose_results"), {"q": "Påhittad"})
        assert [what for _, what, _ in accesses()] == [
            f"Person {seat.person.pk}",
            f"Medlemmar i {seat.group}",
            "Lista: personer att välja",
            "Lista: personer att välja",
        ]

    def test_the_accounts_one_and_all(self, as_administrator: Client, administrator: Person) -> None:
        as_administrator.get(reverse("wagtailusers_users:index"))
        as_administrator.get(reverse("wagtailusers_users:edit", args=[administrator.pk]))
        assert accesses() == [
            (AccessKind.READ, "Lista: användare", 1),
            (AccessKind.READ, f"Person {administrator.pk}", 1),
        ]

    def test_a_role(self, as_editor: Client) -> None:
        role = ContactPersonFactory()
        as_editor.get(reverse("contactperson:edit", args=[role.pk]))
        assert accesses() == [(AccessKind.READ, f"Kontaktperson {role.pk}", 1)]

    def test_a_note_holds_no_personal_data(self, as_editor: Client) -> None:
        role = ContactPersonFactory(person__name="Hemlige Henrik", person__email="henrik@hemlig.example")
        as_editor.get(reverse("contactperson:index"), {"q": "Henrik"})
        as_editor.get(reverse("person:edit", args=[role.person.pk]))
        assert not any("enrik" in what for _, what, _ in accesses())

    def test_the_notes_can_be_read_and_exported(self, as_administrator: Client) -> None:
        ContactPersonFactory()
        as_administrator.get(reverse("contactperson:index"))
        html = as_administrator.get(reverse("access_log:index")).content.decode()
        assert "Lista: kontaktpersoner" in html
        assert "Adam Administratör" in html
        assert as_administrator.get(reverse("access_log:index"), {"export": "csv"}).status_code == 200

    def test_the_notes_are_filtered_by_who_and_searched_by_what(
        self, as_administrator: Client, administrator: Person
    ) -> None:
        other = PersonFactory(name="Olle Läsare")
        AccessLogEntry.objects.create(who=other, kind=AccessKind.READ, what="Person 17")
        AccessLogEntry.objects.create(who=administrator, kind=AccessKind.EXPORT, what="Lista: personer")
        for query, found in (({"who": "olle"}, "Person 17"), ({"q": "Person 17"}, "Person 17")):
            listed = as_administrator.get(reverse("access_log:index"), query).context["object_list"]
            assert [entry.what for entry in listed] == [found]

    def test_a_role_that_is_not_there_is_no_reading(self, as_editor: Client) -> None:
        as_editor.get(reverse("contactperson:edit", args=[999_999]))
        assert accesses() == []

    def test_an_organisation_without_its_contact_persons_is_no_reading(self, client: Client) -> None:
        role = ContactPersonFactory()
        reader = PersonFactory()
        reader.user_permissions.add(*Permission.objects.filter(codename__in=("access_admin", "view_organisation")))
        client.force_login(reader)
        response = client.get(reverse("organisation:inspect", args=[role.organisation.pk]))
        assert response.status_code == 200
        assert role.person.name not in response.content.decode()
        assert accesses() == []


class TestImport:
    """The file is compared with the register, and then stored in it."""

    @pytest.fixture(autouse=True)
    def nacka(self) -> None:
        OrganisationFactory(municipality=True, code="0182", short_name="Nacka")

    def file(self, *organisations: str) -> bytes:
        return csv_file([[name, "Anna Ek", f"{name}@nacka.example"] for name in organisations])

    def upload(self, client: Client, content: bytes) -> int:
        file = SimpleUploadedFile("lista.csv", content)
        return client.post(reverse("contact_import:index"), {"file": file}, follow=True).status_code

    def test_the_form_shows_nothing(self, as_editor: Client) -> None:
        as_editor.get(reverse("contact_import:index"))
        assert self.upload(as_editor, b"") == 422
        assert accesses() == []

    def test_the_preview_is_a_reading(self, as_editor: Client, editor: Person) -> None:
        self.upload(as_editor, self.file("Nacka", "Ankeborg"))
        assert accesses() == [(AccessKind.READ, "Förhandsgranskning av fil med kontaktpersoner", 2)]
        assert AccessLogEntry.objects.get().who == editor

    def test_what_is_stored_is_an_import_once(self, as_editor: Client) -> None:
        self.upload(as_editor, self.file("Nacka"))
        url = reverse("contact_import:confirm", args=[PendingImport.objects.get().pk])
        for _ in range(2):  # the second time it is gone
            as_editor.post(url, {"seen": Choices().mark})
        assert accesses()[1:] == [(AccessKind.IMPORT, "Kontaktpersoner från fil", 1)]

    def test_what_is_refused_is_no_import(self, as_editor: Client) -> None:
        self.upload(as_editor, self.file("Nacka"))
        ContactPersonFactory(person__email="nacka@nacka.example", person__is_active=False)
        OrganisationFactory._meta.model.objects.filter(code="0182").delete()
        url = reverse("contact_import:confirm", args=[PendingImport.objects.get().pk])
        response = as_editor.post(url, {"seen": Choices().mark})
        assert response.status_code == 409
        assert [kind for kind, _, _ in accesses()] == [AccessKind.READ]

    def test_the_command_is_logged_without_a_person(self, tmp_path: Path) -> None:
        path = tmp_path / "lista.csv"
        path.write_bytes(self.file("Nacka"))
        call_command("import_contacts", str(path), "--json")
        call_command("import_contacts", str(path), "--json", "--apply")
        assert accesses() == [
            (AccessKind.READ, "Förhandsgranskning av fil med kontaktpersoner", 1),
            (AccessKind.IMPORT, "Kontaktpersoner från fil", 1),
        ]
        assert not AccessLogEntry.objects.exclude(who=None).exists()

    def test_a_command_that_stores_nothing_logs_no_import(self, tmp_path: Path) -> None:
        path = tmp_path / "lista.csv"
        path.write_bytes(self.file("Ankeborg"))
        with pytest.raises(CommandError):
            call_command("import_contacts", str(path), "--json", "--apply")
        assert not ContactPerson.objects.exists()
        assert accesses() == []


class TestMeeting:
    PAGES = {
        "deltagare/": "Deltagare: Avtal",
        "organisationer/": "Organisationer och kontaktpersoner: Avtal",
        "utan-organisation/": "Anmälda utan organisation: Avtal",
    }

    @pytest.fixture
    def meeting(self) -> MeetingPage:
        return MeetingPageFactory(title="Avtal")

    @pytest.fixture(autouse=True)
    def reader(self, client: Client) -> Person:
        person = PersonFactory(editor=True)
        client.force_login(person)
        return person

    @pytest.mark.parametrize(("page", "what"), PAGES.items())
    def test_a_list_that_is_read_again_is_one_reading(
        self, client: Client, reader: Person, meeting: MeetingPage, page: str, what: str
    ) -> None:
        for _ in range(2):
            client.get(f"/admin/moten/{meeting.pk}/{page}")
        entry = AccessLogEntry.objects.get()
        assert (entry.who, entry.kind, entry.what) == (reader, AccessKind.READ, what)

    @pytest.mark.parametrize(("minutes", "readings"), [(4, 1), (6, 2)])
    def test_after_five_minutes_it_is_another_reading(
        self, client: Client, meeting: MeetingPage, minutes: int, readings: int
    ) -> None:
        client.get(f"/admin/moten/{meeting.pk}/deltagare/")
        AccessLogEntry.objects.update(when=timezone.now() - timedelta(minutes=minutes))
        client.get(f"/admin/moten/{meeting.pk}/deltagare/")
        assert AccessLogEntry.objects.count() == readings

    def test_somebody_else_is_another_reading(self, client: Client, meeting: MeetingPage) -> None:
        client.get(f"/admin/moten/{meeting.pk}/deltagare/")
        client.force_login(PersonFactory(editor=True))
        client.get(f"/admin/moten/{meeting.pk}/deltagare/")
        assert AccessLogEntry.objects.count() == 2

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    @pytest.mark.parametrize("page", ["deltagare/", "organisationer/"])
    def test_every_export_says_what_was_taken_and_by_whom(
        self, client: Client, reader: Person, meeting: MeetingPage, page: str, form: str
    ) -> None:
        for _ in range(2):
            client.get(f"/admin/moten/{meeting.pk}/{page}", {"export": form})
        said = AccessLogEntry.objects.values_list("who", "kind", "what")
        assert set(said) == {(reader.pk, AccessKind.EXPORT, self.PAGES[page])}
        assert len(said) == 2

    def test_the_rows_of_an_export_are_counted(self, client: Client, meeting: MeetingPage) -> None:
        RegistrationFactory.create_batch(2, meeting=meeting)
        client.get(f"/admin/moten/{meeting.pk}/deltagare/", {"export": "csv"})
        assert AccessLogEntry.objects.get(kind=AccessKind.EXPORT).rows == 2

    def test_one_participant(self, client: Client, meeting: MeetingPage) -> None:
        row = RegistrationFactory(meeting=meeting)
        client.get(reverse("meetings_admin:cancel_registration", args=[meeting.pk, row.pk]))
        assert accesses() == [(AccessKind.READ, "Deltagare: Avtal", 1)]

    def test_the_receivers_of_a_mail_out(self, client: Client, meeting: MeetingPage) -> None:
        mail_out = meeting.mail_outs.create(kind=MailOutKind.UPDATE)
        client.get(reverse("meetings_admin:mail_out", args=[meeting.pk, mail_out.pk]))
        assert accesses() == [(AccessKind.READ, "Mottagare av utskick: Avtal", 0)]

    def test_a_page_with_numbers_alone_shows_nobody(self, client: Client, meeting: MeetingPage) -> None:
        client.get(f"/admin/moten/{meeting.pk}/")
        assert accesses() == []

    def test_a_title_with_braces_is_a_title(self, client: Client) -> None:
        meeting = MeetingPageFactory(title="{view.request} {0}")
        client.get(f"/admin/moten/{meeting.pk}/deltagare/")
        assert accesses() == [(AccessKind.READ, "Deltagare: {view.request} {0}", 0)]


@pytest.mark.parametrize("length", [10, 61, 150, 190])
def test_a_name_is_taken_out_of_an_entry_to_its_end(length: int) -> None:
    name = "Namn" + "x" * (length - 6) + "ut"
    entry = AccessLogEntry.objects.create(kind=AccessKind.READ, what=f"Medlemmar i {name}, sida 2"[:200])
    assert AccessLogEntry.objects.remove_name(name) == 1
    entry.refresh_from_db()
    assert "x" not in entry.what and "ut" not in entry.what.removeprefix("Medlemmar i ").replace("bortrensat", "")
    assert entry.what.startswith("Medlemmar i (bortrensat)")
