"""Links that work without a log-in are in no stored mail, and in every mail that leaves."""

import email
import re
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from outbox import personal_links
from outbox.actions import queue, record_bounce, retry_mail
from outbox.composition import compose
from outbox.delivery import claim_next, deliver
from outbox.enums import BounceClass, MailStatus
from outbox.mail_server import MailServer
from outbox.mails import Mail, PersonalLink
from outbox.models import OutgoingMail
from outbox.personal_links import LinkGone, message_to_send
from tests.factories.contacts import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.databases]

TOKEN = "Hemlig-Token_01234567890"
LINK = f"{settings.BASE_URL}/moten/deltagare/{TOKEN}/"
HINTED = f"{LINK}?k=17"
STOP = f"{settings.BASE_URL}/utskick/{TOKEN}-stopp/"


@pytest.fixture(autouse=True)
def makers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    made = {"own": lambda pk: LINK, "hinted": lambda pk: HINTED, "stop": lambda pk: STOP, "gone": lambda pk: None}
    monkeypatch.setattr(personal_links, "_makers", made)
    return made


def mail_with(url: str = LINK, kind: str = "own", **changes: Any) -> Mail:
    values: dict[str, Any] = {
        "to": "kim@ort.example",
        "subject": "Du är anmäld",
        "text": f"Hej Åsa!\n\nÄndra eller avanmäl dig:\n{url}\n\nVälkommen.",
        "html": f'<p>Hej Åsa! <a href="{url}">Ändra eller avanmäl dig</a></p>',
        "personal_links": [PersonalLink(kind, 1, url)],
    }
    return Mail(**{**values, **changes})


def everything_stored(mail: OutgoingMail) -> str:
    """Each column of the row, with the message's parts decoded."""
    row = OutgoingMail.objects.filter(pk=mail.pk).values().get()
    message = email.message_from_bytes(bytes(row.pop("message")))
    parts = [part.get_payload(decode=True).decode() for part in message.walk() if not part.is_multipart()]
    return "\n".join([str(row), str(message.items()), *parts])


class Post(MailServer):
    """A server that keeps what it is handed."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def send(self, *, sender: str, recipient: str, content: bytes) -> str:
        self.sent.append(content)
        return "250 Ok"


def send_next(post: Post) -> tuple[OutgoingMail, MailStatus]:
    mail = claim_next(holder="here/1/a")
    assert mail is not None
    return mail, deliver(mail, server=post)


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


class TestStored:
    @pytest.mark.parametrize(("url", "kind"), [(LINK, "own"), (HINTED, "hinted")])
    def test_k13_a_mail_in_the_queue_holds_no_link_that_works(self, url: str, kind: str) -> None:
        mail = queue(
            mail_with(
                url,
                kind,
                unsubscribe_url=STOP,
                personal_links=[PersonalLink(kind, 1, url), PersonalLink("stop", 2, STOP)],
            )
        )
        assert TOKEN not in everything_stored(mail)

    def test_k13_nor_does_one_that_has_left_or_come_back(self) -> None:
        queue(mail_with())
        mail, status = send_next(Post())
        assert status == MailStatus.SENT
        assert TOKEN not in everything_stored(mail)
        record_bounce(mail=mail, diagnosis="550", at=mail.created_at, bounce_class=BounceClass.DEAD)
        assert TOKEN not in everything_stored(mail)

    def test_a_link_that_begins_like_another_is_taken_whole(self) -> None:
        links = [PersonalLink("own", 1, LINK), PersonalLink("hinted", 1, HINTED)]
        mail = compose(mail_with(text=f"{LINK}\n{HINTED}\n", html="", personal_links=links))
        assert "?k=" not in mail.text
        assert parsed(message_to_send(mail)).get_content().split() == [LINK, HINTED]

    def test_other_links_stay_as_they_are(self) -> None:
        mail = compose(mail_with(text=f"{settings.BASE_URL}/moten/ {LINK}"))
        assert f"{settings.BASE_URL}/moten/ " in mail.text

    def test_each_mail_has_placeholders_of_its_own(self) -> None:
        one, two = compose(mail_with()), compose(mail_with())
        assert not set(one.links) & set(two.links)


class TestSent:
    def test_the_receiver_gets_the_link_in_text_html_and_header(self) -> None:
        links = [PersonalLink("own", 1, LINK), PersonalLink("stop", 2, STOP)]
        queue(mail_with(unsubscribe_url=STOP, personal_links=links))
        post = Post()
        send_next(post)
        message = parsed(post.sent[0])
        assert LINK in message.get_body(("plain",)).get_content()
        assert f'href="{LINK}"' in message.get_body(("html",)).get_content()
        assert message["List-Unsubscribe"] == f"<{STOP}>"
        assert "personlig-lank" not in str(message)

    def test_the_rest_of_the_message_is_as_it_was_composed(self) -> None:
        mail = compose(mail_with())
        before, after = parsed(bytes(mail.message)), parsed(message_to_send(mail))
        assert dict(before.items()).keys() == dict(after.items()).keys()
        for name in ("From", "To", "Subject", "Message-ID", "Date", "Content-Language", "Auto-Submitted"):
            assert before[name] == after[name], name
        placeholder = next(iter(mail.links))
        for kind in ("plain", "html"):
            one, other = before.get_body((kind,)), after.get_body((kind,))
            assert one["Content-Type"] == other["Content-Type"]
            assert one.get_content().replace(placeholder, LINK).split() == other.get_content().split()

    @pytest.mark.parametrize("changes", [{"html": ""}, {"subject": "Ö" * 90}, {"text": f"{'å' * 500} {LINK}"}])
    def test_lines_stay_short_enough_and_in_seven_bits(self, changes: dict[str, str]) -> None:
        content = message_to_send(compose(mail_with(**changes)))
        assert content.isascii()
        assert max(map(len, content.split(b"\r\n"))) <= 998
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert parsed(content)["Content-Language"] == "sv"

    def test_a_mail_without_personal_links_leaves_byte_for_byte(self) -> None:
        mail = compose(Mail(to="kim@ort.example", subject="Hej", text="Hej Åsa!"))
        assert message_to_send(mail) == bytes(mail.message)

    def test_k13_a_mail_that_came_back_is_sent_again_with_its_link(self) -> None:
        queue(mail_with())
        post = Post()
        mail, _ = send_next(post)
        record_bounce(mail=mail, diagnosis="550", at=mail.created_at, bounce_class=BounceClass.DEAD)
        retry_mail(mail=mail, by=PersonFactory(editor=True))
        send_next(post)
        assert len(post.sent) == 2
        assert all(LINK in parsed(content).get_body(("plain",)).get_content() for content in post.sent)

    def test_a_link_that_leads_nowhere_any_more_is_not_sent(self, makers: dict[str, Any]) -> None:
        queue(mail_with())
        makers["own"] = makers["gone"]
        post = Post()
        mail, status = send_next(post)
        assert (status, post.sent) == (MailStatus.FAILED, [])
        mail.refresh_from_db()
        assert "leder inte längre någonstans" in mail.reply

    def test_a_kind_that_nobody_makes_is_gone(self) -> None:
        with pytest.raises(LinkGone):
            message_to_send(compose(mail_with(kind="okänd")))

    def test_a_placeholder_that_somebody_has_typed_leads_nowhere(self) -> None:
        typed = f"{settings.BASE_URL}/personlig-lank/{'0' * 16}/"
        mail = compose(mail_with(text=f"{typed} {LINK}"))
        assert typed in parsed(message_to_send(mail)).get_body(("plain",)).get_content()


class TestShown:
    @pytest.fixture
    def reader(self, client: Client) -> Client:
        client.force_login(PersonFactory(editor=True))
        return client

    @pytest.mark.parametrize("delivered", [False, True])
    def test_k13_an_editor_sees_no_link_before_or_after(self, reader: Client, delivered: bool) -> None:
        links = [PersonalLink("own", 1, LINK), PersonalLink("stop", 2, STOP)]
        mail = queue(mail_with(unsubscribe_url=STOP, personal_links=links))
        if delivered:
            send_next(Post())
        with override_settings(OUTBOX_HIDE_SENSITIVE=True):
            html = reader.get(f"/admin/mejl/{mail.pk}/").content.decode()
        assert TOKEN not in html
        assert "Ändra eller avanmäl dig" in html
        assert re.search(r"/personlig-lank/[0-9a-f]{16}/", html)

    def test_in_development_they_are_shown_since_nothing_is_sent(self, reader: Client) -> None:
        mail = queue(mail_with())
        assert TOKEN in reader.get(f"/admin/mejl/{mail.pk}/").content.decode()

    def test_a_mail_whose_link_is_gone_can_still_be_read(self, reader: Client, makers: dict[str, Any]) -> None:
        mail = queue(mail_with())
        makers["own"] = makers["gone"]
        assert reader.get(f"/admin/mejl/{mail.pk}/").status_code == 200
