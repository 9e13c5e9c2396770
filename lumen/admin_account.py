"""An editor's account page in the admin, where a person has one name and no picture."""

from typing import Any, ClassVar

from django import forms
from wagtail.admin.views import account

from contacts.models import LogIn, Person
from gate.forms import ScreenedForm

# Wagtail's own panels ask for a first and a last name, and store the picture where no URL leads.
REPLACED_PANELS = {account.NameEmailSettingsPanel.name, account.AvatarSettingsPanel.name}


class NameForm(ScreenedForm, forms.ModelForm):
    class Meta:
        model = Person
        fields: ClassVar[list[str]] = ["name"]


class NamePanel(account.BaseSettingsPanel):
    name = "name"
    title = "Namn"
    order = 100
    form_class = NameForm


class LogInsForm(forms.ModelForm):
    """Has no field: the panel shows something, and its button leads elsewhere."""

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = []

    def save(self, commit: bool = True) -> Person:
        return self.instance


class LogInsPanel(account.BaseSettingsPanel):
    name = "log_ins"
    title = "Senaste inloggningar"
    order = 900
    form_class = LogInsForm
    template_name = "admin_contacts/log_ins_panel.html"

    def get_context_data(self) -> dict[str, Any]:
        return {"log_ins": LogIn.objects.latest_of(self.user)}


class AccountView(account.AccountView):
    def get_panels(self) -> list[Any]:
        """Wagtail's panels that hold for LUMEN, and ours."""
        panels = [panel for panel in super().get_panels() if panel.name not in REPLACED_PANELS]
        own = (panel(self.request, self.request.user, None) for panel in (NamePanel, LogInsPanel))
        return [*own, *panels]
