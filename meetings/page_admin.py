"""How Wagtail's own views edit and remove meetings."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from .actions import record_publication
from .errors import MeetingError
from .models import CalendarEntry, Facts, MailOut, MeetingPage
from .models.meeting import MeetingQuerySet
from .views.admin.base import admin_url

# What a change is called in the message after a publication.
NEWS = (
    ({"starts_at", "ends_at"}, "den nya tiden"),
    ({"location"}, "den nya platsen"),
    ({"join_url"}, "den nya länken"),
    ({"title"}, "den nya titeln"),
)


class MeetingEditView(EditView):
    """The editor of a meeting: what it publishes also reaches the calendars, or is not published at all.

    Wagtail's view uses its own action instead of `page.publish()`, so the button needs this.
    """

    def publish_action(self) -> HttpResponse:
        def publish() -> HttpResponse:
            before = CalendarEntry.objects.filter(meeting_id=self.page.pk).first()
            response = super(MeetingEditView, self).publish_action()
            mail_out = record_publication(meeting=self.page, by=self.request.user)
            if before is None:
                lead_to_invitation(self.request, self.page)
            elif mail_out is not None:
                tell_who_gets_the_change(self.request, mail_out, before.facts)
            return response

        return self._all_or_nothing(publish)

    def perform_workflow_action(self) -> HttpResponse:
        return self._all_or_nothing(super().perform_workflow_action)

    def _all_or_nothing(self, action: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            with transaction.atomic():
                return action()
        except ValidationError as error:
            # The form has asked already, so this is a change that somebody else made meanwhile.
            list(get_messages(self.request))  # Wagtail has thanked for what is now undone.
            for reason in error.messages:
                self.form.add_error(None, reason)
            return self.form_invalid(self.form)


class MeetingCreateView(CreateView):
    """The editor of a new meeting: one that is published at once is to be invited to."""

    def publish_action(self) -> HttpResponse:
        response: HttpResponse = super().publish_action()
        lead_to_invitation(self.request, self.page)
        return response


def lead_to_invitation(request: HttpRequest, page: Page) -> None:
    """After the first publication: nobody has been told yet, and this is where to do it."""
    if CalendarEntry.objects.filter(meeting_id=page.pk).exists():  # Not if it is scheduled for later.
        button = messages.button(admin_url("meeting", page.pk), "Förhandsgranska och skicka inbjudan")
        messages.info(request, "Ingen har fått någon inbjudan till mötet än.", buttons=[button])


def tell_who_gets_the_change(request: HttpRequest, mail_out: MailOut, before: Facts) -> None:
    """Say how many people the publication mailed, and what about."""
    people = mail_out.mails.order_by().values("recipient").distinct().count()
    changed = mail_out.meeting.calendar.facts.differences(before)
    news = [word for names, word in NEWS if names & changed]
    about = f"{', '.join(news[:-1])} och {news[-1]}" if len(news) > 1 else news[0]
    button = messages.button(admin_url("meeting", mail_out.meeting_id), "Inbjudan och deltagare")
    noun = "person" if people == 1 else "personer"
    messages.success(request, f"{people} {noun} får besked om {about}.", buttons=[button])


class MeetingWorkflowActionView(WorkflowActionView):
    """Approval of a meeting: says why when what was approved can no longer be published."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().post(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(self.redirect_url)


class MeetingPageViewSet(PageViewSet):
    """Wagtail's views of meetings."""

    model = MeetingPage
    add_view_class = MeetingCreateView
    edit_view_class = MeetingEditView
    workflow_action_view_class = MeetingWorkflowActionView


def refuse_removal(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Stop the removal of a page that is, or holds, a meeting in people's calendars, and lead to that meeting."""
    for meeting in _meetings_of(page).in_calendars():
        try:
            meeting.refuse_to_vanish()
        except MeetingError as error:
            messages.error(request, str(error))
            return redirect(admin_url("meeting", meeting.pk))
    return None


def refuse_bulk_action(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same for several pages at once, and for publishing drafts that lack something."""
    pages = [item for item in objects if isinstance(item, Page)]
    if action_type in ("delete", "unpublish"):
        return next(filter(None, (refuse_removal(request, page) for page in pages)), None)
    if action_type != "publish":
        return None
    with_children = action.cleaned_form.cleaned_data.get("include_descendants", False)
    fault = _publication_fault(pages, with_children=with_children)
    if fault is None:
        return None
    messages.error(request, fault)
    return redirect(action.next_url)


def _meetings_of(page: Page) -> MeetingQuerySet:
    """The meetings that lie in or below the page."""
    return MeetingPage.objects.descendant_of(page, inclusive=True)


def _publication_fault(pages: Iterable[Page], *, with_children: bool) -> str | None:
    for page in pages:
        chosen = _meetings_of(page) if with_children else MeetingPage.objects.filter(pk=page.pk)
        for meeting in chosen.filter(has_unpublished_changes=True):
            faults = meeting.get_latest_revision_as_object().publication_faults(meeting.entry)
            if faults:
                return f"{meeting.get_admin_display_title()}: {' '.join(faults.values())}"
    return None
