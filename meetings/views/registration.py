"""Registering for a meeting, and what a participant may do with the personal link. No account is needed.

Reading a page never changes anything: mail scanners follow every link.
"""

from urllib.parse import urlencode

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.clients import client_of
from contacts.decorators import personal
from outbox.limits import Limit

from .. import actions
from ..enums import RegistrationStatus
from ..errors import MeetingError, TooOftenError
from ..forms import OwnRegistrationForm, ParticipantForm, RegistrationForm
from ..limits import PARTICIPANT_CHANGES, REGISTRATIONS
from ..models import InvitedOrganisation, MeetingPage, Registration
from ..receipts import seal, unseal

RATE_LIMITED = "rate_limited"
# The parameter with what the form was just filled in with.
RECEIPT = "kvitto"
TOO_MANY = (
    "Just nu kommer det väldigt många anmälningar från ert nätverk, så den här togs inte emot. "
    "Vänta en stund och skicka igen. Det du har fyllt i finns kvar."
)


def find_meeting(slug: str) -> MeetingPage:
    """The published meeting at the address, or a 404."""
    meeting: MeetingPage | None = MeetingPage.objects.announced().filter(slug=slug).first()
    if meeting is None:
        raise Http404("Mötet finns inte.")
    return meeting


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def register_invited(request: HttpRequest, token: str) -> HttpResponse:
    """The form behind an organisation's link, which may be forwarded to many."""
    invited = InvitedOrganisation.objects.by_token(token)
    if invited is None:
        return _dead_link(request, "unknown", status=404)
    thanks = _with_hint(request, "meetings:registered_invited", token)
    return _registration(request, invited.meeting, invited, thanks=thanks)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for somebody without a link: the organisation is found by the e-mail's domain or by an editor."""
    thanks = reverse("meetings:registered", args=[slug])
    return _registration(request, find_meeting(slug), None, thanks=thanks)


def _with_hint(request: HttpRequest, name: str, token: str) -> str:
    """The path of the view for an organisation's link, with the hint of whose link it was."""
    path, hint = reverse(name, args=[token]), request.GET.get("k")
    return f"{path}?{urlencode({'k': hint})}" if hint else path


def _with_query(path: str, more: dict[str, str]) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(more)}" if more else path


def _registration(
    request: HttpRequest, meeting: MeetingPage, invited: InvitedOrganisation | None, *, thanks: str
) -> HttpResponse:
    if not meeting.is_open:
        return _closed(request, meeting)
    organisation = invited.organisation if invited else None
    receipt = request.GET.get(RECEIPT, "")
    form = RegistrationForm(request.POST or None, initial=unseal(receipt))
    question = form.question(organisation) if form.is_valid() else ""
    # Several contact persons share the organisation's link; `k` hints at whose it was.
    invitation = invited.invitation_from_hint(request.GET.get("k")) if invited else None
    if request.method == "POST" and not question and _may_act(request, form, REGISTRATIONS):
        try:
            actions.register(
                meeting=meeting,
                email=form.cleaned_data["email"],
                details=form.details,
                invited=invited,
                invitation=invitation,
            )
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            return redirect(_with_query(thanks, {RECEIPT: seal(form.cleaned_data["email"], form.details)}))
    context = {
        "meeting": meeting,
        "organisation": organisation,
        "question": question,
        "form": form,
        "way_back": _way_back(meeting),
    }
    return render(request, "pages/meeting_register.html", context, status=_status(form))


def _way_back(meeting: MeetingPage) -> list[dict[str, str]]:
    """The published pages above the form: start, the meetings, the meeting."""
    index = meeting.get_parent()
    above = [{"title": index.title, "url": index.url}] if index.live else []
    return [{"title": "Start", "url": "/"}, *above, {"title": meeting.title, "url": meeting.public_url}]


def _may_act(request: HttpRequest, form: Form, limit: Limit) -> bool:
    """Whether a sent form is right and its sender is within the limit; if not, the form says why."""
    if form.is_valid() and not limit.allows(client_of(request)):
        form.add_error(None, ValidationError(TOO_MANY, code=RATE_LIMITED))
    return form.is_valid()


def _status(form: Form) -> int:
    """429 for a form beyond the rate limit; else 200, also for a form with errors."""
    return 429 if form.is_bound and form.has_error(NON_FIELD_ERRORS, RATE_LIMITED) else 200


@require_safe
@personal
def registered(request: HttpRequest, slug: str) -> HttpResponse:
    """The thank-you page, which names the address; the same for each, so nobody learns who was registered before."""
    return _thanks(request, find_meeting(slug), again=reverse("meetings:register", args=[slug]))


@require_safe
@personal
def registered_invited(request: HttpRequest, token: str) -> HttpResponse:
    """The thank-you page after an organisation's link, with that link to the form for one more."""
    invited = InvitedOrganisation.objects.by_token(token)
    if invited is None:
        return _dead_link(request, "unknown", status=404)
    again = _with_hint(request, "meetings:register_invited", token)
    return _thanks(request, invited.meeting, again=again, by_link=True)


def _thanks(request: HttpRequest, meeting: MeetingPage, *, again: str, by_link: bool = False) -> HttpResponse:
    if not meeting.is_open:
        return _closed(request, meeting)
    receipt = request.GET.get(RECEIPT, "")
    address = unseal(receipt).get("email", "")
    context = {
        "meeting": meeting,
        "again": again,
        "correct": _with_query(again, {RECEIPT: receipt}) if address else again,
        "address": address,
        "by_link": by_link,
    }
    return render(request, "pages/meeting_registered.html", context)


def _closed(request: HttpRequest, meeting: MeetingPage) -> HttpResponse:
    """Explain why one can no longer register for a meeting, or change anything."""
    if not meeting.live:
        return _dead_link(request, "unknown", status=404)
    return _dead_link(request, "cancelled" if meeting.is_cancelled else "past", status=410, meeting=meeting)


def _dead_link(request: HttpRequest, reason: str, *, status: int, meeting: MeetingPage | None = None) -> HttpResponse:
    """Explain why a link no longer works, and show the coming meetings."""
    context = {
        "reason": reason,
        "meeting": meeting,
        "coming": MeetingPage.objects.coming().not_cancelled()[:3],
    }
    return render(request, "pages/meeting_link_dead.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def own_registration(request: HttpRequest, slug: str) -> HttpResponse:
    """The page to which mails with a booking lead: it mails the personal link to whoever asks with their address."""
    meeting = find_meeting(slug)
    if not meeting.is_open:
        return _closed(request, meeting)
    form = OwnRegistrationForm(request.POST or None)
    if request.method == "POST" and _may_act(request, form, PARTICIPANT_CHANGES):
        try:
            actions.mail_own_link(meeting=meeting, email=form.cleaned_data["email"])
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{reverse('meetings:own_registration', args=[slug])}?skickat")
    context = {
        "meeting": meeting,
        "form": form,
        "way_back": _way_back(meeting),
        "asked": "skickat" in request.GET and not form.is_bound,
    }
    return render(request, "pages/meeting_own_registration.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def participant(request: HttpRequest, token: str) -> HttpResponse:
    """A participant's own page: the meeting, the join link, and their details to correct."""
    registration = Registration.objects.by_token(token)
    if registration is None:
        return _dead_link(request, "participant", status=404)
    if registration.meeting.is_past:
        return _closed(request, registration.meeting)
    form = ParticipantForm(request.POST or None, initial=vars(registration.details))
    if request.method == "POST" and _may_act(request, form, PARTICIPANT_CHANGES):
        try:
            actions.update_registration(registration=registration, details=form.details)
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            return redirect(f"{reverse('meetings:participant', args=[token])}?sparat")
    return _participant_page(request, registration, token, form, status=_status(form))


def _participant_page(
    request: HttpRequest,
    registration: Registration,
    token: str,
    form: ParticipantForm,
    *,
    status: int,
    refused: str = "",
) -> HttpResponse:
    """The participant's own page; `refused` says why the last request was refused."""
    context = {
        "meeting": registration.meeting,
        "registration": registration,
        "token": token,
        "form": form,
        "is_waiting": registration.status == RegistrationStatus.WAITING,
        "is_out": registration.status == RegistrationStatus.CANCELLED,
        "saved": "sparat" in request.GET and not form.is_bound,
        "refused": refused,
    }
    return render(request, "pages/meeting_participant.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def participant_cancel(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for confirmation, then cancel the registration."""
    registration = Registration.objects.by_token(token)
    if registration is None:
        return _dead_link(request, "participant", status=404)
    if registration.meeting.is_past:
        return _closed(request, registration.meeting)
    if request.method == "POST":
        try:
            actions.cancel_registration(registration=registration)
        except MeetingError:  # The meeting ended a moment ago.
            return _closed(request, registration.meeting)
        return redirect("meetings:participant", token=token)
    if registration.status == RegistrationStatus.CANCELLED:
        return redirect("meetings:participant", token=token)
    context = {"meeting": registration.meeting, "registration": registration, "token": token}
    return render(request, "pages/meeting_participant_cancel.html", context)


@require_POST
@personal
def participant_return(request: HttpRequest, token: str) -> HttpResponse:
    """Register again after having cancelled, with the details given then."""
    registration = Registration.objects.by_token(token)
    if registration is None:
        return _dead_link(request, "participant", status=404)
    meeting = registration.meeting
    if not meeting.is_open:
        return _closed(request, meeting)
    try:
        actions.register_again(registration=registration)
    except TooOftenError as error:
        return _participant_page(request, registration, token, ParticipantForm(), status=429, refused=str(error))
    except MeetingError:  # The meeting was cancelled or ended a moment ago.
        return _closed(request, meeting)
    return redirect("meetings:participant", token=token)
