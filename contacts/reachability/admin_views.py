"""The admin's list of whether each organisation can be reached, and what is being done."""

from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from .. import permissions
from ..admin_views import below_contact_persons
from ..coverage import swedish
from ..enums import Reachability
from ..models import Organisation
from .asking import ask_mailboxes
from .states import State, states_of

FOLLOW_UP = "folj-upp"
# What stands first is what somebody has to do something about.
ORDER = (Reachability.NONE, Reachability.BOUNCING, Reachability.SILENT, Reachability.REACHABLE)


def states_to_follow_up() -> list[State]:
    """The organisations for which every step has been tried."""
    return [state for state in states_of(Organisation.objects.covered()) if state.needs_editor]


class ReachabilityView(WagtailAdminTemplateMixin, TemplateView):
    """Each kommun and region with its state, the reason and the age of the proof. It names no person."""

    template_name = "admin_contacts/reachability.html"
    page_title = "Nåbarhet"
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.user_can_see_register(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask the functional mailboxes of those that have nobody."""
        if not permissions.user_can_change_register(request.user):
            raise PermissionDenied
        asked = ask_mailboxes(self._without_anybody())
        if asked:
            whom = "1 funktionsbrevlåda" if asked == 1 else f"{asked} funktionsbrevlådor"
            messages.success(request, f"{whom} får frågan vem som är kontaktperson.")
        else:
            messages.warning(request, "Ingen att fråga: de har ingen funktionsbrevlåda, eller fick frågan nyss.")
        return redirect("reachability:index")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *below_contact_persons(self.page_title)]

    def _without_anybody(self) -> Any:
        return Organisation.objects.covered().without_contact_person().exclude(mailbox="")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        states = states_of(Organisation.objects.covered())
        numbers = Counter(state.reachability for state in states)
        chosen = self.request.GET.get("visa", "")
        if chosen == FOLLOW_UP:
            shown = [state for state in states if state.needs_editor]
        elif chosen in Reachability.values:
            shown = [state for state in states if state.reachability == chosen]
        else:
            shown = states
        shown.sort(key=lambda state: (ORDER.index(state.reachability), swedish(state.organisation.name)))
        choices = [(kind.value, f"{kind.label} ({numbers[kind]})") for kind in ORDER]
        to_follow_up = sum(state.needs_editor for state in states)
        return {
            **super().get_context_data(**kwargs),
            "states": shown,
            "choices": [("", f"Alla ({len(states)})"), (FOLLOW_UP, f"Följ upp ({to_follow_up})"), *choices],
            "chosen": chosen,
            "mailboxes": self._without_anybody().count(),
            "may_ask": permissions.user_can_change_register(self.request.user),
        }


class ReachabilityViewSet(ViewSet):
    name = "reachability"
    url_prefix = "contactperson/nabarhet"
    menu_label = "Nåbarhet"
    icon = "mail"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", ReachabilityView.as_view(), name="index")]
