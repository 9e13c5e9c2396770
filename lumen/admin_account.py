"""An editor's account page in the admin, where a person has one name and no picture."""

from typing import Any, ClassVar

from django import forms
from wagtail.admin.views import account

from contacts.models import Person
from gate.forms import ScreenedForm

# Wagtail's own panels ask for a first and a last name, and store the picture where no URL leads.
REPLACED_PANELS = {account.NameEmailSettingsPanel.name, account.AvatarSettingsPanel.name}


class NameForm(ScreenedForm, forms.ModelForm):
    class Meta:
        model = Person
        fields: ClassVar[list[str]] = ["name"]


class NamePanel(account.BaseSettingsPanel):  # type: ignore[misc]
    name = "name"
    title = "Namn"
    order = 100
    form_class = NameForm


class AccountView(account.AccountView):  # type: ignore[misc]
    def get_panels(self) -> list[Any]:
        """The name first, then Wagtail's panels that hold for LUMEN."""
        panels = [panel for panel in super().get_panels() if panel.name not in REPLACED_PANELS]
        return [NamePanel(self.request, self.request.user, None), *panels]
