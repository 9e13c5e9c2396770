"""Replaces text in a calendar file (RFC 5545), where long lines are folded."""

from collections.abc import Mapping

from icalendar.parser import Contentline


def replaced(body: bytes, replacements: Mapping[str, str]) -> bytes:
    """The calendar with each text replaced, also where it is broken over lines. What is put in must need no escape."""
    text = body.decode().replace("\r\n ", "")
    for old, new in replacements.items():
        text = text.replace(old, new)
    return b"\r\n".join(Contentline(line).to_ical() for line in text.split("\r\n"))  # type: ignore[no-untyped-call]
