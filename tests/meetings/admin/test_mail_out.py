"""The page of a mail-out: how far it has come, and what became of each mail."""

import pytest
from django.test import Client
from django.utils import timezone

from contacts.models import Person
from meetings.models import Invitation, MeetingPage
from meetings.organisation_status import organisation_rows
from outbox.actions import withdraw_all
from outbox.enums import BounceClass, MailStatus
from outbox.models import OutgoingMail
from tests.factories.meetings import (
    InvitationFactory,
    MeetingPageFactory,
)
from tests.factories.outbox import OutgoingMailFactory

from .pages import sent, url

pytestmark = pytest.mark.django_db


def test_the_mail_out_refreshes_itself_until_it_is_done(client: Client, editor: Person, meeting: MeetingPage) -> None:
    path = sent(client, meeting, 2)
    assert 'data-refresh="5"' in client.get(path).content.decode()
    assert "data-refresh" not in client.get(f"{path}?visa=&q=kommun").content.decode()
    OutgoingMail.objects.update(status=MailStatus.SENT, sent_at=timezone.now())
    html = client.get(path).content.decode()
    assert "data-refresh" not in html
    assert "2 av 2 skickade" in html


def test_the_mail_out_shows_the_servers_answer_to_each(client: Client, editor: Person, meeting: MeetingPage) -> None:
    path = sent(client, meeting, 2)
    lost, arrived = OutgoingMail.objects.order_by("pk")
    OutgoingMail.objects.filter(pk=lost.pk).update(status=MailStatus.FAILED, reply="550 No such user")
    OutgoingMail.objects.filter(pk=arrived.pk).update(status=MailStatus.SENT, sent_at=timezone.now())
    html = client.get(path).content.decode()
    assert "550 No such user" in html
    assert "1 kom inte fram" in html
    failed = client.get(f"{path}?visa=failed").content.decode()
    assert lost.recipient in failed
    assert arrived.recipient not in failed


def test_m7_the_mail_out_says_what_the_failures_mean_and_what_to_do(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    path = sent(client, meeting, 5)
    dead, refused, sent_on, uncertain, unknown = OutgoingMail.objects.order_by("pk")
    failures = (
        (dead, {"status": MailStatus.BOUNCED, "bounce_class": BounceClass.DEAD}),
        (refused, {"status": MailStatus.FAILED, "bounce_class": BounceClass.REFUSED}),
        (sent_on, {"status": MailStatus.BOUNCED, "bounce_class": BounceClass.DEAD, "failed_address": "a@hem.example"}),
        (uncertain, {"status": MailStatus.UNCERTAIN}),
        (unknown, {"status": MailStatus.FAILED}),
    )
    for mail, fields in failures:
        OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
    html = client.get(path).content.decode()
    assert "<dt>2 mejl: Adressen finns inte</dt>" in html
    assert "<dt>1 mejl: Stoppades som skräppost eller av en regel</dt>" in html
    assert "<dt>1 mejl: Okänt skäl</dt>" in html
    assert "<dt>1 mejl: Osäker leverans</dt>" in html
    for text in (BounceClass.DEAD.what_to_do, BounceClass.REFUSED.what_to_do, "det kan ha kommit fram"):
        assert text in html
    assert "1 osäker" in html
    assert '<span class="lm-address">a@hem.example</span>' in html
    assert uncertain.recipient in client.get(f"{path}?visa=uncertain").content.decode()


def test_m4_the_mail_out_says_how_many_were_withdrawn_and_why(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    path = sent(client, meeting, 4)
    first, *others = OutgoingMail.objects.order_by("pk")
    withdrawn = OutgoingMail.objects.filter(pk__in=[mail.pk for mail in others])
    withdraw_all(withdrawn.filter(pk=others[0].pk), because="Mottagaren vill inte ha mejl")
    withdraw_all(withdrawn, because="Mötet ställdes in.")
    html = client.get(path).content.decode()
    assert "<li>2 inbjudningar drogs in, mötet ställdes in.</li>" in html
    assert "<li>1 inbjudan drogs in, mottagaren vill inte ha mejl.</li>" in html
    assert "3 inaktuella drogs in" in html
    only = client.get(f"{path}?visa=withdrawn").content.decode()
    assert others[0].recipient in only
    assert first.recipient not in only


@pytest.mark.parametrize(
    ("status", "state", "reached"),
    [
        (MailStatus.QUEUED, "Inbjuden", True),
        (MailStatus.SENT, "Inbjuden", True),
        (MailStatus.UNCERTAIN, "Inbjuden", True),
        (MailStatus.FAILED, "Kom inte fram", False),
        (MailStatus.BOUNCED, "Kom inte fram", False),
        (MailStatus.WITHDRAWN, "Inbjudan drogs in", False),
    ],
)
def test_what_an_organisations_mail_is_tells_whether_it_is_reached(
    meeting: MeetingPage, status: MailStatus, state: str, reached: bool
) -> None:
    mail = OutgoingMailFactory(sent=True, status=status, due_at=timezone.now())
    invitation = InvitationFactory(invited__meeting=meeting, mailed=True, mail=mail)
    rows = {row.organisation: (row.state, row.is_reached) for row in organisation_rows(meeting)}
    assert rows[invitation.invited.organisation] == (state, reached)
    assert Invitation.objects.undeliverable().exists() == (state == "Kom inte fram")


def test_the_mail_out_is_another_meetings_at_another_address(
    client: Client, editor: Person, meeting: MeetingPage
) -> None:
    sent(client, meeting, 1)
    path = url(MeetingPageFactory(), f"utskick/{meeting.mail_outs.get().pk}/")
    assert client.get(path).status_code == 404
