"""Importing in the admin: look first, then confirm, once."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.imports.actions import forget_expired_imports
from contacts.imports.reading import read_file
from contacts.imports.rows import ImportFileError
from contacts.imports.tables import Table
from contacts.models import ContactPerson, PendingImport, Person
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory, PersonFactory
from tests.screening.numbers import personal_number

from .imports.files import HEADINGS, csv_file, xlsx
from .imports.steps import confirm, faulty_file, hidden, preview, upload

pytestmark = pytest.mark.django_db
ROW = ["Nacka", "Anna Ek", "anna@nacka.example"]


@pytest.fixture(autouse=True)
def nacka() -> None:
    OrganisationFactory(municipality=True, code="0182", short_name="Nacka")


def test_a_file_is_looked_at_and_then_stored(as_editor: Client, editor: Person) -> None:
    response = upload(as_editor, xlsx([ROW]))
    html = response.content.decode()
    assert "Anna Ek" in html
    assert "1 ny" in html
    assert not ContactPerson.objects.exists()
    pending = PendingImport.objects.get()
    assert pending.owner == editor
    html = confirm(as_editor, pending.pk).content.decode()
    assert "Sparat: 1 nya, 0 ändrade och 0 oförändrade." in html
    assert ContactPerson.objects.get().person.name == "Anna Ek"
    assert not PendingImport.objects.exists(), "the file is thrown away when it has been used"


def test_a_double_click_stores_once_and_says_so(as_editor: Client) -> None:
    upload(as_editor, xlsx([ROW]))
    pk = PendingImport.objects.get().pk
    seen = hidden(preview(as_editor).content.decode())
    confirm(as_editor, pk, seen)
    assert "Filen är redan inläst" in confirm(as_editor, pk, seen).content.decode()
    assert ContactPerson.objects.count() == 1


def test_i10_the_right_rows_are_stored_alone_and_the_faulty_come_back_with_their_reasons(as_editor: Client) -> None:
    secret = personal_number()
    wrong = [["Ankeborg", "Kalle", "k@x.example"], ["Nacka", f"Lo {secret}", "lo@nacka.example"]]
    html = upload(as_editor, xlsx([ROW, *wrong])).content.decode()
    assert "Ankeborg" in html and "finns inte i registret" in html
    assert "Spara den rätta raden" in html and "Ladda ner raderna med fel (2)" in html
    headings, *rows = faulty_file(html).active.iter_rows(values_only=True)
    assert headings[0] == "Organisation" and headings[-1] == "Orsak"
    assert rows[0][0] == "Ankeborg" and "finns inte i registret" in rows[0][-1]
    assert rows[1][3] == "lo@nacka.example" and "Ta bort numret" in rows[1][-1]
    assert secret not in f"{html} {rows}"

    pending = PendingImport.objects.get()
    assert secret.encode() not in bytes(pending.content), "what must not be kept is not kept"
    saved = confirm(as_editor, pending.pk).content.decode()
    assert "Sparat: 1 nya" in saved and "2 rader sparades inte" in saved
    assert faulty_file(saved).active.max_row == 3, "they can be had after the save, too"
    assert ContactPerson.objects.get().person.name == "Anna Ek"


def test_i10_the_faulty_rows_can_be_mended_and_read_in_again(as_editor: Client) -> None:
    html = upload(as_editor, xlsx([ROW, ["Ankeborg", "Kalle Ek", "k@x.example"]])).content.decode()
    book = faulty_file(html)
    book.active["A2"] = "Nacka"
    mended = io.BytesIO()
    book.save(mended)
    html = upload(as_editor, mended.getvalue()).content.decode()
    assert "1 ny" in html and "Kolumner som inte används: Orsak" in html


def test_a_file_with_faults_alone_has_nothing_to_store(as_editor: Client) -> None:
    html = upload(as_editor, xlsx([["Ankeborg", "Kalle", "k@x.example"]])).content.decode()
    assert "finns inte i registret" in html
    assert "rätta rad" not in html and "Spara i registret" not in html
    confirm(as_editor, PendingImport.objects.get().pk)
    assert not ContactPerson.objects.exists()


def test_the_register_may_change_between_the_look_and_the_confirmation(as_editor: Client) -> None:
    html = upload(as_editor, csv_file([[*ROW, "2025-11-01"]], [*HEADINGS, "Från och med"]), "lista.csv").content
    role = ContactPersonFactory(ended=True, person__email="anna@nacka.example", organisation__code="9999")
    ContactPerson.objects.filter(pk=role.pk).update(
        organisation=OrganisationFactory._meta.model.objects.get(code="0182")
    )
    response = confirm(as_editor, PendingImport.objects.get().pk, hidden(html.decode()))
    assert response.status_code == 409
    assert "överlappar" in response.content.decode()
    assert ContactPerson.objects.count() == 1


def test_a_file_that_changes_nothing_has_nothing_to_confirm(as_editor: Client) -> None:
    upload(as_editor, xlsx([ROW]))
    confirm(as_editor, PendingImport.objects.get().pk)
    html = upload(as_editor, xlsx([ROW])).content.decode()
    assert "Det finns inget att spara" in html
    assert "Spara i registret" not in html


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("lista.xlsx", b"text", "är ingen Excelfil"),
        ("lista.pdf", b"x", "ska vara en Excelfil"),
        ("lista.csv", b"", "Filen är tom"),
        ("lista.csv", b"Organisation;Namn;E-post\n", "Rad 1: Filen har rubriker men inga rader"),
    ],
)
def test_a_file_that_can_not_be_used_is_told_at_the_field(
    as_editor: Client, name: str, content: bytes, told: str
) -> None:
    response = upload(as_editor, content, name)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert not PendingImport.objects.exists()


def test_nobody_confirms_the_file_of_another(as_editor: Client, as_administrator: Client) -> None:
    seen = hidden(upload(as_editor, xlsx([ROW])).content.decode())
    pk = PendingImport.objects.get().pk
    assert "Filen är redan inläst" in confirm(as_administrator, pk, seen).content.decode()
    for name in ("preview", "organisation", "columns", "fill_down"):
        url = reverse(f"contact_import:{name}", args=[pk])
        for response in (as_administrator.get(url, follow=True), as_administrator.post(url, {"key": "x"}, follow=True)):
            assert "Anna Ek" not in response.content.decode()
    assert not ContactPerson.objects.exists()


def test_a_new_upload_replaces_the_earlier_one(as_editor: Client) -> None:
    upload(as_editor, xlsx([ROW]))
    upload(as_editor, xlsx([ROW]))
    assert PendingImport.objects.count() == 1


def test_after_an_hour_the_file_is_gone(as_editor: Client, editor: Person) -> None:
    upload(as_editor, xlsx([ROW]))
    pending, seen = PendingImport.objects.get(), hidden(preview(as_editor).content.decode())
    PendingImport.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    confirm(as_editor, pending.pk, seen)
    assert not ContactPerson.objects.exists()
    PendingImport.objects.create(owner=PersonFactory(), name="ny.csv", content=b"x")
    assert forget_expired_imports() == 1
    assert PendingImport.objects.get().name == "ny.csv"


@pytest.mark.parametrize(("age", "expired"), [(timedelta(minutes=59, seconds=59), False), (timedelta(hours=1), True)])
def test_a_file_waits_for_an_hour_to_the_second(editor: Person, age: timedelta, expired: bool) -> None:
    with time_machine.travel("2026-03-10 12:00", tick=False):
        PendingImport.objects.create(owner=editor, name="ny.csv", content=b"x", created_at=timezone.now() - age)
        assert PendingImport.objects.expired().exists() is expired
        assert PendingImport.objects.waiting_for(editor).exists() is not expired


def test_opening_the_address_of_a_confirmation_changes_nothing(as_editor: Client) -> None:
    upload(as_editor, xlsx([ROW]))
    response = as_editor.get(reverse("contact_import:confirm", args=[PendingImport.objects.get().pk]))
    assert response.status_code == 302
    assert not ContactPerson.objects.exists()


def test_others_neither_upload_nor_confirm(as_outsider: Client, editor: Person) -> None:
    upload(as_outsider, xlsx([ROW]))
    assert not PendingImport.objects.exists()
    content = Table([(1, HEADINGS), (2, ROW)]).as_bytes()
    pending = PendingImport.objects.create(owner=editor, name="l.xlsx", content=content)
    confirm(as_outsider, pending.pk, {})
    assert not ContactPerson.objects.exists()


def test_the_template_has_headings_that_the_import_knows(as_editor: Client) -> None:
    response = as_editor.get(reverse("contact_import:template"))
    content = b"".join(response.streaming_content)
    assert "kontaktpersoner.xlsx" in response["Content-Disposition"]
    with pytest.raises(ImportFileError, match="inga rader"):
        read_file("mall.xlsx", content)
