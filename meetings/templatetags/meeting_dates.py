"""Swedish days and hours in templates (see `meetings.dates`)."""

from datetime import date, datetime, time

from django import template

from .. import dates

register = template.Library()


def unbroken(text: str) -> str:
    """Keep the hours on one line: "kl." belongs to what follows."""
    return text.replace("kl. ", "kl.\N{NO-BREAK SPACE}")


@register.filter
def day(value: date | None) -> str:
    """`tisdag 10 mars 2026`"""
    return dates.day(value) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """`tis 10 mars`"""
    return dates.short_day(value) if value else ""


@register.simple_tag
def hours(start: datetime | time | None, end: datetime | time | None = None) -> str:
    """`kl. 9–11`"""
    return unbroken(dates.hours(start, end)) if start else ""


@register.simple_tag
def when(start: datetime | None, end: datetime | None) -> str:
    """`tisdag 10 mars 2026 kl. 9–11`"""
    return unbroken(dates.when(start, end)) if start and end else ""


@register.simple_tag
def short_when(start: datetime | None, end: datetime | None) -> str:
    """`tis 10 mars kl. 9–11`"""
    return unbroken(dates.short_when(start, end)) if start and end else ""
