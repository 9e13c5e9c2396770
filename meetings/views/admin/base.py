"""Base classes of the admin's views of one meeting: access, breadcrumbs and tabs."""

from datetime import timedelta
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from contacts.models import Person
from contacts.personal_data import PersonalDataMixin

from ...models import MeetingPage
from ...permissions import user_can_see_registrations, user_can_send_invitations

NAMESPACE = "meetings_admin"
TABS = (
    ("meeting", "Översikt"),
    ("organisations", "Organisationer"),
    ("participants", "Deltagare"),
    ("unmatched", "Utan organisation"),
)


def admin_url(name: str, *args: Any) -> str:
    """The address of one of the views below /admin/moten/."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


def user_can_enter(user: Any, meeting: MeetingPage | None = None) -> bool:
    """Whether the user may see the meeting's views: those who may invite to it or see registrations."""
    if user_can_see_registrations(user, meeting):
        return True
    return meeting is not None and user_can_send_invitations(user, meeting)


class MeetingAdminView(WagtailAdminTemplateMixin, View):
    """A page about one meeting. Subclasses limit access further in `may`."""

    header_icon = "date"
    tab = ""
    meeting: MeetingPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.meeting = get_object_or_404(MeetingPage.objects.select_related("calendar"), pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Not PermissionDenied: Wagtail turns that into a redirect, which looks as if the act had been done.
        if not self.may(self.user):
            return render(request, "admin_meetings/forbidden.html", status=403)
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def may(self, user: Person) -> bool:
        return user_can_enter(user, self.meeting)

    @property
    def user(self) -> Person:
        return cast(Person, self.request.user)

    def back(self, name: str = "meeting", *args: Any) -> HttpResponse:
        return redirect(admin_url(name, self.meeting.pk, *args))

    def say(self, text: str) -> None:
        messages.success(self.request, text)

    def complain(self, text: str) -> None:
        messages.error(self.request, text)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *self.breadcrumbs_items,
            {"url": admin_url("index"), "label": "Möten"},
            {"url": admin_url("meeting", self.meeting.pk), "label": self.meeting.title},
        ]
        if self.tab != "meeting":
            items.append({"url": "", "label": self.get_page_title()})
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sees_people = user_can_see_registrations(self.user, self.meeting)
        tabs = [
            {"name": name, "label": label, "url": admin_url(name, self.meeting.pk), "current": name == self.tab}
            for name, label in TABS
            if sees_people or name == "meeting"
        ]
        return super().get_context_data(
            meeting=self.meeting,
            state=self.meeting.state(),
            tabs=tabs,
            sees_people=sees_people,
            may_send=user_can_send_invitations(self.user, self.meeting),
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())


class PeopleView(PersonalDataMixin, MeetingAdminView):
    """A page about one meeting that names people. Subclasses say whom, in `shows_personal_data`."""

    one_reading = timedelta(minutes=5)  # a page that refreshes itself, or is paged through

    def may(self, user: Person) -> bool:
        return user_can_see_registrations(user, self.meeting)
