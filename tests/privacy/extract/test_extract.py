"""The extract of a person finds what every room holds, and tells no secret."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import override_settings

from contacts.enums import AccessKind
from meetings.enums import MailOutKind
from privacy.extract.actions import make_extract
from privacy.models import AccessLogEntry, Purge
from privacy.records.table import RECORDS
from privacy.subjects import Subject, find_subject
from tests.factories.contacts import ContactPersonFactory, MembershipFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory
from tests.factories.outbox import OutgoingMailFactory
from tests.privacy.whole_person import EMAIL, NAME, whole_person

pytestmark = pytest.mark.django_db


def extract(capsys: pytest.CaptureFixture[str], address: str = EMAIL) -> dict[str, Any]:
    call_command("person_extract", address, "--json")
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def rows_by_kind(document: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {kind["kind"]: kind["rows"] for kind in document["kinds"]}


def test_k3_an_extract_finds_what_every_room_holds(capsys: pytest.CaptureFixture[str]) -> None:
    whole_person()
    found = rows_by_kind(extract(capsys))
    assert {kind: len(rows) for kind, rows in found.items() if kind in ("contact_roles", "memberships")} == {
        "contact_roles": 2,
        "memberships": 1,
    }
    assert [row["Uppdrag"] for row in found["contact_roles"]] == ["Kontaktperson", "Ersättare"]
    assert {row["Möte"] for row in found["registrations"]} == {"Kommande", "Hållet"}
    assert {row["Ämne"] for row in found["mails"]} >= {f"Hej {NAME}", "Väntar"}
    assert found["approvals"][0]["Skäl"] == "Det är offentligt"
    assert set(found) >= {
        *(
            "person",
            "mail_choices",
            "invitations",
            "mails_naming",
            "sessions",
            "log_ins",
            "identities",
            "second_factor",
            "addresses",
        ),
        *("settings", "history", "changes", "readings", "approvals"),
    }


def test_the_document_has_its_form(capsys: pytest.CaptureFixture[str]) -> None:
    whole_person()
    document = extract(capsys)
    assert set(document) == {"email", "made_at", "kinds"}
    assert document["email"] == EMAIL
    assert datetime.fromisoformat(document["made_at"]).tzinfo
    for kind in document["kinds"]:
        assert set(kind) == {"kind", "label", "purpose", "kept", "rows"}
        assert kind["rows"] and kind["kept"]


def test_the_second_factor_is_told_to_exist_and_no_secret_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    held = whole_person()
    held.person.set_password("ett-hemligt-lösenord")
    held.person.save()
    document = extract(capsys)
    assert [row["Sätt"] for row in rows_by_kind(document)["second_factor"]] == ["Kod från en app"]
    text = json.dumps(document, ensure_ascii=False)
    for secret in ("HEMLIGT-FRO", held.person.password, held.client.session.session_key):
        assert secret not in text
    assert "token_hash" not in text and "nonce" not in text


@override_settings(OUTBOX_HIDE_SENSITIVE=True)
def test_a_log_in_code_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    OutgoingMailFactory(recipient=EMAIL, text="Din kod är 493817", sensitive=True)
    assert "493817" not in json.dumps(extract(capsys))


@pytest.mark.parametrize("typed", [EMAIL.upper(), f"  {EMAIL.title()} "])
def test_capitals_and_spaces_make_no_difference(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    PersonFactory(email=EMAIL)
    RegistrationFactory(email=EMAIL.title())
    assert set(rows_by_kind(extract(capsys, typed))) == {"person", "registrations"}


def test_a_participant_who_is_no_person_is_found_by_address_alone(capsys: pytest.CaptureFixture[str]) -> None:
    RegistrationFactory(email=EMAIL, name=NAME)
    RegistrationFactory(name="Någon Annan")
    document = extract(capsys)
    assert [kind["kind"] for kind in document["kinds"]] == ["registrations"]
    assert "Någon Annan" not in json.dumps(document, ensure_ascii=False)


def test_what_belongs_to_no_person_is_not_that_of_somebody_who_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    role, meeting = ContactPersonFactory(), MeetingPageFactory()
    MembershipFactory(person=None)
    MembershipFactory(person=role.person)
    meeting.mail_outs.create(kind=MailOutKind.INVITATION)
    AccessLogEntry.objects.create(who=None, kind=AccessKind.READ, what=f"Person {role.person.pk}")
    Purge.objects.create(kind="x", object_id="1", reason="x")
    subject = Subject(EMAIL, None)
    assert {record.kind: list(record.rows(subject)) for record in RECORDS} == {record.kind: [] for record in RECORDS}
    with pytest.raises(CommandError):
        call_command("person_extract", EMAIL)


def test_nothing_of_a_namesakes_rows_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    whole_person()
    other = PersonFactory(name=NAME, email="annan@ort.example", phone="999-HEMLIGT")
    RegistrationFactory(name=NAME, email=other.email, department="Annan enhet")
    text = json.dumps(extract(capsys), ensure_ascii=False)
    assert not any(mark in text for mark in (other.email, "999-HEMLIGT", "Annan enhet"))


def test_an_address_that_nobody_has_is_a_fault(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match=r"^LUMEN har ingenting om den adressen\.$"):
        call_command("person_extract", "ingen@ort.example", "--json")
    assert capsys.readouterr().out == ""
    assert not AccessLogEntry.objects.exists()


def test_the_text_reads_like_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    whole_person()
    call_command("person_extract", EMAIL)
    text = capsys.readouterr().out
    assert "Anmälningar till möten (2)" in text
    assert "2 år från mötets slut" in text


def test_an_extract_is_logged_as_an_export() -> None:
    held = whole_person()
    editor = PersonFactory(editor=True)
    extract = make_extract(find_subject(EMAIL), by=editor)
    entry = AccessLogEntry.objects.latest("pk")
    assert (entry.who, entry.kind) == (editor, AccessKind.EXPORT)
    assert entry.what == f"Person {held.person.pk}: registerutdrag"
    assert entry.rows == extract.number_of_rows


def test_the_log_does_not_name_whose_address_it_was() -> None:
    RegistrationFactory(email=EMAIL, name=NAME)
    make_extract(find_subject(EMAIL), by=None)
    assert AccessLogEntry.objects.get().what == "Registerutdrag för en adress utan person i registret"


def test_the_next_extract_tells_of_the_first() -> None:
    whole_person()
    make_extract(find_subject(EMAIL), by=None)
    again = make_extract(find_subject(EMAIL), by=None)
    [about] = [kind for kind in again.kinds if kind.kind == "readings_about"]
    assert about.rows[-1]["Uppgifter"].endswith(": registerutdrag")


@pytest.mark.parametrize("lacking", ["view_registration", "view_outgoingmail", "contactperson"])
def test_only_those_who_may_see_each_part_may_take_out_all(lacking: str) -> None:
    RegistrationFactory(email=EMAIL)
    reader = PersonFactory()
    needed = Permission.objects.filter(codename__in=("view_contactperson", "view_registration", "view_outgoingmail"))
    reader.user_permissions.add(*needed.exclude(codename__endswith=lacking))
    with pytest.raises(PermissionDenied):
        make_extract(find_subject(EMAIL), by=reader)
    reader = type(reader).objects.get(pk=reader.pk)
    reader.user_permissions.add(*needed)
    assert make_extract(find_subject(EMAIL), by=reader).kinds


@pytest.mark.parametrize("registrations", [1, 30])
def test_the_number_of_queries_does_not_follow_the_number_of_rows(
    registrations: int, django_assert_max_num_queries: Any
) -> None:
    RegistrationFactory.create_batch(registrations, email=EMAIL)
    subject = find_subject(EMAIL)
    with django_assert_max_num_queries(40):
        make_extract(subject, by=None)
