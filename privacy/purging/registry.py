"""What can be purged, and what else goes with it. The rooms above register what they know."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

# Removes what is derived from the row, in the purge's transaction and before the row itself goes.
# Returns how many rows of each model went: {"outbox.OutgoingMail": 3}.
Eraser = Callable[[Any], Mapping[str, int]]


@dataclass(frozen=True)
class Kind:
    """Something with a purge of its own: in the command, and at /admin/granskning/rensa/<path>/<id>/."""

    name: str  # as the command has it: page, document, …
    path: str  # as the address has it
    label: str  # as a sentence has it, in its definite form: "sidan"
    model: type[Model]
    # What the log's reason must not repeat, such as the title.
    names: Callable[[Any], Iterable[str]] = field(default=lambda instance: [str(instance)])
    # Where to go when the row is no more: the name of an admin view without arguments.
    back: str = "wagtailadmin_home"


@dataclass(frozen=True)
class Notice:
    """A word without content to those who must know that something is gone."""

    # How many would get it.
    count: Callable[[Any], int]
    send: Callable[[Any], int]


_kinds: dict[str, Kind] = {}
_words: dict[str, tuple[str, str]] = {}
_erasers: list[tuple[type[Model], Eraser]] = []
_notices: list[tuple[type[Model], Notice]] = []


def register_kind(kind: Kind) -> None:
    _kinds[kind.name] = kind


def register(model: type[Model], eraser: Eraser, *, notice: Notice | None = None) -> None:
    """Let `eraser` run for each row of the model (subclasses included) that is purged."""
    _erasers.append((model, eraser))
    if notice:
        _notices.append((model, notice))


def register_words(model: type[Model], one: str, several: str) -> None:
    """What rows of the model are called in a list of what goes, where the model's own name does not fit there."""
    _words[model._meta.label] = (one, several)


def words_for(label: str) -> tuple[str, str] | None:
    return _words.get(label)


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)


def kind_at(path: str) -> Kind | None:
    return next((kind for kind in _kinds.values() if kind.path == path), None)


def kind_of(instance: Model) -> Kind | None:
    return next((kind for kind in _kinds.values() if isinstance(instance, kind.model)), None)


def names_of(instance: Model) -> list[str]:
    kind = kind_of(instance)
    return [name for name in (kind.names(instance) if kind else [str(instance)]) if name]


def erasers_for(instance: Model) -> list[Eraser]:
    return [eraser for model, eraser in _erasers if isinstance(instance, model)]


def notices_for(instance: Model) -> list[Notice]:
    return [notice for model, notice in _notices if isinstance(instance, model)]
