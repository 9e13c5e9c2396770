"""All that somebody who is not logged in can get out of LUMEN, and all that it has mailed."""

import email
import email.policy
from collections.abc import Iterator
from urllib.parse import urlencode

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from wagtail.models import Page

from meetings.models import MeetingPage
from outbox.models import OutgoingMail
from resources.models import Document, Rendition, Theme

from .texts import WORD

QUERIES = (f"?{urlencode({'q': WORD})}", f"?{urlencode({'q': WORD, 'sida': 2})}")
# Addresses that change something by being asked for, or that are somebody's own.
CLOSED = ("admin/", "konto/", "min-sida/", "dokument/", "bilder/")


def fixed_addresses() -> Iterator[str]:
    """Every address of the URL conf that takes no argument."""

    def walk(resolver: URLResolver, before: str) -> Iterator[str]:
        for part in resolver.url_patterns:
            path = f"{before}{part.pattern}"
            if path.startswith(CLOSED) or part.pattern.converters or "(" in path or "^" in path:
                continue
            if isinstance(part, URLResolver):
                yield from walk(part, path)
            elif isinstance(part, URLPattern):
                yield f"/{path}"

    return walk(get_resolver(), "")


def addresses() -> Iterator[str]:
    """Each address that a visitor could ask for, also of what is not published."""
    yield from fixed_addresses()
    for page in Page.objects.filter(depth__gt=1).specific():
        if page.url:
            yield page.url
            for query in QUERIES:
                if page.specific_class.__name__.endswith("IndexPage"):
                    yield f"{page.url}{query}"
        if isinstance(page, MeetingPage):
            yield reverse("meetings:ics", args=[page.slug])
            yield reverse("meetings:register", args=[page.slug])
    yield from (f"/sok/{query}" for query in QUERIES)
    yield from (reverse("meetings:theme_feed", args=[theme.slug]) for theme in Theme.objects.all())
    yield from (document.url for document in Document.objects.all())
    yield from (rendition.url for rendition in Rendition.objects.all())


def answers() -> Iterator[tuple[str, str]]:
    """Each public answer as (address, headers and body)."""
    visitor = Client()
    for address in dict.fromkeys(addresses()):
        response = visitor.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        yield address, f"{headers}\n{body.decode('utf-8', 'replace')}"


def mails() -> Iterator[tuple[str, str]]:
    """Each mail as (what it is, all its texts)."""
    for row in OutgoingMail.objects.all():
        message = email.message_from_bytes(bytes(row.message), policy=email.policy.default)
        texts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
        yield f"mejl {row.pk}", "\n".join([row.recipient, row.subject, row.text, *message.values(), *map(str, texts)])


def everything_public() -> dict[str, str]:
    return {**dict(answers()), **dict(mails())}
