"""The listing of outgoing mails in Wagtail's admin."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple, HiddenInput
from django.urls import URLPattern, path
from django_filters import CharFilter, ChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from .categories import category_label
from .enums import UNDELIVERABLE_STATUSES, MailStatus
from .models import OutgoingMail
from .views import INDEX_LABEL, NAMESPACE, MailIndexView, MailView, ReleaseView, RetryView, mail_url

PERMISSIONS = ["view_outgoingmail", "retry_outgoingmail", "release_queue"]


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Mails are read here; nobody writes, changes or removes them by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


def categories() -> list[tuple[str, str]]:
    """The categories of the stored mails, with their labels."""
    found = OutgoingMail.objects.exclude(category="").order_by("category").values_list("category", flat=True)
    return [(category, category_label(category)) for category in found.distinct()]


class MailFilterSet(WagtailFilterSet):
    status = MultipleChoiceFilter(label="Status", choices=MailStatus.choices, widget=CheckboxSelectMultiple)
    category = ChoiceFilter(label="Slag", choices=categories, empty_label="Alla")
    # Set by the link from a mail; the names of batches tell an editor nothing.
    batch = CharFilter(label="Utskick", widget=HiddenInput)

    class Meta:
        model = OutgoingMail
        fields: list[str] = []


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
    filterset_class = MailFilterSet
    search_fields = ["recipient", "subject"]
    search_backend_name = None
    list_per_page = 50
    list_display = [
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
        ]
