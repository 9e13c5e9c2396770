"""Every view of the admin that shows personal data says so, and the log of access gets a row for it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic import View

from contacts.models import ContactPerson, Group, Membership, PendingImport, Person
from contacts.personal_data import PersonalDataMixin
from meetings.models import Invitation, InvitedOrganisation, MailOut, Registration
from outbox.models import MailEvent, OutgoingMail
from privacy.models import AccessLogEntry, Purge
from privacy.views_of_others import SHOWN
from resources.models import Theme

PERSONAL_MODELS = (
    *(Person, ContactPerson, Membership, Group, PendingImport),
    *(Registration, Invitation, InvitedOrganisation, MailOut),
    *(OutgoingMail, MailEvent, AccessLogEntry, Purge),
)
# The rooms whose own views may show people, whatever their model is.
ROOMS = ("lumen", "privacy", "meetings", "contacts", "outbox")
# Views that say nothing, by the reason.
NOT_LOGGED = {
    "shows no person": (
        *("meetings_admin:index", "meetings_admin:index_results", "meetings_admin:meeting", "meetings_admin:preview"),
        *("meetings_admin:test", "meetings_admin:send", "meetings_admin:cancel", "meetings_admin:change"),
        *("organisation:index", "organisation:index_results"),
        *("contactperson:add", "wagtailusers_users:add"),
        *("contact_import:index", "contact_import:template", "contact_import:fill_down"),
        *("contactgroup:index", "contactgroup:index_results", "contactgroup:add", "person_chooser:create"),
        *("outgoing_mail:release", "outgoing_mail:several", "outgoing_mail:match_log", "personal_data:retention"),
        *(
            "operation",
            "handbook",
            "reachability:index",
            *("letter:index", "letter:new", "letter:edit"),
            "organisation_chooser:choose",
            "organisation_chooser:choose_results",
        ),
    ),
    "keeps a version of a page and shows its title": ("purging:versions",),
}


def admin_views() -> Iterator[tuple[str, Any]]:
    """Each view below /admin/ with its name, such as `contactperson:index`."""
    resolver = next(
        each for each in get_resolver().url_patterns if isinstance(each, URLResolver) and str(each.pattern) == "admin/"
    )
    yield from _views_in(resolver, "")


def _views_in(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, Any]]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _views_in(each, f"{namespace}{each.namespace}:" if each.namespace else namespace)
        elif isinstance(each, URLPattern):
            yield f"{namespace}{each.name}", each.callback


def may_show_people(callback: Any) -> bool:
    """Whether a view is over a model with personal data, or is one of ours, which may show anything."""
    view = getattr(callback, "view_class", None)
    model = getattr(callback, "view_initkwargs", {}).get("model") or getattr(view, "model", None)
    is_personal = isinstance(model, type) and issubclass(model, Model) and issubclass(model, PERSONAL_MODELS)
    return is_personal or (view or callback).__module__.partition(".")[0] in ROOMS


def says_nothing(callback: Any, name: str = "") -> bool:
    view = getattr(callback, "view_class", None)
    return name not in SHOWN and not (view and issubclass(view, PersonalDataMixin) and view.shows_personal_data)


def test_every_view_that_may_show_people_says_what_it_shows() -> None:
    silent = {name for name, callback in admin_views() if may_show_people(callback) and says_nothing(callback, name)}
    known = {name for names in NOT_LOGGED.values() for name in names}
    assert silent == known


def test_the_views_of_the_register_are_among_those_looked_at() -> None:
    speaking = {name for name, callback in admin_views() if may_show_people(callback) and not says_nothing(callback)}
    assert {"contactperson:index", "person:edit", "meetings_admin:participants", "wagtailusers_users:edit"} <= speaking


def test_every_view_of_others_that_is_named_is_there() -> None:
    assert set(SHOWN) <= {name for name, _ in admin_views()}


class Silent(View):
    model = Person


class Speaking(PersonalDataMixin, Silent):
    shows_personal_data = "Lista: personer"


class Unsaid(PersonalDataMixin, Silent):
    """Has the mixin, and says nothing."""


@pytest.mark.parametrize(("view", "silent"), [(Silent, True), (Unsaid, True), (Speaking, False)])
def test_a_view_over_people_that_says_nothing_is_found(view: type[View], silent: bool) -> None:
    callback = view.as_view()
    assert may_show_people(callback)
    assert says_nothing(callback) is silent


def test_a_view_over_something_else_is_not() -> None:
    assert not may_show_people(View.as_view())
    assert not may_show_people(Silent.as_view(model=Theme))
