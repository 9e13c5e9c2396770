"""Who is at the other end: the client's address on the network, and the browser by its short name."""

import ipaddress
import re

from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

# The first that the header names: every browser also names those it descends from.
BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"(?:Firefox|FxiOS)/"),
    ("Chrome", r"(?:Chrome|CriOS)/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh"),
    ("Linux", r"Linux"),
)


def client_address(request: HttpRequest) -> str:
    """The client's address on the network, "" if it can't be told."""
    try:
        # allauth's adapter knows which proxies to trust (ALLAUTH_TRUSTED_PROXY_COUNT).
        return str(get_adapter().get_client_ip(request))
    except (PermissionDenied, ImproperlyConfigured, ValueError):
        return ""


def network(address: str) -> str:
    """The network that an address belongs to, such as `192.0.2.0/24`: enough to know one's own, but no single machine.

    IPv4 keeps three of its four numbers, IPv6 the first three groups. "" for what is no address.
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    kept = 24 if known.version == 4 else 48
    return str(ipaddress.ip_network(f"{known}/{kept}", strict=False))


def browser_name(user_agent: str) -> str:
    """The browser and the system in plain words, such as `Firefox på Windows`; "" for what is neither."""
    named = [next((name for name, mark in table if re.search(mark, user_agent)), "") for table in (BROWSERS, SYSTEMS)]
    return " på ".join(name for name in named if name)
