"""Every address of the project, listed from the code: each pattern of the resolver, Wagtail's included."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.regex_helper import normalize

# A parameter's value in a view: (name of the view, name of the parameter, the view's model or None) → value.
Example = Callable[[str, str, Any], Any]


@dataclass(frozen=True)
class Address:
    """A pattern of the resolver with example values in place of its parameters."""

    name: str  # such as `contactperson:edit`; "" for one without
    path: str
    callback: Any
    parameters: tuple[str, ...]


def addresses(example: Example) -> list[Address]:
    """All of them, each path once."""
    found: dict[str, Address] = {}
    for name, patterns, callback in _leaves(get_resolver(), "", ()):
        address = _filled(name, patterns, callback, example)
        found.setdefault(address.path, address)
    return list(found.values())


def _leaves(
    resolver: URLResolver, namespace: str, above: tuple[Any, ...]
) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _leaves(each, inner, (*above, each.pattern))
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name or ''}", (*above, each.pattern), each.callback


def _filled(name: str, patterns: tuple[Any, ...], callback: Any, example: Example) -> Address:
    view = getattr(callback, "view_class", None)
    model = getattr(callback, "view_initkwargs", {}).get("model") or getattr(view, "model", None)
    form, parameters = "", []
    for pattern in patterns:
        part, names = normalize(pattern.regex.pattern)[0]
        form, parameters = form + part, [*parameters, *names]
    values = {parameter: example(name, parameter, model) for parameter in parameters}
    return Address(name, f"/{form % values}", callback, tuple(parameters))
