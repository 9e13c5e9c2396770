"""The envelope address of each mail, and what is taken for one."""

import pytest
from django.test import override_settings

from outbox.delivery import claim_next, deliver
from outbox.mail_server import MailServer
from outbox.models import OutgoingMail
from outbox.verp import envelope_address, find_by_envelope_address
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db

BOUNCES = "studs@lumen.example"


@pytest.fixture
def mail() -> OutgoingMail:
    return OutgoingMailFactory()


@pytest.mark.parametrize("form", ["{}", "Studs <{}>", "x@y.example, {}", "from mx by us for <{}>; Tue"])
def test_a_mail_is_found_by_its_own_address(mail: OutgoingMail, form: str) -> None:
    assert find_by_envelope_address(form.format(envelope_address(mail, BOUNCES))) == mail
    assert find_by_envelope_address(form.format(envelope_address(mail, BOUNCES).upper())) == mail


def test_an_address_made_with_an_earlier_key_is_still_ours(mail: OutgoingMail) -> None:
    with override_settings(SECRET_KEY="earlier"):
        address = envelope_address(mail, BOUNCES)
    assert find_by_envelope_address(address) is None
    with override_settings(SECRET_KEY_FALLBACKS=["earliest", "earlier"]):
        assert find_by_envelope_address(address) == mail


def test_an_address_that_is_altered_or_made_up_is_nobodys(mail: OutgoingMail) -> None:
    other = OutgoingMailFactory()
    address = envelope_address(mail, BOUNCES)
    local, _, domain = address.partition("@")
    other_end = "0" if local[-1] != "0" else "1"
    for forged in (
        address.replace(f"+{mail.pk}.", f"+{other.pk}."),
        f"{local[:-1]}{other_end}@{domain}",
        f"studs+{mail.pk}.@lumen.example",
        "studs+999999999999999999.0123456789abcdef@lumen.example",
        f"studs+{'9' * 40}.0123456789abcdef@lumen.example",
        "",
    ):
        assert find_by_envelope_address(forged) is None, forged


def test_another_mail_with_the_number_after_a_restore_is_not_meant(mail: OutgoingMail) -> None:
    address = envelope_address(mail, BOUNCES)
    OutgoingMail.objects.update(message_id="<other@lumen.example>")
    assert find_by_envelope_address(address) is None


def test_a_mailbox_with_a_name_too_long_keeps_its_address(mail: OutgoingMail) -> None:
    long = f"{'s' * 60}@lumen.example"
    assert envelope_address(mail, long) == long
    assert len(envelope_address(mail, BOUNCES).partition("@")[0]) <= 64


class Peer(MailServer):
    """Notes the envelope's sender of each mail."""

    def __init__(self) -> None:
        self.senders: list[str] = []

    def send(self, *, sender: str, recipient: str, content: bytes) -> str:
        self.senders.append(sender)
        return "250 Ok"


@pytest.mark.parametrize("verp", [True, False])
def test_m8_the_setting_gives_each_mail_a_sender_of_its_own(mail: OutgoingMail, verp: bool) -> None:
    peer = Peer()
    with override_settings(OUTBOX_VERP=verp, OUTBOX_BOUNCE_ADDRESS=BOUNCES):
        claimed = claim_next(holder="a")
        assert claimed
        deliver(claimed, server=peer)
    assert peer.senders == [envelope_address(mail, BOUNCES) if verp else BOUNCES]
