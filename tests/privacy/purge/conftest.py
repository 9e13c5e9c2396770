"""What the tests of the purge share: nothing stored from before, and somebody with every right."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.factories.contacts import PersonFactory


@pytest.fixture
def empty_storage() -> None:
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if path.is_file():
            path.unlink()
    cache.clear()


@pytest.fixture
def editor(db: None) -> Any:
    return PersonFactory(editor=True)
