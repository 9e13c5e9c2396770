"""The public form for a new contact person, the link in its mail, and handing over or resigning on min sida."""

from typing import cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from .. import limits
from ..actions import end_contact_role
from ..clients import client_of
from ..decorators import personal
from ..enums import NominationOutcome
from ..models import ContactPerson, Nomination, Person, today
from ..session_actions import has_a_way_in
from . import actions
from .forms import ApplicationForm, ConfirmForm, HandOverForm

NO_LONGER = (NominationOutcome.DECLINED, NominationOutcome.WITHDRAWN)
TOO_MANY = "Det har kommit många anmälningar härifrån. Vänta en stund och skicka igen. Det du har skrivit finns kvar."


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def apply(request: HttpRequest) -> HttpResponse:
    """`/kontaktperson/anmal/`: names oneself as contact person. The same answer whoever the address belongs to."""
    form = ApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not limits.NOMINATIONS_OF_CLIENT.allows(client_of(request)):
        form.add_error(None, TOO_MANY)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            actions.apply(organisation=wanted["organisation"], details=form.details, decided_by=wanted["decided_by"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Vi har skickat ett mejl till {wanted['email']}.")
            return redirect("contacts:applied")
    status = 422 if form.errors else 200
    return render(request, "pages/apply.html", {"form": form}, status=status)


@require_safe
@personal
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/applied.html")


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The link in the mail: says yes with the own details, or no. To open it changes nothing: scanners follow links."""
    nomination = Nomination.objects.by_token(token)
    if nomination is None:
        return render(request, "pages/nomination_dead.html", status=404)
    if nomination.outcome or nomination.has_expired or nomination.confirmed_at is not None:
        return _tell_state(request, nomination)
    initial = {"name": nomination.name, "title": nomination.title, "phone": nomination.phone}
    if "no" in request.POST:
        return _refuse(request, nomination, token)
    form = ConfirmForm(request.POST if "yes" in request.POST else None, initial=initial)
    if form.is_valid():
        try:
            return _tell_state(request, actions.confirm(nomination=nomination, **form.cleaned_data))
        except ValidationError as error:
            form.add_error(None, error)
    context = {"nomination": nomination, "form": form}
    return render(request, "pages/nomination.html", context, status=422 if form.errors else 200)


def _refuse(request: HttpRequest, nomination: Nomination, token: str) -> HttpResponse:
    """Take the no; if the question has been answered meanwhile, tell what has become of it."""
    try:
        actions.refuse(nomination=nomination)
    except ValidationError:
        now = Nomination.objects.by_token(token)
        return _tell_state(request, now) if now else render(request, "pages/nomination_dead.html", status=404)
    return render(request, "pages/nomination_refused.html", {"organisation": nomination.organisation})


def _tell_state(request: HttpRequest, nomination: Nomination) -> HttpResponse:
    gone = nomination.has_expired or nomination.outcome in NO_LONGER
    context = {"nomination": nomination, "organisation": nomination.organisation, "is_gone": gone}
    return render(request, "pages/nomination_state.html", context, status=410 if gone else 200)


def _own_role(request: HttpRequest, pk: int) -> ContactPerson:
    """The user's own role as contact person today."""
    roles = ContactPerson.objects.active().without_deputies().filter(person=cast(Person, request.user))
    role: ContactPerson = get_object_or_404(roles.select_related("person", "organisation"), pk=pk)
    return role


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Names who is to take over; the role holds until the successor has said yes."""
    role, person = _own_role(request, pk), cast(Person, request.user)
    open_one = Nomination.objects.open().handovers_of(role).first()
    if "withdraw" in request.POST and open_one is not None:
        try:
            actions.withdraw(nomination=open_one, by=person)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, f"Överlämningen till {open_one.name} är återtagen.")
        return redirect("contacts:hand_over", pk=role.pk)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hand_over(role=role, by=person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                f"Vi har mejlat {form.cleaned_data['email']}. Du är kontaktperson tills hen har sagt ja.",
            )
            return redirect("my_page")
    context = {"role": role, "form": form, "open_one": open_one}
    return render(request, "pages/my_hand_over.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def resign(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for confirmation, then end the own role from today. Handing over is offered first."""
    role, person = _own_role(request, pk), cast(Person, request.user)
    others = ContactPerson.objects.active().filter(organisation=role.organisation).exclude(pk=role.pk)
    if request.method != "POST":
        return render(request, "pages/my_resign.html", {"role": role, "is_last": not others.exists()})
    end_contact_role(role=role, on=today(), by=person)
    is_out = not has_a_way_in(person)
    if is_out:
        logout(request)  # The session has ended; the words of thanks stand in a new one.
    messages.success(request, f"Du är inte längre kontaktperson för {role.organisation.name}. Tack för din tid!")
    return redirect("/" if is_out else "my_page")
