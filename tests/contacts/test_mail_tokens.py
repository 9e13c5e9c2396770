"""The token that stops mail-outs."""

import pytest
from django.core.signing import Signer

from contacts.mail_tokens import STOP_MAIL


def test_a_token_tells_its_role_and_needs_no_escaping() -> None:
    assert STOP_MAIL.read(STOP_MAIL.sign(17)) == 17
    assert STOP_MAIL.sign(17).replace(".", "").replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "token",
    [
        "",
        "17",
        "17.",
        "\x00",
        "å" * 50,
        Signer(salt="another", sep=".").sign("17"),
        STOP_MAIL.sign(17).replace("17.", "18."),
        STOP_MAIL.sign(17)[:-1],
    ],
)
def test_anything_else_tells_nothing(token: str) -> None:
    assert STOP_MAIL.read(token) is None


def test_a_token_holds_when_the_secret_key_is_changed_with_a_fallback(settings) -> None:
    token = STOP_MAIL.sign(17)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a-new-key-for-everything", [settings.SECRET_KEY]
    assert STOP_MAIL.read(token) == 17
    settings.SECRET_KEY_FALLBACKS = []
    assert STOP_MAIL.read(token) is None
