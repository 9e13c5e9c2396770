"""Days and hours as Swedes write them. All moments are shown in Swedish time."""

from datetime import date, datetime, time

from django.utils import timezone

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)


def day(value: date) -> str:
    """The whole date: `tisdag 10 mars 2026`."""
    local = _local_date(value)
    return f"{WEEKDAYS[local.weekday()]} {local.day} {MONTHS[local.month - 1]} {local.year}"


def short_day(value: date) -> str:
    """The date where room is scarce and the year is clear: `tis 10 mars`."""
    local = _local_date(value)
    return f"{WEEKDAYS[local.weekday()][:3]} {local.day} {MONTHS[local.month - 1]}"


def hours(start: datetime | time, end: datetime | time | None) -> str:
    """From when to when: `kl. 9–11`, or `kl. 9.00–11.30` when not both are whole hours."""
    first, last = _local_time(start), _local_time(end) if end else None
    whole = first.minute == 0 and (last is None or last.minute == 0)
    written = [_clock(moment, whole=whole) for moment in (first, last) if moment is not None]
    return f"kl. {'–'.join(written)}"


def timetable_hours(start: time, end: time | None) -> str:
    """The hours of one row among others, always with minutes: `9.00–9.10`."""
    return "–".join(_clock(moment, whole=False) for moment in (start, end) if moment is not None)


def when(start: datetime, end: datetime) -> str:
    """A meeting's whole time: `tisdag 10 mars 2026 kl. 9–11`."""
    if _local_date(start) == _local_date(end):
        return f"{day(start)} {hours(start, end)}"
    return f"{day(start)} {hours(start, None)} – {day(end)} {hours(end, None)}"


def short_when(start: datetime, end: datetime) -> str:
    """A meeting's time in a subject line: `tis 10 mars kl. 9–11`."""
    if _local_date(start) == _local_date(end):
        return f"{short_day(start)} {hours(start, end)}"
    return f"{short_day(start)} {hours(start, None)} – {short_day(end)} {hours(end, None)}"


def _clock(moment: time, *, whole: bool) -> str:
    return f"{moment.hour}" if whole else f"{moment.hour}.{moment.minute:02}"


def _local_date(value: date) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


def _local_time(value: datetime | time) -> time:
    if isinstance(value, time):
        return value
    return (timezone.localtime(value) if timezone.is_aware(value) else value).time()
