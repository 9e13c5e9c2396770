"""The table of what LUMEN holds about people: every model stands in it, or in the list of those without people."""

import pytest
from django.apps import apps
from django.db import models

from contacts.models import Organisation, Person
from privacy.enums import RetentionKind
from privacy.records import table
from privacy.records.table import RECORDS, WITHOUT_PERSONAL_DATA, models_with_personal_data, unplaced_models


def test_every_model_stands_in_the_table_or_in_the_list_without_personal_data() -> None:
    assert unplaced_models() == []


def test_no_model_stands_in_both() -> None:
    without = {model for models_ in WITHOUT_PERSONAL_DATA.values() for model in models_}
    assert models_with_personal_data() & without == set()


@pytest.mark.parametrize("model", [Person, Organisation])
def test_a_model_that_is_left_out_is_found(model: type[models.Model], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "RECORDS", tuple(r for r in RECORDS if model not in r.models))
    without = {why: tuple(m for m in ms if m is not model) for why, ms in WITHOUT_PERSONAL_DATA.items()}
    monkeypatch.setattr(table, "WITHOUT_PERSONAL_DATA", without)
    assert unplaced_models() == [model._meta.label]


def test_a_model_that_refers_to_a_person_is_not_among_those_without() -> None:
    without = [model for models_ in WITHOUT_PERSONAL_DATA.values() for model in models_]
    assert [m for m in without if any(f.related_model is Person for f in m._meta.local_fields)] == []


def test_each_kind_has_a_name_of_its_own_and_says_why_how_long_and_what_erasure_does() -> None:
    kinds = [record.kind for record in RECORDS]
    assert len(kinds) == len(set(kinds))
    for record in RECORDS:
        assert record.purpose.endswith(".") and record.erasure.endswith("."), record.kind
        assert bool(record.rules) != bool(record.kept), record.kind


def test_each_rule_is_about_a_kind_of_record() -> None:
    without_people = {RetentionKind.MISSED_SEARCHES}  # counted by words alone
    assert {kind for record in RECORDS for kind in record.rules} == set(RetentionKind) - without_people


def test_a_table_without_a_model_of_its_own_is_one_that_exists() -> None:
    assert set(table.TABLES_WITHOUT_PERSONAL_DATA) <= {model._meta.db_table for model in apps.get_models()}
