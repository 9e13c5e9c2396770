"""Copies in caches and sessions go with a purge."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test.client import Client

from lumen.settings.base import WITHOUT_REDIS
from privacy.purge.actions import purge
from privacy.purge.cleanup import CacheAway, clear_caches
from tests.factories.outbox import OutgoingMailFactory

from .history import MARK, REASON, log_in, resource_with_history

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_storage")]


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

    def test_o7_a_purge_waits_for_a_cache_that_is_away(self, editor: Any, settings: Any) -> None:
        backend = "django_redis.cache.RedisCache"
        away = {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0", "OPTIONS": WITHOUT_REDIS}
        settings.CACHES = {"default": away}
        with pytest.raises(CacheAway):
            clear_caches()


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
