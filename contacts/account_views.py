"""Wagtail's user administration for a person with one name and no password."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.users.views import users

from . import permissions
from .filters import matching
from .models import Person
from .personal_data import PersonalDataMixin


class AccountIndexView(PersonalDataMixin, users.IndexView):
    """Lists everybody in the register with their roles, and is logged as a reading of the register."""

    search_fields = ("name", "email")
    shows_personal_data = "Lista: användare"

    def order_queryset(self, queryset: QuerySet[Person]) -> QuerySet[Person]:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "email")
        return cast("QuerySet[Person]", super().order_queryset(queryset))

    def search_queryset(self, queryset: QuerySet[Person]) -> QuerySet[Person]:
        if not self.is_searching:
            return queryset
        return matching(queryset, self.search_query, self.search_fields)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponseBase:
        self.personal_data_rows = len(context["object_list"])
        return cast(HttpResponseBase, super().render_to_response(context, **kwargs))


class ManagerFormMixin:
    """Gives the form the user as `manager`, since not everybody may make an administrator."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "manager": self.request.user}  # type: ignore[misc]  # of Wagtail's views


class AccountCreateView(ManagerFormMixin, users.CreateView):
    pass


class AccountEditView(PersonalDataMixin, ManagerFormMixin, users.EditView):
    shows_personal_data = "Person {view.object.pk}"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Who can change an e-mail can take over the account, so only administrators may change one of their own.
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        if not permissions.user_can_manage_accounts(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
