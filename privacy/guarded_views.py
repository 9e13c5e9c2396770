"""The base class of the room's views in the admin."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


class GuardedView(WagtailAdminTemplateMixin):
    """A view that refuses users without the permission, and is never cached. `refusal` says who may enter."""

    refusal = ""
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Not PermissionDenied: Wagtail turns that into a redirect, which looks as if it had been done.
        if not self.may(request.user):
            return render(request, "admin_privacy/forbidden.html", {"refusal": self.refusal}, status=403)
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def may(self, user: Any) -> bool:
        raise NotImplementedError

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]
