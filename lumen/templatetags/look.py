"""Template tags for what the components cannot do in a template alone."""

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

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


@register.simple_tag
def base_url() -> str:
    """The site's address without a final slash, for texts that are read outside it."""
    return str(settings.BASE_URL)
