"""`manage.py hold_queue` and its opposite."""

from io import StringIO

import pytest
from django.core.management import call_command

from outbox.models import QueueState
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db


def said(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_o4_an_operator_holds_the_queue_before_the_worker_starts_and_lets_it_go_afterwards():
    OutgoingMailFactory()

    assert "Inga mejl skickas." in said("hold_queue")
    assert QueueState.objects.current().held_since
    assert said("release_queue") == "Kön är släppt. 1 mejl väntar på att skickas.\n"
    assert QueueState.objects.current().held_since is None
