"""Forms of the import of contact persons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import validate_comma_separated_integer_list

from gate.forms import ScreeningValidator

from .imports.headings import NAME_PARTS, TITLES, Layout
from .imports.matching import OrganisationFinder
from .imports.tables import Table
from .models import Organisation


class UploadForm(forms.Form):
    """A file with contact persons."""

    file = forms.FileField(
        label="Fil",
        help_text="En Excelfil (.xlsx) eller textfil (.csv) med en rad för varje kontaktperson.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Välj en fil.", "empty": "Filen är tom."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        ScreeningValidator()(file.name)
        return file


class OrganisationForm(forms.Form):
    """Which organisation a written name means: a candidate, another that is typed, or none any more."""

    key = forms.CharField(widget=forms.HiddenInput, strip=False)
    organisation = forms.ModelChoiceField(Organisation.objects.all(), required=False, widget=forms.HiddenInput)
    typed = forms.CharField(label="Annan organisation", required=False, max_length=255)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("typed"):
            # A misspelt name, or one that two have, is told with the finder's own sentence.
            finder = OrganisationFinder(Organisation.objects.all())
            data["organisation"] = finder.find(name=data["typed"], code="")
        return data


class FillDownForm(forms.Form):
    fills_down = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ConfirmForm(forms.Form):
    """What was seen in the preview: the mark of the choices, and the rows with faults, which are left out."""

    seen = forms.CharField(required=False)
    without = forms.CharField(required=False, validators=[validate_comma_separated_integer_list])

    def clean_without(self) -> set[int]:
        return {int(number) for number in self.cleaned_data["without"].split(",") if number and len(number) < 8}


@dataclass(frozen=True)
class ColumnChoice:
    """A column of the file beside the field in which one chooses what it holds."""

    heading: str
    samples: Sequence[str]
    field: forms.BoundField


class ColumnsForm(forms.Form):
    """What each column of the file holds."""

    NOTHING = ("", "Läs inte in")

    first_row = forms.IntegerField(
        label="Första raden med en kontaktperson",
        min_value=1,
        error_messages={
            "required": "Skriv radens nummer i filen.",
            "invalid": "Skriv radens nummer i filen.",
            "min_value": "Skriv radens nummer i filen.",
        },
    )

    def __init__(self, *args: Any, table: Table, layout: Layout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table, self.layout = table, layout
        for column in range(table.width):
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=layout.heading(column),
                choices=[self.NOTHING, *TITLES.items(), *NAME_PARTS.items()],
                required=False,
            )

    @property
    def columns(self) -> list[ColumnChoice]:
        """The columns with something in them."""
        found = []
        for column in range(self.table.width):
            values = self.table.samples(column, self.layout.first_row, most=20)
            samples = list(dict.fromkeys(values))[:3]
            if samples or any(self.layout.headings[column : column + 1]):
                found.append(ColumnChoice(self.layout.heading(column), samples, self[f"column_{column}"]))
        return found

    def clean_first_row(self) -> int:
        first_row: int = self.cleaned_data["first_row"]
        if first_row > self.table.rows[-1][0]:
            raise forms.ValidationError(f"Filen slutar på rad {self.table.rows[-1][0]}.")
        return first_row

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen = {column: data.get(f"column_{column}", "") for column in range(self.table.width)}
        data["columns"] = {column: field for column, field in chosen.items() if field}
        fields = list(data["columns"].values())
        titles = TITLES | NAME_PARTS
        for field in dict.fromkeys(field for field in fields if fields.count(field) > 1):
            self.add_error(None, f"Två kolumner är valda som {titles[field]}. Välj den ena.")
        if "name" in fields and any(part in fields for part in NAME_PARTS):
            self.add_error(None, "Välj antingen Namn, eller Förnamn och Efternamn.")
        if missing := Layout(data["columns"], 1).missing:
            self.add_error(None, f"Välj vilken kolumn som är {_listed(missing)}.")
        return data


def _listed(words: Sequence[str]) -> str:
    return " och ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
