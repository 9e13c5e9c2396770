"""The public pages: who takes part, and the page behind the link that stops mail-outs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from . import actions
from .forms import OrganisationFilterForm
from .headers import personal
from .models import ContactPerson, Organisation
from .participation import by_county, coverage_picture, swedish


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """All kommuner and regioner by county, whether they take part, and the collaboration group.

    Shows names of organisations only: who the contact persons are is nobody else's business.
    """
    rows = list(Organisation.objects.covered().with_participation())
    picture = coverage_picture(rows)
    form = OrganisationFilterForm(request.GET, counties=picture["counties"])
    # A filter that can't be understood is told in the form; the list then shows everything.
    shown = [row for row in rows if form.matches(row)] if form.is_valid() else rows
    context = {
        "picture": picture,
        "form": form,
        "is_filtered": form.is_valid() and any(form.cleaned_data.values()),
        "counties": by_county(shown),
        "number": len(shown),
        "actors": sorted(Organisation.objects.in_collaboration_group(), key=lambda actor: swedish(actor.name)),
    }
    return render(request, "pages/organisations.html", context)


# Mail programs post without cookies (RFC 8058). The token is the key, so there is no log-in to abuse.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@personal
def stop_mail(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mail-outs to a contact person, by one click in the mail program or the page's button.

    To open the page changes nothing: mail scanners follow links. It names the organisation and no person.
    """
    role = ContactPerson.objects.by_stop_mail_token(token)
    if role is None:
        return render(request, "pages/stop_mail_dead.html", status=404)
    if request.method == "POST":
        role = actions.stop_mail(role=role)
    return render(request, "pages/stop_mail.html", {"role": role, "organisation": role.organisation.name})
