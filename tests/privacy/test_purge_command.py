"""`manage.py purge`: what it prints, what it refuses, and how it looks for what should be gone."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, models
from wagtail.models import PageLogEntry

from contacts.models import Group
from meetings.models import InvitedOrganisation
from outbox.models import OutgoingMail
from privacy.models import Purge
from privacy.purge import actions as purging
from resources.models import Document, ResourcePage
from tests.factories.contacts import GroupFactory, PersonFactory
from tests.factories.meetings import InvitedOrganisationFactory
from tests.factories.outbox import OutgoingMailFactory
from tests.factories.resources import DocumentFactory, ResourcePageFactory
from tests.screening.numbers import personal_number

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

REASON = "Innehöll uppgifter om en enskild."


def run(*args: Any, **options: Any) -> str:
    out = StringIO()
    call_command("purge", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_several_rows_go_at_once_and_each_is_told() -> None:
    mails = OutgoingMailFactory.create_batch(2)
    printed = run("mail", mails[0].pk, mails[1].pk, reason=REASON)
    assert printed.count("Bortrensat: outbox.OutgoingMail") == 2
    assert not OutgoingMail.objects.exists()
    assert Purge.objects.filter(kind="outbox.OutgoingMail", by=None, reason=REASON).count() == 2


def test_json_says_what_went() -> None:
    mail = OutgoingMailFactory()
    answer = json.loads(run("mail", mail.pk, "--json", reason=REASON))
    assert answer["purged"] is True
    assert answer["rows"][0]["removed"]["outbox.OutgoingMail"] == 1


def test_a_dry_run_tells_the_same_and_touches_nothing() -> None:
    page = ResourcePageFactory(title="Rapport")
    page.save_revision()
    printed = run("page", page.pk, "--dry-run")
    assert "Skulle försvinna" in printed
    assert "1 version" in printed
    assert ResourcePage.objects.filter(pk=page.pk).exists()
    assert not Purge.objects.exists()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["page", "999999"], "Det finns ingen rad 999999"),
        (["sak", "1"], "Säg vad som ska bort: page, document, version, image"),
        (["page"], "Säg vilket id"),
        (["--model", "contacts.Bord", "--id", "1"], "contacts.Bord"),
    ],
    ids=["wrong id", "wrong kind", "no id", "wrong model"],
)
def test_a_mistake_is_told_in_one_line(args: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words) as refusal:
        run(*args, reason=REASON)
    assert "\n" not in str(refusal.value)


def test_a_reason_is_demanded_and_may_not_repeat_what_goes() -> None:
    document = DocumentFactory(title="Beslut om Anna Andersson")
    for reason in ("", "Gällde beslut om anna andersson", f"Hade numret {personal_number(1)}"):
        with pytest.raises(CommandError):
            run("document", document.pk, reason=reason)
    assert Document.objects.filter(pk=document.pk).exists()


def test_the_person_who_decided_it_must_have_the_right() -> None:
    mail = OutgoingMailFactory()
    nobody = PersonFactory()
    with pytest.raises(CommandError, match="inte rätt"):
        run("mail", mail.pk, reason=REASON, by=nobody.email)
    somebody = PersonFactory(editor=True)
    run("mail", mail.pk, reason=REASON, by=somebody.email.upper())
    assert Purge.objects.get().by == somebody


def test_any_other_row_goes_by_its_model() -> None:
    group = GroupFactory(description="Kvistzebra")
    run("--model", "contacts.Group", "--id", group.pk, reason=REASON)
    assert not Group.objects.exists()


def test_single_texts_go_and_the_row_stays() -> None:
    group = GroupFactory(name="Temagrupp avtal", description="Kvistzebra")
    run("--model", "contacts.Group", "--id", group.pk, fields="description", reason=REASON)
    group.refresh_from_db()
    assert (group.name, group.description) == ("Temagrupp avtal", "")


def test_a_text_that_the_table_demands_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    write = purging._write

    def demanding(instance: models.Model, values: dict[str, str]) -> None:
        if "" in values.values():  # as a constraint would; no table has one on a text today
            raise IntegrityError
        write(instance, values)

    monkeypatch.setattr(purging, "_write", demanding)
    invited = InvitedOrganisationFactory(declined=True, declined_because="Kvistzebra")
    run("--model", "meetings.InvitedOrganisation", "--id", invited.pk, fields="declined_because", reason=REASON)
    assert InvitedOrganisation.objects.get(pk=invited.pk).declined_because == "(bortrensat)"


def test_what_is_left_of_a_page_deleted_long_ago_goes_too() -> None:
    page = ResourcePageFactory(title="Kvistzebra")
    pk = page.pk
    page.delete()
    assert PageLogEntry.objects.filter(page_id=pk, label="Kvistzebra").exists()
    run("page", pk, reason=REASON)
    assert {entry.label for entry in PageLogEntry.objects.filter(page_id=pk)} == {"(bortrensat)"}
    with pytest.raises(CommandError, match="Det finns ingen rad"):
        run("page", pk, reason=REASON)


class TestFind:
    def test_every_place_is_told_without_the_text_itself(self, capsys: Any) -> None:
        page = ResourcePageFactory(title="Rapport", lead="Här står Kvistzebra 4711 i texten.")
        OutgoingMailFactory(text="Kvistzebra")
        out = StringIO()
        with pytest.raises(SystemExit) as ending:
            call_command("purge", find="Kvistzebra", stdout=out)
        assert ending.value.code == 1
        printed = out.getvalue()
        assert f"resources.ResourcePage {page.pk}: lead" in printed
        assert "outbox.OutgoingMail" in printed
        assert "zebra" not in printed.lower()
        assert "4711" not in printed

    def test_a_text_that_is_nowhere_ends_well(self) -> None:
        assert "finns inte kvar" in run(find="Kvistzebra")

    def test_words_with_accents_are_found_in_mails_and_json(self) -> None:
        OutgoingMailFactory(text="Kvistzebraåäö")
        Purge.objects.create(kind="x", object_id="1", reason="x", removed={"kvistzebraåäö": 1})
        with pytest.raises(SystemExit):
            call_command("purge", find="Kvistzebraåäö", stdout=(out := StringIO()))
        assert ": text" in out.getvalue()
        assert ": message" in out.getvalue()
        assert "privacy.Purge" in out.getvalue()

    def test_a_stored_file_is_found_by_name_and_by_content(self) -> None:
        DocumentFactory(content=b"%PDF-1.4\n% kvistzebra\n%%EOF\n", filename="kvistzebra-fil.pdf")
        with pytest.raises(SystemExit):
            call_command("purge", find="kvistzebra", stdout=(out := StringIO()))
        assert "namn" in out.getvalue()
        assert "innehåll" in out.getvalue()

    @pytest.mark.parametrize("before", [0, 1, 5, 9, 10, 11])
    def test_a_text_across_the_border_of_two_reads_is_found(self, before: int, monkeypatch: Any) -> None:
        text = "kvistzebra"
        monkeypatch.setattr("privacy.purge.text_search.CHUNK", 64)
        DocumentFactory(content=b"%PDF-1.4\n".ljust(128 - before, b"x") + text.encode() + b"y" * 100)
        with pytest.raises(SystemExit):
            call_command("purge", find=text, stdout=(out := StringIO()))
        assert "innehåll" in out.getvalue()

    def test_a_very_short_text_is_refused(self) -> None:
        with pytest.raises(CommandError, match="minst 3"):
            run(find="ab")
