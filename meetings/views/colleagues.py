"""The list of colleagues on min sida, forwarding to the same as last time, and the link by which a colleague leaves."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from contacts.decorators import personal
from contacts.models import Person
from contacts.personal_data import declare_shown

from .. import actions
from ..errors import MeetingError
from ..forms import ColleagueForm, NewColleagueForm, SameColleaguesForm
from ..limits import FORWARDS
from ..models import Colleague, InvitedOrganisation, Registration
from ..permissions import contact_person_organisations
from .my_page import TOO_MANY, describe_forwarded, own_invitation


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def colleagues(request: HttpRequest) -> HttpResponse:
    """The colleagues of the user's organisations by unit, and a form to add one."""
    organisations = contact_person_organisations(request.user)
    if not organisations:
        return redirect("my_page")
    form = NewColleagueForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_colleague(by=cast(Person, request.user), **form.cleaned_data)
        except MeetingError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, f"{added} står nu på listan.")
            return redirect("meetings:colleagues")
    rows = Colleague.objects.filter(organisation__in=organisations).select_related("organisation")
    listed, left = list(rows.listed()), list(rows.left().order_by("email"))
    names = ", ".join(organisation.name for organisation in organisations)
    declare_shown(request, what=f"Min sida: kollegor i {names}", rows=len(listed) + len(left))
    context = {"form": form, "listed": listed, "left": left, "several": len(organisations) > 1}
    return render(request, "pages/my_colleagues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a colleague's name and unit."""
    row = _own_colleague(request, pk)
    form = ColleagueForm(request.POST or None, initial={"name": row.name, "unit": row.unit})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_colleague(colleague=row, by=cast(Person, request.user), **form.cleaned_data)
        except MeetingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Ändringen är sparad.")
            return redirect("meetings:colleagues")
    return render(request, "pages/my_colleague.html", {"form": form, "colleague": row})


@require_POST
@login_required
@personal
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a colleague off the list."""
    row = _own_colleague(request, pk)
    actions.remove_colleague(colleague=row, by=cast(Person, request.user))
    messages.success(request, f"{row} står inte längre på listan.")
    return redirect("meetings:colleagues")


def _own_colleague(request: HttpRequest, pk: int) -> Colleague:
    """The colleague, if the user is contact person of the organisation today; otherwise a 404."""
    rows = Colleague.objects.listed().select_related("organisation")
    return get_object_or_404(rows, organisation__in=contact_person_organisations(request.user), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@personal
def forward_same(request: HttpRequest, slug: str, organisation: int) -> HttpResponse:
    """Forward the invitation to the colleagues of the list, ticked from the start."""
    invited = own_invitation(request, slug, organisation)
    if not invited.meeting.is_open:
        messages.info(request, "Det går inte längre att anmäla sig till det mötet.")
        return redirect("my_page")
    done = _reached(invited)
    listed = Colleague.objects.listed().filter(organisation=invited.organisation)
    waiting = listed.exclude(pk__in=[row.pk for row in listed if row.email.lower() in done])
    form = SameColleaguesForm(request.POST or None, colleagues=waiting)
    if request.method == "POST" and form.is_valid():
        if not FORWARDS.allows(str(request.user.pk)):
            form.add_error(None, TOO_MANY)
        else:
            try:
                forwarded = actions.forward_to_colleagues(
                    invited=invited,
                    by=cast(Person, request.user),
                    addresses=[row.email for row in form.cleaned_data["chosen"]],
                )
            except MeetingError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, describe_forwarded(forwarded))
                return redirect("meetings:forward", slug=slug, organisation=organisation)
    declare_shown(request, what=f"Min sida: kollegor i {invited.organisation.name}", rows=len(listed))
    context = {
        "form": form,
        "meeting": invited.meeting,
        "organisation": invited.organisation,
        "done": len(listed) - form.number,
    }
    return render(request, "pages/my_forward_same.html", context)


def _reached(invited: InvitedOrganisation) -> set[str]:
    """The addresses that have got the invitation from the organisation already, or that are registered."""
    mailed = invited.mails_to_colleagues.values_list("recipient", flat=True)
    registered = Registration.objects.current().filter(meeting=invited.meeting).values_list("email", flat=True)
    return {address.lower() for address in [*mailed, *registered]}


# Mail programs post without cookies (RFC 8058). The token alone authorises, so CSRF gains nothing.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mail through an organisation to a colleague, by one click in the mail program or the page's button.

    Opening the page changes nothing, since mail scanners follow links. It names the organisation and no person.
    """
    row = Colleague.objects.by_token(token)
    if row is None:
        return render(request, "pages/leave_dead.html", status=404)
    if request.method == "POST":
        actions.leave(colleague=row)
    return render(request, "pages/leave.html", {"has_left": row.left_at, "organisation": row.organisation.name})
