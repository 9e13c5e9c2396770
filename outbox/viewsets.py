"""The listing of outgoing mails in Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from .bulk_views import MatchLogView, SeveralMailsView
from .categories import category_label
from .enums import UNDELIVERABLE_STATUSES
from .filters import SEARCH_FIELDS, MailFilterSet
from .models import OutgoingMail
from .views import INDEX_LABEL, NAMESPACE, TICKS, MailIndexView, MailView, ReleaseView, RetryView, mail_url

PERMISSIONS = ["view_outgoingmail", "retry_outgoingmail", "release_queue"]


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Mails are read here; nobody writes, changes or removes them by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class TickColumn(BaseColumn):
    """A box for choosing the mail; it belongs to the form above the list."""

    cell_template_name = "admin_outbox/_tick.html"


class MailViewSet(ModelViewSet):
    """The menu item Utgående mejl and everything below /admin/mejl/."""

    model = OutgoingMail
    name = url_namespace = NAMESPACE
    url_prefix = "mejl"
    icon = "mail"
    menu_label = INDEX_LABEL
    menu_name = "utgaende-mejl"
    menu_order = 800
    add_to_admin_menu = True
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    index_view_class = MailIndexView
    index_template_name = "admin_outbox/index.html"
    index_results_template_name = "admin_outbox/index_results.html"
    filterset_class = MailFilterSet
    search_fields = SEARCH_FIELDS
    search_backend_name = None
    list_per_page = 50
    list_display = [
        TickColumn(TICKS, label="Välj"),
        TitleColumn(
            "subject",
            label="Ämne",
            get_url=lambda mail: mail_url("inspect", mail.pk),
            classname="title",
        ),
        Column("recipient", label="Till", sort_key="recipient", classname="breaks"),
        StatusTagColumn(
            "status",
            label="Status",
            accessor="get_status_display",
            primary=lambda mail: mail.status in UNDELIVERABLE_STATUSES,
        ),
        Column("category", label="Slag", accessor=lambda mail: category_label(mail.category)),
        Column("reply", label="Serverns svar", classname="breaks"),
        DateColumn("created_at", label="Skapat", sort_key="created_at"),
    ]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return Permission.objects.filter(content_type__app_label="outbox", codename__in=PERMISSIONS)

    def register_admin_url_finder(self) -> None:
        """Mails have no page to edit them on."""

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", MailView.as_view(), name="inspect"),
            path("<int:pk>/forsok-igen/", RetryView.as_view(), name="retry"),
            path("slapp-kon/", ReleaseView.as_view(), name="release"),
            path("flera/", SeveralMailsView.as_view(), name="several"),
            path("logg/", MatchLogView.as_view(), name="match_log"),
        ]
