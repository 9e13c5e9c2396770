"""The thank-you page shows the address, which no log or stranger can read, and asks about one that looks wrong."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from meetings import receipts
from meetings.models import Details, InvitedOrganisation, Registration
from meetings.receipts import seal, unseal
from tests.factories.contacts import OrganisationFactory
from tests.factories.meetings import InvitedOrganisationFactory, MeetingPageFactory

KIM = Details("Kim Påhittad", "Chef", "Socialtjänsten")
FORM = {"name": "Kim Påhittad", "email": "kim@ort.example", "role": "Chef", "department": "Socialtjänsten"}


def invited_to_meeting() -> InvitedOrganisation:
    return InvitedOrganisationFactory(organisation__name="Orts kommun", organisation__email_domains="ort.example")


def form_of(invited: InvitedOrganisation) -> str:
    return invited.link.removeprefix("http://testserver")


def test_u12_a_receipt_gives_back_the_form_and_shows_nothing_of_it() -> None:
    receipt = seal("kim@ort.example", KIM)
    assert unseal(receipt) == FORM
    assert "kim" not in receipt.lower()
    assert seal("kim@ort.example", KIM) != receipt


@pytest.mark.parametrize("strange", ["", "kim@ort.example", "gAAAAA", "å" * 50, "\x00"])
def test_u12_a_strange_receipt_opens_to_nothing(strange: str) -> None:
    assert unseal(strange) == {}


def test_u12_a_receipt_is_of_its_hour_and_follows_a_change_of_key(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = seal("kim@ort.example", KIM)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "en annan nyckel " * 4
    assert unseal(receipt) == FORM
    monkeypatch.setattr(receipts, "LIFETIME", -1)
    assert unseal(receipt) == {}


@pytest.mark.django_db
def test_u12_the_thanks_show_the_address_and_lead_back_to_the_filled_form(client: Client) -> None:
    invited = invited_to_meeting()
    thanks = client.post(form_of(invited), FORM, follow=True).content.decode()
    assert "<strong>kim@ort.example</strong>" in thanks
    back = re.search(r'href="([^"]+)">Fel adress\?', thanks)
    assert back
    assert "kim" not in unquote(back[1])
    form = client.get(back[1].replace("&amp;", "&")).content.decode()
    assert all(f'value="{value}"' in form for value in FORM.values())


@pytest.mark.django_db
def test_u12_an_address_unlike_the_organisations_is_asked_about_once_and_nothing_is_lost(client: Client) -> None:
    invited, typed = invited_to_meeting(), {**FORM, "email": "kim@orrt.example"}
    asked = client.post(form_of(invited), typed).content.decode()
    assert "Stämmer adressen?" in asked
    assert "Hos Orts kommun slutar de oftast på ort.example." in asked
    assert all(f'value="{value}"' in asked for value in typed.values())
    assert not Registration.objects.exists()
    assert client.post(form_of(invited), {**typed, "asked": "kim@orrt.example"}).status_code == 302
    assert Registration.objects.get().email == "kim@orrt.example"


@pytest.mark.django_db
def test_u12_another_wrong_address_is_asked_about_too(client: Client) -> None:
    again = {**FORM, "email": "kim@orrrt.example", "asked": "kim@orrt.example"}
    assert "Stämmer adressen?" in client.post(form_of(invited_to_meeting()), again).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["kim@ort.example", "kim@skola.ort.example", "KIM@Ort.Example"])
def test_u12_an_address_of_the_organisation_is_not_asked_about(client: Client, address: str) -> None:
    assert client.post(form_of(invited_to_meeting()), {**FORM, "email": address}).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "meant"),
    [("kim@naka.se", "nacka.se"), ("kim@nacka.sw", "nacka.se"), ("kim@gmail.com", ""), ("kim@skola.nacka.se", "")],
)
def test_u12_without_a_link_an_address_is_compared_with_all_domains(client: Client, address: str, meant: str) -> None:
    OrganisationFactory(email_domains="nacka.se")
    OrganisationFactory(email_domains="")
    path = f"/moten/{MeetingPageFactory().slug}/anmalan/"
    response = client.post(path, {**FORM, "email": address})
    assert (f"Menade du {meant}?" in response.content.decode()) if meant else response.status_code == 302


@pytest.mark.django_db
def test_u24_the_thank_you_page_has_the_calendar_file(client: Client) -> None:
    invited = invited_to_meeting()
    thanks = client.post(form_of(invited), FORM, follow=True).content.decode()
    file = f"/moten/{invited.meeting.slug}/mote.ics"
    assert f'href="{file}"' in thanks
    assert client.get(file)["Content-Type"].startswith("text/calendar")
