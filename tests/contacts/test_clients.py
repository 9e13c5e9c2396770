"""Who is at the other end, told without more than is needed."""

import pytest
from django.test import RequestFactory

from contacts.clients import browser_name, client_address, client_of, network

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
CHROME = f"{WINDOWS} AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (CHROME, "Chrome på Windows"),
        (f"{CHROME} Edg/130.0", "Edge på Windows"),
        (f"{WINDOWS} Gecko/20100101 Firefox/132.0", "Firefox på Windows"),
        (f"{IPHONE} Version/18.1 Mobile/15E148 Safari/604.1", "Safari på iPhone"),
        (f"{IPHONE} CriOS/130.0 Mobile/15E148 Safari/604.1", "Chrome på iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 14) SamsungBrowser/27.0 Chrome/125.0",
            "Samsung Internet på Android",
        ),
        ("curl/8.0", ""),
        ("", ""),
        ("<script>" * 5000, ""),
    ],
)
def test_a_browser_is_told_by_its_short_name(header: str, name: str) -> None:
    assert browser_name(header) == name


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("", ""),
        ("unknown", ""),
        ("192.0.2.77, 10.0.0.1", ""),
    ],
)
def test_a_network_is_told_and_never_the_machine(address: str, told: str) -> None:
    assert network(address) == told


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("", 1, ""),  # the proxy's own address would be everybody's
        ("192.0.2.1", 1, "192.0.2.1"),
        ("198.51.100.9, 192.0.2.1", 1, "192.0.2.1"),
        ("192.0.2.1", 2, ""),  # fewer than there should be
        ("skräp", 1, ""),
        ("192.0.2.1", 0, "127.0.0.1"),
    ],
)
def test_an_address_that_cannot_be_told_is_no_error(settings, forwarded: str, proxies: int, address: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", headers=headers)) == address


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.77", "192.0.2.77"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "2001:db8:1:3::"),
    ],
)
def test_k8_whoever_can_choose_among_many_addresses_is_counted_as_one_client(address: str, counted: str) -> None:
    assert client_of(RequestFactory().get("/", REMOTE_ADDR=address)) == counted


def test_k8_all_whose_address_cannot_be_read_are_one_client(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    requests = [
        RequestFactory().get("/", REMOTE_ADDR="10.0.0.1"),
        RequestFactory().get("/", headers={"X-Forwarded-For": "skräp"}),
        RequestFactory().get("/", headers={"X-Forwarded-For": "999.1.1.1"}),
    ]
    assert {client_of(request) for request in requests} == {""}
