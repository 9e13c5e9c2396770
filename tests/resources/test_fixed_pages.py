"""The fixed pages stand where others expect them."""

import pytest
from django.test import Client
from wagtail.models import Locale, Page, Site

from resources.actions import ensure_structure
from resources.enums import CATEGORIES
from resources.models import Category, HomePage, StandardPage
from tests.factories.resources import new_installation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _newly_installed() -> None:
    new_installation()


ADDRESSES = [
    "/",
    "/ramverk/",
    "/ramverk/forutsattningar/",
    "/ramverk/forebygga/",
    "/ramverk/forhindra-och-upptacka/",
    "/ramverk/agera/",
    "/ramverk/lara/",
    "/teman/",
    "/material/",
    "/om-lumen/",
    "/tillganglighet/",
    "/integritet/",
]


def test_every_fixed_page_answers(client: Client) -> None:
    ensure_structure()
    assert {address: client.get(address).status_code for address in ADDRESSES} == dict.fromkeys(ADDRESSES, 200)


def test_a_second_run_changes_nothing_that_an_editor_has_written() -> None:
    ensure_structure()
    home = HomePage.objects.get()
    home.lead = "Redaktionens egna ord."
    home.save()
    StandardPage.objects.get(slug="om-lumen").unpublish()
    before = list(Page.objects.order_by("path").values_list("path", "slug", "live"))
    ensure_structure()
    assert list(Page.objects.order_by("path").values_list("path", "slug", "live")) == before
    assert HomePage.objects.get().lead == "Redaktionens egna ord."


def test_the_site_begins_at_the_start_page_and_wagtails_welcome_is_gone() -> None:
    home = ensure_structure()
    site = Site.objects.get()
    assert (site.root_page.pk, site.hostname, site.is_default_site) == (home.pk, "testserver", True)
    assert list(Page.objects.filter(depth=2)) == [Page.objects.get(pk=home.pk)]


def test_everything_is_in_swedish() -> None:
    ensure_structure()
    assert list(Locale.objects.values_list("language_code", flat=True)) == ["sv"]
    assert Page.objects.exclude(locale__language_code="sv").count() == 0


def test_the_vocabulary_has_readable_names_in_addresses() -> None:
    ensure_structure()
    assert Category.objects.count() == len(CATEGORIES)
    assert Category.objects.get(code="health_care").slug == "halso-och-sjukvard"
