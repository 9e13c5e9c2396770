"""Template tags for what the components cannot do in a template alone."""

from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.models import Page as WagtailPage

register = template.Library()


@register.simple_tag
def widget(field: BoundField, **attrs: str) -> SafeString:
    """The input of a form field, dressed as Designsystemet's; keyword arguments become attributes.

    An underscore in a keyword stands for a hyphen, as in `aria_label`.
    """
    classes = str(field.field.widget.attrs.get("class", ""))
    extra = {name.replace("_", "-"): value for name, value in attrs.items()}
    return field.as_widget(attrs={"class": f"ds-input {classes}".strip(), **extra})


@register.simple_tag
def page_numbers(page_obj: Page) -> list[int | str]:
    """The page numbers to offer: the first, the last and those around the current one, with … between."""
    return list(page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1))


@register.simple_tag
def login_code_minutes() -> int:
    """How long a log-in code is valid, in whole minutes."""
    return int(settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT) // 60


@register.simple_tag(takes_context=True)
def edit_address(context: dict[str, Any]) -> str:
    """Where the user may change the page that is shown; "" for everybody else. A visitor costs no query."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, WagtailPage) or not page.pk or request is None or getattr(request, "is_preview", False):
        return ""
    user = request.user
    may = user.is_authenticated and user.is_staff and page.permissions_for_user(user).can_edit()
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) if may else ""


@register.simple_tag
def base_url() -> str:
    """The site's address without a final slash, for texts that are read outside it."""
    return str(settings.BASE_URL)
