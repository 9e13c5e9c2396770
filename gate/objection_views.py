"""Views by which two persons let something through that is stopped; they lead back to the desk or the file's page."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import View
from wagtail.admin import messages
from wagtail.models import Page

from .desk.routing import desk_url
from .files.presentation import screening_url
from .models import FileScreening, Objection
from .objections import ANSWERED, agree, object_to, uphold
from .permissions import user_can_pass_stops

SAID = "Tack! Någon annan behöver nu hålla med. Stoppet gäller till dess."
PASSED = "Tack! Ni är två som säger att stoppet är fel, så det släpps igenom i just den här texten."
UPHELD = "Stoppet står kvar."
STOPPED_AGAIN = "Stoppet gäller igen."
STILL_LIVE = "Sidan är fortfarande publicerad. Ta bort numret och publicera igen, eller avpublicera sidan."
READ_AGAIN = "Filen granskas på nytt, och ingen besökare får den under tiden."
CONFIRM = "Kryssa i att du har kontrollerat numret."


class _ForThoseWhoMay(View):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_pass_stops(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ObjectView(_ForThoseWhoMay):
    """`/admin/granskning/stopp/<sida or fil>/<id>/`: says that stops are wrong."""

    model: type[Page | FileScreening] = Page

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        subject = get_object_or_404(self.model, pk=pk)
        subject = getattr(subject, "specific", subject)
        if not request.POST.get("checked"):
            messages.error(request, CONFIRM)
            return redirect(_back(subject))
        try:
            object_to(subject, request.POST.getlist("stop"), by=request.user, reason=request.POST.get("reason", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, SAID)
        return redirect(_back(subject))


class ObjectionView(_ForThoseWhoMay):
    """`/admin/granskning/stopp/<id>/`: agrees with an objection, or says that the stop is right.

    An objection that somebody has taken back meanwhile leads to the start page, with a message.
    """

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        objection = Objection.objects.filter(pk=pk).first()
        if objection is None:
            messages.error(request, ANSWERED)
            return redirect("wagtailadmin_home")
        back = _back(objection.page or objection.content)
        agrees = request.POST.get("answer") == "agree"
        if agrees and not request.POST.get("checked"):
            messages.error(request, CONFIRM)
            return redirect(back)
        try:
            (agree if agrees else uphold)(objection, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, PASSED if agrees else _what_follows(objection))
        return redirect(back)


def _what_follows(objection: Objection) -> str:
    """What one is told who has said that a stop is right."""
    if not objection.agreed_at:
        return UPHELD
    if objection.page is None:
        return f"{STOPPED_AGAIN} {READ_AGAIN}"
    return f"{STOPPED_AGAIN} {STILL_LIVE}" if objection.page.live else STOPPED_AGAIN


def _back(subject: Any) -> str:
    return desk_url([subject.pk]) if isinstance(subject, Page) else screening_url(subject)
