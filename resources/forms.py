"""Forms of the library and the search. They are valid whatever the address holds."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms

from .facets import Facet, Option
from .search.words import MAX_QUERY_LENGTH

FIRST_PAGE = 1
MAX_PAGE_DIGITS = 6
MOST_SLUGS = 50


class Sorting:
    RELEVANCE = "relevans"
    NEWEST = "senaste"
    TITLE = "titel"


SORTINGS = ((Sorting.RELEVANCE, "Mest relevant"), (Sorting.NEWEST, "Senaste"), (Sorting.TITLE, "Titel A–Ö"))


def _values(field: forms.ChoiceField) -> list[str]:
    return [value for value, _ in cast("Iterable[tuple[str, str]]", field.choices)]


class KnownChoicesField(forms.MultipleChoiceField):
    """Several choices; values that are no choice are left out, as in an old or changed address."""

    def clean(self, value: Any) -> list[str]:
        chosen = set(value or ())
        return [slug for slug in _values(self) if slug in chosen]


class KnownChoiceField(forms.ChoiceField):
    """One choice; "" when the value is none of them."""

    def clean(self, value: Any) -> str:
        return value if value in _values(self) else ""


class PageNumberField(forms.Field):
    """The number of a page; the first for anything that is no number."""

    def clean(self, value: Any) -> int:
        text = str(value or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS else FIRST_PAGE


class SlugsField(forms.Field):
    """Values in an address; those that cannot be one are left out."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[str]:
        return [text for text in map(str, list(value or ())[:MOST_SLUGS]) if re.fullmatch(r"[\w-]+", text)]


class QueryField(forms.CharField):
    """Free text to search for, cut at 200 characters."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(
            attrs={"type": "search", "class": "ds-input", "maxlength": MAX_QUERY_LENGTH, "autocomplete": "off"}
        )
        super().__init__(required=False, widget=widget, **options)

    def clean(self, value: Any) -> str:
        # Leave out characters that can be neither shown nor stored.
        text = str(value or "").replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8")
        return " ".join(text[:MAX_QUERY_LENGTH].split())


class SearchForm(forms.Form):
    """`/sok/`: a query, choices in what the hits are sorted by, and the page. Always valid."""

    q = QueryField(label="Sök i LUMEN")
    q.widget.attrs |= {"list": "sok-forslag", "data-suggestions": "/sok/forslag/"}
    sida = PageNumberField(required=False)

    def __init__(self, data: Any, *, facets: Iterable[str]) -> None:
        super().__init__(data)
        self.fields |= {param: SlugsField(required=False) for param in facets}


class LibraryForm(forms.Form):
    """`/material/`: a query, choices in facets, order and page. Always valid."""

    q = QueryField(label="Sök i materialet")
    sortering = KnownChoiceField(label="Ordna efter", choices=SORTINGS, required=False)
    sida = PageNumberField(required=False)

    def __init__(self, data: Any, *, options: Mapping[Facet, Sequence[Option]]) -> None:
        super().__init__(data)
        for facet, values in options.items():
            self.fields[facet.param] = KnownChoicesField(
                label=facet.label, required=False, choices=[(value.slug, value.label) for value in values]
            )
