"""The admin's views of the register. Those with personal data declare what they show."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from gate.views import ScreenedEditView
from outbox.models import OutgoingMail

from . import actions, permissions
from .admin_forms import AppointForm, ContactRoleForm, EndRoleForm, PersonForm
from .exports import ColumnsExportMixin, SwedishCsvMixin
from .filters import matching
from .models import ContactPerson, Group, Membership, Organisation, Person
from .personal_data import PersonalDataMixin
from .session_actions import end_sessions_if_shut_out
from .widgets import load_chosen


def user_of(request: HttpRequest) -> Person:
    return cast(Person, request.user)


class ListingView(SwedishCsvMixin, generic.IndexView):
    """A listing with search in Swedish and export without formulas."""

    search_backend_name = None

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        return matching(queryset, self.search_query, self.search_fields)

    @cached_property
    def search_query(self) -> str:
        # A longer query, or one with null characters, finds nothing anyway and is kept from the database.
        return str(super().search_query).replace("\x00", "")[:200]


class RegisterListingView(PersonalDataMixin, ListingView):
    """A listing with personal data. The rows in the response are counted: a page of them, or all in an export."""

    shows_personal_data = "Lista: {view.plural}"

    @property
    def plural(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponseBase:
        self.personal_data_rows = len(context["object_list"])
        return super().render_to_response(context, **kwargs)


class OrganisationListingView(ListingView):
    """Organisations, without personal data."""

    def get_base_queryset(self) -> QuerySet[Organisation]:
        return super().get_base_queryset().with_participation()


class OrganisationInspectView(PersonalDataMixin, generic.InspectView):
    """An organisation with its contact persons over time and its groups."""

    shows_personal_data = "Kontaktpersoner för {view.object}"
    template_name = "admin_contacts/organisation.html"
    page_title = "Visa"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if permissions.user_can_see_register(self.request.user):
            roles = list(self.object.contact_persons.select_related("person").order_by("-start", "deputy", "pk"))
            self.personal_data_rows = len(roles)
            failures = OutgoingMail.objects.latest_failures(role.person.email for role in roles)
            context["roles"] = [(role, failures.get(role.person.email)) for role in roles]
        else:
            self.shows_personal_data = ""
        context["memberships"] = Membership.objects.filter(organisation=self.object).select_related("group")
        context["may_change"] = permissions.user_can_change_register(self.request.user)
        covered = Organisation.objects.covered().filter(pk=self.object.pk)
        context["lacks_contact_person"] = covered.without_contact_person().exists()
        context["lacks_working_address"] = covered.without_working_address().exists()
        context["has_nobody_to_mail"] = covered.nobody_to_mail().exists()
        return context


class ActionFormMixin:
    """A generic form view that saves by one of our actions, and shows the action's errors in the form."""

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as error:
            form.add_error(None, error)
            self.produced_error_message = " ".join(error.messages)
            return self.form_invalid(form)  # type: ignore[attr-defined]


class ContactPersonListingView(RegisterListingView):
    def get_base_queryset(self) -> QuerySet[ContactPerson]:
        return super().get_base_queryset().lasting().select_related("person", "organisation")

    def get_list_more_buttons(self, instance: ContactPerson) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if instance.end is None and permissions.user_can_change_register(self.request.user):
            replace = reverse("contactperson:replace", args=[instance.pk])
            buttons.append(Button("Byt kontaktperson", url=replace, icon_name="group", priority=15))
            url = reverse("contactperson:end", args=[instance.pk])
            buttons.append(Button("Avsluta uppdraget", url=url, icon_name="cross", priority=20))
        if instance.mail_stopped_at and permissions.user_can_change_register(self.request.user):
            url = reverse("contactperson:resume_mail", args=[instance.pk])
            buttons.append(Button("Skicka mejl igen", url=url, icon_name="mail", priority=30))
        return list(buttons)

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if permissions.user_can_change_register(self.request.user):
            buttons.append(HeaderButton("Nåbarhet", url=reverse("reachability:index"), icon_name="mail"))
            buttons.append(HeaderButton("Anmälda", url=reverse("nomination:index"), icon_name="group"))
            buttons.append(HeaderButton("Läs in från fil", url=reverse("contact_import:index"), icon_name="upload"))
        return buttons


class AppointView(ActionFormMixin, generic.CreateView):
    form_class = AppointForm

    def save_instance(self) -> ContactPerson:
        return actions.appoint_contact_person(by=user_of(self.request), **self.form.cleaned_data)


class ContactRoleEditView(PersonalDataMixin, ActionFormMixin, generic.EditView):
    form_class = ContactRoleForm
    shows_personal_data = "Kontaktperson {view.object.pk}"

    def save_instance(self) -> ContactPerson:
        return actions.change_contact_role(role=self.object, by=user_of(self.request), **self.form.cleaned_data)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        replace = Button(
            "Byt kontaktperson", url=reverse("contactperson:replace", args=[self.object.pk]), icon_name="group"
        )
        end = Button("Avsluta uppdraget", url=reverse("contactperson:end", args=[self.object.pk]), icon_name="cross")
        person = Button(
            "Personens uppgifter", url=reverse("person:edit", args=[self.object.person_id]), icon_name="user"
        )
        buttons = [*super().header_more_buttons, replace, end, person]
        if self.object.mail_stopped_at:
            url = reverse("contactperson:resume_mail", args=[self.object.pk])
            buttons.append(Button("Skicka mejl igen", url=url, icon_name="mail"))
        return buttons


def below_contact_persons(title: str) -> list[dict[str, str]]:
    """The breadcrumbs of a page that belongs to the list of contact persons."""
    return [{"url": reverse("contactperson:index"), "label": "Kontaktpersoner"}, {"url": "", "label": title}]


class RegisterChangeView(generic.WagtailAdminTemplateMixin, View):
    """The base class of views for those who may change the register."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.user_can_change_register(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, *below_contact_persons(self.page_title)]


class RoleView(RegisterChangeView):
    """The base class of views that change one role."""

    @cached_property
    def role(self) -> ContactPerson:
        rows = ContactPerson.objects.select_related("person", "organisation")
        role: ContactPerson = get_object_or_404(rows, pk=self.kwargs["pk"])
        return role

    def get_page_subtitle(self) -> str:
        return str(self.role)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "role": self.role}


class EndRoleView(RoleView, FormView):
    """Ask for the first day on which a role no longer holds, and end it."""

    template_name = "admin_contacts/end_role.html"
    form_class = EndRoleForm
    page_title = "Avsluta uppdraget"
    header_icon = "cross"

    def form_valid(self, form: EndRoleForm) -> HttpResponse:
        try:
            ended = actions.end_contact_role(role=self.role, on=form.cleaned_data["on"], by=user_of(self.request))
        except ValidationError as error:
            form.add_error("on", error)
            return self.form_invalid(form)
        told = "är återtaget" if ended.is_taken_back else f"upphör {ended.end}"
        messages.success(self.request, f"Uppdraget för {self.role} {told}.")
        return redirect("contactperson:index")


class ResumeMailView(RoleView, TemplateView):
    """Ask for confirmation, then resume mail-outs to somebody who has stopped them."""

    template_name = "admin_contacts/resume_mail.html"
    page_title = "Skicka mejl igen"
    header_icon = "mail"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.resume_mail(role=self.role, by=user_of(request))
        messages.success(request, f"{self.role} får mejl igen.")
        return redirect("contactperson:index")


class PersonListingView(RegisterListingView):
    # Those who may see contact persons may see persons; the permissions on `Person` are about accounts.
    permission_policy = ModelPermissionPolicy(ContactPerson)

    def get_base_queryset(self) -> QuerySet[Person]:
        # The erased stand as numbers where their roles do.
        return super().get_base_queryset().not_erased().select_related("organisation")


class PersonEditView(PersonalDataMixin, ActionFormMixin, generic.EditView):
    permission_policy = ModelPermissionPolicy(ContactPerson)
    form_class = PersonForm
    shows_personal_data = "Person {view.object.pk}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = get_object_or_404(Person, pk=self.object_pk)
        if not permissions.user_can_change_person(request.user, person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        # The room above decides who may do it, and says so.
        url = f"{reverse('personal_data:extract')}?person={self.object.pk}"
        merge = Button(
            "Slå ihop med en annan rad", url=reverse("person:merge", args=[self.object.pk]), icon_name="group"
        )
        return [*super().header_more_buttons, merge, Button("Registerutdrag", url=url, icon_name="download")]

    def save_instance(self) -> Person:
        # The form has already set its values on the object; the action cleans and stores them.
        return actions.change_person(person=self.object, details=self.form.cleaned_data, by=user_of(self.request))


GROUP_COLUMNS = {
    "Grupp": lambda group: group.name,
    "Slag": lambda group: group.get_kind_display(),
    "Platser nu": lambda group: group.seats,
    "Organisationer nu": lambda group: ", ".join(group.organisations_now),
    "Beskrivning": lambda group: group.description,
}


class GroupListingView(ColumnsExportMixin, ListingView):
    export_columns = GROUP_COLUMNS

    def get_base_queryset(self) -> QuerySet[Group]:
        return super().get_base_queryset().prefetch_related("memberships__organisation")


class GroupEditView(PersonalDataMixin, ScreenedEditView):
    """A group with its seats; those that a person fills show the name."""

    shows_personal_data = "Medlemmar i {view.object}"

    @property
    def personal_data_rows(self) -> int:  # type: ignore[override]
        return Membership.objects.filter(group=self.object, person__isnull=False).count()

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        load_chosen(form.formsets["memberships"].forms, "organisation", "person")
        return form

    def save_instance(self) -> Group:
        seated = Person.objects.filter(memberships__in=Membership.objects.active().filter(group=self.object))
        before = list(seated)
        group = cast(Group, super().save_instance())
        for person in set(before) - set(seated.all()):
            end_sessions_if_shut_out(person=person)
        return group


def takes_part_column() -> BooleanColumn:
    return BooleanColumn("takes_part", label="Har kontaktperson", sort_key="takes_part", width="15%")


def date_column(name: str, label: str, sort_key: str | None = None) -> Column:
    """A column with the date itself: `för 1 år sedan` is of no use when periods are compared."""
    return column(name, label, lambda row: getattr(row, name) and getattr(row, name).isoformat(), sort_key or name)


def column(name: str, label: str, accessor: Any = None, sort_key: str | None = None) -> Column:
    return Column(name, label=label, accessor=accessor or name, sort_key=sort_key)
