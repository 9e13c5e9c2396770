import pytest

from lumen.checks import client_addresses


@pytest.mark.parametrize(
    ("header", "proxies", "warned"),
    [(("HTTP_X_FORWARDED_PROTO", "https"), 0, True), (("HTTP_X_FORWARDED_PROTO", "https"), 1, False), (None, 0, False)],
)
def test_k8_operators_are_warned_when_no_proxy_is_trusted(settings, header: object, proxies: int, warned: bool) -> None:
    settings.SECURE_PROXY_SSL_HEADER, settings.ALLAUTH_TRUSTED_PROXY_COUNT = header, proxies
    assert [message.id for message in client_addresses()] == ["lumen.W001"] * warned
