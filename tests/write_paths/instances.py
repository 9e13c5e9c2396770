"""A row of any model, by its factory."""

import importlib
import pkgutil
from functools import cache
from typing import Any

from django.db import models
from factory.django import DjangoModelFactory
from wagtail.models import Page
from wagtail_factories import PageFactory

import tests.factories
from resources.models import StandardPage


@cache
def _factories() -> dict[type[models.Model], Any]:
    found: dict[type[models.Model], Any] = {}
    for module in pkgutil.iter_modules(tests.factories.__path__):
        for value in vars(importlib.import_module(f"tests.factories.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, DjangoModelFactory | PageFactory):
                model = value._meta.model
                if model is not None and value.__module__.startswith("tests."):
                    found[model] = value
    return found


def factory_of(model: type[models.Model]) -> Any:
    """The factory of the model; a model without one fails the test that asks."""
    assert model in _factories(), f"{model._meta.label} har ingen fabrik i tests/factories."
    return _factories()[model]


def unpublished(model: type[Page]) -> Any:
    """A stored page of the type that the public does not see; the only one there is, when there may be but one.

    The fixed pages must be there (`site_tree`, `meeting_index`).
    """
    if model is Page:
        return Page.objects.get(pk=unpublished(StandardPage).pk)
    page = model.objects.first() if model.max_count == 1 else None
    page = page or factory_of(model)(draft=True)
    model.objects.filter(pk=page.pk).update(live=False)
    return model.objects.get(pk=page.pk)
