"""A grep through everything that LUMEN keeps: a dump of the database, its files, the caches and the media."""

import os
import pickle
import re
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import connection

INSERT = re.compile(r"INSERT INTO (?:public\.)?\"?(\w+)\"?")


def places_with(marker: str) -> Counter[str]:
    """How often the marker stands in each table, file and cache, whatever its capitals; nothing is an empty count."""
    found = Counter(_tables(marker)) + Counter(_files(marker)) + Counter(_caches(marker))
    return +found


def _forms(marker: str) -> list[bytes]:
    low = marker.lower().encode()
    return [low, low.hex().encode(), marker.encode().hex().encode()]


def _holds(content: bytes, marker: str) -> bool:
    content = content.lower()
    return any(form in content for form in _forms(marker))


def _tables(marker: str) -> Iterator[str]:
    connection.close()  # so that no connection of ours hides a page that others see
    table = ""
    for line in _dump():
        if match := INSERT.match(line):
            table = match.group(1)
        if _holds(line.encode(), marker):
            yield table


def _dump() -> Iterator[str]:
    if connection.vendor == "sqlite":
        database = sqlite3.connect(connection.settings_dict["NAME"])
        yield from database.iterdump()
        database.close()
        return
    options = connection.settings_dict
    dump = subprocess.run(
        ["pg_dump", "--inserts", "-h", options["HOST"], "-p", str(options["PORT"] or 5432), "-U", options["USER"]]
        + [options["NAME"]],
        env={**os.environ, "PGPASSWORD": options["PASSWORD"] or ""},
        check=True,
        capture_output=True,
        text=True,
    )
    yield from dump.stdout.splitlines()


def _files(marker: str) -> Iterator[str]:
    """By name and by content: media, and with SQLite the database's own files."""
    for path in Path(settings.STATE_DIR).rglob("*"):
        if _holds(str(path.relative_to(settings.STATE_DIR)).encode(), marker):
            yield "file name"
        if path.is_file() and _holds(path.read_bytes(), marker):
            yield "raw database" if path.name.startswith("test.sqlite3") or ".sqlite3" in path.name else "file content"


def _caches(marker: str) -> Iterator[str]:
    for alias in settings.CACHES:
        cache = caches[alias]
        for entry in getattr(cache, "_cache", {}).items():  # of locmem
            if _holds(pickle.dumps(entry) + str(entry).encode(), marker):
                yield "cache"
