"""Public views beside the pages are found, with what they show now."""

import pytest
from django.core.management import call_command
from django.test import Client

from lumen.searched_views import SEARCHED_VIEWS
from resources.search.public_views import index_public_views, name_public_views
from tests.factories.contacts import MembershipFactory, OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def found(client: Client, query: str) -> bool:
    return 'href="/organisationer/"' in client.get("/sok/", {"q": query}).content.decode().partition("<article")[2]


def test_an_organisation_with_a_seat_is_found_in_the_list(client: Client) -> None:
    MembershipFactory(organisation=OrganisationFactory(name="Kvarstadsverket", short_name="KVV"))
    assert index_public_views() == 1
    assert index_public_views() == 0
    assert found(client, "Kvarstadsverket")
    assert found(client, "kvv")


def test_an_organisation_that_leaves_is_no_longer_found(client: Client) -> None:
    municipality = OrganisationFactory(short_name="Kvarstads", municipality=True)
    call_command("rebuild_search", verbosity=0)
    assert found(client, "Kvarstads kommun")
    municipality.delete()
    index_public_views()
    assert not found(client, "Kvarstads")


def test_a_view_that_is_no_more_is_forgotten(client: Client) -> None:
    index_public_views()
    name_public_views(())
    try:
        index_public_views()
        assert not found(client, "organisationer som är med")
    finally:
        name_public_views(SEARCHED_VIEWS)
