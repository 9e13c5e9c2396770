"""What a page's template gets beside the page: a register, so that the models know nothing of views.

A function that gathers the context of a page type registers itself with `context_for`; the page
finds it by its class, so rooms above can do the same for their own page types.
"""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest

ContextFunction = Callable[[Any, HttpRequest], dict[str, Any]]
_functions: dict[type[models.Model], ContextFunction] = {}


def context_for(page_type: type[models.Model]) -> Callable[[ContextFunction], ContextFunction]:
    """Register a function (page, request) -> dict as the source of a page type's template context."""

    def register(function: ContextFunction) -> ContextFunction:
        _functions[page_type] = function
        return function

    return register


def context_of(page: models.Model, request: HttpRequest) -> dict[str, Any]:
    """The registered context of the page; empty for page types that need none."""
    function = _functions.get(type(page))
    return function(page, request) if function else {}
