"""The windows of the admin in which one types to find, and choose, an organisation or a person."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.views.generic import View
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from . import permissions
from .filters import matching
from .models import Organisation, Person
from .personal_data import PersonalDataMixin
from .widgets import LoadedChooser


class MatchingForm(SearchFilterMixin, BaseFilterForm):
    """A search that forgives as the lists do. Subclasses say in which fields."""

    fields_to_match: tuple[str, ...]

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        self.search_query = self.cleaned_data.get("q")
        if not self.search_query:
            return objects
        self.is_searching = True
        return matching(objects, self.search_query, self.fields_to_match)


class OrganisationSearchForm(MatchingForm):
    fields_to_match = ("name", "short_name", "code")


class OrganisationChoiceMixin:
    """The rows to choose among. Organisations are no personal data, so the reading is not logged."""

    filter_form_class = OrganisationSearchForm

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,  # type: ignore[misc]  # of Wagtail's views
            Column("kind", label="Slag", accessor="get_kind_display"),
            Column("county", label="Län", accessor="county"),
        ]


class OrganisationChooseView(OrganisationChoiceMixin, chooser.ChooseView):
    pass


class OrganisationChooseResultsView(OrganisationChoiceMixin, chooser.ChooseResultsView):
    pass


class OrganisationChooserViewSet(ChooserViewSet):
    model = Organisation
    name = "organisation_chooser"
    icon = "home"
    page_title = "Välj organisation"
    per_page = 20
    register_widget = False  # see `contacts.widgets`, which the models' panels may import
    choose_view_class = OrganisationChooseView
    choose_results_view_class = OrganisationChooseResultsView


organisation_chooser = OrganisationChooserViewSet()


class PersonSearchForm(MatchingForm):
    fields_to_match = ("name", "email")


class PersonChoiceMixin(PersonalDataMixin):
    """Logs the list to choose a person from as a reading of the register."""

    filter_form_class = PersonSearchForm
    shows_personal_data = "Lista: personer att välja"

    def get(self, request: Any) -> Any:
        if not permissions.user_can_see_register(request.user):
            raise PermissionDenied
        response = super().get(request)  # type: ignore[misc]  # of Wagtail's views
        self.personal_data_rows = len(self.results)  # type: ignore[attr-defined]  # the same
        return response


class PersonChooseView(PersonChoiceMixin, chooser.ChooseView):
    pass


class PersonChooseResultsView(PersonChoiceMixin, chooser.ChooseResultsView):
    pass


class PersonChosenMixin(View):
    """Shows the name of a chosen person to those who may see the register."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not permissions.user_can_see_register(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PersonChosenView(PersonChosenMixin, chooser.ChosenView):
    pass


class PersonChosenMultipleView(PersonChosenMixin, chooser.ChosenMultipleView):
    pass


class PersonChooserViewSet(ChooserViewSet):
    model = Person
    name = "person_chooser"
    base_widget_class = LoadedChooser
    icon = "user"
    choose_one_text = "Välj en person"
    choose_another_text = "Välj en annan person"
    edit_item_text = "Ändra personen"
    register_widget = False
    choose_view_class = PersonChooseView
    choose_results_view_class = PersonChooseResultsView
    chosen_view_class = PersonChosenView
    chosen_multiple_view_class = PersonChosenMultipleView


person_chooser = PersonChooserViewSet()
