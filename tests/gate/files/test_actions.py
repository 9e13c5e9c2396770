"""A person's approval of a content."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from gate.enums import ScreeningState
from gate.errors import Blocked
from gate.files.actions import approve_file, record_outcome, withdraw_approval
from gate.models import FileScreening
from screening.findings import Screening, Verdict
from tests.factories.contacts import PersonFactory
from tests.factories.resources import DocumentFactory
from tests.screening.numbers import personal_number

from .conftest import BLOCKS, CLEAN, UNREADABLE, WARNS

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def screened(outcome: Screening) -> FileScreening:
    screening = DocumentFactory().screening
    record_outcome(screening, outcome)
    return screening


def test_an_approval_lets_out_what_could_not_be_read_and_is_logged_on_each_file(editor):
    same = DocumentFactory()
    screening = screened(UNREADABLE)
    assert not screening.is_approved
    approve_file(screening, by=editor)
    assert screening.is_approved
    screening.refresh_from_db()
    assert (screening.is_approved, screening.approved_by) == (True, editor)
    logged = ModelLogEntry.objects.filter(action="gate.approve_file", user=editor)
    assert logged.count() == 2
    assert str(same.pk) in logged.values_list("object_id", flat=True)


def test_what_blocks_is_approved_by_nobody(editor):
    screening = screened(BLOCKS)
    with pytest.raises(ValidationError):
        approve_file(screening, by=editor, reason="Det är mitt eget.")
    screening.refresh_from_db()
    assert not screening.is_approved


def test_a_warning_needs_a_reason_that_is_kept(editor):
    screening = screened(WARNS)
    with pytest.raises(ValidationError, match="Skriv ett skäl"):
        approve_file(screening, by=editor, reason="  ")
    approve_file(screening, by=editor, reason="Det är vårt eget nummer.")
    assert screening.reason == "Det är vårt eget nummer."
    entry = ModelLogEntry.objects.get(action="gate.approve_file")
    assert entry.data["reason"] == screening.reason
    assert "organisationsnummer" in entry.message


def test_a_warning_is_approved_by_those_who_may(editor):
    with pytest.raises(PermissionDenied):
        approve_file(screened(WARNS), by=PersonFactory(), reason="Jag vill.")


def test_a_fault_beside_a_warning_needs_the_reason_too(editor):
    screening = screened(Screening(WARNS.findings, fault="Sista sidan är skadad."))
    assert screening.verdict == Verdict.UNSCREENED
    with pytest.raises(ValidationError):
        approve_file(screening, by=editor)


def test_a_reason_is_screened(editor):
    with pytest.raises(Blocked):
        approve_file(screened(WARNS), by=editor, reason=f"Det är {personal_number()}")


def test_an_approval_can_be_withdrawn(editor):
    screening = screened(UNREADABLE)
    approve_file(screening, by=editor)
    withdraw_approval(screening, by=editor)
    screening.refresh_from_db()
    assert not screening.is_approved


@pytest.mark.parametrize(
    ("then", "still"), [(UNREADABLE, True), (WARNS, False), (BLOCKS, False), (CLEAN, True)], ids=str
)
def test_an_approval_stays_when_a_new_reading_finds_nothing_new(editor, then, still):
    screening = screened(UNREADABLE)
    approve_file(screening, by=editor)
    record_outcome(screening, then)
    assert screening.is_approved is still


@pytest.mark.parametrize(("outcome", "approved"), [(UNREADABLE, True), (WARNS, False), (BLOCKS, False)], ids=str)
def test_an_approval_given_while_the_file_waits_counts_if_nothing_is_found(editor, outcome, approved):
    screening = DocumentFactory().screening
    FileScreening.objects.update(state=ScreeningState.WAITING, verdict="", screened_at=None)
    approve_file(screening, by=editor)
    screening.refresh_from_db()
    assert not screening.is_approved
    record_outcome(screening, outcome)
    assert screening.is_approved is approved
