"""The admin's views of letters: write, see the receivers, test, send and follow."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from contacts.models import Person
from contacts.personal_data import PersonalDataMixin
from outbox.rendering import rendered

from ..mail_out_status import Progress
from ..models import Letter
from ..permissions import user_can_send_letters
from . import actions, mails
from .forms import LetterForm

TITLE = "Brev"


class LetterStep(WagtailAdminTemplateMixin, View):
    """A view of letters, for those who may write them."""

    header_icon = "mail"
    page_title = TITLE
    model = Letter

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_send_letters(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def letter(self) -> Letter:
        return get_object_or_404(Letter.objects.select_related("group", "meeting", "created_by"), pk=self.kwargs["pk"])

    @property
    def editor(self) -> Person:
        return cast(Person, self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": reverse("letter:index"), "label": TITLE}]


class LettersView(LetterStep, TemplateView):
    """All letters, the newest first."""

    template_name = "admin_letters/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "letters": Letter.objects.select_related("created_by")}


class WriteView(LetterStep, FormView):
    """Write a letter, or change one that has not been sent."""

    template_name = "admin_letters/write.html"
    form_class = LetterForm
    page_title = "Skriv brev"

    def get_form_kwargs(self) -> dict[str, Any]:
        letter = self.letter if "pk" in self.kwargs else Letter(created_by=self.editor)
        return {**super().get_form_kwargs(), "instance": letter}

    def form_valid(self, form: LetterForm) -> HttpResponse:
        try:
            letter = actions.save_letter(letter=form.save(commit=False), by=self.editor)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return redirect("letter:letter", letter.pk)


class LetterView(PersonalDataMixin, LetterStep, TemplateView):
    """A letter: before it is sent its text and receivers, afterwards the status of each mail."""

    template_name = "admin_letters/letter.html"
    shows_personal_data = "Mottagare av brev {view.letter.pk}"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if "test" in request.POST:
                actions.send_test(letter=self.letter, to=self.editor)
                messages.success(request, f"Ett testmejl är på väg till {self.editor.email}.")
            else:
                seen = request.POST.get("seen", "")
                number = actions.send_letter(
                    letter=self.letter, seen=int(seen) if seen.isdecimal() else 0, by=self.editor
                )
                messages.success(request, f"{number} mejl är på väg.")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("letter:letter", self.letter.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letter, context = self.letter, super().get_context_data(**kwargs)
        if letter.sent_at:
            sent = list(letter.mails.defer("message", "text").order_by("recipient", "pk"))
            self.personal_data_rows = len(sent)
            return {**context, "letter": letter, "mails": sent, "progress": Progress.of(letter)}
        receivers = letter.receivers
        self.personal_data_rows = len(receivers)
        shown = rendered(mails.test_of(letter, to="")).text
        return {**context, "letter": letter, "receivers": receivers, "shown": shown}


class LetterViewSet(ViewSet):
    name = "letter"
    url_prefix = "brev"
    icon = "mail"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", LettersView.as_view(), name="index"),
            path("nytt/", WriteView.as_view(), name="new"),
            path("<int:pk>/", LetterView.as_view(), name="letter"),
            path("<int:pk>/andra/", WriteView.as_view(), name="edit"),
        ]
