"""The part of an organisation's address that names it: `nacka` in /organisationer/nacka/."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from django.utils.text import slugify

SLUG_LENGTH = 100


def give_slugs(rows: Iterable[Any], taken: set[str]) -> None:
    """Set `slug` of the organisations that have none (not saved), each different from the others and those taken.

    Who is written as the slug comes first: Habo is `habo`, and Håbo has its county added.
    """
    without = [row for row in rows if not row.slug]
    for row in sorted(without, key=lambda row: slugify(row.short_name) != row.short_name.casefold()):
        row.slug = next(slug for slug in _proposals(row) if slug not in taken)
        taken.add(row.slug)


def _proposals(row: Any) -> Iterator[str]:
    slug = (slugify(row.short_name) or slugify(row.name) or "organisation")[:SLUG_LENGTH]
    yield slug
    if row.county:
        yield f"{slug[:60]}-{slugify(row.county)[: SLUG_LENGTH - 61]}"
    yield from (f"{slug[: SLUG_LENGTH - 10]}-{number}" for number in count(2))
