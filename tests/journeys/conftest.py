"""A whole LUMEN for a journey: a real browser, a live server and a real mail server."""

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from lumen.actions import set_up_site
from outbox.worker import Worker
from tests.services import CHROMIUM
from tests.smtp_peer import SmtpServer

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PHONE = {"width": 375, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
PATIENCE = 15_000  # milliseconds, on a machine with much else to do


@dataclass
class Lumen:
    """The running site, seen from outside."""

    url: str
    server: SmtpServer

    def deliver(self) -> None:
        """Let a worker deliver what lies in the outbox to the mail server."""
        Worker().drain(threading.Event())

    def last_mail_to(self, address: str, subject: str = "") -> EmailMessage:
        """Deliver, and return the last mail to reach the address (whose subject has the words)."""
        self.deliver()
        messages = [mail.message for mail in self.server.to(address)]
        return [message for message in messages if subject in message["Subject"]][-1]

    def link_in(self, mail: EmailMessage, path: str) -> str:
        """The link in the mail's text whose path starts with `path`."""
        text = mail.get_body(("plain",)).get_content()
        return re.search(rf"{re.escape(self.url)}{re.escape(path)}\S*", text).group(0)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, which makes Django think it is in async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def django_db_setup(chromium: Browser, django_db_setup: None) -> None:
    """Make the database once the browser's event loop runs.

    A thread with an event loop has database connections of its own (asgiref's Local), and what
    pytest-django keeps on the connection would be lost if the loop came later. This is why journeys
    and other tests don't share a process.
    """


@pytest.fixture
def lumen(django_db_serialized_rollback: None, live_server: Any, smtp_server: SmtpServer) -> Iterator[Lumen]:
    """LUMEN with its fixed pages and the editors' rights, nothing more."""
    outbox = {"EMAIL_BACKEND": "outbox.backends.OutboxBackend", "OUTBOX_DELIVERY": smtp_server.delivery}
    with override_settings(BASE_URL=live_server.url, **outbox):
        set_up_site()
        yield Lumen(live_server.url, smtp_server)


def open_window(browser: Browser, url: str, size: dict[str, int]) -> BrowserContext:
    """A window of a browser of its own (no cookies yet)."""
    context = browser.new_context(base_url=url, viewport=size, locale="sv-SE", timezone_id="Europe/Stockholm")
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def page(chromium: Browser, lumen: Lumen) -> Iterator[Page]:
    """A browser window of 1280 pixels. Errors in the console fail the journey."""
    context = open_window(chromium, lumen.url, DESKTOP)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, errors


@pytest.fixture
def phone(chromium: Browser, lumen: Lumen) -> Iterator[Page]:
    """A phone's browser, 375 pixels wide."""
    context = open_window(chromium, lumen.url, PHONE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors, errors


def log_in_by_code(page: Page, lumen: Lumen, email: str) -> None:
    """From the page that asks for an e-mail address: ask for a code, read it in the mail, give it."""
    page.get_by_label("E-post").fill(email)
    page.get_by_role("button", name=re.compile("kod", re.I)).click()
    code = page.get_by_label(re.compile("kod", re.I))
    code.wait_for()
    text = lumen.last_mail_to(email, "kod").get_body(("plain",)).get_content()
    code.fill(re.search(r"^\s*(\d{6})\s*$", text, re.M).group(1))
    page.get_by_role("button", name=re.compile("logga in", re.I)).click()
