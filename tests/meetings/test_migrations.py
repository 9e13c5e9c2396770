"""What the migrations do with rows that are there already."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from tests.factories.meetings import InvitedOrganisationFactory

pytestmark = pytest.mark.django_db


def test_u22_who_gave_no_reason_has_one_before_the_earlier_constraint_returns() -> None:
    without = InvitedOrganisationFactory(declined_at=timezone.now(), declined_because="")
    said_why, coming = InvitedOrganisationFactory(declined=True), InvitedOrganisationFactory()
    reason = said_why.declined_because
    migration = import_module("meetings.migrations.0005_decline_without_reason")
    migration.fill_reasons(apps, SimpleNamespace(connection=connection))
    for row in (without, said_why, coming):
        row.refresh_from_db()
    assert (without.declined_because, said_why.declined_because, coming.declined_because) == (
        migration.WITHOUT,
        reason,
        "",
    )
