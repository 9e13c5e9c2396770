"""A person's word on a content."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry

from gate.models import FileScreening, ScreeningState
from gate.publishing.errors import Blocked
from gate.uploads.actions import give_word, record_outcome, withdraw_word
from screening.findings import Screening, Verdict
from tests.factories.contacts import PersonFactory
from tests.factories.resources import DocumentFactory
from tests.screening.numbers import personal_number

from .conftest import BLOCKS, CLEAN, UNREADABLE, WARNS

pytestmark = pytest.mark.django_db


def screened(outcome: Screening) -> FileScreening:
    screening = DocumentFactory().screening
    record_outcome(screening, outcome)
    return screening


def test_a_word_clears_what_could_not_be_read_and_is_logged_on_each_file(editor):
    same = DocumentFactory()
    screening = screened(UNREADABLE)
    assert not screening.is_cleared
    give_word(screening, by=editor)
    assert screening.is_cleared
    screening.refresh_from_db()
    assert (screening.is_cleared, screening.cleared_by) == (True, editor)
    logged = ModelLogEntry.objects.filter(action="gate.word", user=editor)
    assert logged.count() == 2
    assert str(same.pk) in logged.values_list("object_id", flat=True)


def test_what_blocks_is_passed_by_nobody(editor):
    screening = screened(BLOCKS)
    with pytest.raises(ValidationError):
        give_word(screening, by=editor, reason="Det är mitt eget.")
    screening.refresh_from_db()
    assert not screening.is_cleared


def test_a_warning_needs_a_reason_that_is_kept(editor):
    screening = screened(WARNS)
    with pytest.raises(ValidationError, match="Skriv ett skäl"):
        give_word(screening, by=editor, reason="  ")
    give_word(screening, by=editor, reason="Det är vårt eget nummer.")
    assert screening.reason == "Det är vårt eget nummer."
    entry = ModelLogEntry.objects.get(action="gate.word")
    assert entry.data["reason"] == screening.reason
    assert "organisationsnummer" in entry.message


def test_a_warning_is_passed_by_those_who_may(editor):
    with pytest.raises(PermissionDenied):
        give_word(screened(WARNS), by=PersonFactory(), reason="Jag vill.")


def test_a_fault_beside_a_warning_needs_the_reason_too(editor):
    screening = screened(Screening(WARNS.findings, fault="Sista sidan är skadad."))
    assert screening.verdict == Verdict.UNSCREENED
    with pytest.raises(ValidationError):
        give_word(screening, by=editor)


def test_a_reason_is_screened(editor):
    with pytest.raises(Blocked):
        give_word(screened(WARNS), by=editor, reason=f"Det är {personal_number()}")


def test_a_word_can_be_taken_back(editor):
    screening = screened(UNREADABLE)
    give_word(screening, by=editor)
    withdraw_word(screening, by=editor)
    screening.refresh_from_db()
    assert not screening.is_cleared


@pytest.mark.parametrize(
    ("then", "still"), [(UNREADABLE, True), (WARNS, False), (BLOCKS, False), (CLEAN, True)], ids=str
)
def test_a_word_stays_when_a_new_reading_finds_nothing_new(editor, then, still):
    screening = screened(UNREADABLE)
    give_word(screening, by=editor)
    record_outcome(screening, then)
    assert screening.is_cleared is still


@pytest.mark.parametrize(("outcome", "cleared"), [(UNREADABLE, True), (WARNS, False), (BLOCKS, False)], ids=str)
def test_a_word_given_while_the_file_waits_counts_if_nothing_is_found(editor, outcome, cleared):
    screening = DocumentFactory().screening
    FileScreening.objects.update(state=ScreeningState.WAITING, verdict="", screened_at=None)
    give_word(screening, by=editor)
    screening.refresh_from_db()
    assert not screening.is_cleared
    record_outcome(screening, outcome)
    assert screening.is_cleared is cleared
