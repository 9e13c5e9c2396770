"""What the migrations do with rows that are there already."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from outbox.enums import BounceClass
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.mark.parametrize(
    ("reply", "bounce_class"),
    [
        ("550 5.1.1 <anna@nacka.example>: Recipient address rejected: User unknown", BounceClass.DEAD),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", BounceClass.DEAD),
        ("550 No such user", BounceClass.DEAD),
        ("552 5.2.2 mailbox full", ""),
        ("550 5.7.1 spam", ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("state", ["failed", "bounced"])
def test_m7_earlier_failures_say_whether_the_address_is_dead(state: str, reply: str, bounce_class: str) -> None:
    mail = OutgoingMailFactory(**{state: True}, reply=reply, bounce_class="")
    import_module("outbox.migrations.0005_classes_of_earlier_bounces").classify(
        apps, SimpleNamespace(connection=connection)
    )
    mail.refresh_from_db()
    assert mail.bounce_class == bounce_class
