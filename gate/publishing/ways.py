"""The ways in Wagtail's admin that would publish at once, and lead to the desk instead."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from .addresses import desk_url

AT_ONCE = 100  # pages; more would not fit in an address, and nobody reads through so many


def lead_to_desk(request: HttpRequest, page: Page) -> HttpResponse:
    """Before the button publishes: the draft is saved by now."""
    return redirect(desk_url([page.pk], next_url=get_valid_next_url_from_request(request)))


def lead_several_to_desk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Before several pages are published at once."""
    if action_type != "publish" or not issubclass(action.model, Page):
        return None
    chosen = {page.pk: page for page in objects}
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        for parent in list(chosen.values()):
            for page in parent.get_descendants().not_live():
                if page.permissions_for_user(request.user).can_publish():
                    chosen[page.pk] = page
    if len(chosen) > AT_ONCE:
        messages.error(request, f"Det är {len(chosen)} sidor. Publicera högst {AT_ONCE} åt gången.")
        return redirect(action.next_url)
    return redirect(desk_url(chosen, next_url=action.next_url))
