"""The admin's views of nominations, and the one step in which an editor lets somebody else take over a role."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet

from ..admin_views import RegisterChangeView, RoleView, user_of
from ..models import Nomination
from ..personal_data import PersonalDataMixin
from . import actions
from .forms import ReplaceForm
from .reasons import reasons_to_wait


class NominationsView(PersonalDataMixin, RegisterChangeView, TemplateView):
    """Whom organisations have named themselves: those who wait for an answer, each with what to look at."""

    template_name = "admin_contacts/nominations.html"
    page_title = "Anmälda kontaktpersoner"
    header_icon = "group"
    shows_personal_data = "Anmälda kontaktpersoner"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        nomination = get_object_or_404(Nomination.objects.select_related("organisation"), pk=kwargs["pk"])
        by, name = user_of(request), nomination.name
        try:
            if "approve" in request.POST:
                actions.approve(nomination=nomination, by=by)
                messages.success(request, f"{name} är kontaktperson för {nomination.organisation}, och får veta det.")
            else:
                actions.decline(nomination=nomination, by=by)
                messages.success(request, f"{name} får ett mejl om att anmälan inte togs emot.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("nomination:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = list(Nomination.objects.waiting().select_related("organisation", "predecessor__person"))
        unconfirmed = Nomination.objects.open().filter(confirmed_at=None).count()
        self.personal_data_rows = len(waiting)
        if not waiting:
            self.shows_personal_data = ""
        rows = [(nomination, reasons_to_wait(nomination)) for nomination in waiting]
        return {**super().get_context_data(**kwargs), "rows": rows, "unconfirmed": unconfirmed}


class NominationViewSet(ViewSet):
    name = "nomination"
    url_prefix = "contactperson/anmalda"
    menu_label = "Anmälda"
    icon = "group"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", NominationsView.as_view(http_method_names=["get", "head", "options"]), name="index"),
            path("<int:pk>/", NominationsView.as_view(http_method_names=["post"]), name="answer"),
        ]


class ReplaceView(RoleView, FormView):
    """Let somebody else take over a role: the former ends, the new one begins and is told."""

    template_name = "admin_contacts/replace.html"
    form_class = ReplaceForm
    page_title = "Byt kontaktperson"
    header_icon = "group"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.role.organisation}

    def form_valid(self, form: ReplaceForm) -> HttpResponse:
        try:
            role = actions.replace_contact_person(
                role=self.role, details=form.details, on=form.cleaned_data["on"], by=user_of(self.request)
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(
            self.request, f"{role.person} tar över efter {self.role.person} från och med {role.start:%Y-%m-%d}."
        )
        return redirect(reverse("organisation:inspect", args=[role.organisation_id]))
