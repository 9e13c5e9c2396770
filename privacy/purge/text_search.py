"""Searches every table of the database and all stored files for a text.

Reads the tables as they are, without models, so that what a library keeps is found too.
"""

import json
import quopri
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import connection
from django.utils.text import slugify

CONTEXT = 12  # characters shown on each side
CHUNK = 1024 * 1024
MIN_LENGTH = 3


@dataclass(frozen=True)
class Hit:
    """A place where the text was found; `excerpt` is what surrounds it, with the text masked."""

    place: str  # a table's model, or "fil"
    id: str
    field: str
    excerpt: str


def find_text(text: str) -> Iterator[Hit]:
    """Every place in the database and the file storages that holds the text, in whatever form it is kept there.

    The content of packed files (PDF, DOCX …) is not unpacked. Raises ValueError for a very short text.
    """
    if len(text.strip()) < MIN_LENGTH:
        raise ValueError(f"Skriv minst {MIN_LENGTH} tecken.")
    forms = written_forms(text.strip())
    yield from _in_database(forms, encoded_forms(forms))
    for alias in settings.STORAGES:
        if alias != "staticfiles":
            yield from _in_folder(alias, "", forms)


def written_forms(text: str) -> list[str]:
    """The text as typed, in lower case, without accents (search indexes), in an address, and in JSON."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    forms = [text, text.lower(), plain.lower(), json.dumps(text)[1:-1], json.dumps(text.lower())[1:-1]]
    if len(slugify(text)) >= MIN_LENGTH:
        forms.append(slugify(text))
    return list(dict.fromkeys(forms))


def encoded_forms(forms: list[str]) -> list[bytes]:
    """The forms as bytes, plain and quoted-printable (as in the body of a mail)."""
    encoded = [form.encode() for form in forms]
    return list(dict.fromkeys([*encoded, *(quopri.encodestring(form) for form in encoded)]))


def _in_database(forms: list[str], encoded: list[bytes]) -> Iterator[Hit]:
    labels = {model._meta.db_table: model._meta.label for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        keys = {
            table: connection.introspection.get_primary_key_column(cursor, table)
            for table in connection.introspection.table_names(cursor)
        }
    for table, key in keys.items():
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            for values in cursor:
                row = dict(zip(names, values, strict=True))
                for name, value in row.items():
                    content = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                    if any(form in content for form in encoded):
                        excerpt = _masked(content.decode(errors="replace"), forms)
                        yield Hit(labels.get(table, table), str(row.get(key, "")), name, excerpt)


def _masked(text: str, forms: list[str]) -> str:
    for form in forms:
        start = text.find(form)
        if start >= 0:
            before = text[max(0, start - CONTEXT) : start]
            after = text[start + len(form) : start + len(form) + CONTEXT]
            return _only_letters(f"{before}[{'•' * len(form)}]{after}")
    return ""


def _only_letters(text: str) -> str:
    """The text with its digits masked, since what surrounds a hit may be another number."""
    return " ".join("".join("•" if c.isdigit() else c if c.isprintable() else " " for c in text).split())


def _in_folder(alias: str, folder: str, forms: list[str]) -> Iterator[Hit]:
    storage = storages[alias]
    try:
        folders, files = storage.listdir(folder)
    except (OSError, NotImplementedError):
        return
    for name in files:
        path = f"{folder}/{name}".lstrip("/")
        in_name = next((form for form in forms if form in name), "")
        shown = path.replace(in_name, "•" * len(in_name)) if in_name else path
        if in_name:
            yield Hit("fil", f"{alias}:{shown}", "namn", "")
        if _file_holds(storage, path, encoded_forms(forms)):
            yield Hit("fil", f"{alias}:{shown}", "innehåll", "")
    for name in folders:
        yield from _in_folder(alias, f"{folder}/{name}".lstrip("/"), forms)


def _file_holds(storage: Storage, path: str, encoded: list[bytes]) -> bool:
    overlap = max(len(form) for form in encoded)
    tail = b""
    try:
        with storage.open(path, "rb") as file:
            while piece := file.read(CHUNK):
                window = tail + piece
                if any(form in window for form in encoded):
                    return True
                tail = window[-overlap:]
    except OSError:
        return False
    return False
