"""Asks about links that lead to the first page of a site, where the reader has to look for the material."""

from urllib.parse import urlsplit

from wagtail.models import Page

from gate.desk.consequences import Consequence

from .models import ResourcePage


def leads_deep(address: str) -> bool:
    """Whether an address of another site leads further than to its first page."""
    parts = urlsplit(address)
    return bool(parts.netloc and (parts.path.strip("/") or parts.query or parts.fragment))


def ask_about(addresses: list[str]) -> list[Consequence]:
    """A question at the desk for each address without a path. It stops nothing: some material is a whole site."""
    bare = dict.fromkeys(address for address in addresses if address and not leads_deep(address))
    return [
        Consequence(f"{address} leder till en startsida. Finns det en adress direkt till materialet?")
        for address in bare
    ]


def ask_about_material(page: Page) -> list[Consequence]:
    """Answers the desk's hook `describe_publication` for a piece of material."""
    if not isinstance(page, ResourcePage):
        return []
    return ask_about([page.external_url, *(link.url for link in page.links.all())])
