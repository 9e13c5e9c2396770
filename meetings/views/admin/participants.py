"""Participants of a meeting: who they are, who came, and those whose organisation is not known yet."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from contacts.models import Person

from ... import actions
from ...admin_forms import AttendanceForm, MatchForm, ParticipantFilterForm
from ...enums import RegistrationStatus
from ...errors import MeetingError
from ...exports import FORMATS, PARTICIPANT_COLUMNS, table_response
from ...models import MeetingPage, Registration
from ...models.registration import RegistrationQuerySet
from ...permissions import user_can_change_registrations
from .base import PeopleView

ROWS_A_PAGE = 200


class RegisterView(PeopleView):
    """A view for those who may see participants; a change requires one permission more."""

    http_method_names = ["get", "head", "post"]

    def may(self, user: Person) -> bool:
        if self.request.method == "POST":
            return user_can_change_registrations(user, self.meeting)
        return super().may(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = user_can_change_registrations(self.user, self.meeting)
        return super().get_context_data(may_change=may_change, **kwargs)


class ParticipantsView(RegisterView):
    template_name = "admin_meetings/participants.html"
    page_title = "Deltagare"
    tab = "participants"
    shows_personal_data = "Deltagare: {view.meeting.title}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ParticipantFilterForm(request.GET)
        rows = chosen_participants(self.meeting, form)
        if request.GET.get("export") in FORMATS:
            return self.export(request.GET["export"], rows)
        page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("p"))
        self.personal_data_rows = len(page)
        return self.render_to_response(self.get_context_data(form=form, page=page, has_begun=has_begun(self.meeting)))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Note who came, of those that the page showed."""
        participants = Registration.objects.taking_part().to_meeting(self.meeting)
        form = AttendanceForm(request.POST, participants=participants)
        if not form.is_valid():
            self.complain("Närvaron sparades inte: listan har ändrats. Kontrollera och spara igen.")
            return self.back("participants")
        came = {row.pk for row in form.cleaned_data["attended"]}
        shown = list(form.cleaned_data["shown"].select_related("meeting"))
        try:
            number = actions.set_attendance(
                registrations=[row for row in shown if row.pk in came], attended=True, by=self.user
            )
            actions.set_attendance(
                registrations=[row for row in shown if row.pk not in came], attended=False, by=self.user
            )
        except MeetingError as error:
            self.complain(str(error))
        else:
            self.say(f"Närvaron är sparad: {number} av {len(shown)} deltog.")
        return self.back("participants")

    def export(self, file_format: str, rows: RegistrationQuerySet) -> HttpResponse:
        self.personal_data_rows = len(rows)
        name = f"deltagare-{self.meeting.slug}"
        return table_response(name=name, file_format=file_format, columns=PARTICIPANT_COLUMNS, rows=rows)


def has_begun(meeting: MeetingPage) -> bool:
    return meeting.starts_at is not None and meeting.starts_at <= timezone.now()


def chosen_participants(meeting: MeetingPage, form: ParticipantFilterForm) -> RegistrationQuerySet:
    """The participants that the filter asks for; an invalid filter shows those registered."""
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = Registration.objects.to_meeting(meeting).with_origin().order_by("name", "pk")
    shown = chosen.get("visa", "")
    if shown in (RegistrationStatus.WAITING, RegistrationStatus.CANCELLED):
        rows = rows.filter(status=shown)
    else:
        rows = rows.taking_part()
        if shown:
            rows = rows.filter(attended=shown == "attended")
    if words := chosen.get("q"):
        rows = rows.filter(
            Q(name__icontains=words) | Q(email__icontains=words) | Q(organisation__name__icontains=words)
        )
    return rows


class CancelRegistrationView(RegisterView):
    """Cancel for a participant who has asked for it."""

    template_name = "admin_meetings/cancel_registration.html"
    page_title = "Avanmäl deltagare"
    shows_personal_data = "Deltagare: {view.meeting.title}"

    def may(self, user: Person) -> bool:
        return user_can_change_registrations(user, self.meeting)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.registration = get_object_or_404(
            Registration.objects.current().to_meeting(self.meeting).with_origin(), pk=kwargs["registration"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(registration=self.registration, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actions.cancel_registration(registration=self.registration, by=self.user)
        except MeetingError as error:
            self.complain(str(error))
        else:
            self.say(f"{self.registration.name} är avanmäld och får ett mejl om det.")
        return self.back("participants")


class UnmatchedView(RegisterView):
    """The queue of those who registered without a link and with an unknown address."""

    template_name = "admin_meetings/unmatched.html"
    page_title = "Utan organisation"
    tab = "unmatched"
    shows_personal_data = "Anmälda utan organisation: {view.meeting.title}"

    @property
    def waiting(self) -> RegistrationQuerySet:
        return Registration.objects.waiting().to_meeting(self.meeting).order_by("created_at", "pk")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forms = [self.form_for(row) for row in self.waiting]
        self.personal_data_rows = len(forms)
        return self.render_to_response(self.get_context_data(rows=forms))

    def form_for(self, registration: Registration) -> tuple[Registration, MatchForm]:
        form = MatchForm(
            initial={"registration": registration}, waiting=self.waiting, auto_id=f"id_{registration.pk}_%s"
        )
        return registration, form

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = MatchForm(request.POST, waiting=self.waiting)
        if not form.is_valid():
            # Another editor may have matched the row meanwhile; then it is no longer in the queue.
            field = "organisation" if "organisation" in form.errors else "registration"
            gone = "Anmälan finns inte längre i kön."
            self.complain(gone if field == "registration" else str(form.errors[field][0]))
            return self.back("unmatched")
        registration, organisation = form.cleaned_data["registration"], form.cleaned_data["organisation"]
        try:
            actions.match_registration(registration=registration, organisation=organisation, by=self.user)
        except MeetingError as error:
            self.complain(str(error))
        else:
            self.say(f"{registration.name} hör nu till {organisation.name} och får sin bekräftelse.")
        return self.back("unmatched")
