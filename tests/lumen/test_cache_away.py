"""The site works while the cache (Redis) is away, and what is counted is counted in the database."""

import pytest
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from lumen.settings.base import WITHOUT_REDIS
from meetings.models import Registration
from tests.factories.contacts import ContactPersonFactory, PersonFactory
from tests.factories.meetings import InvitedOrganisationFactory, MeetingPageFactory
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cache_away(settings: Settings) -> None:
    backend = "django_redis.cache.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0", "OPTIONS": WITHOUT_REDIS}}
    assert cache.get("nothing") is None


@pytest.mark.parametrize("path", ["/", "/moten/", "/material/", "/sok/?q=avtal", "/organisationer/", "/konto/login/"])
def test_o7_pages_are_shown(client: Client, path: str) -> None:
    MeetingPageFactory()
    assert client.get(path).status_code == 200


def test_o7_somebody_registers_and_is_counted(client: Client, settings: Settings) -> None:
    settings.LIMITS = {**configured.LIMITS, "registrations_a_client": 2}
    invited = InvitedOrganisationFactory()
    path, domain = f"/moten/anmalan/{invited.token}/", next(iter(invited.organisation.domains))
    statuses = [client.post(path, {"name": "Kim", "email": f"kim{n}@{domain}"}).status_code for n in range(3)]
    assert statuses == [302, 302, 429]
    assert Registration.objects.count() == 2


def test_o7_a_contact_person_asks_for_a_code(client: Client) -> None:
    role = ContactPersonFactory(person__email="kim@ort.example")
    response = client.post("/konto/login/code/", {"email": role.person.email})
    assert response.status_code == 302


def test_o7_an_editor_works(client: Client) -> None:
    OutgoingMailFactory()
    client.force_login(PersonFactory(editor=True))
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/mejl/").status_code == 200
