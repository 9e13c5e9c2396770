"""Forms of the editor's pages. Imported by the models, so nothing here may need them loaded."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from .models.vocabulary import Theme


class ThemesField(forms.ModelMultipleChoiceField):
    """A checkbox for each theme of the vocabulary: editors choose, but do not invent."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(Theme.objects.all(), required=False, label="Teman", **options)


class ThemedPageForm(WagtailAdminPageForm):
    """For page types with `themes`."""

    themes = ThemesField(help_text="Saknas ett tema? Lägg till det under Ordlistor i menyn.")
