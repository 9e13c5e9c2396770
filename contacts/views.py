"""The public pages: who takes part, the link that stops mail-outs, and a contact person's own details and deputies."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from . import actions
from .coverage import by_county, by_group_of_similar, coverage_picture, swedish
from .coverage_over_time import coverage_history
from .decorators import personal
from .deputies import organisations_to_appoint_in
from .enums import OrganisationKind
from .forms import DayForm, DeputyForm, OrganisationFilterForm, OwnDetailsForm
from .models import ContactPerson, Organisation, Person, today
from .security_log import log_event
from .session_actions import end_sessions, has_a_way_in


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All kommuner and regioner by county, whether they take part, and the collaboration group, on any day until now.

    Shows names of organisations only, never of contact persons. With a day that can't be used the form shows the
    fault and the page shows today.
    """
    day_form = DayForm(request.GET)
    day = day_form.cleaned_data["dag"] if day_form.is_valid() else None
    rows = list(Organisation.objects.covered().with_participation(day))
    picture = coverage_picture(rows)
    totals = {
        OrganisationKind.MUNICIPALITY: picture["municipalities_total"],
        OrganisationKind.REGION: picture["regions_total"],
    }
    seated = Organisation.objects.in_collaboration_group(day)
    form = OrganisationFilterForm(request.GET, counties=picture["counties"])
    # With an invalid filter the form shows the error and the list shows everything.
    shown = [row for row in rows if form.matches(row)] if form.is_valid() else rows
    context = {
        "picture": picture,
        "form": form,
        "is_filtered": form.is_valid() and any(form.cleaned_data.values()),
        "counties": by_county(shown),
        "similar": by_group_of_similar(rows),
        "number": len(shown),
        "actors": sorted(seated, key=lambda actor: swedish(actor.name)),
        "day_form": day_form,
        # What the filter of the list says stays when another day is asked for.
        "kept": [(name, request.GET[name]) for name in form.fields if request.GET.get(name) and form.is_valid()],
        "day": day if day != today() else None,
        **coverage_history(actions.FORUM_STARTED, today(), totals=totals, marked=day),
    }
    return render(request, "pages/organisations.html", context)


# Mail programs post without cookies (RFC 8058). The token alone authorises, so CSRF gains nothing.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mail-outs to a contact person, by one click in the mail program or the page's button.

    Opening the page changes nothing, since mail scanners follow links. It names the organisation and no person.
    """
    role = ContactPerson.objects.by_stop_mail_token(token)
    if role is None:
        return render(request, "pages/stop_mail_dead.html", status=404)
    if request.method == "POST":
        role = actions.stop_mail(role=role)
    return render(request, "pages/stop_mail.html", {"role": role, "organisation": role.organisation.name})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def own_details(request: HttpRequest) -> HttpResponse:
    """A contact person's own name, title and phone."""
    person = cast(Person, request.user)
    initial = {"name": person.name, "title": person.title, "phone": person.phone}
    form = OwnDetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_own_details(person=person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Dina uppgifter är sparade.")
            return redirect("my_page")
    return render(request, "pages/my_details.html", {"form": form, "reply_to": settings.REPLY_TO_EMAIL})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def appoint_deputy(request: HttpRequest) -> HttpResponse:
    """Appoint a deputy for one of the organisations where the user is contact person (and no deputy)."""
    person = cast(Person, request.user)
    organisations = organisations_to_appoint_in(person)
    if not organisations:
        return redirect("my_page")
    form = DeputyForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            role = actions.appoint_deputy(by=person, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _appointed(role, form.cleaned_data["name"]))
            return redirect("my_page")
    return render(request, "pages/my_deputy.html", {"form": form})


def _appointed(role: ContactPerson, written: str) -> str:
    told = f"{role.person.name} är nu ersättare. Vi har mejlat och berättat det."
    if role.person.name == written:
        return told
    return f"{told} Adressen fanns redan hos oss, så namnet är det som personen har där."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def end_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for confirmation, then end from today a deputy's role: one's own, or one that the user may appoint to."""
    person = cast(Person, request.user)
    deputies = ContactPerson.objects.active().filter(deputy=True).select_related("person", "organisation")
    role = get_object_or_404(
        deputies, Q(person=person) | Q(organisation__in=organisations_to_appoint_in(person)), pk=pk
    )
    is_own = role.person == person
    if request.method != "POST":
        return render(request, "pages/my_end_deputy.html", {"role": role, "is_own": is_own})
    actions.end_contact_role(role=role, on=today(), by=person)
    is_out = is_own and not has_a_way_in(person)
    if is_out:
        logout(request)  # The session has ended; the words of thanks stand in a new one.
    who = "Du" if is_own else str(role.person)
    messages.success(request, f"{who} är inte längre ersättare för {role.organisation.name}.")
    return redirect("/" if is_out else "my_page")


@require_POST
@login_required
@personal
def resume_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Resume the user's own mail-outs after having stopped them."""
    person = cast(Person, request.user)
    role = get_object_or_404(ContactPerson.objects.active().filter(person=person), pk=pk)
    actions.resume_mail(role=role, by=person)
    messages.success(request, "Tack! Nästa inbjudan kommer till dig igen.")
    return redirect("my_page")


@require_POST
@login_required
@personal
def log_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End all of the user's sessions, this one too."""
    person = cast(Person, request.user)
    end_sessions(person=person)
    log_event("sessions_ended", request, person=person)
    logout(request)
    messages.success(request, "Du är utloggad överallt. Logga in igen när du vill fortsätta.")
    return redirect(settings.LOGIN_URL)
