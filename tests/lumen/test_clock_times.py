"""A clock time that a night does not have, or has twice, is explained in every form of the admin."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import BaseForm, DateTimeField

from lumen.clock_times import ClockTimeField
from tests.factories.meetings import MeetingPageFactory
from tests.write_paths.forms import own_forms


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("2027-03-28 02:30", "Klockan 2.30 finns inte den natten, när klockan ställs fram. Välj en annan tid."),
        (
            "2027-10-31 02:05",
            "Klockan 2.05 kommer två gånger den natten, när klockan ställs tillbaka. Välj en annan tid.",
        ),
    ],
)
def test_m17_the_night_is_explained(typed: str, answer: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ClockTimeField().clean(typed)
    assert caught.value.messages == [answer]


@pytest.mark.parametrize("typed", ["2027-03-28 01:59", "2027-03-28 03:00", "2027-10-31 01:59", "2027-10-31 03:00"])
def test_the_hours_beside_are_ordinary(typed: str) -> None:
    moment = ClockTimeField().clean(typed)
    assert f"{moment:%Y-%m-%d %H:%M}" == typed


def test_what_is_no_time_is_told_as_before() -> None:
    with pytest.raises(ValidationError) as caught:
        ClockTimeField().clean("i morgon")
    assert caught.value.error_list[0].code == "invalid"


@pytest.mark.django_db
def test_m17_every_form_of_the_admin_has_the_field() -> None:
    fields = {
        (form.__name__, name): field
        for form in own_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, DateTimeField)
    }
    assert {type(field) for field in fields.values()} <= {ClockTimeField}, fields
    edit = MeetingPageFactory().get_edit_handler().get_form_class()
    assert issubclass(edit, BaseForm)
    assert {type(edit.base_fields[name]) for name in ("starts_at", "ends_at", "go_live_at")} == {ClockTimeField}
