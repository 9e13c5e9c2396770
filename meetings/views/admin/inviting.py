"""Invite to a meeting, look at the invitation first, follow the mail-out, and cancel."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from contacts.models import Organisation, Person
from outbox.enums import PENDING_STATUSES, UNCERTAIN_ADVICE, UNDELIVERABLE_STATUSES, MailStatus

from ... import actions
from ...admin_forms import CancelMeetingForm, ReceiverFilterForm
from ...errors import MeetingError
from ...mail_out_status import Progress, Receiver, failures_of, receivers_of, withdrawals_of
from ...models import MailOut
from ...organisation_status import numbers_of
from ...permissions import user_can_see_registrations, user_can_send_invitations
from .base import MeetingAdminView, PeopleView
from .meeting import count_receivers

ROWS_A_PAGE = 100
REFRESH_AFTER = 5  # seconds


class SenderView(MeetingAdminView):
    """For those who may publish the meeting."""

    def may(self, user: Person) -> bool:
        return user_can_send_invitations(user, self.meeting)

    def follow(self, mail_out: MailOut) -> HttpResponse:
        """Redirect to the mail-out's receivers, or to the meeting's overview for those who may not see them."""
        if user_can_see_registrations(self.user, self.meeting):
            return self.back("mail_out", mail_out.pk)
        return self.back()


class PreviewView(SenderView):
    """The invitation as a contact person gets it."""

    template_name = "admin_meetings/preview.html"
    page_title = "Förhandsgranska inbjudan"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.meeting.is_cancelled:
            self.complain("Mötet är inställt. Det finns ingen inbjudan att förhandsgranska.")
            return self.back()
        try:
            mail = actions.preview_invitation(meeting=self.meeting, organisation=self.example_organisation())
        except MeetingError as error:
            self.complain(str(error))
            return self.back()
        return self.render_to_response(self.get_context_data(mail=mail))

    def example_organisation(self) -> Organisation:
        """The organisation of the preview: a kommun or region, rather one with a contact person; else a made-up one."""
        covered = Organisation.objects.covered()
        return (
            covered.with_contact_person().first()
            or covered.first()
            or Organisation(name="Exempelkommunen", short_name="Exempelkommunen")
        )


class ChangePreviewView(PreviewView):
    """The mail about what has changed in the draft, before it is published."""

    page_title = "Mejlet om ändringen"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        draft = self.meeting.get_latest_revision_as_object()
        try:
            mail = actions.preview_change(meeting=draft, organisation=self.example_organisation())
        except MeetingError as error:
            self.complain(str(error))
            return self.back()
        return self.render_to_response(self.get_context_data(mail=mail))


class TestView(SenderView):
    """Mail the invitation to the user as a test."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actions.send_test_invitation(meeting=self.meeting, to=self.user)
        except MeetingError as error:
            self.complain(str(error))
        else:
            self.say(f"Testmejlet är på väg till {self.user.email}.")
        return self.back()


class SendView(SenderView):
    """Ask, then send the invitation to everybody who has not got it. A second click sends nothing more."""

    template_name = "admin_meetings/send.html"
    page_title = "Skicka inbjudan"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            receivers=count_receivers(self.meeting),
            organisations=actions.receivers_without_invitation(self.meeting)
            .select_related(None)
            .order_by()
            .values("organisation")
            .distinct()
            .count(),
            earlier=self.meeting.invitation_mail_out,
            unreachable=Organisation.objects.covered().nobody_to_mail(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            sent = actions.send_invitations(meeting=self.meeting, by=self.user)
        except MeetingError as error:
            self.complain(str(error))
            return self.back()
        if sent.mail_out is None:
            self.complain("Det finns ingen att bjuda in. Lägg till kontaktpersoner först.")
            return self.back()
        if sent.queued:
            self.say(f"Inbjudan är på väg till {sent.queued} mottagare.")
        else:
            self.say("Alla kontaktpersoner har redan fått inbjudan. Inget nytt mejl skickades.")
        return self.follow(sent.mail_out)


class CancelView(SenderView):
    """Ask why, then cancel the meeting and tell everybody."""

    template_name = "admin_meetings/cancel.html"
    page_title = "Ställ in mötet"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=CancelMeetingForm()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CancelMeetingForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            mail_out = actions.cancel_meeting(meeting=self.meeting, note=form.cleaned_data["note"], by=self.user)
        except MeetingError as error:
            self.complain(str(error))
            return self.back()
        self.say("Mötet är inställt." if mail_out is None else "Mötet är inställt och alla berörda får besked.")
        return self.back() if mail_out is None else self.follow(mail_out)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(numbers=numbers_of(self.meeting), **kwargs)


class MailOutView(PeopleView):
    """The progress of a mail-out, and each receiver's status."""

    template_name = "admin_meetings/mail_out.html"
    shows_personal_data = "Mottagare av utskick: {view.meeting.title}"
    statuses = {
        "failed": UNDELIVERABLE_STATUSES,
        "uncertain": {MailStatus.UNCERTAIN},
        "withdrawn": {MailStatus.WITHDRAWN},
        "pending": PENDING_STATUSES,
        "sent": {MailStatus.SENT},
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.mail_out = get_object_or_404(self.meeting.mail_outs, pk=kwargs["mail_out"])

    def get_page_title(self) -> str:
        return f"Utskick: {self.mail_out.get_kind_display().lower()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ReceiverFilterForm(self.request.GET)
        chosen = form.cleaned_data if form.is_valid() else {}
        receivers = self.receivers(chosen.get("visa", ""), chosen.get("q", "").lower())
        page = Paginator(receivers, ROWS_A_PAGE).get_page(self.request.GET.get("p"))
        progress = Progress.of(self.mail_out)
        self.personal_data_rows = len(page)
        return super().get_context_data(
            mail_out=self.mail_out,
            progress=progress,
            failures=failures_of(self.mail_out),
            withdrawals=withdrawals_of(self.mail_out),
            uncertain_advice=UNCERTAIN_ADVICE if progress.uncertain else "",
            # A list that is filtered or paged through is not refreshed.
            refresh=None if progress.is_done or self.request.GET else REFRESH_AFTER,
            form=form,
            page=page,
            **kwargs,
        )

    def receivers(self, shown: str, words: str) -> list[Receiver]:
        wanted = self.statuses.get(shown)
        return [
            row
            for row in receivers_of(self.mail_out)
            if (wanted is None or row.status in wanted)
            and words in f"{row.organisation} {row.person} {row.address}".lower()
        ]
