"""The admin's view in which two rows that are one person are merged."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from .. import permissions
from ..admin_views import user_of
from ..models import Person
from ..personal_data import PersonalDataMixin
from . import actions
from .forms import MergeForm, OtherRowForm
from .likeness import similar_to
from .preview import preview


class MergeView(PersonalDataMixin, WagtailAdminTemplateMixin, FormView):
    """Choose the other row, see what both have, choose which stays, and merge."""

    template_name = "admin_contacts/merge.html"
    form_class = MergeForm
    page_title = "Slå ihop"
    header_icon = "group"
    shows_personal_data = "Person {view.person.pk}: slå ihop"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = [self.person, self.other] if self.other else [self.person]
        if not all(permissions.user_can_change_person(request.user, row) for row in rows):
            raise PermissionDenied
        self.personal_data_rows = len(rows)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self) -> Person:
        return get_object_or_404(Person.objects.not_erased(), pk=self.kwargs["pk"])

    @cached_property
    def other(self) -> Person | None:
        """The other row, once it is chosen."""
        if "other" not in self.request.GET:
            return None
        form = OtherRowForm(self.request.GET)
        if not form.is_valid():
            return None
        found: Person = form.cleaned_data["other"]
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rows": [self.person, self.other] if self.other else []}

    def get_initial(self) -> dict[str, Any]:
        return {"stays": self.person.pk}

    def form_valid(self, form: MergeForm) -> HttpResponse:
        if self.other is None:
            raise Http404
        stays = form.cleaned_data["stays"]
        goes = self.other if stays == self.person else self.person
        try:
            actions.merge(stays=stays, goes=goes, by=user_of(self.request))
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, f"{stays.name} finns nu på en rad, med adressen {stays.email}.")
        return redirect(reverse("person:edit", args=[stays.pk]))

    def get_page_subtitle(self) -> str:
        return str(self.person)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        persons = {"url": reverse("person:index"), "label": "Personer"}
        return [*self.breadcrumbs_items, persons, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.other is None:
            data = self.request.GET if "other" in self.request.GET else None
            return {**context, "choice": OtherRowForm(data), "similar": similar_to(self.person)}
        reason = actions.why_not(stays=self.person, goes=self.other)
        other_way = actions.why_not(stays=self.other, goes=self.person)
        return {
            **context,
            "rows": [preview(self.person), preview(self.other)],
            "impossible": reason if reason and other_way else "",
        }
