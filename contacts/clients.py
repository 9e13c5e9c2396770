"""Who is at the other end: the client's address on the network, and the browser by its short name."""

import ipaddress
import re
from functools import cache

import structlog
from allauth.account.adapter import get_adapter
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest

log = structlog.get_logger("contacts")

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
    except (PermissionDenied, ImproperlyConfigured) as error:
        _warn_once(str(error))
        return ""


def client_of(request: HttpRequest) -> str:
    """The client to count for: the address, of IPv6 its network of 64 bits, which is one office or one household.

    "" for all whose address can't be told, so that they are counted as one.
    """
    address = client_address(request)
    if ":" not in address:
        return address
    return str(ipaddress.ip_network((address, 64), strict=False).network_address)


@cache
def _warn_once(why: str) -> None:
    """Tell the operator, once in each process."""
    log.warning("the client's address can't be told; all such clients are counted as one", why=why)


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
