"""The outbox in the admin: all mails, one mail, and what an operator can do."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin, WagtailAdminTemplateMixin

from .actions import RetryRefused, reason_not_to_retry, release_queue, retry_mail
from .categories import category_label
from .enums import RETRIABLE_STATUSES, MailStatus
from .mail_display import display
from .models import OutgoingMail, QueueState
from .permissions import user_can_release_queue, user_can_retry_mail

NAMESPACE = "outgoing_mail"
INDEX_LABEL = "Utgående mejl"
TICKS = "ticks"  # the column of boxes
MAY_HAVE_ARRIVED = "Mejlet kan redan ha kommit fram. Skickar du det igen kan mottagaren få det två gånger."


def mail_url(name: str, *args: Any) -> str:
    """The address of one of the views below /admin/mejl/."""
    return reverse(f"{NAMESPACE}:{name}", args=args)


class MailIndexView(IndexView):
    """All mails, with a warning when the queue stands still."""

    any_permission_required = frozenset({"view"})

    def get_base_queryset(self) -> QuerySet[OutgoingMail]:
        # The listing shows no bodies, and they are large.
        return super().get_base_queryset().defer("message", "text")

    @cached_property
    def columns(self) -> list[Any]:
        return [column for column in super().columns if column.name != TICKS or self.can_choose]

    @cached_property
    def can_choose(self) -> bool:
        """Whether the user may do something with several mails at once."""
        return user_can_retry_mail(self.request.user) or user_can_release_queue(self.request.user)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(*args, **kwargs),
            "queue": QueueState.objects.current(),
            "can_release": user_can_release_queue(self.request.user),
            "release_url": mail_url("release"),
            "can_choose": self.can_choose,
            "several_url": mail_url("several"),
            "match_log_url": mail_url("match_log"),
            "listed_query": self.request.GET.urlencode(),
        }


class OutboxView(WagtailAdminTemplateMixin, TemplateView):
    """A page below the list of mails. `crumb` is its item in the breadcrumbs."""

    header_icon = "mail"

    def crumb(self) -> dict[str, str]:
        return {"label": self.page_title}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        index = {"url": mail_url("index"), "label": INDEX_LABEL}
        return [*self.breadcrumbs_items, index, {"url": "", **self.crumb()}]


class MailView(PermissionCheckedMixin, OutboxView):
    """One mail: its status, its content and what has happened to it."""

    model = OutgoingMail
    any_permission_required = frozenset({"view"})
    template_name = "admin_outbox/mail.html"
    page_title = "Mejl"
    mail: OutgoingMail

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.mail = get_object_or_404(OutgoingMail, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.mail)

    def crumb(self) -> dict[str, str]:
        return {"label": self.mail.subject, "sublabel": self.mail.recipient}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        went_wrong = self.mail.status in RETRIABLE_STATUSES
        reason = reason_not_to_retry(self.mail) if went_wrong else ""
        may_retry = went_wrong and not reason and user_can_retry_mail(self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "mail": self.mail,
            "category": category_label(self.mail.category),
            "batch_url": self.batch_url(),
            "displayed": display(self.mail),
            "shows_links": not settings.OUTBOX_HIDE_SENSITIVE,
            "events": self.mail.events.all(),
            "went_wrong": went_wrong,
            "is_uncertain": self.mail.status == MailStatus.UNCERTAIN,
            "retry_url": mail_url("retry", self.mail.pk) if may_retry else "",
            "reason_not_to_retry": reason,
        }

    def batch_url(self) -> str:
        """The list of the mails that were sent together with this one; "" when it was sent alone."""
        return f"{mail_url('index')}?{urlencode({'batch': self.mail.batch})}" if self.mail.batch else ""


class ConfirmView(OutboxView):
    """Asks for confirmation of an action; a POST does it."""

    template_name = "admin_outbox/confirm.html"
    question = ""
    button_label = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "question": self.question,
            "button_label": self.button_label,
            "back_url": self.get_back_url(),
        }

    def get_back_url(self) -> str:
        return mail_url("index")


class RetryView(PermissionCheckedMixin, ConfirmView):
    """Try once more to send a mail that failed, bounced or may have arrived."""

    model = OutgoingMail
    any_permission_required = frozenset({"view"})
    page_title = "Försök igen"
    button_label = "Ja, försök igen"

    def get_back_url(self) -> str:
        return mail_url("inspect", self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mail = get_object_or_404(OutgoingMail, pk=self.kwargs["pk"])
        question = f"Ska ”{mail.subject}” skickas till {mail.recipient} igen?"
        if mail.status == MailStatus.UNCERTAIN:
            question = f"{MAY_HAVE_ARRIVED} {question}"
        return {**super().get_context_data(**kwargs), "question": question}

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        mail = get_object_or_404(OutgoingMail, pk=pk)
        try:
            retry_mail(mail=mail, by=request.user)
            messages.success(request, f"Mejlet till {mail.recipient} ligger i kön igen.")
        except RetryRefused as refusal:
            messages.error(request, str(refusal))
        return redirect(self.get_back_url())


class ReleaseView(ConfirmView):
    """Let a held queue run again."""

    page_title = "Släpp kön"
    question = (
        "Mejlen i kön skickas så snart du släpper den. Gå först igenom dem i listan: efter en "
        "återställd säkerhetskopia kan en del redan ha skickats en gång. Ska kön släppas?"
    )
    button_label = "Ja, släpp kön"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_release_queue(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        if release_queue(by=request.user):
            messages.success(request, "Kön är släppt och mejlen går iväg.")
        else:
            messages.warning(request, "Kön stod inte stilla.")
        return redirect(self.get_back_url())
