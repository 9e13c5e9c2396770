"""How far it is from a button to what it does: the functions that a reader passes on the way.

A profile hook counts, so this tells what runs. A hop is a function or a property of one of our rooms that hands
on: it calls another function of ours, so that the reader must go on from there. The count begins at the view and
ends when the row of the mail is written. Not hops are:

- functions that call none of ours: their name says what they answer;
- middleware, the decorator around a view, the bodies of classes, comprehensions and lambdas;
- the guard of every row that is saved, and the screening (`gate`, `screening`): it is the same for all rows;
- the count of how often something is done (`limits`): it is the same for all forms;
- the modules of VALUES, which turn values into values without the database, and are read and tested alone.

Counted so before mails became values (`outbox.mails`), an invitation passed 24 functions in 10 files and a
registration 24 in 13. A registration was 12 until it asked whether the address is the organisation's.
"""

import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from meetings.models import Registration
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory, PersonFactory
from tests.factories.meetings import InvitedOrganisationFactory, MeetingPageFactory
from tests.factories.resources import DocumentFactory, ResourcePageFactory

pytestmark = pytest.mark.django_db

PROJECT = Path(__file__).resolve().parent.parent
ROOMS = ("lumen", "privacy", "meetings", "resources", "contacts", "gate", "outbox", "screening")
GUARD = ("gate/", "screening/", "lumen/middleware.py", "outbox/limits.py", "meetings/limits.py", "contacts/clients.py")
VALUES = (
    "contacts/form_fields.py",
    "contacts/mail_tokens.py",
    "contacts/models/periods.py",
    "meetings/calendars.py",
    "meetings/dates.py",
    "meetings/links.py",
    "meetings/mails/facts.py",
    "meetings/mails/subjects.py",
    "meetings/receipts.py",
    "meetings/titles.py",
    "meetings/tokens.py",
    "outbox/addresses.py",
    "outbox/form_fields.py",
    "outbox/links.py",
    "outbox/mail_headers.py",
    "outbox/mails.py",
    "outbox/plain_text.py",
    "outbox/rendering.py",
)
Function = tuple[str, str]  # file and name


def function_of(frame: FrameType) -> Function | None:
    """The function of ours that the frame runs, or None for others, guards, class bodies and comprehensions."""
    code = frame.f_code
    if not code.co_filename.startswith(f"{PROJECT}/") or not code.co_flags & inspect.CO_OPTIMIZED:
        return None
    file = code.co_filename.removeprefix(f"{PROJECT}/")
    if file.split("/")[0] not in ROOMS or file.startswith(GUARD) or code.co_name.startswith("<"):
        return None
    return file, code.co_qualname


def hops(act: Callable[[], Any], *, view: str, until: str = "") -> list[Function]:
    """The hops from the view, by the name of its function, until a row of the table `until` has been written."""
    calls: dict[Function, set[Function]] = {}
    is_written = False

    def profile(frame: FrameType, event: str, argument: object) -> None:
        callee = function_of(frame) if event == "call" and not is_written else None
        if callee is None:
            return
        above = frame.f_back
        while above is not None and function_of(above) is None:
            above = above.f_back
        caller = function_of(above) if above is not None else None
        # What is above the view is no hop, nor is what is called from there.
        if caller in calls or callee[1] == view:
            calls.setdefault(callee, set())
            if caller in calls:
                calls[caller].add(callee)

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal is_written
        is_written = is_written or bool(until and sql.startswith(f'INSERT INTO "{until}"'))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        sys.setprofile(profile)
        try:
            act()
        finally:
            sys.setprofile(None)
    return [function for function, called in calls.items() if called and function[0] not in VALUES]


def send_an_invitation(client: Client) -> list[Function]:
    """From *Skicka* to the mail of one contact person."""
    meeting = MeetingPageFactory()
    ContactPersonFactory()
    client.force_login(PersonFactory(editor=True))
    path = f"/admin/moten/{meeting.pk}/inbjudan/skicka/"
    client.get(path)  # what is imported at the first request is no hop
    found = hops(lambda: client.post(path), view="MeetingAdminView.dispatch", until=OutgoingMail._meta.db_table)
    assert OutgoingMail.objects.count() == 1
    return found


def register(client: Client) -> list[Function]:
    """From the form behind an organisation's link to the confirmation."""
    invited = InvitedOrganisationFactory(organisation__email_domains="ort.example")
    path = f"/moten/anmalan/{invited.token}/"
    client.get(path)
    typed = {"name": "Kim Ek", "email": "kim@ort.example", "role": "chef", "department": "IT"}
    found = hops(lambda: client.post(path, typed), view="register_invited", until=OutgoingMail._meta.db_table)
    assert Registration.objects.get().takes_part
    assert OutgoingMail.objects.count() == 1
    return found


def download(client: Client) -> list[Function]:
    """From the link of a document to the file."""
    document = DocumentFactory()
    ResourcePageFactory(body=[("document", {"document": document, "description": ""})])
    client.get(document.url)
    found = hops(lambda: client.get(document.url), view="document")
    assert found
    return found


@pytest.mark.parametrize(
    ("act", "functions", "files"),
    [
        pytest.param(send_an_invitation, 14, 9, id="invitation"),
        pytest.param(register, 13, 12, id="registration"),
        pytest.param(download, 6, 6, id="download"),
    ],
)
def test_a_feature_is_followed_in_few_steps(
    client: Client, act: Callable[[Client], list[Function]], functions: int, files: int
) -> None:
    passed = act(client)
    told = "\n".join(f"{file}: {name}" for file, name in passed)

    assert len(passed) <= functions, told
    assert len({file for file, _ in passed}) <= files, told
