"""Wagtail's user administration for a person with one name and no password."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.users.views import users

from . import permissions
from .enums import AccessKind
from .filters import widened
from .journal import note_access
from .models import Person


class AccountIndexView(users.IndexView):
    """Everybody in the register with what they may do: to read it is to read the register."""

    search_fields = ("name", "email")

    def order_queryset(self, queryset: QuerySet[Person]) -> QuerySet[Person]:
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "email")
        return cast("QuerySet[Person]", super().order_queryset(queryset))

    def search_queryset(self, queryset: QuerySet[Person]) -> QuerySet[Person]:
        if not self.is_searching:
            return queryset
        return queryset.filter(widened(self.search_query, self.search_fields))

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponseBase:
        note_access(
            who=cast(Person, self.request.user),
            kind=AccessKind.READ,
            what="Lista: användare",
            rows=len(context["object_list"]),
        )
        return cast(HttpResponseBase, super().render_to_response(context, **kwargs))


class ManagerFormMixin:
    """Tells the form who manages the accounts, since not everybody may make an administrator."""

    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "manager": self.request.user}  # type: ignore[misc]


class AccountCreateView(ManagerFormMixin, users.CreateView):
    pass


class AccountEditView(ManagerFormMixin, users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # An e-mail changed is an account taken over, so administrators are changed by their equals.
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        if not permissions.user_can_manage_accounts(request.user):
            raise PermissionDenied
        return cast(HttpResponseBase, super().dispatch(request, *args, **kwargs))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        note_access(who=cast(Person, request.user), kind=AccessKind.READ, what=f"Person {self.object.pk}", rows=1)
        return cast(HttpResponseBase, super().get(request, *args, **kwargs))
