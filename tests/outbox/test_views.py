"""The outbox in the admin."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.staticfiles import finders
from django.urls import reverse

from outbox.actions import hold_queue
from outbox.enums import BounceClass, MailStatus
from outbox.models import QueueState
from tests.factories.outbox import OutgoingMailFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    """Log in somebody with the given permissions, and entry to the admin."""

    def log_in(*codenames: str):
        person = get_user_model().objects.create_user("eva@socialstyrelsen.example", "Eva Ek")
        permissions = Permission.objects.filter(codename__in=["access_admin", *codenames])
        person.user_permissions.set(permissions)
        client.force_login(person)
        return person

    return log_in


def page(client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(f"outgoing_mail:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_listing_shows_status_and_the_words_of_the_server(client, staff):
    staff("view_outgoingmail")
    OutgoingMailFactory(recipient="fel@nacka.example", subject="Inbjudan: Upphandling", failed=True)

    html = page(client, "index")

    for text in ("Utgående mejl", "fel@nacka.example", "Inbjudan: Upphandling", "Gick inte att skicka", "No such user"):
        assert text in html


@pytest.mark.parametrize(
    "query",
    [
        {"status": "failed"},
        {"batch": "invitation:17"},
        {"category": "meeting_invitation"},
        {"q": "anna"},
        {"q": "Upphandling"},
    ],
)
def test_the_listing_can_be_narrowed(client, staff, query):
    staff("view_outgoingmail")
    OutgoingMailFactory(
        recipient="anna@nacka.example",
        subject="Upphandling",
        batch="invitation:17",
        category="meeting_invitation",
        failed=True,
    )
    OutgoingMailFactory(recipient="bo@sigtuna.example", category="konto")

    html = page(client, "index", **query)

    assert "anna@nacka.example" in html
    assert "bo@sigtuna.example" not in html


def test_the_listing_can_be_narrowed_to_a_reason(client, staff):
    staff("view_outgoingmail")
    OutgoingMailFactory(recipient="anna@nacka.example", bounced=True)
    OutgoingMailFactory(recipient="bo@nacka.example", bounced=True, bounce_class=BounceClass.REFUSED)
    # It bounced, and has been sent again since.
    OutgoingMailFactory(recipient="cia@nacka.example", sent=True, bounce_class=BounceClass.REFUSED)

    html = page(client, "index", bounce_class="refused")

    assert "bo@nacka.example" in html
    assert "anna@nacka.example" not in html
    assert "cia@nacka.example" not in html


@pytest.mark.parametrize("bounce_class", BounceClass)
def test_a_mail_says_what_its_failure_means_and_what_to_do(client, staff, bounce_class):
    staff("view_outgoingmail")
    status = MailStatus.SENT if bounce_class == BounceClass.COMPLAINT else MailStatus.BOUNCED
    mail = OutgoingMailFactory(bounced=True, status=status, bounce_class=bounce_class)

    html = page(client, "inspect", mail.pk)

    assert bounce_class.label in html
    assert bounce_class.what_to_do in html


def test_m19_a_mail_shows_the_address_that_it_was_sent_on_to(client, staff):
    staff("view_outgoingmail")
    mail = OutgoingMailFactory(bounced=True, failed_address="anna@hemma.example")

    html = page(client, "inspect", mail.pk)

    assert "Adressen är anna@hemma.example." in html
    assert "Be mottagaren se över sin vidarebefordran." in html
    assert BounceClass.DEAD.what_to_do not in html


def test_an_uncertain_mail_says_what_that_means(client, staff):
    staff("view_outgoingmail")
    mail = OutgoingMailFactory(sent=True, status=MailStatus.UNCERTAIN)

    assert "det kan ha kommit fram" in page(client, "inspect", mail.pk)


def test_a_mail_that_arrived_at_last_gives_no_advice(client, staff):
    staff("view_outgoingmail")
    mail = OutgoingMailFactory(sent=True, bounce_class=BounceClass.DEAD)

    assert BounceClass.DEAD.label not in page(client, "inspect", mail.pk).partition("<table")[0]


def test_a_nonsense_filter_is_no_fault(client, staff):
    staff("view_outgoingmail")

    page(client, "index", status="x", category="finns inte", bounce_class="x", q='"')


def test_a_mail_is_shown_with_its_html_in_a_sandbox(client, staff):
    staff("view_outgoingmail")
    mail = OutgoingMailFactory(text="Välkommen", html='<p onclick="x">Välkommen</p><script>alert(1)</script>')

    html = page(client, "inspect", mail.pk)

    assert "<script>alert(1)</script>" not in html
    assert 'srcdoc="&lt;p onclick=&quot;x&quot;&gt;Välkommen&lt;/p&gt;' in html
    assert mail.message_id.strip("<>") in html


def test_the_body_of_a_log_in_mail_is_hidden_in_operation(client, staff, settings):
    staff("view_outgoingmail")
    mail = OutgoingMailFactory(sensitive=True, text="Din kod är 123456", html="<p>123456</p>")

    assert "123456" in page(client, "inspect", mail.pk)
    settings.OUTBOX_HIDE_SENSITIVE = True
    html = page(client, "inspect", mail.pk)
    assert "123456" not in html
    assert "Innehållet är dolt" in html


def test_trying_again_asks_first_and_then_puts_the_mail_in_the_queue(client, staff):
    person = staff("view_outgoingmail", "retry_outgoingmail")
    mail = OutgoingMailFactory(failed=True, tries=3)
    retry = reverse("outgoing_mail:retry", args=[mail.pk])

    assert retry in page(client, "inspect", mail.pk)
    assert mail.recipient in page(client, "retry", mail.pk)
    mail.refresh_from_db()
    assert mail.status == MailStatus.FAILED

    client.post(retry)
    mail.refresh_from_db()
    assert (mail.status, mail.tries) == (MailStatus.QUEUED, 0)
    assert str(person) in page(client, "inspect", mail.pk)


def test_m6_whoever_sends_a_mail_again_that_may_have_arrived_is_warned(client, staff):
    staff("view_outgoingmail", "retry_outgoingmail")
    mail = OutgoingMailFactory(uncertain=True)

    html = page(client, "inspect", mail.pk)
    assert "Osäker leverans" in html
    assert "kan ha kommit fram" in html
    assert "Skicka igen" in html
    assert "kan mottagaren få det två gånger" in page(client, "retry", mail.pk)
    assert "två gånger" not in page(client, "retry", OutgoingMailFactory(failed=True).pk)


def test_trying_again_twice_says_why_not(client, staff):
    staff("view_outgoingmail", "retry_outgoingmail")
    mail = OutgoingMailFactory(sent=True)

    response = client.post(reverse("outgoing_mail:retry", args=[mail.pk]), follow=True)

    assert "inget att försöka om" in response.content.decode()


def test_somebody_who_may_only_look_cannot_try_again(client, staff):
    staff("view_outgoingmail")
    mail = OutgoingMailFactory(failed=True)

    assert "forsok-igen" not in page(client, "inspect", mail.pk)
    client.post(reverse("outgoing_mail:retry", args=[mail.pk]))
    mail.refresh_from_db()
    assert mail.status == MailStatus.FAILED


@pytest.mark.parametrize("name", ["index", "inspect", "retry"])
def test_an_editor_without_the_right_sees_no_mails(client, staff, name):
    staff()
    mail = OutgoingMailFactory()

    response = client.get(reverse(f"outgoing_mail:{name}", args=[] if name == "index" else [mail.pk]))

    assert response.status_code in (302, 403)
    assert mail.recipient not in response.content.decode()


def test_mails_cannot_be_written_or_removed_by_hand(client, admin_of_all):
    mail = OutgoingMailFactory()

    for path in ("new/", f"edit/{mail.pk}/", f"delete/{mail.pk}/"):
        assert client.get(reverse("outgoing_mail:index") + path).status_code == 404


@pytest.fixture
def admin_of_all(client):
    person = get_user_model().objects.create_superuser("chef@socialstyrelsen.example", "Chef")
    client.force_login(person)
    return person


def test_a_held_queue_is_said_so_and_can_be_released(client, staff):
    staff("view_outgoingmail", "release_queue")
    hold_queue(because="Databasen tycks vara återställd.")
    release = reverse("outgoing_mail:release")

    assert "Databasen tycks vara återställd." in client.get(reverse("wagtailadmin_home")).content.decode()
    html = page(client, "index")
    assert "Inga mejl skickas" in html
    assert release in html
    page(client, "release")
    assert QueueState.objects.current().held_since

    client.post(release)
    assert QueueState.objects.current().held_since is None
    assert "Inga mejl skickas" not in page(client, "index")


def test_somebody_who_may_only_look_cannot_release_the_queue(client, staff):
    staff("view_outgoingmail")
    hold_queue(because="Databasen tycks vara återställd.")

    assert reverse("outgoing_mail:release") not in page(client, "index")
    client.post(reverse("outgoing_mail:release"))
    assert QueueState.objects.current().held_since


def test_the_listing_takes_the_same_number_of_queries_however_many_mails(client, staff, django_assert_max_num_queries):
    staff("view_outgoingmail")
    OutgoingMailFactory.create_batch(40)
    page(client, "index")

    with django_assert_max_num_queries(25):
        page(client, "index")


def test_a_mail_leads_to_those_sent_with_it_and_never_shows_the_name_of_the_batch(client, staff):
    staff("view_outgoingmail")
    html = page(client, "inspect", OutgoingMailFactory(batch="mailout:17").pk)

    assert 'href="/admin/mejl/?batch=mailout%3A17"' in html
    assert "mailout:17" not in html


def test_a_very_long_address_may_break_in_the_listing(client, staff):
    staff("view_outgoingmail")
    address = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 50}.example"
    OutgoingMailFactory(recipient=address, subject="x" * 240)

    assert f'<td class="breaks">{address}</td>' in " ".join(page(client, "index").split()).replace("> ", ">").replace(
        " <", "<"
    )
    style = finders.find("admin/lumen_admin.css") or finders.find("css/admin/lumen_admin.css")
    assert ".listing td.breaks {\n  min-inline-size" in Path(style).read_text()
