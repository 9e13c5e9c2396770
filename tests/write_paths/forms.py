"""The forms that text reaches LUMEN by, found among the classes and addresses that there are."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.urls import get_resolver
from django.utils.module_loading import import_string
from wagtail.admin.viewsets import viewsets
from wagtail.admin.viewsets.model import ModelViewSet

ROOMS = ("lumen", "meetings", "resources", "contacts", "outbox", "screening")


def row_viewsets() -> list[ModelViewSet]:
    """The models that the admin has forms for, beside pages, documents and images."""
    _ = get_resolver().url_patterns  # the admin's addresses register them
    return [
        viewset
        for viewset in viewsets.viewsets
        if isinstance(viewset, ModelViewSet) and {"add", "edit"} & {route.name for route in viewset.get_urlpatterns()}
    ]


def own_forms() -> list[type[forms.BaseForm]]:
    """Every form class of the rooms that has a field of text, those of log-in included."""
    _ = get_resolver().url_patterns
    for room in ROOMS:
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if module.name.rpartition(".")[2].endswith("forms"):
                importlib.import_module(module.name)
    in_settings = {import_string(path) for path in [*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()]}
    ours = {form for form in _below(forms.BaseForm) if form.__module__.split(".")[0] in ROOMS}
    return sorted((form for form in ours | in_settings if text_names(form)), key=lambda form: form.__qualname__)


def _below(form: type[Any]) -> Iterator[type[Any]]:
    for child in form.__subclasses__():
        yield child
        yield from _below(child)


def text_names(form: Any) -> list[str]:
    """The fields of a form, or of its class, in which any words can be typed; not passwords nor what is hidden."""
    fields = getattr(form, "fields", None) or getattr(form, "base_fields", {})
    return [
        name
        for name, field in fields.items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput | forms.HiddenInput)
    ]
