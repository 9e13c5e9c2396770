"""Several mails at once in the admin, and the comparison with a log."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from outbox.actions import hold_queue
from outbox.enums import MailStatus
from outbox.models import MailEvent, OutgoingMail
from tests.factories.outbox import OutgoingMailFactory

pytestmark = [pytest.mark.databases, pytest.mark.django_db]

SEVERAL, LOG = "/admin/mejl/flera/", "/admin/mejl/logg/"


@pytest.fixture
def operator(client):
    """Somebody who may do everything with mails, logged in."""
    return log_in(client, "view_outgoingmail", "retry_outgoingmail", "release_queue")


def log_in(client, *codenames: str):
    person = get_user_model().objects.create_user("eva@socialstyrelsen.example", "Eva Ek")
    person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
    client.force_login(person)
    return person


def form_of(client, query: str) -> dict[str, str]:
    """The hidden fields of the page, as its buttons send them."""
    response = client.get(f"{SEVERAL}?{query}")
    assert response.status_code == 200
    return dict(response.context["fields"])


def statuses() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("status", flat=True))


def test_o6_all_that_wait_are_marked_as_sent_at_once_and_each_says_by_whom(client, operator):
    OutgoingMailFactory.create_batch(217)
    OutgoingMailFactory(failed=True)
    hold_queue(because="Databasen tycks vara återställd.")
    response = client.get(f"{SEVERAL}?urval=vantar")
    assert "217 mejl märks som skickade" in " ".join(response.content.decode().split())
    assert OutgoingMail.objects.pending().count() == 217

    client.post(SEVERAL, {**form_of(client, "urval=vantar"), "gor": "skickade"})

    assert not OutgoingMail.objects.pending().exists()
    events = MailEvent.objects.filter(status=MailStatus.SENT)
    assert events.count() == 217
    assert "Eva Ek" in events[0].note


def test_o6_the_chosen_are_taken_out_of_the_queue_and_the_others_stay(client, operator):
    mails = OutgoingMailFactory.create_batch(3)
    query = "&".join(f"id={mail.pk}" for mail in mails[:2])

    client.post(SEVERAL, {**form_of(client, query), "gor": "ta-bort"})

    assert statuses() == [MailStatus.WITHDRAWN, MailStatus.WITHDRAWN, MailStatus.QUEUED]
    assert mails[0].events.get().note == "Togs bort ur kön för hand"


def test_o6_all_of_a_filter_are_sent_again_where_they_may(client, operator):
    first = OutgoingMailFactory(failed=True, stream="meeting:1:a", batch="mailout:1")
    OutgoingMailFactory(sent=True, stream="meeting:1:a", batch="mailout:2")
    OutgoingMailFactory(gone=True, status=MailStatus.UNCERTAIN, batch="mailout:1")
    OutgoingMailFactory(bounced=True, batch="mailout:2")

    fields = form_of(client, "urval=lista&batch=mailout:1")
    response = client.post(SEVERAL, {**fields, "gor": "igen"}, follow=True)

    assert statuses() == [MailStatus.FAILED, MailStatus.SENT, MailStatus.QUEUED, MailStatus.BOUNCED]
    html = response.content.decode()
    assert "1 mejl ligger i kön igen" in html
    assert "1 mejl gick inte att skicka igen" in html
    first.refresh_from_db()
    assert first.status == MailStatus.FAILED


def test_a_mail_written_after_the_page_was_shown_is_not_meant(client, operator):
    OutgoingMailFactory()
    fields = form_of(client, "urval=vantar")
    OutgoingMailFactory()

    client.post(SEVERAL, {**fields, "gor": "ta-bort"})

    assert statuses() == [MailStatus.WITHDRAWN, MailStatus.QUEUED]


def test_a_mail_that_a_worker_is_sending_is_left_alone_unless_the_queue_is_held(client, operator):
    OutgoingMailFactory(sending=True)
    client.post(SEVERAL, {**form_of(client, "urval=vantar"), "gor": "ta-bort"})
    assert statuses() == [MailStatus.SENDING]

    hold_queue(because="Databasen tycks vara återställd.")
    client.post(SEVERAL, {**form_of(client, "urval=vantar"), "gor": "ta-bort"})
    assert statuses() == [MailStatus.WITHDRAWN]


def test_a_marked_log_in_mail_keeps_no_code(client, operator, settings):
    settings.OUTBOX_HIDE_SENSITIVE = True
    OutgoingMailFactory(sensitive=True, text="Din kod är 123456")

    client.post(SEVERAL, {**form_of(client, "urval=vantar"), "gor": "skickade"})

    mail = OutgoingMail.objects.get()
    assert (mail.text, bytes(mail.message)) == ("", b"")


def test_looking_changes_nothing_and_neither_does_an_unknown_button(client, operator):
    OutgoingMailFactory(failed=True)
    OutgoingMailFactory()

    form_of(client, "urval=vantar&gor=ta-bort")
    client.post(SEVERAL, {"urval": "vantar", "gor": "allt"})

    assert statuses() == [MailStatus.FAILED, MailStatus.QUEUED]


@pytest.mark.parametrize("query", ["", "id=x", "id=99999999999999999999", "id=²", "urval=lista&status=x", "till=-1"])
def test_a_nonsense_choice_is_no_mail_and_no_fault(client, operator, query):
    OutgoingMailFactory()

    assert client.get(f"{SEVERAL}?{query}").context["number"] == 0


def test_an_editor_sends_again_and_settles_what_is_uncertain_but_never_empties_the_queue(client):
    log_in(client, "view_outgoingmail", "retry_outgoingmail")
    OutgoingMailFactory()
    OutgoingMailFactory(gone=True, status=MailStatus.UNCERTAIN)
    context = client.get(f"{SEVERAL}?urval=lista").context
    assert (context["to_mark"], context["to_take_out"], context["to_retry"]) == (1, 0, 1)

    client.post(SEVERAL, {"urval": "lista", "gor": "skickade"})
    assert statuses() == [MailStatus.QUEUED, MailStatus.SENT]
    client.post(SEVERAL, {"urval": "vantar", "gor": "ta-bort"})
    assert statuses() == [MailStatus.QUEUED, MailStatus.SENT]
    assert client.get(LOG).status_code == 302


def test_somebody_who_may_only_look_gets_neither_boxes_nor_page(client):
    log_in(client, "view_outgoingmail")
    OutgoingMailFactory()

    assert 'name="id"' not in client.get(reverse("outgoing_mail:index")).content.decode()
    assert client.get(SEVERAL).status_code == 302
    client.post(SEVERAL, {"urval": "vantar", "gor": "skickade"})
    assert statuses() == [MailStatus.QUEUED]


def test_the_list_has_boxes_and_leads_to_all_that_it_shows(client, operator):
    mail = OutgoingMailFactory(failed=True)

    html = client.get(reverse("outgoing_mail:index"), {"status": "failed"}).content.decode()

    assert f'value="{mail.pk}"' in html
    assert 'form="chosen-mails"' in html
    assert f"{SEVERAL}?status=failed&amp;urval=lista" in html


def test_o6_a_log_is_compared_first_and_then_what_it_says_is_marked(client, operator):
    mails = OutgoingMailFactory.create_batch(2)
    log = f"x postfix/cleanup[1]: ABCDEF1: message-id={mails[0].message_id}\n"
    log += "x postfix/smtp[1]: ABCDEF1: to=<x@y>, dsn=2.0.0, status=sent (250 Ok)\n"

    page = client.post(LOG, {"file": SimpleUploadedFile("mail.log", log.encode())})
    assert "<strong>1</strong> som skickade" in " ".join(page.content.decode().split())
    assert OutgoingMail.objects.pending().count() == 2

    client.post(SEVERAL, {"id": page.context["ids"], "enligt-logg": "1", "gor": "skickade"})

    assert list(OutgoingMail.objects.pending()) == [mails[1]]
    mails[0].refresh_from_db()
    assert mails[0].reply == "Skickat enligt mejlserverns logg"


def test_without_a_file_the_page_says_so(client, operator):
    assert client.post(LOG).context["form"].errors["file"]
