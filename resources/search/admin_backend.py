"""Wagtail's search backend: the admin's choosers and lists of pages, documents and images find titles forgivingly."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from modelsearch.backends.database import SearchBackend as index_of
from modelsearch.backends.database.fallback import DatabaseSearchBackend, DatabaseSearchResults

from .names import keys_by_name


class TitleResults(DatabaseSearchResults):
    """The rows whose titles match. Two queries, however many they are: one for the titles, one for the rows shown."""

    def matched(self) -> list[Any]:
        compiler = self.query_compiler
        if not hasattr(compiler, "matched"):
            fields = list(_title_fields(compiler.queryset.model))
            rows = compiler.queryset.order_by(*compiler.queryset.query.order_by or ["pk"]).values_list("pk", *fields)
            words = _words_of(compiler.query)
            compiler.matched = keys_by_name(words, rows) if words else [row[0] for row in rows]
        found: list[Any] = compiler.matched
        return found

    def get_queryset(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.query_compiler.queryset.filter(pk__in=self.matched())
        return found[self.start : self.stop]

    def _do_search(self) -> Iterable[Any]:
        if not self.query_compiler.order_by_relevance:
            return list(self.get_queryset())
        keys = self.matched()[self.start : self.stop]
        rows = {row.pk: row for row in self.query_compiler.queryset.order_by().filter(pk__in=keys)}
        return [rows[key] for key in keys if key in rows]

    def _do_count(self) -> int:
        return len(self.matched()[self.start : self.stop])


def _words_of(query: Any) -> str:
    """The words of a query, whatever signs in it have made of it (a phrase, several); "" for all rows."""
    inner = [*getattr(query, "subqueries", ()), *filter(None, [getattr(query, "subquery", None)])]
    return " ".join([getattr(query, "query_string", ""), *map(_words_of, inner)]).strip()


def _title_fields(model: Any) -> Iterable[str]:
    """The fields by which the admin's lists find rows: those that Wagtail completes while somebody types."""
    for field in model.get_autocomplete_search_fields():
        try:
            model._meta.get_field(field.field_name)
        except FieldDoesNotExist:
            continue
        yield field.field_name


class _Titles(DatabaseSearchBackend):
    results_class = TitleResults


class SearchBackend:
    """Searches titles as they stand in the database; what the library keeps as its index is left to the library."""

    def __init__(self, params: dict[str, Any]) -> None:
        self._index = index_of(dict(params))
        self._titles = _Titles({})

    def search(self, *args: Any, **kwargs: Any) -> Any:
        return self._titles.search(*args, **kwargs)

    def autocomplete(self, *args: Any, **kwargs: Any) -> Any:
        return self._titles.autocomplete(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)
