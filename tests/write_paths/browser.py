"""A form as a browser without JavaScript sends it."""

from typing import Any

import lxml.html
from django.test import Client
from wagtail.fields import StreamField
from wagtail.models import Page


def filled(client: Client, url: str, *, having: str) -> dict[str, Any]:
    """What the page's form with a field `having` would send as it stands."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code)
    page = lxml.html.fromstring(response.content.decode())
    form = next(form for form in page.forms if having in form.fields)
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data[name] = [*data[name], value] if isinstance(data.get(name), list) else value
        if name in data and data[name] != value and not isinstance(data[name], list):
            data[name] = [data[name], value]
    for field in form.inputs:  # lxml leaves out an input without a value; a browser sends it
        if field.name and field.get("type", "text") in ("text", "email", "url", "tel"):
            data.setdefault(field.name, "")
    return data


def filled_page(client: Client, url: str, model: type[Page]) -> dict[str, Any]:
    """The editor's form of a page, with bodies left empty: scripts draw them."""
    streams = [field.name for field in model._meta.concrete_fields if isinstance(field, StreamField)]
    return {**filled(client, url, having="title"), **{f"{name}-count": "0" for name in streams}}
