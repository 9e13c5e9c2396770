"""Forms of the editor's pages. Imported by the models, so nothing here may need them loaded."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from gate.desk.page_forms import DeskPageForm
from gate.guard import refuse_what_blocks

from .models.vocabulary import Theme


class ThemesField(forms.ModelMultipleChoiceField):
    """A checkbox for each theme of the vocabulary: editors choose among them but cannot type new ones."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(Theme.objects.all(), required=False, label="Teman", **options)


class ThemedPageForm(DeskPageForm):
    """The form of page types with `themes`."""

    themes = ThemesField(help_text="Saknas ett tema? Lägg till det under Ordlistor i menyn.")


class ThemePageForm(DeskPageForm):
    """Lets an editor make a theme and its page in one go."""

    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        required=False,
        label="Tema",
        empty_label="Nytt tema med sidans namn",
        help_text="Materialet och mötena på sidan är de som har det här temat.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        name = cleaned.get("title")
        if name and not cleaned.get("theme") and "theme" not in self.errors:
            cleaned["theme"] = self._theme_named(name)
            if cleaned["theme"] is None:
                self._refuse_number_in(name)
        return cleaned

    def _refuse_number_in(self, name: str) -> None:
        """Refuse a number in a new theme's name, which visitors see at once, also while its page is a draft."""
        try:
            refuse_what_blocks([Theme(name=name)])
        except ValidationError as error:
            self.add_error("title", error)

    def _theme_named(self, name: str) -> Theme | None:
        """The theme with the page's name; if it is None, `save` creates one."""
        theme = Theme.objects.filter(name__iexact=name).select_related("page").first()
        if theme and hasattr(theme, "page") and theme.page.pk != self.instance.pk:
            self.add_error("title", "Det finns redan en sida om temat.")
            return None
        return theme

    def save(self, commit: bool = True) -> Any:
        if self.instance.theme_id is None:
            self.instance.theme = Theme.objects.create(name=self.cleaned_data["title"])
        return super().save(commit)
