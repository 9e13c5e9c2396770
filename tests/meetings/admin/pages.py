"""The pages of a meeting in the admin: their addresses, and how an editor sends the invitation."""

from django.test import Client

from meetings.models import MeetingPage
from tests.factories.contacts import ContactPersonFactory


def url(meeting: MeetingPage, rest: str = "") -> str:
    return f"/admin/moten/{meeting.pk}/{rest}"


def sent(client: Client, meeting: MeetingPage, receivers: int) -> str:
    ContactPersonFactory.create_batch(receivers)
    client.post(url(meeting, "inbjudan/skicka/"))
    return url(meeting, f"utskick/{meeting.mail_outs.get().pk}/")
