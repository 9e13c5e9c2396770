"""An organisation's own page: what anybody may see, and more for its contact persons and deputies."""

from collections import defaultdict
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from contacts.decorators import personal
from contacts.models import ContactPerson, Group, Membership, Organisation, today
from contacts.personal_data import declare_shown
from meetings.models import MeetingPage, Registration
from meetings.permissions import contact_person_organisations
from meetings.views.my_page import own_meetings, past_meetings
from resources.models import ResourcePage

NEWEST = 6  # of the material, as cards


@require_safe
def organisation_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one organisation. Its own people see more, and what they see is never cached or indexed."""
    organisation = get_object_or_404(Organisation.objects.exclude(slug=""), slug=slug)
    if contact_person_organisations(request.user).filter(pk=organisation.pk).exists():
        return _own(request, organisation)
    return render(request, "pages/organisation.html", _public(organisation))


@personal
def _own(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return render(request, "pages/organisation.html", {**_public(organisation), **_inner(request, organisation)})


def _public(organisation: Organisation) -> dict[str, Any]:
    """What anybody may see: nothing about a person."""
    times = organisation.times_with_contact_person()
    since, end = (times[0][0], times[-1][1]) if times else (None, None)
    seats = Membership.objects.active().filter(organisation=organisation)
    material = ResourcePage.objects.on_display().filter(producer=organisation)
    return {
        "organisation": organisation,
        "since": since,
        "takes_part": bool(times) and (end is None or end > today()),
        "groups": Group.objects.filter(pk__in=seats.values("group")),
        "resources": material.newest_first().for_cards()[:NEWEST],
        "resources_total": material.count(),
        "library_query": f"avsandare={slugify(organisation.name)}",
    }


def _inner(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What its own people see: who the contact persons are, and the meetings with who took part. Reading is logged."""
    roles = list(
        ContactPerson.objects.active()
        .filter(organisation=organisation)
        .select_related("person")
        .order_by("deputy", "person__name")
    )
    coming = own_meetings([organisation])
    past = past_meetings([organisation])
    people = _participants(organisation, [*(each.meeting for each in coming), *(each.meeting for each in past)])
    declare_shown(
        request,
        what=f"Organisationens sida: kontaktpersoner och deltagare från {organisation.name}",
        rows=len(roles) + sum(map(len, people.values())),
    )
    return {
        "is_own": True,
        "roles": roles,
        "coming": [(each, people[each.meeting.pk]) for each in coming],
        "past": [(each, people[each.meeting.pk]) for each in past],
    }


def _participants(organisation: Organisation, meetings: list[MeetingPage]) -> dict[int, list[Registration]]:
    """Those from the organisation who take part, by meeting. Whose details are erased only count."""
    rows = Registration.objects.taking_part().with_details().filter(organisation=organisation, meeting__in=meetings)
    found: dict[int, list[Registration]] = defaultdict(list)
    for row in rows:
        found[cast(int, row.meeting_id)].append(row)
    return found
