"""Every form that takes an address refuses one that no mail reaches."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.core import context
from django import forms
from django.test import RequestFactory

from contacts.admin_forms import AccountCreationForm, AccountEditForm, AppointForm, PersonForm
from contacts.enums import InquiryKind
from contacts.forms import DeputyForm
from contacts.models import Inquiry, Organisation
from contacts.nominations.forms import ApplicationForm, HandOverForm, ReplaceForm
from contacts.reachability.forms import InquiryForm
from lumen.account_forms import RequestLoginCodeForm, ResetPasswordForm
from meetings.forms import AddressListField, ForwardForm, NewColleagueForm, OwnRegistrationForm, RegistrationForm
from tests.factories.contacts import PersonFactory
from tests.write_paths.forms import own_forms

pytestmark = pytest.mark.django_db

FORMS: dict[type[forms.BaseForm], Callable[[dict[str, str]], Any]] = {
    AccountCreationForm: lambda data: AccountCreationForm(data, manager=PersonFactory(editor=True)),
    AccountEditForm: lambda data: AccountEditForm(
        data, instance=PersonFactory(), manager=PersonFactory(editor=True), editing_self=False
    ),
    AppointForm: AppointForm,
    DeputyForm: lambda data: DeputyForm(data, organisations=Organisation.objects.all()),
    ApplicationForm: ApplicationForm,
    ForwardForm: ForwardForm,
    HandOverForm: HandOverForm,
    InquiryForm: lambda data: InquiryForm(data, inquiry=Inquiry(kind=InquiryKind.MAILBOX)),
    NewColleagueForm: lambda data: NewColleagueForm(data, organisations=Organisation.objects.all()),
    OwnRegistrationForm: OwnRegistrationForm,
    PersonForm: PersonForm,
    RegistrationForm: RegistrationForm,
    ReplaceForm: ReplaceForm,
    RequestLoginCodeForm: RequestLoginCodeForm,
    ResetPasswordForm: ResetPasswordForm,
}


def name_of_address(form: type[forms.BaseForm]) -> str | None:
    names = (name for name, field in form.base_fields.items() if isinstance(field, forms.EmailField | AddressListField))
    return next(names, None)


def test_every_form_with_an_address_is_tried_here() -> None:
    assert {form for form in own_forms() if name_of_address(form)} == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("address", ["kim@localhost", "kim@[127.0.0.1]", "kim@[IPv6:::1]", "kim@10.0.0.10"])
def test_k20_no_form_takes_an_address_without_a_domain(
    form: type[forms.BaseForm], address: str, rf: RequestFactory
) -> None:
    name = str(name_of_address(form))
    with context.request_context(rf.post("/")):
        assert FORMS[form]({name: address}).errors.get(name)
        assert not FORMS[form]({name: "kim@nacka.example"}).errors.get(name)
