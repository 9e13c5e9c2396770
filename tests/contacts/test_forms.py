"""What contact persons type of themselves and their deputies, with numbers of persons in it."""

import pytest

from contacts.forms import DeputyForm, OwnDetailsForm
from contacts.models import Organisation
from tests.screening.numbers import personal_number

NUMBER = personal_number()
TAKE_IT_AWAY = "Ta bort personnumret. Vi behöver det inte."


@pytest.mark.parametrize("form_class", [OwnDetailsForm, DeputyForm])
@pytest.mark.django_db
def test_no_field_of_text_takes_a_number(form_class: type) -> None:
    options = {"organisations": Organisation.objects.none()} if form_class is DeputyForm else {}
    for name in set(form_class.base_fields) - {"organisation"}:
        form = form_class({name: f"19{NUMBER}@ort.example" if "email" in name else f"19{NUMBER}"}, **options)
        assert TAKE_IT_AWAY in form.errors[name]
        assert NUMBER not in str(form.errors)


def test_a_telephone_number_is_one() -> None:
    assert OwnDetailsForm({"name": "Kim Andersson", "phone": "070-123 45 67"}).is_valid()
