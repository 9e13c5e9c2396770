"""The viewsets of the contact register in Wagtail's admin."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.functional import cached_property
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.users.views.users import UserViewSet

from gate.panels import screened
from gate.views import ScreenedCreateView, ScreenedEditView

from . import admin_views, permissions
from .account_views import AccountCreateView, AccountEditView, AccountIndexView
from .admin_forms import AccountCreationForm, AccountEditForm, AppointForm, ContactRoleForm, PersonForm
from .admin_views import column, date_column, takes_part_column
from .choosers import person_chooser
from .exports import names_of
from .filters import (
    ContactPersonFilterSet,
    GroupFilterSet,
    OrganisationFilterSet,
    PersonFilterSet,
)
from .import_views import ContactImportViewSet
from .merging.admin_views import MergeView
from .models import ContactPerson, Group, Organisation, Person
from .nominations.admin_views import ReplaceView
from .widgets import OrganisationChooser


class MenuPermissionMixin:
    """A viewset whose menu item is shown only to users for whom `may_see` is true."""

    @staticmethod
    def may_see(user: Any) -> bool:
        raise NotImplementedError

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        may_see = self.may_see
        return type("Item", (MenuItem,), {"is_shown": lambda item, request: may_see(request.user)})


class OrganisationViewSet(ModelViewSet):
    model = Organisation
    icon = "home"
    menu_order = 100
    index_view_class = admin_views.OrganisationListingView
    add_view_class = ScreenedCreateView
    edit_view_class = ScreenedEditView
    inspect_view_class = admin_views.OrganisationInspectView
    inspect_view_enabled = True
    inspect_view_fields = ["kind", "code", "county", "email_domains", "mailbox", "website", "description"]
    copy_view_enabled = False
    list_per_page = 50
    list_display = ["name", column("get_kind_display", "Slag", sort_key="kind"), "county", takes_part_column()]
    list_export = ["kind_label", "code", "name", "short_name", "county_code", "county", "takes_part", "website"]
    export_headings = {"kind_label": "Slag", "takes_part": "Har kontaktperson"}
    export_filename = "organisationer"
    filterset_class = OrganisationFilterSet
    search_fields = ("name", "short_name", "code", "email_domains")
    search_backend_name = None
    edit_handler = screened(
        [
            FieldPanel("kind"),
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("short_name"), FieldPanel("code")]),
            FieldRowPanel([FieldPanel("county"), FieldPanel("county_code")]),
            FieldPanel("email_domains"),
            FieldPanel("mailbox"),
            FieldPanel("website"),
            FieldPanel("description"),
        ]
    )


class ContactPersonViewSet(ModelViewSet):
    model = ContactPerson
    icon = "group"
    menu_order = 200
    index_view_class = admin_views.ContactPersonListingView
    add_view_class = admin_views.AppointView
    edit_view_class = admin_views.ContactRoleEditView
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "person",
        column("email", "E-post", "person.email", "person__email"),
        column("organisation", "Organisation", sort_key="organisation__name"),
        column("role", "Roll", lambda role: "Ersättare" if role.deputy else "Kontaktperson", "deputy"),
        date_column("start", "Från och med"),
        date_column("last_day", "Till och med", sort_key="end"),  # The day before `end`, so it sorts the same.
        date_column("mail_stopped_on", "Vill inte ha mejl", sort_key="mail_stopped_at"),
    ]
    list_export = [
        "organisation.code",
        "organisation.name",
        "organisation.county",
        "person.name",
        "person.email",
        "person.title",
        "person.phone",
        "start",
        "last_day",
        "deputy_label",
    ]
    # The headings that the import understands, so that an export can be corrected and read in again.
    export_headings = {
        "organisation.code": "Kod",
        "organisation.name": "Organisation",
        "organisation.county": "Län",
        "person.name": "Namn",
        "person.email": "E-post",
        "person.title": "Titel",
        "person.phone": "Telefon",
        "start": "Från och med",
        "last_day": "Till och med",
        "deputy_label": "Ersättare",
    }
    export_filename = "kontaktpersoner"
    filterset_class = ContactPersonFilterSet
    search_fields = ("person__name", "person__email", "organisation__name", "organisation__short_name")
    search_backend_name = None

    def get_form_class(self, for_update: bool = False) -> Any:
        return ContactRoleForm if for_update else AppointForm

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("end/<int:pk>/", admin_views.EndRoleView.as_view(), name="end"),
            path("resume-mail/<int:pk>/", admin_views.ResumeMailView.as_view(), name="resume_mail"),
            path("byt/<int:pk>/", ReplaceView.as_view(), name="replace"),
        ]


class PersonViewSet(MenuPermissionMixin, ModelViewSet):
    """The persons of the register. They are added as contact persons or accounts, and never deleted here."""

    model = Person
    name = "person"
    icon = "user"
    menu_order = 300
    may_see = staticmethod(permissions.user_can_see_register)
    index_view_class = admin_views.PersonListingView
    edit_view_class = admin_views.PersonEditView
    copy_view_enabled = False
    list_per_page = 50
    list_display = [
        "name",
        column("email", "E-post", sort_key="email"),
        column("title", "Titel"),
        column("organisation", "Organisation", sort_key="organisation__name"),
        BooleanColumn("is_active", label="Får logga in", sort_key="is_active", width="10%"),
    ]
    list_export = ["name", "email", "title", "phone", "organisation", "is_active"]
    export_filename = "personer"
    filterset_class = PersonFilterSet
    search_fields = ("name", "email", "title")
    search_backend_name = None

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        without = {"add_url_name": None, "delete_url_name": None, "usage_url_name": None, "history_url_name": None}
        return super().get_common_view_kwargs(**{**without, **kwargs})

    def get_form_class(self, for_update: bool = False) -> Any:
        return PersonForm

    def get_urlpatterns(self) -> list[URLPattern]:
        own = [route for route in super().get_urlpatterns() if route.name in ("index", "index_results", "edit")]
        return [*own, path("sla-ihop/<int:pk>/", MergeView.as_view(), name="merge")]

    def register_admin_url_finder(self) -> None:
        """Registers nothing: links to a person lead to the account, which shows everything."""

    def register_permissions(self) -> None:
        """Registers nothing: permissions on the model are about accounts; see `permissions.EDITOR_PERMISSIONS`."""


class GroupViewSet(ModelViewSet):
    model = Group
    name = "contactgroup"
    icon = "group"
    menu_order = 400
    index_view_class = admin_views.GroupListingView
    add_view_class = ScreenedCreateView
    edit_view_class = admin_views.GroupEditView
    copy_view_enabled = False
    list_display = ["name", column("get_kind_display", "Slag", sort_key="kind"), column("seats", "Platser nu")]
    list_export, export_headings = names_of(admin_views.GROUP_COLUMNS)
    export_filename = "grupper"
    filterset_class = GroupFilterSet
    search_fields = ("name",)
    search_backend_name = None
    edit_handler = screened(
        [
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("description"),
            InlinePanel(
                "memberships",
                [
                    FieldPanel("organisation", widget=OrganisationChooser),
                    FieldPanel("person", widget=person_chooser.widget_class),
                    FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                ],
                heading="Platser",
                label="Plats",
            ),
        ]
    )


class ContactsViewSetGroup(ModelViewSetGroup):
    menu_label = "Kontakter"
    submenu_hook = "register_contacts_menu_item"  # for the rooms above
    menu_icon = "group"
    menu_order = 200
    items = (
        OrganisationViewSet(),
        ContactPersonViewSet(),
        PersonViewSet(),
        GroupViewSet(),
        ContactImportViewSet(),
    )


class AccountViewSet(MenuPermissionMixin, UserViewSet):
    """Who may enter the admin, and with which roles."""

    may_see = staticmethod(permissions.user_can_manage_accounts)
    index_view_class = AccountIndexView
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView
    template_prefix = ""
    index_template_name = "wagtailusers/users/index.html"
    index_results_template_name = "wagtailusers/users/index_results.html"
    delete_template_name = "wagtailusers/users/confirm_delete.html"
    create_template_name = "admin_contacts/account_create.html"
    edit_template_name = "admin_contacts/account_edit.html"
    search_fields = ("name", "email")
    search_backend_name = None
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> Any:
        return AccountEditForm if for_update else AccountCreationForm
