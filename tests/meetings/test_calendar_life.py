"""One participant's calendar through everything that may happen to a meeting, as three readers understand it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from meetings import actions
from meetings.models import Details, InvitedOrganisation, MeetingPage
from outbox.models import OutgoingMail
from tests.factories.contacts import ContactPersonFactory
from tests.factories.meetings import MeetingPageFactory, publish, swedish
from tests.ical_js import needs_ical_js, read_with_ical_js
from tests.libical import needs_libical, read_with_libical

from .delivering import deliver_all
from .reading import attached_calendar, calendar_part

pytestmark = pytest.mark.django_db

KIM = "kim@ort.example"


def read_with_icalendar(calendar: bytes) -> dict[str, Any]:
    read = Calendar.from_ical(calendar)
    events = [
        {
            "uid": str(event["UID"]),
            "sequence": event["SEQUENCE"],
            "start": event["DTSTART"].dt.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "status": str(event["STATUS"]),
        }
        for event in read.walk("VEVENT")
    ]
    return {"method": str(read["METHOD"]), "events": events}


READERS = [
    pytest.param(read_with_icalendar, id="icalendar"),
    pytest.param(read_with_ical_js, id="ical.js", marks=needs_ical_js),
    pytest.param(read_with_libical, id="libical", marks=needs_libical),
]


@dataclass
class Client:
    """A calendar program: of two messages about one meeting the one with the higher SEQUENCE holds (RFC 5546, 2.1.5).

    Of two with the same SEQUENCE the one with the later DTSTAMP would; here no two have the same.
    """

    latest: dict[str, dict[str, Any]] = field(default_factory=dict)

    def receive(self, message: dict[str, Any]) -> None:
        for event in message["events"]:
            known = self.latest.get(event["uid"])
            assert known is None or known["sequence"] != event["sequence"]
            if known is None or event["sequence"] > known["sequence"]:
                self.latest[event["uid"]] = event | {"method": message["method"]}

    @property
    def shows(self) -> list[tuple[str, str]]:
        """The start and status of each meeting in the calendar."""
        events = self.latest.values()
        return [(e["start"], e["status"]) for e in events if e["method"] != "CANCEL" and e["status"] != "CANCELLED"]


@dataclass(frozen=True)
class Step:
    name: str
    message: bytes
    shows: list[tuple[str, str]]  # in the calendar of somebody who has got everything so far


def calendar_of(mail: OutgoingMail) -> bytes:
    part = calendar_part(mail) or attached_calendar(mail)
    assert part is not None
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def life(starts_at: datetime) -> list[Step]:
    """Everything that happens, each with the calendar message that it causes: the invitation is forwarded by hand."""
    page = MeetingPageFactory(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))
    contact = ContactPersonFactory()
    actions.send_invitations(meeting=page, by=None)
    [forwarded] = deliver_all()
    invited = InvitedOrganisation.objects.get(organisation=contact.organisation)
    steps = [Step("invited", calendar_of(forwarded), [(in_utc(starts_at), "TENTATIVE")])]

    def step(name: str, act: Callable[[], Any], *, booked: bool) -> None:
        act()
        [mail] = [mail for mail in deliver_all() if mail.recipient == KIM]
        now = in_utc(MeetingPage.objects.get().starts_at)
        steps.append(Step(name, calendar_of(mail), [(now, "CONFIRMED")] if booked else []))

    def move() -> None:
        meeting = MeetingPage.objects.get()
        later = timedelta(days=1)
        note = f"Flyttat från {meeting.starts_at}"
        publish(meeting, starts_at=meeting.starts_at + later, ends_at=meeting.ends_at + later, change_note=note)

    def row():
        return MeetingPage.objects.get().registrations.get()

    details = Details(name="Kim")
    register = lambda: actions.register(meeting=page, email=KIM, details=details, invited=invited)  # noqa: E731
    step("registered", register, booked=True)
    step("moved", move, booked=True)
    step("left", lambda: actions.cancel_registration(registration=row()), booked=False)
    step("returned", lambda: actions.register_again(registration=row()), booked=True)
    step("moved again", move, booked=True)
    step("cancelled", lambda: actions.cancel_meeting(meeting=page, note="Sjukdom.", by=None), booked=False)
    return steps


SEASONS = [
    pytest.param(swedish(2027, 7, 6, 9), id="summer"),
    pytest.param(swedish(2027, 12, 7, 9), id="winter"),
    pytest.param(swedish(2027, 3, 28, 1, 30), id="the night that loses an hour"),
    pytest.param(swedish(2027, 10, 31, 2, 30), id="the night that gains an hour"),
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("starts_at", SEASONS)
def test_m9_the_calendar_is_right_after_each_step_and_after_every_wrong_order_of_two(
    starts_at: datetime, read: Callable[[bytes], dict[str, Any]]
) -> None:
    steps = life(starts_at)
    messages = [read(step.message) for step in steps]
    assert len({event["uid"] for message in messages for event in message["events"]}) == 1

    client = Client()
    for step, message in zip(steps, messages, strict=True):
        client.receive(message)
        assert client.shows == step.shows, step.name

    for first in range(len(steps) - 1):
        client = Client()
        for message in [*messages[:first], messages[first + 1], messages[first]]:
            client.receive(message)
        assert client.shows == steps[first + 1].shows, f"{steps[first + 1].name} before {steps[first].name}"
        for step, message in zip(steps[first + 2 :], messages[first + 2 :], strict=True):
            client.receive(message)
            assert client.shows == step.shows, f"{step.name} after a wrong order"
