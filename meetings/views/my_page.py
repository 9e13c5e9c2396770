"""The meetings on min sida: a contact person forwards or declines the invitation. `lumen.views.my_page` shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.decorators import personal
from contacts.models import Organisation, Person
from contacts.personal_data import declare_shown
from outbox.rendering import plain_text

from .. import actions, mails
from ..enums import MailOutKind
from ..errors import MeetingError
from ..forms import DeclineForm, ForwardForm
from ..limits import FORWARDS
from ..models import Colleague, InvitedOrganisation, MailOut, MeetingPage, Registration
from ..permissions import contact_person_organisations
from .registration import find_meeting

# The meetings that have been and that min sida tells of.
PAST_SHOWN = 10
TOO_MANY = "Du har skickat många gånger på kort tid. Vänta en stund och försök igen."


@dataclass(frozen=True)
class OwnMeeting:
    """A coming meeting as one organisation sees it."""

    meeting: MeetingPage
    organisation: Organisation
    invited: InvitedOrganisation | None
    # How many from the organisation take part.
    registered: int = 0
    # The mail-out is done, so an organisation without a link may have one made.
    can_invite: bool = False


def own_meetings(organisations: Sequence[Organisation]) -> list[OwnMeeting]:
    """The coming meetings, the next first, once for each of the organisations."""
    meetings = list(MeetingPage.objects.coming())
    invited = {
        (row.meeting_id, row.organisation_id): row
        for row in InvitedOrganisation.objects.filter(meeting__in=meetings, organisation__in=organisations)
    }
    counts = (
        Registration.objects.taking_part()
        .filter(meeting__in=meetings, organisation__in=organisations)
        .order_by()
        .values_list("meeting", "organisation")
        .annotate(number=Count("pk"))
    )
    registered = {(meeting, organisation): number for meeting, organisation, number in counts}
    sent = set(
        MailOut.objects.filter(meeting__in=meetings, kind=MailOutKind.INVITATION).values_list("meeting", flat=True)
    )
    return [
        OwnMeeting(
            meeting,
            organisation,
            invited.get((meeting.pk, organisation.pk)),
            registered.get((meeting.pk, organisation.pk), 0),
            meeting.pk in sent,
        )
        for meeting in meetings
        for organisation in organisations
    ]


@dataclass(frozen=True)
class PastMeeting:
    """A meeting that has been, and how many were registered and came from the organisations."""

    meeting: MeetingPage
    registered: int
    # None where nobody has noted who came.
    attended: int | None


def past_meetings(organisations: Sequence[Organisation]) -> list[PastMeeting]:
    """The latest meetings that the organisations were invited to or took part in, the latest first."""
    invited = InvitedOrganisation.objects.filter(organisation__in=organisations)
    took_part = Registration.objects.taking_part().filter(organisation__in=organisations)
    ours = Q(pk__in=invited.values("meeting")) | Q(pk__in=took_part.values("meeting"))
    meetings = list(MeetingPage.objects.past().not_cancelled().filter(ours)[:PAST_SHOWN])
    rows = took_part.filter(meeting__in=meetings).order_by().values_list("meeting")
    counts = rows.annotate(number=Count("pk"), noted=Count("attended"), attended=Count("pk", filter=Q(attended=True)))
    by_meeting = {meeting: (number, attended if noted else None) for meeting, number, noted, attended in counts}
    return [PastMeeting(meeting, *by_meeting.get(meeting.pk, (0, None))) for meeting in meetings]


def _own_organisation(request: HttpRequest, pk: int) -> Organisation:
    """The organisation, if the user is its contact person today; otherwise a 404, whether it exists or not."""
    organisation = contact_person_organisations(request.user).filter(pk=pk).first()
    if organisation is None:
        raise Http404("Du är inte kontaktperson för den organisationen.")
    return organisation


def own_invitation(request: HttpRequest, slug: str, organisation: int) -> InvitedOrganisation:
    own = _own_organisation(request, organisation)
    meeting = find_meeting(slug)
    try:
        invited = InvitedOrganisation.objects.get(meeting=meeting, organisation=own)
    except InvitedOrganisation.DoesNotExist:
        raise Http404("Er inbjudan har inte skickats än.") from None
    # The links and texts read both; this spares the queries.
    invited.meeting, invited.organisation = meeting, own
    return invited


@require_POST
@login_required
@personal
def get_link(request: HttpRequest, slug: str, organisation: int) -> HttpResponse:
    """Make the organisation's link, for a contact person who was appointed after the mail-out."""
    own = _own_organisation(request, organisation)
    try:
        actions.ensure_invited(meeting=find_meeting(slug), organisation=own)
    except MeetingError as error:
        messages.error(request, str(error))
        return redirect("my_page")
    return redirect("meetings:forward", slug=slug, organisation=organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def forward(request: HttpRequest, slug: str, organisation: int) -> HttpResponse:
    """The page with the link and a text to copy, a form to mail colleagues, and who has registered."""
    invited = own_invitation(request, slug, organisation)
    if not invited.meeting.is_open:
        messages.info(request, "Det går inte längre att anmäla sig till det mötet.")
        return redirect("my_page")
    form = ForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        addresses = form.cleaned_data["addresses"]
        if not FORWARDS.allows(str(request.user.pk)):
            form.add_error(None, TOO_MANY)
        else:
            try:
                forwarded = actions.forward_to_colleagues(
                    invited=invited,
                    by=cast(Person, request.user),
                    addresses=addresses,
                    keep=form.cleaned_data["keep"],
                )
            except MeetingError as error:
                form.add_error("addresses", str(error))
            else:
                messages.success(request, describe_forwarded(forwarded))
                return redirect("meetings:forward", slug=slug, organisation=organisation)
    own = invited.invitations.filter(contact_person__person=cast(Person, request.user)).first()
    link = own.link if own else invited.link
    text = plain_text("pages/my_forward_text.txt", {"invited": invited, "link": link})
    subject = mails.subject_of("Inbjudan", invited.meeting.calendar)
    context = {
        "invited": invited,
        "meeting": invited.meeting,
        "organisation": invited.organisation,
        "form": form,
        "has_list": Colleague.objects.listed().filter(organisation=invited.organisation).exists(),
        "link": link,
        "text": text,
        "subject": subject,
        "mailto": f"mailto:?subject={quote(subject)}&body={quote(with_line_breaks_of_mail(text))}",
        **_colleagues(request, invited),
    }
    return render(request, "pages/my_forward.html", context)


def _colleagues(request: HttpRequest, invited: InvitedOrganisation) -> dict[str, Any]:
    """Who from the organisation takes part, and whom LUMEN has mailed the invitation. Reading it is logged."""
    registrations = list(
        Registration.objects.taking_part().filter(meeting=invited.meeting, organisation=invited.organisation)
    )
    invitations = list(invited.invitations.mailed().with_receiver())
    forwarded = list(invited.mails_to_colleagues)
    declare_shown(
        request,
        what=f"Min sida: anmälda och inbjudna från {invited.organisation.name} till {invited.meeting.title}",
        rows=len(registrations) + len(invitations) + len(forwarded),
    )
    return {"registrations": registrations, "invitations": invitations, "forwarded": forwarded}


def with_line_breaks_of_mail(text: str) -> str:
    """The text with CRLF, as the body of a mailto link must have (RFC 6068, 5): with LF alone Outlook joins lines."""
    return "\r\n".join(text.splitlines())


def describe_forwarded(forwarded: actions.Forwarded) -> str:
    """Describes the result of a forwarding, in one or more Swedish sentences."""
    sentences = []
    if forwarded.queued:
        sentences.append(f"Inbjudan är på väg till {_number(forwarded.queued, 'kollega', 'kollegor')}.")
    if forwarded.already and forwarded.queued:
        sentences.append(f"{_number(forwarded.already, 'adress', 'adresser')} hade redan fått den.")
    elif forwarded.already:
        whom = "Adressen" if forwarded.already == 1 else f"Alla {forwarded.already} adresser"
        whom = _number(forwarded.already, "adress", "adresser") if forwarded.resting else whom
        sentences.append(f"{whom} hade redan fått inbjudan, så vi skickade inget nytt.")
    if forwarded.resting:
        resting = _number(forwarded.resting, "adress", "adresser")
        sentences.append(f"{resting} har fått många inbjudningar den senaste timmen. Försök igen senare.")
    if forwarded.unwilling:
        sentences.append(
            f"{_number(forwarded.unwilling, 'kollega', 'kollegor')} har bett att slippa inbjudningar från er, "
            "så dit skickade vi inget."
        )
    return " ".join(sentences)


def _number(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def take_away(request: HttpRequest, slug: str, organisation: int, pk: int) -> HttpResponse:
    """Ask, then cancel a registration that is wrong; the person is told by mail."""
    invited = own_invitation(request, slug, organisation)
    rows = Registration.objects.taking_part().filter(meeting=invited.meeting, organisation=invited.organisation)
    registration = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        declare_shown(request, what=f"Min sida: en anmälan från {invited.organisation.name}", rows=1)
        context = {"meeting": invited.meeting, "organisation": invited.organisation, "registration": registration}
        return render(request, "pages/my_take_away.html", context)
    try:
        actions.cancel_registration(registration=registration, by=cast(Person, request.user))
    except MeetingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{registration.name} är avanmäld och får ett mejl om det.")
    return redirect("meetings:forward", slug=slug, organisation=organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def decline(request: HttpRequest, slug: str, organisation: int) -> HttpResponse:
    """Decline the invitation for the organisation, perhaps with a reason."""
    invited = own_invitation(request, slug, organisation)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline(invited=invited, because=form.cleaned_data["because"], by=cast(Person, request.user))
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Tack för beskedet. Ni är välkomna nästa gång.")
            return redirect("my_page")
    context = {
        "invited": invited,
        "meeting": invited.meeting,
        "organisation": invited.organisation,
        "form": form,
    }
    return render(request, "pages/my_decline.html", context)


@require_POST
@login_required
@personal
def withdraw_decline(request: HttpRequest, slug: str, organisation: int) -> HttpResponse:
    """Withdraw the decline: the organisation may take part after all."""
    invited = own_invitation(request, slug, organisation)
    try:
        actions.withdraw_decline(invited=invited, by=cast(Person, request.user))
    except MeetingError as error:
        messages.error(request, str(error))
        return redirect("my_page")
    messages.success(request, "Ni är med igen. Vidarebefordra inbjudan till dem som ska delta.")
    return redirect("meetings:forward", slug=slug, organisation=organisation)
