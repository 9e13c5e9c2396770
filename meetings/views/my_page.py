"""Min sida: what a contact person does for the own organisation. Log-in is by a code to the e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts import actions as contacts_actions
from contacts.headers import personal
from contacts.models import ContactPerson, Organisation, Person, today

from .. import actions, mails
from ..enums import MailOutKind
from ..errors import MeetingError
from ..forms import DeclineForm, DeputyForm, ForwardForm, OwnDetailsForm
from ..models import InvitedOrganisation, MailOut, MeetingPage, Registration
from ..permissions import contact_person_organisations
from ..rate_limits import FORWARD
from .registration import find_meeting


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


def _own_organisation(request: HttpRequest, pk: int) -> Organisation:
    """The organisation, if the user is its contact person today; otherwise a 404 that tells nothing."""
    organisation = contact_person_organisations(request.user).filter(pk=pk).first()
    if organisation is None:
        raise Http404("Du är inte kontaktperson för den organisationen.")
    return organisation


def _own_invitation(request: HttpRequest, slug: str, organisation: int) -> InvitedOrganisation:
    own = _own_organisation(request, organisation)
    meeting = find_meeting(slug)
    try:
        invited = InvitedOrganisation.objects.get(meeting=meeting, organisation=own)
    except InvitedOrganisation.DoesNotExist:
        raise Http404("Er inbjudan har inte skickats än.") from None
    # The links and texts that follow read these; they are at hand already.
    invited.meeting, invited.organisation = meeting, own
    return invited


@require_safe
@login_required
@personal
def my_page(request: HttpRequest) -> HttpResponse:
    """The coming meetings of the own organisations, with one thing to do: forward."""
    organisations = list(contact_person_organisations(request.user))
    if not organisations:
        return render(request, "pages/my_page_nobody.html")
    deputies = (
        ContactPerson.objects.active()
        .filter(organisation__in=organisations, deputy=True)
        .exclude(person=request.user)
        .select_related("person", "organisation")
    )
    own_roles = ContactPerson.objects.active().filter(person=cast(Person, request.user))
    context = {
        "organisations": organisations,
        "own_meetings": own_meetings(organisations),
        "deputies": deputies,
        "several": len(organisations) > 1,
        "mail_stopped": own_roles.mail_stopped().select_related("organisation"),
        "deputy_for": deputy_for(cast(Person, request.user)),
        "appoints_in": organisations_to_appoint_in(cast(Person, request.user)),
    }
    return render(request, "pages/my_page.html", context)


@dataclass(frozen=True)
class DeputyFor:
    """An organisation where somebody is deputy, and the contact persons they stand in for."""

    organisation: Organisation
    names: list[str]


def deputy_for(person: Person) -> list[DeputyFor]:
    """Where the person is deputy today, and for whom."""
    active = ContactPerson.objects.active().select_related("person", "organisation")
    own = list(active.filter(person=person, deputy=True))
    contact_persons = active.filter(organisation__in=[role.organisation_id for role in own], deputy=False)
    names: dict[int, list[str]] = {}
    for role in contact_persons:
        names.setdefault(role.organisation_id, []).append(str(role.person))
    return [DeputyFor(role.organisation, names.get(role.organisation_id, [])) for role in own]


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
        return redirect("meetings:my_page")
    return redirect("meetings:forward", slug=slug, organisation=organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def forward(request: HttpRequest, slug: str, organisation: int) -> HttpResponse:
    """The link and the ready text to pass on, sending from here, and who has registered."""
    invited = _own_invitation(request, slug, organisation)
    if not invited.meeting.is_open:
        messages.info(request, "Det går inte längre att anmäla sig till det mötet.")
        return redirect("meetings:my_page")
    form = ForwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        addresses = form.cleaned_data["addresses"]
        if not FORWARD.allows(request):
            form.add_error(None, "Du har skickat många gånger på kort tid. Vänta en stund och försök igen.")
        else:
            try:
                forwarded = actions.forward_to_colleagues(
                    invited=invited, by=cast(Person, request.user), addresses=addresses
                )
            except MeetingError as error:
                form.add_error("addresses", str(error))
            else:
                messages.success(request, _describe(forwarded))
                return redirect("meetings:forward", slug=slug, organisation=organisation)
    own = invited.invitations.filter(contact_person__person=cast(Person, request.user)).first()
    link = own.link if own else invited.link
    text = render_to_string("pages/my_forward_text.txt", {"invited": invited, "link": link})
    subject = mails.invitation_subject(invited.meeting.calendar)
    context = {
        "invited": invited,
        "meeting": invited.meeting,
        "organisation": invited.organisation,
        "form": form,
        "link": link,
        "text": text,
        "mailto": f"mailto:?subject={quote(subject)}&body={quote(text)}",
        "registrations": Registration.objects.taking_part().filter(
            meeting=invited.meeting, organisation=invited.organisation
        ),
    }
    return render(request, "pages/my_forward.html", context)


def _describe(forwarded: actions.Forwarded) -> str:
    """What happened to the invitation, in as many sentences as it takes."""
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
    return " ".join(sentences)


def _number(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def decline(request: HttpRequest, slug: str, organisation: int) -> HttpResponse:
    """Say that the organisation takes no part this time, and why."""
    invited = _own_invitation(request, slug, organisation)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.decline(invited=invited, because=form.cleaned_data["because"], by=cast(Person, request.user))
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Tack för beskedet. Ni är välkomna nästa gång.")
            return redirect("meetings:my_page")
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
    """Change one's mind: the organisation may take part after all."""
    invited = _own_invitation(request, slug, organisation)
    try:
        actions.withdraw_decline(invited=invited, by=cast(Person, request.user))
    except MeetingError as error:
        messages.error(request, str(error))
        return redirect("meetings:my_page")
    messages.success(request, "Ni är med igen. Vidarebefordra inbjudan till dem som ska delta.")
    return redirect("meetings:forward", slug=slug, organisation=organisation)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def details(request: HttpRequest) -> HttpResponse:
    """A contact person's own name, title and phone."""
    person = cast(Person, request.user)
    initial = {"name": person.name, "title": person.title, "phone": person.phone}
    form = OwnDetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            contacts_actions.change_own_details(person=person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Dina uppgifter är sparade.")
            return redirect("meetings:my_page")
    return render(request, "pages/my_details.html", {"form": form, "reply_to": settings.REPLY_TO_EMAIL})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def deputy(request: HttpRequest) -> HttpResponse:
    """Appoint a deputy for one of the organisations where the user is contact person (and no deputy)."""
    person = cast(Person, request.user)
    organisations = organisations_to_appoint_in(person)
    if not organisations:
        return redirect("meetings:my_page")
    form = DeputyForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            role = contacts_actions.appoint_deputy(by=person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _appointed(role, form.cleaned_data["name"]))
            return redirect("meetings:my_page")
    return render(request, "pages/my_deputy.html", {"form": form})


def _appointed(role: ContactPerson, written: str) -> str:
    told = f"{role.person.name} är nu ersättare. Vi har mejlat och berättat det."
    if role.person.name == written:
        return told
    return f"{told} Adressen fanns redan hos oss, så namnet är det som personen har där."


def organisations_to_appoint_in(person: Person) -> QuerySet[Organisation]:
    own = ContactPerson.objects.active().filter(person=person, deputy=False)
    return Organisation.objects.filter(pk__in=own.values("organisation"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def end_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then end a deputy's role from today."""
    person = cast(Person, request.user)
    deputies = ContactPerson.objects.active().filter(deputy=True).select_related("person", "organisation")
    role = get_object_or_404(deputies, pk=pk, organisation__in=organisations_to_appoint_in(person))
    if request.method != "POST":
        return render(request, "pages/my_end_deputy.html", {"role": role})
    contacts_actions.end_contact_role(role=role, on=today(), by=person)
    messages.success(request, f"{role.person} är inte längre ersättare.")
    return redirect("meetings:my_page")


@require_POST
@login_required
@personal
def resume_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Get mail-outs again after having said no to them."""
    person = cast(Person, request.user)
    role = get_object_or_404(ContactPerson.objects.active().filter(person=person), pk=pk)
    contacts_actions.resume_mail(role=role, by=person)
    messages.success(request, "Tack! Nästa inbjudan kommer till dig igen.")
    return redirect("meetings:my_page")
