"""Several mails at once in the admin: mark as sent, take out of the queue, try again; and compare with a log."""

from collections import Counter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from wagtail.admin import messages

from .actions import LOG_SAYS_SENT, mark_sent, retry_all, take_out_of_queue
from .enums import MailStatus
from .forms import SmtpLogForm
from .models import MailQuerySet, OutgoingMail
from .permissions import user_can_release_queue, user_can_retry_mail
from .selection import Selection
from .smtp_log import match_log
from .views import OutboxView, mail_url

# What the buttons are called in the form.
SENT, TAKEN_OUT, RETRIED = "skickade", "ta-bort", "igen"


class SeveralMailsView(OutboxView):
    """Says how many mails are chosen and what may be done with them; a POST does it."""

    template_name = "admin_outbox/several.html"
    page_title = "Flera mejl på en gång"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (user_can_retry_mail(request.user) or user_can_release_queue(request.user)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        selection = Selection(self.request.GET)
        mails = selection.mails()
        statuses = Counter(mails.order_by().values_list("status", flat=True))
        decides = user_can_release_queue(self.request.user)
        unsure = mails.undecided() if decides else mails.filter(status=MailStatus.UNCERTAIN)
        return {
            **super().get_context_data(**kwargs),
            "fields": selection.fields(),
            "number": sum(statuses.values()),
            "statuses": [(status.label, statuses[status]) for status in MailStatus if statuses[status]],
            "to_mark": unsure.not_being_sent().count(),
            "to_take_out": mails.pending().not_being_sent().count() if decides else 0,
            "to_retry": mails.retriable().count() if user_can_retry_mail(self.request.user) else 0,
            "names": {"sent": SENT, "taken_out": TAKEN_OUT, "retried": RETRIED},
            "back_url": mail_url("index"),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        mails = Selection(request.POST).mails()
        if action := ACTIONS.get(request.POST.get("gor", "")):
            action(request, mails)
        else:
            messages.error(request, "Välj vad som ska göras med mejlen.")
        return redirect(mail_url("index"))


def _mark(request: HttpRequest, mails: MailQuerySet) -> None:
    note = LOG_SAYS_SENT if "enligt-logg" in request.POST else "Märkt som skickat för hand"
    number = mark_sent(mails=mails, by=request.user, note=note)
    marked = "märkt som skickat" if number == 1 else "märkta som skickade"
    messages.success(request, f"{number} mejl är {marked}.")


def _take_out(request: HttpRequest, mails: MailQuerySet) -> None:
    number = take_out_of_queue(mails=mails, by=request.user)
    messages.success(
        request, f"{number} mejl är {'borttaget' if number == 1 else 'borttagna'} ur kön och skickas inte."
    )


def _retry(request: HttpRequest, mails: MailQuerySet) -> None:
    put_back, refused = retry_all(mails=mails, by=request.user)
    messages.success(request, f"{put_back} mejl ligger i kön igen.")
    if refused:
        messages.warning(request, f"{refused} mejl gick inte att skicka igen. Öppna ett av dem för att se varför.")


ACTIONS = {SENT: _mark, TAKEN_OUT: _take_out, RETRIED: _retry}


class MatchLogView(OutboxView):
    """Compares the waiting mails with the log of the mail server, and asks before anything is changed."""

    template_name = "admin_outbox/match_log.html"
    page_title = "Jämför med mejlserverns logg"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_release_queue(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            "form": SmtpLogForm(),
            **super().get_context_data(**kwargs),
            "waiting": OutgoingMail.objects.undecided().count(),
            "several_url": mail_url("several"),
            "sent": SENT,
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SmtpLogForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        match = match_log(form.cleaned_data["file"].chunks(), OutgoingMail.objects.all())
        ids = ",".join(map(str, match.sent))
        return self.render_to_response(self.get_context_data(form=form, match=match, ids=ids))
