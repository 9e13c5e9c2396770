"""Every organisation has an address of its own, and keeps it."""

from importlib import import_module
from io import StringIO
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from contacts.models import Organisation
from tests.factories.contacts import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def slug_of(code: str) -> str:
    return Organisation.objects.get(code=code).slug


def test_the_whole_country_has_addresses_that_read_as_the_names() -> None:
    call_command("load_organisations", stdout=StringIO())
    slugs = list(Organisation.objects.values_list("slug", flat=True))
    assert len(slugs) == len(set(slugs)) == 325
    assert "" not in slugs
    assert (slug_of("0182"), slug_of("03"), slug_of("1256")) == ("nacka", "region-uppsala", "ostra-goinge")
    # Habo and Håbo are written alike without dots; the one that needs no change has the short one.
    assert (slug_of("0643"), slug_of("0305")) == ("habo", "habo-uppsala-lan")


def test_the_migration_gives_those_that_are_there_the_same() -> None:
    call_command("load_organisations", stdout=StringIO())
    before = dict(Organisation.objects.values_list("pk", "slug"))
    Organisation.objects.update(slug="")
    migration = import_module("contacts.migrations.0008_organisation_kinds_and_slugs")
    migration.fill_slugs(apps, SimpleNamespace(connection=connection))
    assert dict(Organisation.objects.values_list("pk", "slug")) == before


def test_a_new_name_does_not_change_the_address() -> None:
    row = OrganisationFactory(short_name="Nacka")
    row.short_name = "Nacka stad"
    row.save()
    row.refresh_from_db()
    assert row.slug == "nacka"


@pytest.mark.parametrize("name", ["北京", "🙂", "‮", "x" * 100])
def test_a_name_without_letters_of_an_address_gets_one_too(name: str) -> None:
    first = OrganisationFactory(short_name=name, name=name)
    second = OrganisationFactory(short_name=name, name=f"{name}2")
    assert first.slug != second.slug
    assert len(second.slug) <= 100
    assert first.get_absolute_url().startswith("/organisationer/")


def test_two_cannot_have_the_same() -> None:
    OrganisationFactory(slug="nacka")
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(slug="nacka")
