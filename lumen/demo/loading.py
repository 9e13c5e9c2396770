"""Fills an empty LUMEN with the forum as it stood at the end of 2025."""

from collections.abc import Iterator

from django.db import transaction
from wagtail.models import Page

from lumen.actions import set_up_site
from resources.models import ResourcePage

from . import drafts, files, meetings, pages, people


@transaction.atomic
def load_demo() -> list[str]:
    """Create what is missing of the demo and say what was done. What is there stays as it is."""
    return list(_steps())


def _steps() -> Iterator[str]:
    set_up_site()
    people.fill_organisations()
    by = people.editor()
    people.second_editor()
    people.subject_reviewer()
    first, second = meetings.held_days()
    appointed = people.appoint_contact_persons(first, second)
    people.fill_groups()
    yield f"Kontaktpersoner: {appointed} nya"
    if not ResourcePage.objects.exists():
        # Only the first time: later the editors own these texts.
        files.fill_pictures(by)
        pages.fill_framework(by)
        pages.fill_themes(by)
    yield f"Material: {pages.fill_resources(by)} nya"
    yield f"Utkast: {drafts.fill_drafts(by)} nya"
    yield f"Möten: {meetings.fill_meetings(by)} nya"
    if not Page.objects.filter(latest_revision__user=by, slug="om-lumen").exists():
        pages.fill_pages(by)
        yield "Fasta sidor: fyllda med demons texter"
