"""Every public template is sent with the headers of a site that is hard to attack."""

import re
from collections.abc import Callable
from email.message import Message

from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import InvitedOrganisationFactory, MeetingPageFactory, RegistrationFactory
from tests.factories.resources import ResourcePageFactory, ThemePageFactory

from .observatory import parts, score
from .server import Browser, path_of

LEAST = 120
FIXED = [
    *("/", "/ramverk/", "/ramverk/agera/", "/teman/", "/material/", "/material/?q=avtal", "/moten/"),
    *("/organisationer/", "/sok/?q=avtal", "/sok/", "/om-lumen/", "/tillganglighet/", "/integritet/"),
    *("/konto/login/", "/konto/login/code/", "/konto/password/reset/", "/finns-inte/", "/moten/anmalan/fel/"),
]


def made_pages() -> list[str]:
    """A page of each type that editors make, and those behind the links in mails."""
    meeting, cancelled = MeetingPageFactory(), MeetingPageFactory(cancelled=True)
    invited, registration = InvitedOrganisationFactory(meeting=meeting), RegistrationFactory(meeting=meeting)
    pages = [ResourcePageFactory(), ThemePageFactory(), meeting, cancelled, MeetingPageFactory(past=True)]
    own_page = path_of(registration.manage_link)
    return [
        *(path_of(page.full_url) for page in pages),
        *(f"/moten/{page.slug}/anmalan/" for page in (meeting, cancelled)),
        path_of(invited.link),
        own_page,
        f"{own_page}avanmalan/",
        path_of(ContactPersonFactory().stop_mail_link),
    ]


def test_every_public_template_scores_at_least_120_by_the_rules_of_the_observatory(browser: Browser) -> None:
    scores = {}
    for path in [*FIXED, *made_pages()]:
        answer = browser.get(path)
        assert answer.status in (200, 404, 410), (path, answer.status)
        scores[path] = score(answer.headers)
    assert len(scores) == len(FIXED) + 11
    assert {path: points for path, points in scores.items() if points < LEAST} == {}


def test_a_form_with_cookies_scores_as_much(new_browser: Callable[..., Browser]) -> None:
    answer = new_browser().get("/konto/login/code/")
    assert answer.headers.get_all("Set-Cookie")
    assert parts(answer.headers)["cookies"] == 5
    assert score(answer.headers) >= LEAST


def test_the_score_falls_with_what_is_missing(browser: Browser) -> None:
    first = browser.get("/").headers
    cases = [
        ("Content-Security-Policy", "default-src 'none'; script-src 'self' 'unsafe-inline'", 100),
        ("Content-Security-Policy", "", 90),
        ("Set-Cookie", "sessionid=1; HttpOnly", 60),
        ("Set-Cookie", "__Host-sessionid=1; Secure; SameSite=Lax", 70),
        ("Strict-Transport-Security", "", 80),
        ("X-Content-Type-Options", "", 130),
        ("Access-Control-Allow-Origin", "*", 50),
    ]
    for header, value, most in cases:
        headers = Message()
        for name, text in first.items():
            headers[name] = text
        del headers[header]
        if value:
            headers[header] = value
        assert score(headers) <= most, (header, value)


def test_static_files_carry_the_same_headers_and_no_other_site_may_read_them(browser: Browser) -> None:
    page = browser.get("/").text
    path = re.search(r'href="(/static/[^"]+\.css)"', page)
    assert path
    headers = browser.get(path[1]).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "max-age=31536000; includeSubDomains" in headers["Strict-Transport-Security"]
    assert headers["Access-Control-Allow-Origin"] is None
