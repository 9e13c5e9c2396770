"""The token that stops mail-outs."""

import pytest
from django.core.signing import Signer

from contacts.mail_tokens import read_role, sign_role


def test_a_token_tells_its_role_and_needs_no_escaping() -> None:
    assert read_role(sign_role(17)) == 17
    assert sign_role(17).replace(".", "").replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "token",
    [
        "",
        "17",
        "17.",
        "\x00",
        "å" * 50,
        Signer(salt="another", sep=".").sign("17"),
        sign_role(17).replace("17.", "18."),
        sign_role(17)[:-1],
    ],
)
def test_anything_else_tells_nothing(token: str) -> None:
    assert read_role(token) is None


def test_a_token_holds_when_the_secret_key_is_changed_with_a_fallback(settings) -> None:
    token = sign_role(17)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a-new-key-for-everything", [settings.SECRET_KEY]
    assert read_role(token) == 17
    settings.SECRET_KEY_FALLBACKS = []
    assert read_role(token) is None
