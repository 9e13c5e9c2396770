"""Möten in Wagtail's admin: the listing, and the pages of each meeting."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from contacts.exports import ColumnsExportMixin, names_of

from . import dates
from .enums import OPEN_STATES
from .exports import MEETING_COLUMNS
from .models import MeetingPage
from .permissions import user_can_see_registrations
from .views.admin import inviting, meeting, organisations, participants
from .views.admin.base import NAMESPACE, admin_url


class MeetingFilterSet(WagtailFilterSet):
    when = ChoiceFilter(
        label="När",
        method="filter_when",
        empty_label="Alla",
        choices=[("coming", "Kommande"), ("past", "Tidigare"), ("draft", "Utkast")],
    )

    class Meta:
        model = MeetingPage
        fields: list[str] = []

    def filter_when(self, meetings: QuerySet, name: str, value: str) -> QuerySet:
        if value == "draft":
            return meetings.filter(live=False)
        chosen = MeetingPage.objects.coming() if value == "coming" else MeetingPage.objects.past()
        return meetings.filter(pk__in=chosen.order_by().values("pk"))


def shown_time(page: MeetingPage) -> str:
    return dates.when(page.starts_at, page.ends_at) if page.starts_at and page.ends_at else "Ingen tid än"


class MeetingIndexView(ColumnsExportMixin, IndexView):
    """Lists all meetings: time, state, and how many are invited and registered."""

    export_columns = MEETING_COLUMNS
    list_export, export_headings = names_of(MEETING_COLUMNS)
    export_filename = "moten"

    any_permission_required = frozenset({"add", "change", "publish"})

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().with_counts().prefetch_related("calendar", "tagged_themes__tag")


class MeetingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_see_registrations(request.user)  # the admin's user is a Person


class MeetingViewSet(PageListingViewSet):
    """The menu item Möten and everything below /admin/moten/."""

    model = MeetingPage
    name = url_namespace = NAMESPACE
    url_prefix = "moten"
    icon = "date"
    menu_label = "Möten"
    menu_name = "moten"
    menu_order = 150
    menu_item_class = MeetingMenuItem
    add_to_admin_menu = True
    index_view_class = MeetingIndexView
    filterset_class = MeetingFilterSet
    ordering = "-starts_at"
    columns = [
        TitleColumn(
            "title",
            label="Möte",
            get_url=lambda page: admin_url("meeting", page.pk),
            sort_key="title",
            classname="title",
        ),
        Column("when", label="När", accessor=shown_time, sort_key="starts_at", classname="lm-nowrap"),
        StatusTagColumn(
            "state",
            label="Läge",
            accessor=lambda page: page.state().label,
            primary=lambda page: page.state() in OPEN_STATES,
        ),
        NumberColumn("invited_count", label="Inbjudna organisationer"),
        NumberColumn("registered_count", label="Anmälda"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", meeting.MeetingView.as_view(), name="meeting"),
            path("<int:pk>/inbjudan/", inviting.PreviewView.as_view(), name="preview"),
            path("<int:pk>/andring/", inviting.ChangePreviewView.as_view(), name="change"),
            path("<int:pk>/inbjudan/test/", inviting.TestView.as_view(), name="test"),
            path("<int:pk>/inbjudan/skicka/", inviting.SendView.as_view(), name="send"),
            path("<int:pk>/utskick/<int:mail_out>/", inviting.MailOutView.as_view(), name="mail_out"),
            path("<int:pk>/stall-in/", inviting.CancelView.as_view(), name="cancel"),
            path("<int:pk>/organisationer/", organisations.OrganisationsView.as_view(), name="organisations"),
            path("<int:pk>/deltagare/", participants.ParticipantsView.as_view(), name="participants"),
            path(
                "<int:pk>/deltagare/<int:registration>/avanmal/",
                participants.CancelRegistrationView.as_view(),
                name="cancel_registration",
            ),
            path("<int:pk>/utan-organisation/", participants.UnmatchedView.as_view(), name="unmatched"),
        ]
