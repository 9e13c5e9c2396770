"""Retention in the admin, and what the public page says about it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from lumen.actions import set_up_site
from privacy.enums import RetentionKind
from privacy.models import AccessLogEntry, RetentionRule, RetentionRun
from privacy.retention.descriptions import described_rules
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import MeetingPageFactory, RegistrationFactory
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db

URL = "/admin/personuppgifter/gallring/"
REGISTRATIONS = f"{URL}registrations/"


@pytest.fixture(autouse=True)
def administrator(client: Client) -> Any:
    person = PersonFactory(editor=True)
    client.force_login(person)
    return person


def long_ago() -> Any:
    return MeetingPageFactory(starts_at=timezone.now() - timedelta(days=800))


def test_each_rule_is_listed_with_how_many_are_due(client: Client) -> None:
    RegistrationFactory.create_batch(3, meeting=long_ago())
    response = client.get(URL)
    assert [rule["due"] for rule in response.context["rules"]] == [3] + [0] * (len(RetentionKind) - 1)


def test_a_rule_shows_what_will_go_and_that_is_logged(client: Client) -> None:
    row = RegistrationFactory(meeting=long_ago())
    stays = RegistrationFactory()
    html = client.get(REGISTRATIONS).content.decode()
    assert row.email in html and stays.email not in html
    assert list(AccessLogEntry.objects.values_list("what", "rows")) == [("Gallring: Anmälningar till möten", 1)]


def test_a_rule_that_shows_nobody_is_no_reading(client: Client) -> None:
    client.get(REGISTRATIONS)
    assert not AccessLogEntry.objects.exists()


def test_an_administrator_changes_a_time_and_the_public_page_follows(client: Client) -> None:
    set_up_site()
    assert client.post(REGISTRATIONS, {"days": "45", "decision": "Beslut 2026-12-01, dnr 12.3"}).status_code == 302
    html = client.get("/integritet/").content.decode()
    assert "45 dagar från mötets slut" in html
    assert "Beslut 2026-12-01, dnr 12.3" in html


def test_k3_the_public_page_says_every_rule(client: Client) -> None:
    set_up_site()
    html = client.get("/integritet/").content.decode()
    for rule in described_rules():
        assert all(text in html for text in (rule.label, rule.time, rule.outcome, rule.decision))


def test_another_page_says_nothing_of_it(client: Client) -> None:
    set_up_site()
    assert "Så länge sparar vi" not in client.get("/om-lumen/").content.decode()


@pytest.mark.parametrize("answers", [{"days": "-1"}, {"days": "99999999"}, {"days": "x"}, {"decision": ""}])
def test_what_can_not_be_is_refused(client: Client, answers: dict[str, str]) -> None:
    assert client.post(REGISTRATIONS, {"days": "1", "decision": "Dnr 1", **answers}).status_code == 200
    assert RetentionRule.objects.get(kind="registrations").days == 730


def test_a_decision_that_would_be_public_is_screened(client: Client) -> None:
    client.post(REGISTRATIONS, {"days": "1", "decision": f"Efter brev från {personal_number()}"})
    assert RetentionRule.objects.get(kind="registrations").days == 730


def test_the_last_removals_are_listed(client: Client) -> None:
    RetentionRun.objects.create(kind=RetentionKind.MAILS, removed=17)
    RetentionRun.objects.create(kind=RetentionKind.SESSIONS, removed=0)
    html = client.get(URL).content.decode()
    assert "Mejl som har gått fram, 17 st" in html and "Inloggningar, 0 st" not in html


def test_a_rule_that_is_not_there_is_not_found(client: Client) -> None:
    assert client.get(f"{URL}finns-inte/").status_code == 404


def test_an_editor_is_refused(client: Client) -> None:
    editor = PersonFactory()
    names = ("access_admin", "view_contactperson", "view_registration", "view_outgoingmail")
    editor.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(editor)
    assert client.get(URL).status_code == 403
    assert client.post(REGISTRATIONS, {"days": "1", "decision": "x"}).status_code == 403
    assert RetentionRule.objects.get(kind="registrations").days == 730
