import pytest
from pytest_django.fixtures import Settings

from meetings.models import InvitedOrganisation, Registration
from meetings.tokens import TOKEN_BYTES, Purpose, derive_token, hash_token, new_nonce, show_token
from tests.factories.meetings import InvitedOrganisationFactory, RegistrationFactory


def test_a_token_has_at_least_128_bits() -> None:
    assert TOKEN_BYTES * 8 >= 128
    assert len(derive_token(Purpose.PARTICIPANT, new_nonce())) == TOKEN_BYTES * 4 // 3


def test_a_token_of_one_purpose_is_not_one_of_another() -> None:
    nonce = new_nonce()

    assert derive_token(Purpose.ORGANISATION, nonce) != derive_token(Purpose.PARTICIPANT, nonce)


def test_a_token_cannot_be_made_from_the_database_alone(settings: Settings) -> None:
    nonce = new_nonce()
    real = derive_token(Purpose.ORGANISATION, nonce)
    settings.SECRET_KEY = "what somebody with a copy of the database would guess"

    assert derive_token(Purpose.ORGANISATION, nonce) != real


def test_a_link_is_shown_the_same_after_a_new_secret_key(settings: Settings) -> None:
    nonce = new_nonce()
    token = derive_token(Purpose.ORGANISATION, nonce)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new" * 20

    assert show_token(Purpose.ORGANISATION, InvitedOrganisation(nonce=nonce, token_hash=hash_token(token))) == token


@pytest.mark.django_db
def test_a_link_leads_to_its_row_and_the_token_is_not_stored() -> None:
    invited = InvitedOrganisationFactory()
    registration = RegistrationFactory(meeting=invited.meeting)

    assert InvitedOrganisation.objects.by_token(invited.token) == invited
    assert Registration.objects.by_token(registration.token) == registration
    assert invited.link.endswith(f"/moten/anmalan/{invited.token}/")
    assert registration.manage_link.endswith(f"/moten/deltagare/{registration.token}/")
    for row in (invited, registration):
        assert row.token not in (row.nonce, row.token_hash)


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "x", "a\x00b", "å" * 5000, "\ud800", "' OR 1=1 --"])
def test_a_strange_token_leads_nowhere(token: str) -> None:
    InvitedOrganisationFactory()
    RegistrationFactory()

    assert InvitedOrganisation.objects.by_token(token) is None
    assert Registration.objects.by_token(token) is None


@pytest.mark.django_db
def test_the_token_of_a_participant_is_not_the_link_of_an_organisation() -> None:
    registration = RegistrationFactory()

    assert InvitedOrganisation.objects.by_token(registration.token) is None
