"""The corpus: bounces in the shapes of many servers, and messages that are none.

Somebody who had not read the reader wrote it, in two sets. Before the reader had seen the first, 92 of its 96 bounces
were in the right class; mended by those, it had 28 of the 30 of the second. None of the 47 others was ever a bounce.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction

from outbox.addresses import comparable
from outbox.bounces.receiving import Verdict, receive_one
from outbox.composition import sender_address
from outbox.enums import BounceClass
from outbox.models import OutgoingMail
from outbox.verp import envelope_address
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db

CORPUS = Path(__file__).parent.parent / "corpus"
AT_LEAST = 0.95  # of the bounces in the right class
KINDS = {Verdict.DELAYED: "delayed", Verdict.AUTO_REPLY: "autoreply", Verdict.COMPLAINT: "complaint"}


@dataclass
class Outcome:
    """A message of the corpus, what it is, and what the reader took it for."""

    file: str
    expected: str
    found: str
    expected_address: str
    address: str


def outcomes(index: str) -> Iterator[Outcome]:
    for entry in json.loads((CORPUS / index).read_text()):
        with transaction.atomic():
            yield outcome(entry)
            transaction.set_rollback(True)


def outcome(entry: dict[str, str]) -> Outcome:
    message_id = entry["our_message_id"] or f"<{uuid.uuid4()}@lumen.example>"
    recipient = comparable(entry["recipient"] or "anna@nacka.example")
    mail = OutgoingMailFactory(message_id=message_id, sent=True)
    # Not by composing it: the corpus has an address that LUMEN would not write to.
    OutgoingMail.objects.filter(pk=mail.pk).update(recipient=recipient)
    content = (CORPUS / entry["file"]).read_bytes()
    verdict = receive_one(content.replace(b"VERP_ADDRESS", envelope_address(mail, sender_address()).encode()))
    mail = OutgoingMail.objects.get(pk=mail.pk)
    found = mail.bounce_class if verdict is Verdict.BOUNCED else KINDS.get(verdict, "none")
    other = comparable(entry["failed_address"] or "")
    return Outcome(entry["file"], entry["class"], found, "" if other == recipient else other, mail.failed_address)


def test_m8_the_bounces_of_many_servers_are_found_and_are_in_the_right_class():
    bounces = [found for name in ("corpus.json", "second.json") for found in outcomes(name) if found.expected != "none"]
    wrong = [found for found in bounces if found.found != found.expected]

    assert len(bounces) >= 60
    assert len(wrong) <= (1 - AT_LEAST) * len(bounces), wrong


def test_m8_nothing_else_is_taken_for_a_bounce():
    others = [found for found in outcomes("corpus.json") if found.expected == "none"]

    assert len(others) >= 40
    assert [found for found in others if found.found not in {"none", "autoreply"}] == []


def test_m19_the_address_that_failed_is_told_where_it_is_not_the_receivers():
    failed = [
        found for found in outcomes("corpus.json") if found.found in BounceClass.values and found.found != "complaint"
    ]

    assert [found for found in failed if found.address != found.expected_address] == []
    assert any(found.address for found in failed)
