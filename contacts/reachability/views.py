"""The link in the mail that asks whether a contact person is still there."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from ..decorators import personal
from ..enums import InquiryAnswer
from ..models import Inquiry
from . import actions
from .forms import InquiryForm


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def inquiry(request: HttpRequest, token: str) -> HttpResponse:
    """`/kontaktperson/stammer/<token>/`. To open it proves nothing, since scanners follow links: the button does."""
    asked = Inquiry.objects.by_token(token)
    if asked is None:
        return render(request, "pages/nomination_dead.html", status=404)
    if not asked.needs_answer:
        return render(request, "pages/inquiry_closed.html", {"inquiry": asked})
    form = InquiryForm(request.POST or None, inquiry=asked)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            asked = actions.answer(
                inquiry=asked, said=InquiryAnswer(wanted["said"]), name=wanted["name"], email=wanted["email"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "pages/inquiry_closed.html", {"inquiry": asked, "is_thanked": True})
    return render(request, "pages/inquiry.html", {"inquiry": asked, "form": form}, status=422 if form.errors else 200)
