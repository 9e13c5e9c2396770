"""A purged mail leaves nothing and is never sent."""

from typing import Any

import pytest

from outbox.models import OutgoingMail
from privacy.purge.actions import purge
from tests.factories.outbox import OutgoingMailFactory

from .history import MARK, REASON
from .storage_search import places_with

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_storage")]


class TestMail:
    def test_a_purged_mail_is_never_sent_and_leaves_nothing(self, editor: Any) -> None:
        mail = OutgoingMailFactory(subject=f"{MARK} ämne", text=f"{MARK} text", html=f"<p>{MARK}</p>")
        other = OutgoingMailFactory()
        assert places_with(MARK)["outbox_outgoingmail"]
        purge(mail, by=editor, reason=REASON)
        assert places_with(MARK) == {}
        assert list(OutgoingMail.objects.deliverable()) == [other]
