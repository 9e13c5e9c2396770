"""The public page about who takes part."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .forms import OrganisationFilterForm
from .models import Organisation
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
