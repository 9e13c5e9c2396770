"""Copies in caches and sessions go with a purge."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test.client import Client

from privacy.purge.actions import purge
from tests.factories.outbox import OutgoingMailFactory

from .history import MARK, REASON, log_in, resource_with_history

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.databases, pytest.mark.usefixtures("empty_storage")]


class TestCaches:
    def test_every_cache_is_emptied(self, editor: Any, settings: Any) -> None:
        folder = Path(settings.STATE_DIR) / "cache"
        settings.CACHES = {
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "purging"},
            "renditions": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(folder)},
        }
        for alias in settings.CACHES:
            caches[alias].set("page", f"<p>{MARK}</p>")
        assert list(folder.glob("*.djcache"))
        purge(OutgoingMailFactory(), by=editor, reason=REASON)
        assert [caches[alias].get("page") for alias in settings.CACHES] == [None, None]
        assert not list(folder.glob("*.djcache"))


class TestSessions:
    def test_messages_that_nobody_has_seen_go_too(self, client: Client, editor: Any) -> None:
        page = resource_with_history(editor)
        log_in(client, editor)
        session = client.session
        session["_messages"] = json.dumps([["__json_message", 0, 25, f"{MARK} har publicerats"]])
        session.save()
        purge(page, by=editor, reason=REASON)
        assert all("_messages" not in row.get_decoded() for row in Session.objects.all())
        assert client.session["_auth_user_id"] == str(editor.pk)
