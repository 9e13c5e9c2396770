"""With the clock moved on, what is due goes, and numbers by meeting and by day are as before."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.actions import appoint_deputy, end_contact_role
from contacts.models import ContactPerson, LogIn, Organisation, PendingImport, Person
from lumen.jobs import JOBS
from meetings.models import Registration
from outbox.actions import reason_not_to_retry
from outbox.models import OutgoingMail
from privacy.enums import RetentionKind
from privacy.models import AccessLogEntry, Purge, RetentionRule, RetentionRun
from privacy.retention import actions
from privacy.retention.actions import apply_retention, change_rule
from privacy.retention.descriptions import described_rules, duration
from privacy.retention.rules import RULES
from resources.models import MissedSearch
from tests.factories.contacts import ContactPersonFactory, MembershipFactory, OrganisationFactory, PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory
from tests.factories.outbox import OutgoingMailFactory
from tests.privacy.whole_person import EMAIL, NAME, numbers, whole_person

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)


def in_years(years: float) -> datetime:
    return timezone.now() + years * YEAR


def keep(kind: RetentionKind, days: int) -> None:
    RetentionRule.objects.filter(kind=kind).update(days=days)


def removed(kind: RetentionKind, now: datetime | None = None) -> int:
    return apply_retention(now=now)[kind]


class TestYearsLater:
    def test_k3_after_three_years_what_is_due_goes_and_all_numbers_are_as_before(self) -> None:
        held = whole_person()
        end_contact_role(role=held.role, on=timezone.localdate(), by=None)
        held.person.memberships.update(end=timezone.localdate())
        plain = ContactPersonFactory(person__name="Pål Plain", start=date(2024, 1, 1), end=timezone.localdate()).person
        OutgoingMail.objects.update(status="sent", sent_at=timezone.now(), due_at=None)
        days = [date(2024, 6, 1), date(2025, 10, 15), timezone.localdate()]
        coverage = [Organisation.objects.coverage(day) for day in days]
        meetings = [numbers(held.held), numbers(held.coming)]
        apply_retention(now=in_years(3))
        assert not Registration.objects.with_details().exists()
        assert not OutgoingMail.objects.exists()
        assert not Session.objects.exists()
        plain.refresh_from_db()
        assert plain.is_erased
        held.person.refresh_from_db()
        assert held.person.name == NAME  # has approved a page, which the rule of former editors is about
        apply_retention(now=in_years(6))
        assert NAME not in str(list(Person.objects.values()) + list(Registration.objects.values()))
        assert [Organisation.objects.coverage(day) for day in days] == coverage
        assert [numbers(held.held), numbers(held.coming)] == meetings

    def test_what_is_still_in_use_stays(self) -> None:
        held = whole_person()
        apply_retention(now=in_years(6))
        held.person.refresh_from_db()
        assert (held.person.name, held.person.email) == (NAME, EMAIL)

    def test_a_second_time_nothing_is_due(self) -> None:
        whole_person()
        apply_retention(now=in_years(6))
        again = apply_retention(now=in_years(6))
        assert sum(again.values()) == 0


class TestRegistrations:
    @pytest.mark.parametrize(("days", "gone"), [(729, False), (731, True)])
    def test_the_time_is_counted_from_the_end_of_the_meeting(self, days: int, gone: bool) -> None:
        row = RegistrationFactory()
        now = row.meeting.ends_at + timedelta(days=days)
        assert removed(RetentionKind.REGISTRATIONS, now) == gone
        row.refresh_from_db()
        assert row.is_anonymous is gone

    @pytest.mark.parametrize("trait", ["waiting", "left"])
    def test_those_who_never_came_are_anonymous_too(self, trait: str) -> None:
        row = RegistrationFactory(**{trait: True})
        status = row.status
        apply_retention(now=in_years(3))
        row.refresh_from_db()
        assert row.is_anonymous
        assert (row.name, row.status) == ("", status)

    def test_many_of_one_meeting_may_be_anonymous(self) -> None:
        meeting = MeetingPageFactory(past=True)
        RegistrationFactory.create_batch(3, meeting=meeting, attended=True)
        before = numbers(meeting)
        assert removed(RetentionKind.REGISTRATIONS, in_years(3)) == 3
        assert numbers(meeting) == before

    def test_an_address_still_registers_once_to_a_meeting(self) -> None:
        row = RegistrationFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            RegistrationFactory(meeting=row.meeting, email=row.email.upper())


class TestPersons:
    def test_k10_a_deputy_who_was_taken_back_at_once_goes(self) -> None:
        role = ContactPersonFactory(organisation__email_domains="ort.example")
        deputy = appoint_deputy(by=role.person, organisation=role.organisation, email="x@ort.example", name="X")
        end_contact_role(role=deputy, on=timezone.localdate(), by=role.person)
        assert removed(RetentionKind.WITHOUT_ROLE) == 0
        assert removed(RetentionKind.WITHOUT_ROLE, timezone.now() + timedelta(days=8)) == 1
        assert not Person.objects.filter(email="x@ort.example").exists()
        assert Person.objects.filter(pk=role.person.pk).exists()

    @pytest.mark.parametrize("rights", ["group", "permission", "administrator"])
    def test_an_account_of_the_staff_is_nobody_without_a_role(self, rights: str) -> None:
        person = PersonFactory(is_superuser=rights == "administrator")
        if rights == "group":
            person.groups.add(Group.objects.create(name="Nya gruppen"))
        elif rights == "permission":
            person.user_permissions.add(Permission.objects.first())
        assert removed(RetentionKind.WITHOUT_ROLE, in_years(10)) == 0

    def test_somebody_who_logs_in_now_and_then_stays(self) -> None:
        person = PersonFactory(last_login=in_years(2))
        assert removed(RetentionKind.WITHOUT_ROLE, in_years(2)) == 0
        assert Person.objects.filter(pk=person.pk).exists()

    @pytest.mark.parametrize(("years", "gone"), [(1.9, False), (2.1, True)])
    def test_an_ended_contact_person_is_kept_as_long_as_the_rule_says(self, years: float, gone: bool) -> None:
        role = ContactPersonFactory(start=date(2020, 1, 1), end=timezone.localdate())
        assert removed(RetentionKind.FORMER_ROLES, in_years(years)) == gone
        role.person.refresh_from_db()
        assert role.person.is_erased is gone

    def test_the_last_of_several_roles_counts(self) -> None:
        role = ContactPersonFactory(start=date(2020, 1, 1), end=date(2021, 1, 1))
        MembershipFactory(person=role.person, start=date(2020, 1, 1), end=timezone.localdate())
        assert removed(RetentionKind.FORMER_ROLES) == 0

    @pytest.mark.parametrize("open_role", ["running", "coming"])
    def test_somebody_with_a_role_left_stays(self, open_role: str) -> None:
        role = ContactPersonFactory(ended=True)
        start = timezone.localdate() + 12 * YEAR if open_role == "coming" else date(2021, 1, 1)
        ContactPersonFactory(person=role.person, start=start)
        assert removed(RetentionKind.FORMER_ROLES, in_years(10)) == 0

    def test_a_former_editor_is_kept_longer_since_the_history_names_them(self) -> None:
        editor = PersonFactory(last_login=timezone.now())
        AccessLogEntry.objects.create(who=editor, kind="read", what="Lista: personer")
        Purge.objects.create(kind="wagtailcore.Page", object_id="1", by=editor, reason="x", finished_at=timezone.now())
        apply_retention(now=in_years(4.9))
        assert not Person.objects.get(pk=editor.pk).is_erased
        apply_retention(now=in_years(5.1))
        assert Person.objects.get(pk=editor.pk).is_erased
        assert str(Purge.objects.get().by) == f"Raderad person {editor.pk}"


class TestMails:
    def test_o10_delivered_mails_lose_their_text_first_and_their_row_later(self) -> None:
        mail = OutgoingMailFactory(sent=True)
        apply_retention(now=timezone.now() + timedelta(days=31))
        mail.refresh_from_db()
        assert (mail.text, bytes(mail.message)) == ("", b"")
        assert mail.recipient
        apply_retention(now=in_years(1.1))
        assert not OutgoingMail.objects.filter(pk=mail.pk).exists()

    def test_a_mail_in_the_queue_is_kept_however_old(self) -> None:
        mail = OutgoingMailFactory(retrying=True)
        apply_retention(now=in_years(10))
        mail.refresh_from_db()
        assert mail.text and mail.recipient

    @pytest.mark.parametrize("trait", ["failed", "bounced"])
    def test_what_did_not_arrive_can_be_sent_again_until_its_time_is_over(self, trait: str) -> None:
        mail = OutgoingMailFactory(**{trait: True})
        apply_retention(now=timezone.now() + timedelta(days=300))
        mail.refresh_from_db()
        assert not reason_not_to_retry(mail)
        apply_retention(now=in_years(1.1))
        mail.refresh_from_db()
        assert (mail.recipient, mail.text, bytes(mail.message), mail.reply) == ("", "", b"", "")
        assert reason_not_to_retry(mail)

    def test_more_mails_than_one_query_takes(self) -> None:
        OutgoingMailFactory.create_batch(101, sent=True)
        assert removed(RetentionKind.MAILS, in_years(2)) == 101
        assert not OutgoingMail.objects.exists()


class TestOthers:
    def test_o10_sessions_that_no_longer_hold_go(self, client: Any) -> None:
        client.force_login(PersonFactory(editor=True))
        assert removed(RetentionKind.SESSIONS) == 0
        assert removed(RetentionKind.SESSIONS, in_years(1)) == 1
        assert not Session.objects.exists()

    def test_log_ins_are_forgotten_after_ninety_days(self) -> None:
        person = PersonFactory(editor=True)
        for days in (1, 89, 91, 400):
            LogIn.objects.create(person=person, when=timezone.now() - timedelta(days=days))
        assert removed(RetentionKind.LOG_INS) == 2
        assert LogIn.objects.count() == 2

    def test_searches_without_an_answer_are_forgotten_after_a_year(self) -> None:
        today = timezone.localdate()
        for days in (364, 366):
            MissedSearch.objects.create(day=today - timedelta(days=days), query=f"för {days} dagar sedan")
        assert removed(RetentionKind.MISSED_SEARCHES) == 1
        assert MissedSearch.objects.get().query == "för 364 dagar sedan"

    def test_logs_and_waiting_files_go(self) -> None:
        editor = PersonFactory(editor=True)
        PendingImport.objects.create(owner=editor, name="lista.csv", content=b"x")
        AccessLogEntry.objects.create(who=editor, kind="read", what="Lista: personer")
        Purge.objects.create(kind="x", object_id="1", reason="x", finished_at=timezone.now())
        unfinished = Purge.objects.create(kind="x", object_id="2", reason="x")
        apply_retention(now=in_years(11))
        assert not PendingImport.objects.exists() and not AccessLogEntry.objects.exists()
        assert list(Purge.objects.all()) == [unfinished]


class TestRules:
    def test_each_kind_has_one_rule_in_the_code_and_one_in_the_database(self) -> None:
        assert [rule.kind for rule in RULES] == list(RetentionKind)
        assert set(RetentionRule.objects.values_list("kind", flat=True)) == set(RetentionKind)

    def test_each_run_is_logged_by_kind_with_how_many(self) -> None:
        OutgoingMailFactory.create_batch(2, sent=True)
        now = in_years(2)
        apply_retention(now=now)
        assert dict(RetentionRun.objects.values_list("kind", "removed")) == {
            **dict.fromkeys(RetentionKind.values, 0),
            "mail_content": 2,
            "mails": 2,
        }
        apply_retention(now=now + 20 * YEAR)
        assert not RetentionRun.objects.filter(at=now).exists()

    def test_another_time_is_another_removal(self) -> None:
        OutgoingMailFactory(sent=True)
        keep(RetentionKind.MAILS, 10)
        assert removed(RetentionKind.MAILS, timezone.now() + timedelta(days=11)) == 1

    def test_only_an_administrator_changes_a_rule(self) -> None:
        rule = RetentionRule.objects.get(kind=RetentionKind.MAILS)
        with pytest.raises(PermissionDenied):
            change_rule(rule=rule, days=1, decision="Dnr 1", by=PersonFactory())
        change_rule(rule=rule, days=1, decision="Dnr 1", by=PersonFactory(editor=True))
        rule.refresh_from_db()
        assert (rule.days, rule.decision) == (1, "Dnr 1")

    def test_a_fault_in_one_kind_is_raised_when_the_others_are_done(self, monkeypatch: pytest.MonkeyPatch) -> None:
        mail = OutgoingMailFactory(sent=True)

        def fail(rows: Any) -> int:
            raise RuntimeError

        monkeypatch.setattr(actions, "RULES", (replace(RULES[0], remove=fail), *RULES[1:]))
        with pytest.raises(RuntimeError):
            apply_retention(now=in_years(2))
        assert not OutgoingMail.objects.filter(pk=mail.pk).exists()

    @pytest.mark.parametrize(
        ("days", "words"), [(1, "1 dag"), (30, "30 dagar"), (365, "1 år"), (730, "2 år"), (400, "400 dagar")]
    )
    def test_a_time_in_words(self, days: int, words: str) -> None:
        assert duration(days) == words

    def test_each_rule_is_told_with_what_it_is_counted_from_and_on_which_decision(self) -> None:
        told = {each.label: each for each in described_rules()}
        rule = told["Anmälningar till möten"]
        assert rule.time == "2 år från mötets slut"
        assert rule.decision and "Antal" not in rule.time
        assert told["Inloggningar"].time == "Tas bort inom ett dygn från att inloggningen slutade gälla"


class TestCommand:
    def document(self, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, Any]:
        call_command("retention", "--json", *options)
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    def test_without_apply_it_only_tells(self, capsys: pytest.CaptureFixture[str]) -> None:
        OutgoingMailFactory(sent=True, sent_at=in_years(-3))
        document = self.document(capsys)
        assert set(document) == {"rules", "removed"}
        due = {rule["kind"]: rule for rule in document["rules"]}
        assert set(due["mails"]) == {"kind", "keep", "decision", "due"}
        assert (due["mails"]["keep"], due["mails"]["due"], document["removed"]) == (365, 1, 0)
        assert OutgoingMail.objects.exists() and not RetentionRun.objects.exists()

    def test_with_apply_it_removes(self, capsys: pytest.CaptureFixture[str]) -> None:
        RegistrationFactory(meeting=MeetingPageFactory(starts_at=in_years(-3)))
        assert self.document(capsys, "--apply")["removed"] == 1
        assert self.document(capsys)["rules"][0]["due"] == 0

    def test_it_reads_as_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("retention")
        text = capsys.readouterr().out
        assert "Anmälningar till möten: 2 år från mötets slut. 0 att ta bort." in text
        assert "Ingenting är borttaget" in text

    def test_the_job_runs_once_a_day(self) -> None:
        [job] = [job for job in JOBS if job.run is apply_retention]
        assert job.interval == timedelta(days=1)


def test_roles_taken_back_that_invitations_refer_to_lose_their_name() -> None:
    role = ContactPersonFactory(start=date(2025, 10, 1), end=date(2025, 10, 1))
    OrganisationFactory()
    Person.objects.filter(pk=role.person.pk).update(date_joined=in_years(-1))
    assert removed(RetentionKind.WITHOUT_ROLE) == 1
    role.refresh_from_db()
    assert role.person.is_erased and ContactPerson.objects.filter(pk=role.pk).exists()
