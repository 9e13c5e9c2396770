"""Files to upload, and outcomes without the process that reads them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

from screening.findings import Finding, Kind, Screening
from tests.factories.contacts import PersonFactory

UNREADABLE = Screening(fault="Sidan 1 är en bild som programmet inte kan läsa.")
WARNS = Screening((Finding(Kind.ORGANISATION_NUMBER, "sida 2", "55…"),))
BLOCKS = Screening((Finding(Kind.PERSONAL_NUMBER, "sida 2", "85…"),))
CLEAN = Screening()

ReadsAs = Callable[[Screening], list[Path]]


@pytest.fixture
def reads_as(monkeypatch: pytest.MonkeyPatch) -> ReadsAs:
    """Let every file read as the outcome; the list tells which were read, where on disk."""

    def read(outcome: Screening) -> list[Path]:
        paths: list[Path] = []

        def screen_file(path: Path, **kwargs: object) -> Screening:
            Path(path).stat()  # like the real one, an OSError if it is not there
            paths.append(Path(path))
            return outcome

        monkeypatch.setattr("screening.files.screen_file", screen_file)
        return paths

    return read


@pytest.fixture
def editor(db: None):
    return PersonFactory(editor=True)


@pytest.fixture
def editor_client(client: Client, editor) -> Client:
    client.force_login(editor)
    return client


def stored_files() -> set[str]:
    """All that lies in the private storage, temporary uploads included."""
    root = Path(django_settings.STORAGES["default"]["OPTIONS"]["location"])
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
