"""Reads a calendar from standard input with libical (what Evolution and KOrganizer use) and prints what it understood.

Runs with the system's Python, for which Debian has the bindings (gir1.2-ical-3.0, python3-gi).
"""

import json
import sys
from datetime import UTC, datetime

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402  (gi must be told the version first)

Kind = ICalGLib.ComponentKind


def in_utc(calendar, moment):
    zone = None if moment.is_utc() else calendar.get_timezone(moment.get_tzid())
    seconds = moment.as_timet() if zone is None else moment.as_timet_with_zone(zone)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def main():
    calendar = ICalGLib.Component.new_from_string(sys.stdin.buffer.read().decode())
    events = []
    event = calendar.get_first_component(Kind.VEVENT_COMPONENT)
    while event is not None:
        events.append(
            {
                "uid": event.get_uid(),
                "sequence": event.get_sequence(),
                "start": in_utc(calendar, event.get_dtstart()),
                "end": in_utc(calendar, event.get_dtend()),
                "summary": event.get_summary(),
                "status": event.get_status().value_nick.upper(),
                "faults": event.count_errors(),
            }
        )
        event = calendar.get_next_component(Kind.VEVENT_COMPONENT)
    sys.stdout.write(json.dumps({"method": calendar.get_method().value_nick.upper(), "events": events}))


main()
