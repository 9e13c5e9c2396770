"""The log of access in the admin: read and exported, never changed."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import URLPattern
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.viewsets.model import ModelViewSet

from contacts.admin_views import ListingView, column
from contacts.enums import AccessKind
from contacts.filters import ChoiceFilter, NameFilter
from contacts.models import Person
from contacts.viewsets import ContactsViewSetGroup, MenuPermissionMixin

from . import permissions
from .models import AccessLogEntry


class AccessLogFilterSet(WagtailFilterSet):
    who = NameFilter(label="Vem", model=Person, names=("name", "email"))
    kind = ChoiceFilter(label="Vad", choices=AccessKind)
    when = django_filters.DateFromToRangeFilter(label="När")

    class Meta:
        model = AccessLogEntry
        fields = ["who", "kind", "when"]


class AccessLogListingView(ListingView):
    def get_base_queryset(self) -> QuerySet[AccessLogEntry]:
        return super().get_base_queryset().select_related("who")


class AccessLogViewSet(MenuPermissionMixin, ModelViewSet):
    """The list of who has read the register, in the menu of the register."""

    model = AccessLogEntry
    name = "access_log"
    url_prefix = "registeraccess"
    icon = "view"
    menu_order = 600
    menu_hook = ContactsViewSetGroup.submenu_hook
    menu_label = "Läsningar av registret"
    may_see = staticmethod(permissions.user_can_see_access_log)
    index_view_class = AccessLogListingView
    copy_view_enabled = False
    inspect_view_enabled = True  # so that the permission to view can be given to a group
    list_per_page = 50
    list_display = [
        column("when_local", "När", sort_key="when"),
        column("who", "Vem", sort_key="who__name"),
        column("get_kind_display", "Vad", sort_key="kind"),
        column("what", "Vilka uppgifter"),
        column("rows", "Rader", sort_key="rows"),
    ]
    list_export = ["when", "who", "kind", "what", "rows"]
    export_filename = "lasningar"
    filterset_class = AccessLogFilterSet
    search_fields = ("what", "who__name", "who__email")
    search_backend_name = None
    form_fields = ["what"]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        views = ("add", "edit", "delete", "usage", "history", "inspect")
        return super().get_common_view_kwargs(**{**kwargs, **{f"{view}_url_name": None for view in views}})

    def get_urlpatterns(self) -> list[URLPattern]:
        return [route for route in super().get_urlpatterns() if route.name in ("index", "index_results")]
