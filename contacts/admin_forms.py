"""Forms of the admin."""

from typing import Any

from django import forms
from wagtail.admin.widgets import AdminDateInput
from wagtail.users.forms import UserCreationForm, UserEditForm

from gate.forms import ScreenedForm
from outbox.form_fields import AddressField

from .merging.forms import NotTheSameMixin
from .models import ContactPerson, Person, today
from .models.persons import NAME_LENGTH, PHONE_LENGTH, TITLE_LENGTH
from .session_actions import end_sessions_after_change
from .validation import clean_email
from .widgets import OrganisationChooser


class AppointForm(NotTheSameMixin, ScreenedForm, forms.ModelForm):
    """A new contact person, whether or not the person is known before."""

    email = AddressField(label="E-post", help_text="Hit går inbjudningarna, och hit loggar personen in.")
    name = forms.CharField(
        label="Namn",
        max_length=NAME_LENGTH,
        help_text="Finns e-postadressen redan i registret behåller personen sina uppgifter.",
    )
    title = forms.CharField(label="Titel", max_length=TITLE_LENGTH, required=False)
    phone = forms.CharField(label="Telefon", max_length=PHONE_LENGTH, required=False)
    field_order = ["organisation", "email", "name", "title", "phone", "start", "deputy"]

    class Meta:
        model = ContactPerson
        fields = ["organisation", "start", "deputy"]
        widgets = {"organisation": OrganisationChooser, "start": AdminDateInput}


class ContactRoleForm(forms.ModelForm):
    """The fields of a role that can be corrected. A role is ended in another view."""

    class Meta:
        model = ContactPerson
        fields = ["start", "deputy"]
        widgets = {"start": AdminDateInput}


class EndRoleForm(forms.Form):
    """From which day a role no longer holds."""

    on = forms.DateField(
        label="Första dagen uppdraget inte längre gäller",
        initial=today,
        widget=AdminDateInput,
        error_messages={
            "required": "Ange en dag.",
            "invalid": "Skriv dagen som 2026-01-31.",
        },
    )


TAKEN = "Någon annan har redan den e-postadressen."


class PersonForm(ScreenedForm, forms.ModelForm):
    """The details of somebody in the register."""

    class Meta:
        model = Person
        fields = ["name", "email", "title", "phone", "organisation", "is_active"]
        field_classes = {"email": AddressField}
        widgets = {"organisation": OrganisationChooser}
        help_texts = {"is_active": "Den som inte får logga in får inte heller några utskick."}
        error_messages = {"email": {"unique": TAKEN}}

    def clean_email(self) -> str:
        """Refuse somebody else's address, however its capitals are written."""
        email: str = self.cleaned_data["email"]
        if Person.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(TAKEN, code="unique")
        return email


class AccountForm(ScreenedForm, forms.Form):
    """The differences from Wagtail's user form: one name, no password, log-in by e-mailed code."""

    password_enabled = False
    password_required = False
    # Declared by Wagtail's form; a person has one name.
    first_name = last_name = None

    def __init__(self, *args: Any, manager: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A disabled field keeps its value, whatever is posted: only an administrator may appoint another.
        if "is_superuser" in self.fields:
            self.fields["is_superuser"].disabled = not manager.is_superuser
        self.fields["organisation"].widget = OrganisationChooser()

    def clean_email(self) -> str:
        return clean_email(self.cleaned_data["email"])


ACCOUNT_FIELDS = ["email", "name", "title", "phone", "organisation", "groups", "is_superuser"]


class AccountCreationForm(AccountForm, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = ACCOUNT_FIELDS

    def save(self, commit: bool = True) -> Person:
        self.instance.set_unusable_password()
        return super().save(commit)


class AccountEditForm(AccountForm, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = [*ACCOUNT_FIELDS, "is_active"]

    def save(self, commit: bool = True) -> Person:
        former_email = Person.objects.values_list("email", flat=True).get(pk=self.instance.pk)
        person: Person = super().save(commit)
        end_sessions_after_change(person=person, former_email=former_email)
        return person
