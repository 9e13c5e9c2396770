"""Fields of the admin in which one types to find an organisation or a person."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from wagtail.admin.widgets import BaseChooser


class LoadedChooser(BaseChooser):
    """A chooser that may have been given what is chosen (see `load_chosen`), so that it need not ask for it."""

    loaded: Mapping[Any, Any] = {}

    def get_instance(self, value: Any) -> Any:
        return self.loaded.get(value) or super().get_instance(value)


class OrganisationChooser(LoadedChooser):
    """An organisation, found by typing. The window that it opens is in `contacts.choosers`."""

    model = "contacts.Organisation"
    chooser_modal_url_name = "organisation_chooser:choose"
    icon = "home"
    choose_one_text = "Välj organisation"
    choose_another_text = "Välj en annan organisation"
    link_to_chosen_text = "Ändra organisationen"
    clear_choice_text = "Ta bort valet"


def load_chosen(rows: Iterable[forms.ModelForm[Any]], *names: str) -> None:
    """Fetch what the rows of a form have chosen in the named fields: one query a field, not one a row."""
    rows = list(rows)
    for name in names:
        choosers = [row.fields[name].widget for row in rows if name in row.fields]
        chosen = {row.initial[name] for row in rows if row.initial.get(name)}
        if chosen:
            loaded = choosers[0].model_class._default_manager.in_bulk(chosen)
            for chooser in choosers:
                chooser.loaded = loaded
